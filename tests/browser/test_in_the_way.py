"""What somebody is writing stays within reach, whatever the page has to say meanwhile."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.devices import BEAMER, LAPTOP, Devices
from tests.browser.house import Workshop, cookie_of

COVERED = """(parts) => parts.filter((part) => {
  const { x, y, width, height } = part.getBoundingClientRect();
  return part.checkVisibility() && !part.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}).map((part) => part.outerHTML.slice(0, 80))"""


def covered(place: Locator) -> list[str]:
    """Its buttons and fields that cannot be pressed."""
    parts = place.locator(".btn,textarea")
    assert parts.count() > 1
    found: list[str] = parts.evaluate_all(COVERED)
    return found


@pytest.mark.parametrize("size", [LAPTOP, BEAMER], ids=str)
def test_a_message_never_lies_over_the_editor(
    workshop: Workshop, devices: Devices, size: tuple[int, int]
) -> None:
    wulan = workshop.join("Wulan")
    for text in ("satu", "dua", "tiga", "empat"):
        wulan.add(text, "channels")
    board = Board(devices.laptop(cookie_of(wulan), size=size)).open(f"{workshop.tables[0].path}?block=channels")

    board.delete("tiga")
    board.pick_up("empat")
    expect(board.page.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.editor) == []


def test_a_message_never_lies_over_the_composer_of_a_phone(workshop: Workshop, devices: Devices) -> None:
    wulan = workshop.join("Wulan")
    wulan.add("satu", "key_partnerships")
    phone = devices.phone(cookie_of(wulan))
    # With the keyboard out.
    phone.set_viewport_size({"width": 360, "height": 440})
    board = Board(phone).open(f"{workshop.tables[0].path}?block=key_partnerships")

    board.delete("satu")
    expect(phone.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.composer) == []
    board.composer.locator("summary").tap()
    expect(phone.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.composer) == []
