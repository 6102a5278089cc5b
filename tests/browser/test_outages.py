"""The server dies while people write: what they wrote arrives by itself, once, and no page loads again."""

import pytest
from playwright.sync_api import expect

from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop, cookie_of

# Clients come back within three seconds of a restart; the machine that tests may be busy.
BACK = 20_000

pytestmark = pytest.mark.usefixtures("back_for_the_next_test")


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices) -> Board:
    devices.watch.expect("net::ERR_CONNECTION_REFUSED|net::ERR_INCOMPLETE_CHUNKED_ENCODING|htmx:sse:error")
    return Board(devices.laptop(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.phone(cookie_of(workshop.join("Bagas")))).open(workshop.tables[0].path)


def test_notes_written_while_the_server_is_dead_arrive_once_when_it_is_back(
    house: House, laptop: Board, phone: Board
) -> None:
    loads = [stays_loaded(laptop.page), stays_loaded(phone.page)]
    laptop.write("Segmen Pelanggan", "sebelum")
    phone.expect_notes("Segmen Pelanggan", "sebelum")
    phone.new_text.fill("konsep Bagas")

    house.kill()
    laptop.write("Segmen Pelanggan", "selagi mati")
    laptop.write("Saluran", "di blok lain")
    expect(laptop.page.get_by_text("2 belum terkirim").first).to_be_visible()
    expect(laptop.page.get_by_text("Koneksi terputus")).to_be_visible(timeout=8_000)
    house.start()

    for board in (laptop, phone):
        expect(board.notes("Segmen Pelanggan")).to_have_count(2, timeout=BACK)
        board.expect_notes("Segmen Pelanggan", "sebelum", "selagi mati")
    laptop.expect_notes("Saluran", "di blok lain")
    expect(laptop.page.get_by_text("Tersimpan otomatis")).to_be_visible()
    expect(laptop.page.locator("[data-pending] .note")).to_have_count(0)
    expect(laptop.page.get_by_text("Koneksi terputus")).to_be_hidden(timeout=BACK)
    assert phone.new_text.input_value() == "konsep Bagas"
    assert all(load.still() for load in loads)


def test_a_polite_restart_is_hardly_noticed(house: House, laptop: Board, phone: Board) -> None:
    loads = [stays_loaded(laptop.page), stays_loaded(phone.page)]
    draft = laptop.compose("Segmen Pelanggan")
    draft.fill("sedang ditulis")

    assert house.terminate() < 5
    phone.new_text.fill("dari telepon")
    phone.composer.get_by_role("button", name="Simpan").tap()
    house.start()

    expect(laptop.note("dari telepon")).to_have_count(1, timeout=BACK)
    expect(draft).to_have_value("sedang ditulis")
    draft.press("Enter")
    expect(phone.notes("Segmen Pelanggan")).to_have_count(2, timeout=BACK)
    phone.expect_notes("Segmen Pelanggan", "dari telepon", "sedang ditulis")
    assert all(load.still() for load in loads)


def test_the_desk_says_that_the_server_is_gone_and_takes_it_back(
    house: House, workshop: Workshop, devices: Devices
) -> None:
    devices.watch.expect("net::ERR_CONNECTION_REFUSED|net::ERR_INCOMPLETE_CHUNKED_ENCODING|htmx:sse:error")
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    lost = desk.get_by_text("Koneksi ke server terputus.")

    house.kill()
    expect(lost).to_be_visible(timeout=8_000)
    house.start()
    expect(lost).to_have_count(0, timeout=BACK)
