"""Writing alone first, by two people side by side: each sees the own notes only, until the host shows all."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

NOT_YET = "Yang lain belum melihat ini"
IS_ON_TOP = """(note) => {
  const { left, top, height } = note.getBoundingClientRect();
  return note.contains(document.elementFromPoint(left + 30, top + height / 2));
}"""


@pytest.fixture
def sari(workshop: Workshop) -> Person:
    return workshop.join("Sari")


@pytest.fixture
def budi(workshop: Workshop) -> Person:
    return workshop.join("Budi")


@pytest.fixture
def desk(workshop: Workshop, devices: Devices) -> Page:
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    return desk


def hide_writing(workshop: Workshop) -> None:
    """At every table."""
    assert workshop.house.facilitator.post(f"{workshop.desk_path}/silence").status_code == 303


def reveal(workshop: Workshop) -> None:
    """Everywhere."""
    assert workshop.house.facilitator.post(f"{workshop.desk_path}/silence/reveal").status_code == 303


def test_two_people_write_alone_and_see_each_others_notes_when_the_host_shows_them(
    workshop: Workshop, devices: Devices, desk: Page, sari: Person, budi: Person
) -> None:
    path = f"{workshop.tables[0].path}?block=channels"
    laptop = Board(devices.laptop(cookie_of(sari))).open(path)
    phone = Board(devices.phone(cookie_of(budi))).open(path)
    wall = devices.beamer()
    wall.goto(workshop.projector_path)
    workshop.show("canvas")
    desk.get_by_role("button", name="Semua kelompok menulis sendiri").click()
    for board in (laptop, phone):
        expect(board.page.get_by_text("Tulis sendiri dulu")).to_be_visible()

    laptop.write("Saluran", "Radio desa")
    phone.new_text.fill("Grup alumni")
    phone.composer.get_by_role("button", name="Simpan").tap()

    for board, own, other in ((laptop, "Radio desa", "Grup alumni"), (phone, "Grup alumni", "Radio desa")):
        expect(board.note(own)).to_contain_text(NOT_YET)
        expect(board.page.get_by_text(other)).to_have_count(0)
        expect(board.block("Saluran").locator(".block__count")).to_contain_text("2")
        expect(board.block("Saluran")).to_contain_text("2 belum ditampilkan")
    expect(wall.locator("#block-channels")).to_contain_text("2 belum ditampilkan")
    expect(desk.locator("#desk-silence")).to_contain_text("2 belum ditampilkan")
    assert not re.search("Radio desa|Grup alumni", wall.content() + desk.content())

    desk.get_by_role("button", name="Tampilkan semua catatan Kelompok 1").click()

    for board in (laptop, phone):
        board.expect_notes("Saluran", "Radio desa", "Grup alumni")
        expect(board.page.get_by_text(NOT_YET)).to_have_count(0)
        expect(board.page.locator("#toasts")).to_contain_text("Semua catatan kini ditampilkan.")
    expect(wall.get_by_text("Radio desa")).to_be_visible()


def test_a_veiled_note_is_written_changed_moved_deleted_and_undone_by_keyboard_alone(
    workshop: Workshop, devices: Devices, sari: Person
) -> None:
    hide_writing(workshop)
    board = Board(devices.laptop(cookie_of(sari))).open(f"{workshop.tables[0].path}?block=channels")
    keys = board.page.keyboard
    board.page.get_by_role("link", name="Tambah catatan").focus()
    keys.press("Enter")
    keys.type("Radio desa")
    keys.press("Enter")
    keys.press("Escape")
    expect(board.note("Radio desa")).to_contain_text(NOT_YET)
    board.expect_nothing_on_its_way()

    board.page.get_by_role("link", name="Ubah atau pindahkan: Radio desa").focus()
    keys.press("Enter")
    expect(board.edited_text).to_be_focused()
    keys.press("End")
    keys.type(" dan kecamatan")
    keys.press("Control+Enter")
    expect(board.note("Radio desa dan kecamatan")).to_contain_text(NOT_YET)
    board.expect_nothing_on_its_way()

    board.move("Radio desa dan kecamatan", "Segmen Pelanggan")
    there = board.page.locator(".cell[data-block=customer_segments]")
    expect(there.locator(".note[data-veiled]")).to_contain_text("Radio desa dan kecamatan")
    board.expect_nothing_on_its_way()
    board.page.get_by_role("link", name="Ubah atau pindahkan: Radio desa").focus()
    keys.press("Enter")
    board.editor.get_by_role("button", name="Hapus").focus()
    keys.press("Enter")
    expect(board.page.locator(".note[data-veiled]")).to_have_count(0)
    expect(board.page.get_by_role("button", name="Urungkan").first).to_be_enabled()
    keys.press("Control+z")
    expect(board.note("Radio desa dan kecamatan")).to_contain_text(NOT_YET)


def test_what_one_has_just_written_is_seen_above_the_pen_and_can_be_dragged(
    workshop: Workshop, devices: Devices, sari: Person
) -> None:
    sari.add("Bursa kerja")
    sari.add("Kunjungan HRD")
    hide_writing(workshop)
    board = Board(devices.laptop(cookie_of(sari))).open(f"{workshop.tables[0].path}?block=channels")
    board.compose("Saluran")
    for text in ("Satu", "Dua", "Tiga"):
        board.new_text.fill(text)
        board.new_text.press("Enter")
        expect(board.note(text)).to_contain_text(NOT_YET)
        board.expect_nothing_on_its_way()
        assert board.note(text).evaluate(IS_ON_TOP)
    board.new_text.press("Escape")

    board.drag("Tiga", board.page.locator("#block-customer_segments .block__empty"))

    there = board.page.locator(".cell[data-block=customer_segments] .note[data-veiled]")
    expect(there).to_contain_text("Tiga")


def test_several_notes_keep_the_order_in_which_they_were_written_and_survive_a_reload(
    workshop: Workshop, devices: Devices, sari: Person
) -> None:
    hide_writing(workshop)
    board = Board(devices.phone(cookie_of(sari))).open(f"{workshop.tables[0].path}?block=channels")
    texts = ["Satu", "Dua", "Tiga", "Empat"]
    for text in texts:
        board.new_text.fill(text)
        board.composer.get_by_role("button", name="Simpan").tap()
    board.expect_nothing_on_its_way()

    own = board.page.locator(".cell[data-focused] .note[data-veiled] .note__text")
    for _ in range(2):
        expect(own).to_have_text([re.compile(text) for text in texts])
        board.page.reload()


def test_what_was_written_without_a_connection_and_arrives_late_is_seen_at_once(
    workshop: Workshop, devices: Devices, sari: Person, budi: Person
) -> None:
    hide_writing(workshop)
    path = f"{workshop.tables[0].path}?block=channels"
    phone = Board(devices.phone(cookie_of(sari))).open(path)
    laptop = Board(devices.laptop(cookie_of(budi))).open(path)
    devices.watch.expect("ERR_")
    phone.page.context.set_offline(True)
    phone.new_text.fill("Terlambat")
    phone.composer.get_by_role("button", name="Simpan").tap()
    expect(phone.page.locator("[id^='own-']")).to_contain_text("Terlambat")
    reveal(workshop)
    expect(laptop.page.locator("#silence")).to_be_hidden()

    phone.page.context.set_offline(False)

    for board in (phone, laptop):
        board.expect_notes("Saluran", "Terlambat")
        expect(board.page.get_by_text(NOT_YET)).to_have_count(0)
    phone.expect_nothing_on_its_way()


def test_without_scripts_the_own_notes_stand_in_their_block(
    workshop: Workshop, devices: Devices, sari: Person, budi: Person
) -> None:
    hide_writing(workshop)
    budi.add("Grup alumni")
    page = devices.laptop(cookie_of(sari), scripts=False)
    page.goto(f"{workshop.tables[0].path}?block=channels#add")
    page.get_by_role("textbox", name="Tulis satu ide").fill("Radio desa")
    page.get_by_role("button", name="Simpan").click()

    expect(page.locator(".cell[data-block=channels] .note")).to_have_text(
        re.compile(f"Radio desa.*{NOT_YET}", re.DOTALL)
    )
    expect(page.get_by_text("2 belum ditampilkan")).to_be_visible()
    page.get_by_role("link", name="Ubah atau pindahkan: Radio desa").click()
    page.get_by_role("textbox", name="Isi catatan").fill("Radio kampus")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Radio kampus")).to_be_visible()


@pytest.mark.parametrize("focus", ["cost_structure", "channels"])
def test_own_notes_stand_beside_a_wide_block_of_full_height(
    workshop: Workshop, devices: Devices, sari: Person, focus: str
) -> None:
    hide_writing(workshop)
    for number in range(4):
        sari.add(f"Biaya {number}", "cost_structure")

    board = Board(devices.laptop(cookie_of(sari))).open(f"{workshop.tables[0].path}?block={focus}")

    cell = board.page.locator(".cell[data-block=cost_structure]")
    expect(cell.get_by_text(NOT_YET)).to_have_count(4)
    whole, block, own = (
        part.bounding_box() for part in (cell, cell.locator(">.block"), cell.locator(">.pending"))
    )
    assert whole and block and own
    assert abs(block["height"] - whole["height"]) <= 2
    assert own["x"] >= block["x"] + block["width"] and own["height"] <= whole["height"]
