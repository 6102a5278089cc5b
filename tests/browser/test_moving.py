"""Notes go where people put them: by mouse, by finger, by keyboard; each way can be given up on the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.factories import Person


def grip(board: Board, text: str) -> Locator:
    return board.page.get_by_role("button", name=f"Angkat: {text}")


def link(board: Board, text: str) -> Locator:
    return board.page.get_by_role("link", name=f"Ubah atau pindahkan: {text}")


def pick_up(board: Board, text: str, key: str = "Enter") -> None:
    grip(board, text).focus()
    press(board, key)
    expect(board.page.locator("#said")).to_contain_text("Diangkat.")


def press(board: Board, *keys: str) -> None:
    for key in keys:
        board.page.keyboard.press(key)


def expect_said(board: Board, text: str) -> None:
    expect(board.page.locator("#said")).to_have_text(text)


def marker(page: Page) -> Locator:
    return page.locator(".marker")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_note_is_picked_up_carried_and_put_down_by_keyboard_and_every_step_is_said(
    laptop: Board, key: str
) -> None:
    pick_up(laptop, "dua", key)
    expect(laptop.page.locator("#said")).to_contain_text("Diangkat. Catatan 2 dari 3 di Saluran.")
    press(laptop, "ArrowDown")
    expect_said(laptop, "Saluran, tempat 3 dari 3.")
    press(laptop, "ArrowUp", "ArrowUp")
    expect_said(laptop, "Saluran, tempat 1 dari 3.")
    expect(marker(laptop.page)).to_be_visible()
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")

    press(laptop, key)
    expect_said(laptop, "Ditaruh: Saluran, tempat 1 dari 3.")
    laptop.expect_notes("Saluran", "dua", "satu", "tiga")
    expect(link(laptop, "dua")).to_be_focused()
    expect(marker(laptop.page)).to_have_count(0)


def test_a_note_is_carried_from_block_to_block_and_the_focus_goes_with_it(laptop: Board) -> None:
    pick_up(laptop, "dua")
    press(laptop, "ArrowLeft")
    expect_said(laptop, "Proposisi Nilai, tempat 1 dari 1.")
    press(laptop, "Enter")

    laptop.expect_notes("Proposisi Nilai", "dua")
    expect(link(laptop, "dua")).to_be_focused()
    expect(laptop.page.locator(".canvas")).to_have_attribute("data-focus", "value_propositions")


def test_escape_puts_a_carried_note_back(laptop: Board) -> None:
    pick_up(laptop, "dua")
    press(laptop, "ArrowRight", "ArrowRight", "Escape")

    expect_said(laptop, "Tidak dipindahkan. Catatan tetap di tempatnya.")
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")
    expect(link(laptop, "dua")).to_be_focused()


def test_a_note_that_somebody_deletes_meanwhile_is_let_go(workshop: Workshop, laptop: Board) -> None:
    bagas = workshop.join("Bagas")
    note = bagas.add("milik bersama")
    pick_up(laptop, "milik bersama")
    press(laptop, "ArrowUp")
    expect(marker(laptop.page)).to_be_visible()

    bagas.post(f"notes/{note['id']}/deletion")

    expect_said(laptop, "Catatan ini sudah dihapus.")
    expect(marker(laptop.page)).to_have_count(0)


def test_a_carried_note_stays_in_hand_while_others_write(workshop: Workshop, laptop: Board) -> None:
    pick_up(laptop, "tiga")
    press(laptop, "ArrowUp", "ArrowUp")

    workshop.join("Bagas").add("dari Bagas")
    expect(laptop.note("dari Bagas")).to_be_visible()
    press(laptop, "Enter")

    laptop.expect_notes("Saluran", "tiga", "satu", "dua", "dari Bagas")


def test_a_note_is_carried_by_keyboard_without_a_connection(laptop: Board, devices: Devices) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    pick_up(laptop, "dua")
    press(laptop, "ArrowUp")
    expect_said(laptop, "Saluran, tempat 1 dari 3.")
    laptop.page.context.set_offline(True)
    press(laptop, "Enter")
    shown = laptop.page.locator(".note:visible .note__text")
    expect(shown).to_have_text([re.compile(f"{text}$") for text in ("dua", "satu", "tiga")])

    laptop.page.context.set_offline(False)
    laptop.expect_notes("Saluran", "dua", "satu", "tiga")


def test_a_phone_with_a_keyboard_turns_the_page_with_the_note(phone: Board) -> None:
    pick_up(phone, "dua")
    press(phone, "ArrowRight")
    expect_said(phone, "Hubungan Pelanggan, tempat 1 dari 1.")
    expect(phone.block("Hubungan Pelanggan")).to_be_visible()
    press(phone, "Enter")

    phone.expect_notes("Hubungan Pelanggan", "dua")
    expect(link(phone, "dua")).to_be_focused()


def test_escape_gives_up_a_drag(laptop: Board) -> None:
    taken, target = laptop.note("satu").bounding_box(), laptop.note("tiga").bounding_box()
    assert taken and target
    mouse = laptop.page.mouse
    mouse.move(taken["x"] + 30, taken["y"] + 10)
    mouse.down()
    mouse.move(target["x"] + 30, target["y"] + target["height"], steps=5)
    expect(marker(laptop.page)).to_be_visible()

    press(laptop, "Escape")
    mouse.up()

    expect(marker(laptop.page)).to_have_count(0)
    expect(laptop.editor).to_have_count(0)
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")


def test_a_finger_drags_a_note_by_its_grip_through_a_block_that_scrolls_along(
    phone: Board, wulan: Person
) -> None:
    for number in range(20):
        wulan.add(f"nomor {number}")
    expect(phone.note("nomor 19")).to_have_count(1)
    box = grip(phone, "satu").bounding_box()
    assert box
    finger = phone.page.context.new_cdp_session(phone.page)
    x, y = box["x"] + 10, box["y"] + box["height"] / 2

    def touch(kind: str, *height: float) -> None:
        points = [{"x": x, "y": each} for each in height]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for step in range(1, 7):
        touch("touchMove", y + (650 - y) * step / 6)
    # It hangs near the lower edge until the end has come.
    phone.page.wait_for_function("() => scrollY + innerHeight >= document.scrollingElement.scrollHeight - 1")
    touch("touchMove", 651)
    touch("touchEnd")

    texts = phone.notes("Saluran").locator(".note__text")
    expect(texts.first).to_have_text(re.compile("dua$"))
    assert any(text.endswith("satu") for text in texts.all_inner_texts()[-4:])


def test_a_tap_on_the_grip_opens_the_note(phone: Board) -> None:
    grip(phone, "dua").tap()

    expect(phone.edited_text).to_have_value("dua")


def test_an_idea_is_parked_by_mouse_by_menu_and_by_keyboard_and_comes_back(laptop: Board) -> None:
    drawer = laptop.block("Parkir ide")
    laptop.drag("satu", drawer)
    laptop.expect_notes("Parkir ide", "satu")
    laptop.move("dua", "Parkir ide")
    laptop.expect_notes("Parkir ide", "satu", "dua")
    expect(drawer).to_contain_text("2")
    laptop.expect_notes("Saluran", "tiga")

    press_on(drawer.get_by_role("link", name="Parkir ide"))
    pick_up(laptop, "satu")
    press(laptop, "ArrowLeft")
    expect_said(laptop, "Struktur Biaya, tempat 1 dari 1.")
    press(laptop, "Enter")
    laptop.expect_notes("Struktur Biaya", "satu")

    laptop.write("Parkir ide", "langsung ke sini")
    laptop.expect_notes("Parkir ide", "dua", "langsung ke sini")


def press_on(target: Locator) -> None:
    target.focus()
    target.press("Enter")


def test_a_phone_finds_the_parking_lot_on_its_map(phone: Board) -> None:
    phone.move("dua", "Parkir ide")
    phone.expect_notes("Saluran", "satu", "tiga")

    phone.page.get_by_label("Semua blok").first.tap()
    phone.page.get_by_role("navigation", name="Semua blok").get_by_role("link", name="Parkir ide").tap()

    expect(phone.block("Parkir ide")).to_be_visible()
    phone.expect_notes("Parkir ide", "dua")
    phone.move("dua", "Saluran")
    phone.expect_notes("Parkir ide")
    phone.page.get_by_role("link", name="Blok berikutnya").tap()
    expect(phone.block("Segmen Pelanggan")).to_be_visible()
