"""Periksa kanvas in a browser: from the board to a question, and from a question to where it is answered."""

import re

from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of

EMPTY = "Blok Saluran masih kosong."
POINTED_AT = "pointed-at"


def begin(workshop: Workshop) -> dict[str, str]:
    """Three blocks with notes, one of them long down in its block; the cookie of who wrote them."""
    wulan = workshop.join("Wulan")
    wulan.add("Pabrik alas kaki", "customer_segments")
    wulan.add("Apindo", "key_partnerships", gives="jejaring", gets="tenaga kerja")
    for number in range(12):
        wulan.add(f"Nilai nomor {number}", "value_propositions")
    wulan.add("Satu ide; dua ide", "value_propositions")
    return cookie_of(wulan)


def expect_pointed_at(page: Page, text: str) -> None:
    expect(page.locator(LIVE)).to_have_count(1)
    note = Board(page).note(text)
    expect(note).to_be_in_viewport()
    expect(note).to_have_css("animation-name", POINTED_AT)


def test_a_finger_finds_the_questions_opens_one_and_sets_another_aside(
    workshop: Workshop, devices: Devices
) -> None:
    phone = Board(devices.phone(begin(workshop))).open(workshop.tables[0].path).page
    phone.locator("summary").filter(has_text="Menu").tap()
    phone.get_by_role("link", name="Periksa kanvas").tap()

    phone.get_by_role("link", name="Satu ide; dua ide").tap()
    expect_pointed_at(phone, "Satu ide; dua ide")
    phone.go_back()
    empty = phone.locator(".ask").filter(has_text=EMPTY)
    empty.get_by_text("Abaikan", exact=True).first.tap()
    empty.get_by_role("button", name="Tidak berlaku di sini").tap()

    expect(empty).to_have_count(0)
    expect(phone.locator(".dismissed")).to_contain_text("Tidak berlaku di sini – Wulan")
    phone.get_by_role("button", name=f"Tanyakan lagi: {EMPTY}").tap()
    expect(empty).to_be_visible()


def test_the_keyboard_does_the_same(workshop: Workshop, devices: Devices) -> None:
    laptop = Board(devices.laptop(begin(workshop))).open(workshop.tables[0].path).page
    laptop.locator("summary").filter(has_text="Menu").press("Enter")
    laptop.get_by_role("link", name="Periksa kanvas").press("Enter")
    expect(laptop.get_by_role("heading", name="Periksa kanvas")).to_be_visible()

    link = laptop.get_by_role("link", name="Satu ide; dua ide")
    for _ in range(60):
        laptop.keyboard.press("Tab")
        if link.evaluate("(element) => element === document.activeElement"):
            break
    # The way to set it aside comes right after the way to it.
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    for _ in range(3):
        laptop.keyboard.press("Tab")
    laptop.keyboard.type("Sudah dipisah di kertas")
    laptop.keyboard.press("Enter")
    dismissed = laptop.locator(".dismissed")
    expect(dismissed).to_contain_text("Sudah dipisah di kertas – Wulan")
    expect(laptop).to_have_url(re.compile("#area-completeness$"))

    dismissed.get_by_role("link", name="Satu ide; dua ide").press("Enter")
    expect_pointed_at(laptop, "Satu ide; dua ide")
