"""Where a network holds streams back, pages stay live by single answers and say so (T-LIV-10)."""

import os
import signal
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.network import HouseBehind, Network
from tests.factories import Person

SLOW = "Mode jaringan lambat"
FALLS_BACK = 5_000
NEWS = 3_000
BLOCK = "Segmen Pelanggan"


@pytest.fixture
def network(house: HouseBehind, devices: Devices) -> Network:
    devices.watch.expect("status of 503")
    return house.network


def open_slowly(page: Page, path: str) -> None:
    page.goto(path)
    began = time.monotonic()
    expect(page.get_by_text(SLOW)).to_be_visible(timeout=FALLS_BACK)
    expect(page.locator(LIVE)).to_have_count(1)
    assert time.monotonic() - began < FALLS_BACK / 1000


def back_on_the_net(page: Page) -> None:
    """What a browser says when it joins another Wi-Fi."""
    page.evaluate("() => dispatchEvent(new Event('online'))")


@pytest.mark.parametrize("mode", ["held", "body held"])
def test_where_streams_are_held_back_the_board_stays_live_and_says_so(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person, mode: str
) -> None:
    network.mode = mode
    board = Board(devices.laptop(cookie_of(workshop.join("Sari"))))
    open_slowly(board.page, workshop.tables[0].path)
    load = stays_loaded(board.page)

    for number in range(3):
        bagas.add(f"catatan {number}", "customer_segments")
        expect(board.note(f"catatan {number}")).to_be_visible(timeout=NEWS)
    board.write(BLOCK, "dari Sari")
    expect(board.note("dari Sari")).to_be_visible(timeout=NEWS)

    network.mode = "good"
    back_on_the_net(board.page)
    expect(board.page.get_by_text(SLOW)).to_be_hidden(timeout=FALLS_BACK)
    bagas.add("lewat aliran", "customer_segments")
    expect(board.note("lewat aliran")).to_be_visible(timeout=NEWS)
    assert load.still()


def test_the_desk_and_the_wall_stay_live_as_well(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    network.mode = "held"
    desk, wall = devices.laptop(workshop.facilitator_cookie), devices.beamer()
    open_slowly(desk, workshop.desk_path)
    open_slowly(wall, workshop.projector_path)

    workshop.join("Wulan", 1)
    expect(desk.get_by_text("Wulan", exact=True)).to_be_visible(timeout=NEWS)
    expect(wall.get_by_text("2 dari 26 hadir")).to_be_visible(timeout=NEWS)
    workshop.show("canvas")
    expect(wall.get_by_role("heading", name="Kelompok 1 · BBPVP Serang")).to_be_visible(timeout=NEWS)


def test_falling_back_moves_nothing_and_disturbs_no_writing(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    network.mode = "held"
    board = Board(devices.phone(cookie_of(workshop.join("Sari"))))
    board.page.goto(workshop.tables[0].path)
    board.new_text.tap()
    load, before = stays_loaded(board.page), places(board.page)

    board.page.keyboard.type("setengah kalimat", delay=250)
    expect(board.page.get_by_text(SLOW)).to_be_visible(timeout=FALLS_BACK)
    assert places(board.page) == before
    bagas.add("sementara itu", "customer_segments")
    expect(board.note("sementara itu")).to_have_count(1, timeout=NEWS)
    board.page.keyboard.type(" lagi")

    expect(board.new_text).to_have_value("setengah kalimat lagi")
    expect(board.new_text).to_be_focused()
    assert load.still()


def places(page: Page) -> list[object]:
    """Where the parts of the page stand."""
    return [page.locator(name).bounding_box() for name in (".bar", "main", ".cell[data-focused]", "#add")]


def test_where_not_even_waiting_answers_come_through_the_page_looks_often(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    network.mode = "impatient"
    board = Board(devices.laptop(cookie_of(workshop.join("Sari"))))
    open_slowly(board.page, workshop.tables[0].path)

    for number in range(4):
        bagas.add(f"catatan {number}", "customer_segments")
        expect(board.note(f"catatan {number}")).to_be_visible(timeout=NEWS + 2_000)
    expect(board.page.locator(LIVE)).to_have_count(1)


def test_who_has_too_many_pages_open_still_sees_news_on_all_of_them(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    pages = [devices.laptop(cookie_of(bagas)) for _ in range(6)]
    for page in pages:
        page.goto(workshop.tables[0].path)
    for page in pages:
        expect(page.locator(LIVE)).to_have_count(1, timeout=FALLS_BACK)

    bagas.add("di mana-mana", "customer_segments")
    for page in pages:
        expect(Board(page).note("di mana-mana")).to_be_visible(timeout=NEWS + 2_000)


def test_a_scanner_that_waits_for_a_second_event_does_not_slow_the_page(
    network: Network, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    network.mode = "first held"
    board = Board(devices.laptop(cookie_of(workshop.join("Sari"))))
    board.page.goto(workshop.tables[0].path)
    expect(board.page.locator(LIVE)).to_have_count(1, timeout=2_000)

    bagas.add("langsung", "customer_segments")
    expect(board.note("langsung")).to_be_visible(timeout=NEWS)
    board.page.wait_for_timeout(3_500)
    expect(board.page.get_by_text(SLOW)).to_be_hidden()


def test_a_server_that_does_not_answer_is_not_taken_for_a_slow_network(
    house: HouseBehind, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    """T-LIV-11, the browser's half."""
    board = Board(devices.laptop(cookie_of(workshop.join("Sari")))).open(workshop.tables[0].path)
    os.kill(house.pid, signal.SIGSTOP)
    back_on_the_net(board.page)
    board.page.wait_for_timeout(6_000)
    os.kill(house.pid, signal.SIGCONT)

    bagas.add("bangun lagi", "customer_segments")
    expect(board.note("bangun lagi")).to_be_visible(timeout=FALLS_BACK)
    board.page.wait_for_timeout(1_500)
    expect(board.page.get_by_text(SLOW)).to_be_hidden()
