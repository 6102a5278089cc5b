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
