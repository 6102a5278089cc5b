"""What the facilitator takes away is gone everywhere at once, and the person concerned is told."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

AT_ONCE = 2_000
DENIED = "status of 40[13]|with status 40[13]"


@pytest.fixture
def bagas(workshop: Workshop) -> Person:
    return workshop.join("Bagas")


@pytest.fixture
def phone(workshop: Workshop, devices: Devices, bagas: Person) -> Board:
    return Board(devices.phone(cookie_of(bagas))).open(workshop.tables[0].path)


@pytest.fixture
def desk(workshop: Workshop, devices: Devices) -> Page:
    page = devices.laptop(workshop.facilitator_cookie)
    page.goto(workshop.desk_path)
    expect(page.locator(LIVE)).to_have_count(1)
    return page


def remove(desk: Page, name: str) -> None:
    desk.get_by_role("region", name="Peserta").get_by_text(name, exact=True).click()
    desk.get_by_text("Keluarkan …").click()
    desk.get_by_role("button", name=f"Keluarkan {name}").click()


def test_the_page_of_somebody_removed_says_so_within_two_seconds_and_is_no_longer_live(
    workshop: Workshop, devices: Devices, phone: Board, desk: Page
) -> None:
    devices.watch.expect(DENIED)
    phone.new_text.fill("konsep yang belum dikirim")

    remove(desk, "Bagas")

    notice = phone.page.get_by_text(
        "Tautan ini tidak lagi membuka kanvas. Minta tautan baru kepada fasilitator."
    )
    expect(notice).to_be_visible(timeout=AT_ONCE)
    expect(phone.page.locator("html[data-live=denied]")).to_have_count(1)
    workshop.join("Wulan").add("rahasia kelompok", "customer_segments")
    expect(desk.get_by_role("region", name="Kelompok dan kanvas")).to_contain_text("1 catatan")
    expect(phone.note("rahasia kelompok")).to_have_count(0)
    phone.composer.get_by_role("button", name="Simpan").tap()
    kept = phone.page.get_by_role("listitem").filter(has_text="konsep yang belum dikirim")
    expect(kept).to_contain_text("Belum terkirim")
    expect(phone.page.get_by_text("1 perubahan tetap disimpan di perangkat ini")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Masuk lagi")).to_be_visible()


def test_somebody_brought_back_can_write_again_with_a_new_personal_link(
    workshop: Workshop, devices: Devices, phone: Board, desk: Page
) -> None:
    devices.watch.expect(DENIED)
    remove(desk, "Bagas")
    expect(phone.page.locator("html[data-live=denied]")).to_have_count(1)

    expect(desk.get_by_text("Setelah kembali, orang ini memerlukan tautan pribadi baru.")).to_be_visible()
    desk.get_by_role("button", name="Kembalikan").click()
    expect(desk.get_by_role("button", name="Kirim ulang tautan pribadi")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Tautan pribadi Bagas")).to_be_visible()
    phone.page.goto(desk.locator(".address").inner_text())
    phone.page.get_by_role("button", name="Lanjutkan sebagai Bagas").tap()
    phone.new_text.fill("kembali lagi")
    phone.composer.get_by_role("button", name="Simpan").tap()
    phone.expect_notes("Segmen Pelanggan", "kembali lagi")


def test_a_hidden_note_disappears_from_every_screen_and_comes_back(
    workshop: Workshop, devices: Devices, bagas: Person, phone: Board, desk: Page
) -> None:
    bagas.add("kurang pantas", "customer_segments")
    workshop.show("block", 0, "customer_segments")
    wall = devices.beamer()
    wall.goto(workshop.projector_path)
    board = Board(devices.laptop(workshop.facilitator_cookie)).open(workshop.tables[0].path)
    screens = (phone.page, wall, board.page)
    for screen in screens:
        expect(screen.locator(".note__text", has_text="kurang pantas")).to_be_visible()
    # A screen reader has heard of it too.
    expect(phone.page.locator("#said")).to_contain_text("kurang pantas")

    board.pick_up("kurang pantas")
    board.editor.get_by_role("button", name="Sembunyikan").click()

    for screen in screens:
        expect(screen.get_by_text("kurang pantas")).to_have_count(0, timeout=AT_ONCE)
    hidden = desk.get_by_role("region", name="Disembunyikan dan dikeluarkan")
    expect(hidden).to_contain_text("kurang pantas")
    hidden.get_by_role("button", name="Tampilkan lagi").click()
    for screen in screens:
        expect(screen.locator(".note__text", has_text="kurang pantas")).to_be_visible()


def test_one_press_hides_everything_somebody_wrote(
    workshop: Workshop, bagas: Person, phone: Board, desk: Page
) -> None:
    for text in ("satu", "dua"):
        bagas.add(text, "customer_segments")
    workshop.join("Wulan").add("tiga", "customer_segments")
    phone.expect_notes("Segmen Pelanggan", "satu", "dua", "tiga")

    desk.get_by_role("region", name="Peserta").get_by_text("Bagas", exact=True).click()
    desk.get_by_role("button", name="Sembunyikan catatan orang ini").click()

    phone.expect_notes("Segmen Pelanggan", "tiga")
