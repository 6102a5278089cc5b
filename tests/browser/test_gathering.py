"""Several notes at once on the board: chosen by pointer, finger or keyboard, then moved or gathered."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.factories import Person

# Opens a menu and goes on to its second line before the browser tells the page that it is open.
GOES_ON_AT_ONCE = """async (summary) => {
  const menu = summary.parentElement;
  const second = menu.querySelectorAll("button")[1];
  const told = new Promise((done) => menu.addEventListener("toggle", done, { once: true }));
  summary.click();
  second.focus();
  await told;
  return document.activeElement === second;
}"""


def bar(board: Board) -> Locator:
    return board.page.get_by_role("region", name="Pilih beberapa")


def box(board: Board, text: str) -> Locator:
    return board.page.get_by_role("checkbox", name=text)


def expect_group(board: Board, block: str, name: str, *texts: str) -> None:
    """In the block, under the name, these notes."""
    expect(board.block(block).get_by_role("heading", name=name)).to_be_visible()
    members = board.block(block).locator(f".note[data-version][data-cluster='{name}'] .note__text")
    expect(members).to_have_text([re.compile(f"{text}$") for text in texts])


def test_several_are_chosen_by_mouse_gathered_renamed_moved_parted_and_deleted(laptop: Board) -> None:
    laptop.block("Saluran").get_by_role("link", name="Pilih beberapa").click()
    laptop.note("satu").click()
    laptop.note("tiga").click()
    expect(bar(laptop)).to_contain_text("2 dipilih")
    bar(laptop).get_by_text("Kelompokkan").first.click()
    bar(laptop).get_by_role("textbox", name="Nama kelompok ide").fill("Media")
    laptop.page.keyboard.press("Enter")
    expect_group(laptop, "Saluran", "Media", "satu", "tiga")
    expect(bar(laptop)).to_be_hidden()

    laptop.page.get_by_role("link", name="Semua catatan kelompok ide: Media").click()
    expect(bar(laptop)).to_contain_text("2 dipilih")
    bar(laptop).get_by_text("Kelompokkan").first.click()
    bar(laptop).get_by_role("textbox", name="Nama kelompok ide").fill("Kabar")
    laptop.page.keyboard.press("Enter")
    expect_group(laptop, "Saluran", "Kabar", "satu", "tiga")

    laptop.page.get_by_role("link", name="Semua catatan kelompok ide: Kabar").click()
    bar(laptop).get_by_text("Pindahkan ke").click()
    bar(laptop).get_by_role("button", name="Sumber Daya Utama").click()
    expect_group(laptop, "Sumber Daya Utama", "Kabar", "satu", "tiga")
    laptop.expect_notes("Saluran", "dua")

    laptop.page.get_by_role("link", name="Semua catatan kelompok ide: Kabar").click()
    bar(laptop).get_by_text("Kelompokkan").first.click()
    bar(laptop).get_by_role("button", name="Bubarkan kelompok ide").click()
    expect(laptop.page.get_by_role("heading", name="Kabar")).to_have_count(0)
    laptop.expect_notes("Sumber Daya Utama", "satu", "tiga")

    laptop.note("satu").click(modifiers=["Control"])
    laptop.note("tiga").click(modifiers=["Control"])
    bar(laptop).get_by_role("button", name="Hapus").click()
    laptop.expect_notes("Sumber Daya Utama")
    laptop.undo()
    laptop.expect_notes("Sumber Daya Utama", "satu", "tiga")


def test_several_are_chosen_and_moved_by_keyboard_alone(laptop: Board) -> None:
    link = laptop.block("Saluran").get_by_role("link", name="Pilih beberapa")
    link.focus()
    link.press("Enter")
    expect(box(laptop, "satu")).to_be_focused()
    laptop.page.keyboard.press("Space")
    box(laptop, "dua").press("Space")
    expect(box(laptop, "dua")).to_be_checked()
    way = bar(laptop).get_by_text("Pindahkan ke")
    assert way.evaluate(GOES_ON_AT_ONCE), "fetched back to the first one"
    laptop.page.keyboard.press("Escape")
    way.focus()
    way.press("Enter")
    expect(bar(laptop).get_by_role("button", name="Segmen Pelanggan")).to_be_focused()
    bar(laptop).get_by_role("button", name="Proposisi Nilai").press("Enter")

    laptop.expect_notes("Proposisi Nilai", "satu", "dua")
    expect(laptop.page.get_by_role("link", name="Ubah atau pindahkan: satu")).to_be_focused()

    laptop.note("tiga").click(modifiers=["Control"])
    laptop.page.keyboard.press("Escape")
    expect(bar(laptop)).to_be_hidden()


def test_a_finger_that_is_held_on_a_note_begins_to_choose(phone: Board) -> None:
    link = phone.page.get_by_role("link", name="Ubah atau pindahkan: dua")
    # What Chromium on Android fires after half a second; its headless shell does not.
    link.evaluate(
        """(link) => link.dispatchEvent(
            new PointerEvent("contextmenu", { pointerType: "touch", bubbles: true, cancelable: true }))"""
    )
    expect(bar(phone)).to_contain_text("1 dipilih")
    phone.note("tiga").tap()
    bar(phone).get_by_role("button", name="Hapus").tap()

    phone.expect_notes("Saluran", "satu")
    phone.undo()
    phone.expect_notes("Saluran", "satu", "dua", "tiga")


def test_several_are_gathered_without_a_connection(laptop: Board, devices: Devices) -> None:
    devices.watch.expect("net::ERR")
    laptop.page.context.set_offline(True)
    laptop.note("satu").click(modifiers=["Control"])
    laptop.note("dua").click(modifiers=["Control"])
    bar(laptop).get_by_text("Pindahkan ke").click()
    bar(laptop).get_by_role("button", name="Parkir ide").click()
    expect(laptop.page.locator(".parking [id^=own-]")).to_have_count(2)

    laptop.page.context.set_offline(False)
    laptop.expect_notes("Parkir ide", "satu", "dua")
    laptop.expect_notes("Saluran", "tiga")


def test_notes_that_are_alike_are_hinted_at_and_chosen_by_one_press(laptop: Board, wulan: Person) -> None:
    wulan.add("Bursa kerja di SMK")
    wulan.add("Bursa kerja di SMK!")
    laptop.block("Saluran").get_by_role("link", name="2 catatan mirip. Kelompokkan?").click()

    expect(bar(laptop)).to_contain_text("2 dipilih")


def test_a_note_dropped_among_those_that_stand_together_joins_them(laptop: Board, wulan: Person) -> None:
    block = "value_propositions"
    ids = [wulan.add(text, block)["id"] for text in ("merah", "putih", "biru")]
    wulan.post("clusters", notes=ids[:2], block=block, name="Warna")
    expect_group(laptop, "Proposisi Nilai", "Warna", "merah", "putih")

    laptop.drag("biru", laptop.note("putih"))

    expect_group(laptop, "Proposisi Nilai", "Warna", "merah", "biru", "putih")


def test_all_that_are_chosen_are_dragged_together_in_their_order(laptop: Board) -> None:
    laptop.note("satu").click(modifiers=["Control"])
    laptop.note("tiga").click(modifiers=["Control"])
    laptop.drag("tiga", laptop.block("Proposisi Nilai"))

    laptop.expect_notes("Proposisi Nilai", "satu", "tiga")
    laptop.expect_notes("Saluran", "dua")
    expect(bar(laptop)).to_be_hidden()
    laptop.page.keyboard.press("Control+z")
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")


def test_all_that_are_chosen_are_carried_by_keyboard(laptop: Board) -> None:
    laptop.block("Saluran").get_by_role("link", name="Pilih beberapa").press("Enter")
    box(laptop, "satu").press("Space")
    box(laptop, "dua").press("Space")
    laptop.page.get_by_role("button", name="Angkat: dua").press("Enter")
    expect(laptop.page.locator("#said")).to_contain_text("2 catatan diangkat di Saluran.")
    for key in ("ArrowDown", "Enter"):
        laptop.page.keyboard.press(key)

    laptop.expect_notes("Saluran", "tiga", "satu", "dua")
    expect(bar(laptop)).to_be_hidden()
    expect(laptop.page.get_by_role("link", name="Ubah atau pindahkan: satu")).to_be_focused()


def stand_together(wulan: Person, name: str, *texts: str) -> None:
    """More notes of the block, gathered under a name."""
    ids = [wulan.add(text)["id"] for text in texts]
    wulan.post("clusters", notes=ids, block="channels", name=name)


def test_a_group_of_ideas_is_dragged_by_its_heading_and_never_into_another(
    laptop: Board, wulan: Person
) -> None:
    stand_together(wulan, "Warna", "merah", "putih")
    stand_together(wulan, "Angka", "empat", "lima")
    laptop.page.set_viewport_size({"width": 1366, "height": 1200})
    expect_group(laptop, "Saluran", "Angka", "empat", "lima")
    laptop.drag(laptop.group("Warna"), laptop.note("dua"))
    laptop.expect_notes("Saluran", "satu", "merah", "putih", "dua", "tiga", "empat", "lima")
    laptop.drag(laptop.group("Angka"), laptop.note("putih"))
    laptop.expect_notes("Saluran", "satu", "merah", "putih", "empat", "lima", "dua", "tiga")
    laptop.drag(laptop.group("Angka"), laptop.block("Proposisi Nilai"))

    expect_group(laptop, "Proposisi Nilai", "Angka", "empat", "lima")
    expect_group(laptop, "Saluran", "Warna", "merah", "putih")


def test_a_group_of_ideas_is_carried_by_keyboard(laptop: Board, wulan: Person) -> None:
    stand_together(wulan, "Warna", "merah", "putih")
    laptop.page.get_by_role("button", name="Angkat kelompok ide: Warna").press("Enter")
    expect(laptop.page.locator("#said")).to_contain_text("2 catatan diangkat di Saluran.")
    for key in ("ArrowUp", "ArrowUp", "Enter"):
        laptop.page.keyboard.press(key)
    laptop.expect_notes("Saluran", "satu", "merah", "putih", "dua", "tiga")

    laptop.page.get_by_role("button", name="Angkat kelompok ide: Warna").press("Enter")
    expect(laptop.page.locator(".marker")).to_be_visible()
    for key in ("ArrowLeft", "Enter"):
        laptop.page.keyboard.press(key)
    expect_group(laptop, "Proposisi Nilai", "Warna", "merah", "putih")


def test_a_finger_drags_a_group_of_ideas_by_its_grip(phone: Board, wulan: Person) -> None:
    stand_together(wulan, "Warna", "merah", "putih")
    expect_group(phone, "Saluran", "Warna", "merah", "putih")
    phone.drag_by_finger(phone.group("Warna"), phone.note("satu"))

    phone.expect_notes("Saluran", "merah", "putih", "satu", "dua", "tiga")
