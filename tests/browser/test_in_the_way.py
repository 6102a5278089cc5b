"""What somebody is writing stays within reach, whatever the page has to say meanwhile."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.devices import BEAMER, LAPTOP, Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.leading import Host

COVERED = """(parts) => parts.filter((part) => {
  const { x, y, width, height } = part.getBoundingClientRect();
  return part.checkVisibility() && !part.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}).map((part) => part.outerHTML.slice(0, 80))"""


def covered(place: Locator, parts: str = ".btn,textarea") -> list[str]:
    """Its buttons and fields that cannot be pressed, or other parts that cannot be seen."""
    found_there = place.locator(parts)
    assert found_there.count() > 1
    found: list[str] = found_there.evaluate_all(COVERED)
    return found


@pytest.mark.parametrize("size", [LAPTOP, BEAMER], ids=str)
def test_a_message_never_lies_over_the_editor(
    workshop: Workshop, devices: Devices, size: tuple[int, int]
) -> None:
    wulan = workshop.join("Wulan")
    for text in ("satu", "dua", "tiga", "empat"):
        wulan.add(text, "channels")
    board = Board(devices.laptop(cookie_of(wulan), size=size)).open(
        f"{workshop.tables[0].path}?block=channels"
    )

    board.delete("tiga")
    board.pick_up("empat")
    expect(board.page.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.editor) == []


def test_a_message_lies_over_neither_composer_nor_step_of_a_phone(
    workshop: Workshop, devices: Devices
) -> None:
    Host(workshop).enter("Saluran: bahas")
    wulan = workshop.join("Wulan")
    wulan.add("satu", "channels")
    phone = devices.phone(cookie_of(wulan))
    # With the keyboard out.
    phone.set_viewport_size({"width": 360, "height": 440})
    board = Board(phone).open(f"{workshop.tables[0].path}?block=channels")

    board.delete("satu")
    expect(phone.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.composer) == []
    assert covered(phone.locator("#stage"), ".now__what,[role=timer]") == []
    board.marks.tap()
    expect(phone.locator("#toasts").get_by_role("button", name="Urungkan")).to_be_visible()
    assert covered(board.composer) == []


@pytest.mark.parametrize("size", [LAPTOP, BEAMER, (1024, 480)], ids=str)
def test_what_the_editor_has_to_say_moves_its_foot_no_further_than_the_screen(
    workshop: Workshop, devices: Devices, size: tuple[int, int]
) -> None:
    wulan, bagas = workshop.join("Wulan"), workshop.join("Bagas")
    for text in ("satu", "dua", "tiga"):
        wulan.add(text, "channels")
    note = wulan.add("empat", "channels")
    board = Board(devices.laptop(cookie_of(wulan), size=size)).open(
        f"{workshop.tables[0].path}?block=channels"
    )
    board.pick_up("empat").fill("lima")

    bagas.post(f"notes/{note['id']}", text="Kata yang panjang. " * 10, base_version=note["version"])
    expect(board.editor.get_by_text("Diubah oleh Bagas")).to_be_visible()
    expect(board.editor.get_by_role("button", name="Simpan")).to_be_in_viewport(ratio=1)
    assert covered(board.editor) == []
    board.editor.get_by_text("Inklusi (GEDSI)").scroll_into_view_if_needed()
    expect(board.editor.get_by_text("Inklusi (GEDSI)")).to_be_in_viewport(ratio=1)
