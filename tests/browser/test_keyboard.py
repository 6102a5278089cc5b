"""Whoever works by keyboard or screen reader always stands somewhere, and is told what happened."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    return Board(devices.laptop(cookie_of(wulan))).open(workshop.tables[0].path)


def press(target: Locator, key: str = "Enter") -> None:
    target.focus()
    target.press(key)


def link(board: Board, text: str) -> Locator:
    return board.page.get_by_role("link", name=f"Ubah atau pindahkan: {text}")


def pick_up(board: Board, text: str) -> None:
    press(link(board, text))
    expect(board.edited_text).to_be_focused()


def delete(board: Board, text: str) -> Locator:
    """By keyboard; the button that undoes it."""
    pick_up(board, text)
    press(board.editor.get_by_role("button", name="Hapus"))
    return board.page.locator("#toasts").get_by_role("button", name="Urungkan")


def move(board: Board, text: str, key: str) -> None:
    pick_up(board, text)
    press(board.editor.get_by_text("Pindahkan", exact=True))
    board.editor.locator(".moves button:focus").press(key)


def expect_said(board: Board, text: str) -> None:
    expect(board.page.get_by_role("status").filter(has_text=text)).to_have_count(1)


def test_after_a_move_the_focus_is_on_the_note_in_its_new_place(laptop: Board) -> None:
    move(laptop, "dua", "7")
    laptop.expect_notes("Aktivitas Utama", "dua")
    expect(laptop.block("Aktivitas Utama").get_by_role("link", name="dua")).to_be_focused()
    expect_said(laptop, "Catatan dipindahkan. Aktivitas Utama")

    pick_up(laptop, "tiga")
    press(laptop.editor.get_by_text("Pindahkan", exact=True))
    press(laptop.editor.get_by_role("button", name="Naik"))
    laptop.expect_notes("Saluran", "tiga", "satu")
    expect(link(laptop, "tiga")).to_be_focused()


def test_after_a_deletion_the_focus_is_on_undo_and_then_on_a_note(laptop: Board) -> None:
    undo = delete(laptop, "dua")
    expect(undo).to_be_focused()
    expect_said(laptop, "Catatan dihapus.")
    undo.press("Enter")
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")
    expect(link(laptop, "dua")).to_be_focused()

    delete(laptop, "dua").press("Escape")
    laptop.expect_notes("Saluran", "satu", "tiga")
    expect(link(laptop, "tiga")).to_be_focused()
    delete(laptop, "tiga").press("Escape")
    expect(link(laptop, "satu")).to_be_focused()
    delete(laptop, "satu").press("Escape")
    laptop.expect_notes("Saluran")
    expect(laptop.block("Saluran").get_by_role("link", name="Saluran")).to_be_focused()


def test_after_the_deletion_of_a_note_on_its_way_the_focus_is_on_the_one_before_it(
    laptop: Board, devices: Devices
) -> None:
    devices.watch.expect("net::ERR")
    laptop.page.context.set_offline(True)
    laptop.write("Saluran", "empat")

    delete(laptop, "empat").press("Escape")

    laptop.expect_notes("Saluran", "satu", "dua", "tiga")
    expect(link(laptop, "tiga")).to_be_focused()


def test_the_focus_stays_with_a_note_that_somebody_else_moves_or_deletes(
    workshop: Workshop, laptop: Board
) -> None:
    bagas = workshop.join("Bagas")
    note = bagas.add("milik bersama", "key_resources")
    other = bagas.add("di sebelah", "key_resources")
    expect(laptop.note("di sebelah")).to_have_count(1)
    link(laptop, "milik bersama").focus()

    bagas.post(f"notes/{note['id']}/placement", block="cost_structure", before="")
    laptop.expect_notes("Struktur Biaya", "milik bersama")
    expect(link(laptop, "milik bersama")).to_be_focused()
    link(laptop, "di sebelah").focus()
    bagas.post(f"notes/{other['id']}/deletion")
    laptop.expect_notes("Sumber Daya Utama")
    expect(laptop.block("Sumber Daya Utama").get_by_role("link", name="Sumber Daya Utama")).to_be_focused()


def test_whoever_stands_elsewhere_is_not_called_back(workshop: Workshop, laptop: Board) -> None:
    bagas = workshop.join("Bagas")
    note = bagas.add("milik bersama", "key_resources")
    expect(laptop.note("milik bersama")).to_have_count(1)
    link(laptop, "milik bersama").focus()
    laptop.page.get_by_text("Tersimpan otomatis").click()

    bagas.post(f"notes/{note['id']}/deletion")

    laptop.expect_notes("Sumber Daya Utama")
    expect(laptop.page.locator("body")).to_be_focused()


def test_a_phone_that_moves_a_note_away_stays_among_the_others(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    phone = Board(devices.phone(cookie_of(wulan))).open(f"{workshop.tables[0].path}?block=channels")

    move(phone, "dua", "7")

    phone.expect_notes("Saluran", "satu", "tiga")
    expect(link(phone, "tiga")).to_be_focused()


def test_turning_the_page_on_a_phone_keeps_the_focus(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    phone = Board(devices.phone(cookie_of(wulan))).open(workshop.tables[0].path)
    press(phone.page.get_by_role("link", name="Blok berikutnya"))
    expect(phone.page.get_by_role("link", name="Blok berikutnya: Saluran")).to_be_focused()

    press(phone.page.get_by_label("Semua blok").first)
    press(phone.page.get_by_role("navigation", name="Semua blok").get_by_role("link", name="Arus Pendapatan"))
    expect(phone.block("Arus Pendapatan").get_by_role("link", name="Arus Pendapatan")).to_be_focused()
