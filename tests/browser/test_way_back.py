"""The Back button of a phone: it leads to where one was before, and throws nobody out of the canvas."""

import re

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.board import Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def phone(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    """A phone on the canvas; the page before it is another one."""
    board = Board(devices.phone(cookie_of(wulan)))
    board.page.goto("/sign-in")
    return board.open(workshop.tables[0].path)


def choose(board: Board, block: str) -> None:
    """A block from the small map."""
    board.page.get_by_label("Semua blok").first.tap()
    board.page.get_by_role("navigation", name="Semua blok").get_by_role("link", name=block).tap()
    expect_block(board, block)


def go_on(board: Board) -> None:
    board.page.get_by_role("link", name="Blok berikutnya").tap()


def expect_block(board: Board, name: str) -> None:
    """The phone shows this block, and its address says so too."""
    expect(board.page.locator(".cell:visible").get_by_role("heading")).to_contain_text(name)
    here = board.page.url
    shown = board.page.locator(".cell:visible").get_attribute("data-block")
    assert f"block={shown}" in here or ("block=" not in here and shown == "customer_segments")


def expect_canvas_left(board: Board) -> None:
    expect(board.page).to_have_url(re.compile("/sign-in$"))


def test_back_leads_through_the_blocks_one_has_seen_and_then_out(phone: Board) -> None:
    load = stays_loaded(phone.page)
    choose(phone, "Struktur Biaya")
    choose(phone, "Saluran")
    go_on(phone)
    expect_block(phone, "Hubungan Pelanggan")

    for block in ("Saluran", "Struktur Biaya", "Segmen Pelanggan"):
        phone.page.go_back()
        expect_block(phone, block)
    phone.page.go_forward()
    expect_block(phone, "Struktur Biaya")
    phone.page.go_back()
    assert load.still()
    phone.page.go_back()
    expect_canvas_left(phone)


def test_back_works_after_a_reload_and_from_a_guiding_question(phone: Board) -> None:
    choose(phone, "Saluran")
    choose(phone, "Arus Pendapatan")
    phone.page.get_by_role("link", name="Pertanyaan 2").locator("visible=true").tap()
    phone.page.reload()
    expect_block(phone, "Arus Pendapatan")

    phone.page.go_back()
    expect_block(phone, "Saluran")
    phone.page.go_back()
    expect_block(phone, "Segmen Pelanggan")


def test_a_long_way_has_a_short_way_back(phone: Board) -> None:
    names = []
    for _ in range(20):
        go_on(phone)
        names.append(phone.page.locator(".cell:visible h2 a").inner_text())
    phone.new_text.fill("sambil menulis")
    phone.new_text.press("Enter")
    go_on(phone)

    for name in reversed(names[-8:]):
        phone.page.go_back()
        expect_block(phone, name)
    phone.page.go_back()
    expect_canvas_left(phone)


def test_back_closes_what_lies_over_the_block(phone: Board, wulan: Person) -> None:
    wulan.add("Magang")
    choose(phone, "Saluran")
    phone.page.get_by_label("Semua blok").first.tap()
    phone.page.go_back()
    expect(phone.page.get_by_role("navigation", name="Semua blok")).to_be_hidden()
    expect_block(phone, "Saluran")

    phone.pick_up("Magang").fill("Magang tiga bulan")
    phone.page.go_back()
    expect(phone.editor).to_have_count(0)
    expect_block(phone, "Saluran")
    phone.page.get_by_role("button", name="Lanjut mengubah").tap()
    expect(phone.edited_text).to_have_value("Magang tiga bulan")
    phone.edited_text.press("Enter")
    phone.expect_notes("Saluran", "Magang tiga bulan")

    phone.page.go_back()
    expect_block(phone, "Segmen Pelanggan")


def test_text_in_the_composer_comes_along_and_is_not_left_behind_unasked(phone: Board) -> None:
    choose(phone, "Saluran")
    phone.new_text.press_sequentially("belum selesai")

    phone.page.go_back()
    expect_block(phone, "Segmen Pelanggan")
    expect(phone.new_text).to_have_value("belum selesai")
    expect(phone.page.get_by_text("Tekan Kembali sekali lagi untuk keluar")).to_be_visible()

    phone.new_text.press_sequentially(" juga")
    phone.page.go_back()
    expect_block(phone, "Segmen Pelanggan")
    expect(phone.new_text).to_have_value("belum selesai juga")


def test_leaving_the_canvas_with_text_in_the_composer_needs_no_question(phone: Board) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.page.on("dialog", stay)
    phone.new_text.press_sequentially("belum selesai")
    phone.page.goto("/join?again=1")
    phone.page.go_back()
    expect(phone.new_text).to_have_value("belum selesai")
    assert asked == []


def test_on_a_laptop_all_blocks_are_there_and_back_leaves(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    laptop = Board(devices.laptop(cookie_of(wulan)))
    laptop.page.goto("/sign-in")
    laptop.open(workshop.tables[0].path)
    for block in ("Saluran", "Struktur Biaya", "Aktivitas Utama"):
        laptop.block(block).get_by_role("link", name=block).click()
    wulan.add("Magang")
    laptop.pick_up("Magang").press("Escape")

    laptop.page.go_back()

    expect_canvas_left(laptop)


def test_without_scripts_back_leads_to_the_block_before(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    phone = Board(devices.phone(cookie_of(wulan), scripts=False))
    phone.page.goto(workshop.tables[0].path)
    go_on(phone)
    go_on(phone)
    expect_block(phone, "Saluran")

    phone.page.go_back()

    expect_block(phone, "Proposisi Nilai")
