"""What a note means beyond its text: chosen by pointer or by keyboard, and read without colour."""

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    return Board(devices.laptop(cookie_of(wulan))).open(workshop.tables[0].path)


def test_how_sure_we_are_is_one_tap_and_stands_on_the_note_at_once(laptop: Board) -> None:
    laptop.compose("Saluran").fill("Kunjungan ke HRD")
    laptop.composer.locator(".pick", has=laptop.page.get_by_role("radio", name="Fakta")).click()
    laptop.composer.get_by_role("button", name="Simpan").click()

    expect(laptop.note("Kunjungan")).to_have_attribute("data-evidence", "fact")
    expect(laptop.note("Kunjungan").locator(".tag")).to_have_text("Fakta")
    expect(laptop.composer.get_by_role("radio", name="Fakta")).not_to_be_checked()


def test_a_segment_gets_its_name_on_every_screen_as_soon_as_it_is_written(
    laptop: Board, workshop: Workshop, wulan: Person
) -> None:
    laptop.compose("Saluran")
    expect(laptop.composer.get_by_role("checkbox", name="Segmen 1")).to_have_accessible_name("Segmen 1")

    workshop.join("Bagas").add("Perusahaan alas kaki", "customer_segments")

    named = laptop.composer.get_by_role("checkbox", name="Segmen 1 Perusahaan alas kaki")
    expect(named).to_be_attached()
    expect(laptop.page.get_by_role("list", name="Segmen", exact=True).get_by_role("listitem")).to_have_text(
        "Perusahaan alas kaki"
    )
    named.press("Space")
    laptop.new_text.fill("Kunjungan ke HRD")
    laptop.new_text.press("Enter")
    expect(laptop.note("Kunjungan")).to_have_attribute("data-seg", "1")


def test_a_cost_gets_its_amount_and_the_block_its_total(laptop: Board) -> None:
    laptop.compose("Struktur Biaya").fill("Bahan las")
    laptop.composer.get_by_role("textbox", name="Nilai dalam rupiah").fill("1,25 jt")
    laptop.composer.get_by_role("button", name="Simpan").click()

    expect(laptop.note("Bahan las")).to_contain_text("Rp1.250.000")
    expect(laptop.block("Struktur Biaya").locator("footer")).to_contain_text("Jumlah Rp1.250.000")
    laptop.block("Saluran").get_by_role("link", name="Saluran").click()
    expect(laptop.new_text).to_be_visible()
    expect(laptop.composer.get_by_role("textbox", name="Nilai dalam rupiah")).to_be_hidden()


def test_an_amount_is_changed_by_keyboard_with_its_range(laptop: Board, wulan: Person) -> None:
    wulan.add("Uji kompetensi", "cost_structure", amount="16 jt")
    laptop.block("Struktur Biaya").get_by_role("link", name="Struktur Biaya").press("Enter")
    laptop.page.get_by_role("link", name="Ubah atau pindahkan: Uji").press("Enter")
    expect(laptop.edited_text).to_be_focused()
    laptop.editor.get_by_text("Kisaran").press("Enter")
    laptop.editor.get_by_role("textbox", name="Nilai terendah").fill("12 juta")
    laptop.editor.get_by_role("textbox", name="Nilai tertinggi").fill("20 juta")
    laptop.editor.get_by_role("textbox", name="Nilai tertinggi").press("Enter")

    expect(laptop.note("Uji kompetensi")).to_contain_text("(Rp12 jt–Rp20 jt)")


def test_an_assumption_becomes_tested_by_keyboard_alone(laptop: Board, wulan: Person) -> None:
    wulan.add("Pameran", evidence="assumption")
    laptop.block("Saluran").get_by_role("link", name="Saluran").press("Enter")
    laptop.page.get_by_role("link", name="Ubah atau pindahkan: Pameran").press("Enter")
    expect(laptop.edited_text).to_be_focused()
    laptop.editor.get_by_role("radio", name="Asumsi").press("ArrowRight")
    expect(laptop.editor.get_by_role("radio", name="Sudah diuji")).to_be_checked()
    laptop.editor.get_by_role("button", name="Simpan").press("Enter")

    expect(laptop.note("Pameran")).to_have_attribute("data-evidence", "tested")
    expect(laptop.note("Pameran").locator(".tag")).to_have_text("Sudah diuji")


def test_every_mark_of_a_new_note_says_its_word_and_none_is_a_mere_dash(
    workshop: Workshop, devices: Devices
) -> None:
    laptop = Board(devices.laptop(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
    laptop.compose("Saluran")
    origin = laptop.composer.get_by_role("group", name="Dari")
    for word in ("BLK", "Industri", "Bersama"):
        expect(origin.get_by_text(word)).to_be_visible()
    expect(origin.get_by_text("Tidak disebut")).to_have_css("clip-path", "inset(50%)")
    origin.get_by_role("radio", name="Industri").check()
    origin.get_by_role("radio", name="Tidak disebut").check()
    expect(origin.get_by_role("radio", name="Tidak disebut")).to_be_checked()
    # By keyboard it is where the group begins.
    laptop.composer.get_by_role("checkbox", name="Segmen 6").focus()
    laptop.page.keyboard.press("Tab")
    expect(origin.get_by_role("radio", name="Tidak disebut")).to_be_focused()
    expect(origin.get_by_text("Tidak disebut")).to_have_css("clip-path", "none")
