"""Typing in from paper: Enter after Enter, without a mouse, on a phone, and without a connection."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_accessibility import findings
from tests.browser.test_table_device import register
from tests.factories import Person


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Isi catatan")


def test_by_keyboard_alone_a_pile_of_paper_is_typed_in(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    page = devices.laptop(workshop.facilitator_cookie)
    page.goto(f"{workshop.tables[0].path}/paper")
    expect(text_of(page)).to_be_focused()
    keyboard = page.keyboard
    keyboard.press("PageDown")
    keyboard.press("Alt+ArrowDown")
    keyboard.press("Alt+ArrowDown")
    expect(page.locator("#said")).to_have_text("Sari")
    for text in ("Juru las siap kerja", "Bersertifikat"):
        keyboard.type(text)
        keyboard.press("Enter")
    keyboard.press("PageDown")
    keyboard.type("Radio desa")
    keyboard.press("Enter")
    expect(page.locator("#typed [data-state]")).to_have_text(["Tersimpan"] * 3)
    expect(page.locator("#typed [data-where]")).to_have_text(
        ["Saluran · Sari", "Proposisi Nilai · Sari", "Proposisi Nilai · Sari"]
    )
    assert findings(page) == []

    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#typed li").filter(has_text="Bersertifikat").get_by_role("button").press("Enter")
        expect(page.locator("#typed [data-text]")).to_have_text(["Radio desa", "Juru las siap kerja"])
    expect(text_of(page)).to_be_focused()
    board = wulan.board()
    assert "Radio desa" in board
    assert "Bersertifikat" not in board


def test_on_a_phone_without_a_connection_it_waits_and_says_so(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    register(wulan, "Sari")
    page = devices.phone(cookie_of(wulan))
    page.goto(f"{workshop.tables[0].path}/paper?block=channels")
    page.get_by_label("Ditulis oleh").select_option("Sari")
    page.context.set_offline(True)
    for text in ("Satu", "Dua"):
        text_of(page).fill(text)
        text_of(page).press("Enter")
    expect(page.locator("#typed [data-state]")).to_have_text(["Belum terkirim"] * 2)
    assert findings(page) == []

    page.context.set_offline(False)
    expect(page.locator("#typed [data-state]")).to_have_text(["Tersimpan"] * 2)
    page.reload()
    expect(page.locator("#typed [data-where]")).to_have_text(["Saluran · Sari"] * 2)


def test_what_is_being_typed_outlives_a_reload_with_its_block_and_author(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    page = devices.laptop(cookie_of(wulan))
    page.goto(f"{workshop.tables[0].path}/paper")
    page.get_by_label("Ditulis oleh").select_option("Sari")
    page.get_by_label("Blok").select_option("4. Hubungan Pelanggan")
    text_of(page).press_sequentially("Kunjungan")
    page.reload()
    expect(text_of(page)).to_have_value("Kunjungan")
    text_of(page).press("Enter")
    expect(page.locator("#typed [data-where]")).to_have_text("Hubungan Pelanggan · Sari")
    expect(page.locator("#typed [data-state]")).to_have_text("Tersimpan")


def test_without_scripts_it_is_a_plain_form(workshop: Workshop, devices: Devices, wulan: Person) -> None:
    page = devices.laptop(cookie_of(wulan), scripts=False)
    page.goto(workshop.tables[0].path)
    page.locator("summary").filter(has_text="Menu").click()
    page.get_by_role("link", name="Ketik dari kertas").click()
    page.get_by_label("Blok").select_option("3. Saluran")
    text_of(page).fill("Radio desa")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_label("Blok")).to_have_value("channels")
    expect(page.locator("#typed li")).to_contain_text("Radio desa")
    page.locator("#typed li").get_by_role("button", name="Urungkan").click()
    expect(page.locator("#typed li")).to_have_count(0)
