"""Writing is fast: Enter after Enter, a pasted list becomes notes, and what is too long is said and kept."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_keyboard import expect_said

LIST = "1. Pelatihan las\n\n- Magang tiga bulan\n•\tBursa kerja\r\n2,5 ton besi\n-10 derajat"
NOTES = ["Pelatihan las", "Magang tiga bulan", "Bursa kerja", "2,5 ton besi", "-10 derajat"]
_PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.focus();
  if (field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })))
    document.execCommand("insertText", false, text);
}"""


def paste(field: Locator, text: str) -> None:
    """As a browser does it: the event first, then the text."""
    field.evaluate(_PASTE, text)


def offer(page: Page) -> Locator:
    return page.get_by_role("group", name="Jadikan")


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.laptop(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    person = workshop.join("Wulan")
    return Board(devices.phone(cookie_of(person))).open(f"{workshop.tables[0].path}?block=channels")


def test_a_pasted_list_becomes_notes_in_its_order_after_a_question(laptop: Board) -> None:
    paste(laptop.compose("Saluran"), LIST)
    expect(offer(laptop.page).get_by_role("listitem")).to_have_text(NOTES)
    expect(laptop.page.get_by_role("button", name="Ya, 5 catatan")).to_be_focused()
    laptop.expect_notes("Saluran")

    laptop.page.keyboard.press("Enter")
    laptop.expect_notes("Saluran", *NOTES)
    expect(offer(laptop.page)).to_be_hidden()
    expect(laptop.new_text).to_be_focused()
    expect(laptop.new_text).to_have_value("")
    expect_said(laptop, "5 catatan disimpan satu per satu.")


def test_a_pasted_list_may_stay_one_note(laptop: Board) -> None:
    paste(laptop.compose("Saluran"), "satu\ndua")
    expect(offer(laptop.page)).to_be_visible()
    laptop.page.keyboard.press("Escape")
    expect(offer(laptop.page)).to_be_hidden()
    expect(laptop.new_text).to_be_focused()
    laptop.new_text.press("Enter")
    laptop.expect_notes("Saluran", "satu\ndua")

    paste(laptop.new_text, "satu baris saja")
    laptop.new_text.press("Enter")
    laptop.expect_notes("Saluran", "satu\ndua", "satu baris saja")


def test_on_a_phone_without_a_connection_each_line_waits_as_a_note_of_its_own(
    devices: Devices, phone: Board
) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    phone.new_text.tap()
    phone.page.context.set_offline(True)
    paste(phone.new_text, LIST)
    phone.page.get_by_role("button", name="Ya, 5 catatan").tap()
    expect(phone.page.locator("[id^=own-] [data-text]")).to_have_text(NOTES)

    phone.page.context.set_offline(False)
    phone.expect_notes("Saluran", *NOTES)


def test_a_pasted_list_that_nobody_has_answered_for_is_still_there_after_a_reload(laptop: Board) -> None:
    paste(laptop.compose("Saluran"), "satu\ndua")
    expect(offer(laptop.page)).to_be_visible()
    laptop.page.reload()
    expect(laptop.new_text).to_have_value("satu\ndua")


def test_shift_enter_begins_a_line_and_an_unfinished_composition_saves_nothing(laptop: Board) -> None:
    field = laptop.compose("Saluran")
    field.press_sequentially("satu")
    field.press("Shift+Enter")
    field.press_sequentially("lagi")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(field).to_have_value("satu\nlagi")

    field.press("Enter")
    laptop.expect_notes("Saluran", "satu\nlagi")


def test_a_phone_whose_keyboard_names_no_key_saves_by_its_enter_too(phone: Board) -> None:
    expect(phone.new_text).to_have_attribute("enterkeyhint", "send")
    phone.new_text.tap()
    phone.new_text.press_sequentially("Pameran")
    keyboard = phone.page.context.new_cdp_session(phone.page)
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229})
    keyboard.send("Input.dispatchKeyEvent", {"type": "char", "text": "\r"})
    phone.expect_notes("Saluran", "Pameran")


def test_a_long_note_is_hinted_at_and_one_too_long_is_said_with_nothing_cut_off(laptop: Board) -> None:
    hint = laptop.composer.get_by_text("Satu ide, satu catatan.")
    field = laptop.compose("Saluran")
    field.fill("a" * 90)
    expect(hint).to_be_hidden()
    field.fill("a" * 91)
    expect(hint).to_be_visible()
    expect_said(laptop, "Satu ide, satu catatan.")

    paste(field, "b" * 1912)
    field.press("Enter")
    said = field.evaluate("(field) => field.validationMessage")
    assert "2.000 huruf" in said and "kelebihan 3 huruf" in said
    assert len(field.input_value()) == 2003
    laptop.expect_notes("Saluran")

    field.fill("a" * 2000)
    field.press("Enter")
    laptop.expect_notes("Saluran", "a" * 2000)
