"""The same canvas as plain forms, for browsers that run no JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of


@pytest.fixture
def page(workshop: Workshop, devices: Devices) -> Page:
    """Somebody who has just joined at the first table."""
    page = devices.laptop(scripts=False)
    page.goto(workshop.join_path)
    page.get_by_label("Nama Anda").fill("Wulan")
    page.get_by_role("radio", name="BBPVP Serang × industri petrokimia").click()
    page.get_by_role("button", name="Gabung").click()
    expect(page.get_by_role("heading", name="Kelompok 1")).to_be_visible()
    return page


def write(board: Board, block: str, text: str) -> None:
    board.block(block).get_by_role("link", name=block).click()
    board.block(block).get_by_role("link", name="Tambah catatan").click()
    board.new_text.fill(text)
    board.composer.get_by_role("button", name="Simpan").click()


def pick_up(board: Board, text: str) -> None:
    board.page.get_by_role("link", name=f"Ubah atau pindahkan: {text}").click()
    expect(board.edited_text).to_be_visible()


def test_notes_are_added_edited_moved_deleted_and_brought_back_without_scripts(page: Page) -> None:
    board = Board(page)
    write(board, "Segmen Pelanggan", "Lulusan SMK")
    board.expect_notes("Segmen Pelanggan", "Lulusan SMK")
    write(board, "Saluran", "Grup WhatsApp")
    board.expect_notes("Saluran", "Grup WhatsApp")

    pick_up(board, "Lulusan SMK")
    board.edited_text.fill("Lulusan SMK dan alumni")
    board.editor.get_by_role("button", name="Simpan").click()
    board.expect_notes("Segmen Pelanggan", "Lulusan SMK dan alumni")

    pick_up(board, "Lulusan SMK dan alumni")
    board.editor.get_by_text("Pindahkan", exact=True).click()
    board.editor.get_by_role("button", name="Saluran").click()
    board.expect_notes("Saluran", "Grup WhatsApp", "Lulusan SMK dan alumni")
    pick_up(board, "Lulusan SMK dan alumni")
    board.editor.get_by_text("Pindahkan", exact=True).click()
    board.editor.get_by_role("button", name="Naik").click()
    board.expect_notes("Saluran", "Lulusan SMK dan alumni", "Grup WhatsApp")

    pick_up(board, "Grup WhatsApp")
    board.editor.get_by_role("button", name="Hapus").click()
    board.expect_notes("Saluran", "Lulusan SMK dan alumni")
    board.undo()
    board.expect_notes("Saluran", "Lulusan SMK dan alumni", "Grup WhatsApp")


def test_two_quick_presses_make_one_note_without_scripts_too(page: Page) -> None:
    board = Board(page)
    board.block("Segmen Pelanggan").get_by_role("link", name="Tambah catatan").click()
    board.new_text.fill("Hanya sekali")
    board.composer.get_by_role("button", name="Simpan").dblclick()

    board.expect_notes("Segmen Pelanggan", "Hanya sekali")
    page.reload()
    board.expect_notes("Segmen Pelanggan", "Hanya sekali")


def test_the_desk_works_without_scripts(workshop: Workshop, devices: Devices) -> None:
    workshop.join("Wulan")
    desk = devices.laptop(workshop.facilitator_cookie, scripts=False)
    desk.goto(workshop.desk_path)
    desk.get_by_role("region", name="Proyektor").get_by_role("button", name="Kelompok 1").click()
    desk.get_by_role("button", name="Struktur Biaya").click()
    expect(desk.get_by_text("Kelompok 1 · Struktur Biaya")).to_be_visible()
    desk.get_by_role("button", name="Tutup pendaftaran").click()
    expect(desk.get_by_role("button", name="Buka pendaftaran")).to_be_visible()
    desk.get_by_role("region", name="Peserta").get_by_text("Wulan", exact=True).click()
    desk.get_by_text("Keluarkan …").click()
    desk.get_by_role("button", name="Keluarkan Wulan").click()
    desk.get_by_role("button", name="Kembalikan").click()
    expect(desk.get_by_role("region", name="Peserta").get_by_text("Wulan", exact=True)).to_be_visible()


def test_a_phone_without_scripts_shows_one_block_and_leads_to_the_next(
    workshop: Workshop, devices: Devices
) -> None:
    phone = devices.phone(cookie_of(workshop.join("Bagas")), scripts=False)
    phone.goto(workshop.tables[0].path)
    expect(phone.get_by_role("region", name="Segmen Pelanggan")).to_be_visible()
    expect(phone.get_by_role("region", name="Saluran")).to_be_hidden()
    phone.get_by_role("link", name="Blok berikutnya: Proposisi Nilai").tap()
    board = Board(phone)
    board.new_text.fill("Upah lebih baik")
    board.composer.get_by_role("button", name="Simpan").tap()
    board.expect_notes("Proposisi Nilai", "Upah lebih baik")
