"""Others go on working while somebody writes: nothing that is being typed is ever touched (T-CON-2)."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.board import Board, make_too_long, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

_STATE = """(field) => ({
  value: field.value, start: field.selectionStart, end: field.selectionEnd,
  focused: document.activeElement === field, same: field.mark === "first", blurs: field.blurs,
})"""
_MARK = """(field, [start, end]) => {
  field.mark = "first"; field.blurs = 0;
  field.addEventListener("blur", () => { field.blurs += 1; });
  field.setSelectionRange(start, end);
}"""


@dataclass(frozen=True)
class Pen:
    """A text field somebody is writing in, with its selection."""

    field: Locator
    value: str
    start: int
    end: int

    def unmoved(self) -> bool:
        """Whether value, caret, selection, focus and the very element are what they were."""
        state = {"value": self.value, "start": self.start, "end": self.end}
        found = self.field.evaluate(_STATE)
        return bool(found == {**state, "focused": True, "same": True, "blurs": 0}) or self._tell(found)

    def _tell(self, found: object) -> bool:
        raise AssertionError(f"what was being typed changed: {found}, was {self}")


def hold(field: Locator, text: str, start: int, end: int) -> Pen:
    """Write, and select from `start` to `end`."""
    field.press_sequentially(text)
    field.evaluate(_MARK, [start, end])
    return Pen(field, field.input_value(), start, end)


@dataclass
class Colleague:
    """Somebody who changes everything around the pen, by HTTP, and counts on the screen what has arrived."""

    person: Person
    screen: Board
    number: int = 0

    def rewrite(self, note: dict[str, object]) -> dict[str, object]:
        self.number += 1
        text = f"diganti ke-{self.number}"
        fields = {"text": text, "base_version": note["version"]}
        answer = self.person.post(f"notes/{note['id']}", **fields).json()["note"]
        expect(self.screen.note(text)).to_have_count(1)
        return dict(answer)

    def move(self, note: dict[str, object], block: str, name: str) -> None:
        assert self.person.post(f"notes/{note['id']}/placement", block=block, before="").status_code == 200
        expect(self.screen.block(name).locator(f"#note-{note['id']}")).to_have_count(1)

    def delete(self, note: dict[str, object]) -> None:
        assert self.person.post(f"notes/{note['id']}/deletion").status_code == 200
        expect(self.screen.page.locator(f"#note-{note['id']}")).to_have_count(0)


@pytest.fixture
def bagas(workshop: Workshop) -> Person:
    return workshop.join("Bagas")


@pytest.fixture
def board(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.laptop(cookie_of(workshop.join("Wulan"))))


@pytest.fixture
def colleague(bagas: Person, board: Board) -> Colleague:
    return Colleague(bagas, board)


def refuse_its_past(route: Route) -> None:
    """The stream asks with an id of another life of the database; the server answers `reset`."""
    headers = {**route.request.headers, "last-event-id": "another-life-7"}
    route.continue_(headers=headers)


def refresh_everything(board: Board) -> None:
    """Make the server send this page a reset: it fetches itself again and changes what differs."""
    page = board.page
    page.route("**/events?*", refuse_its_past, times=1)
    with page.expect_response(lambda answer: answer.url == page.url.split("#")[0]):
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(page.locator("html[data-live=on]")).to_have_count(1)


def test_the_editor_keeps_text_caret_and_selection_while_its_own_note_is_edited_moved_and_deleted(
    workshop: Workshop, devices: Devices, bagas: Person, board: Board, colleague: Colleague
) -> None:
    devices.watch.expect("status of 410")
    mine, other = bagas.add("Catatan bersama"), bagas.add("Tetangga")
    board.open(workshop.tables[0].path)
    load = stays_loaded(board.page)
    pen = hold(board.pick_up("Catatan bersama"), " dan tulisan Wulan", 3, 11)

    for _ in range(5):
        other = colleague.rewrite(other)
        mine = colleague.rewrite(mine)
        assert pen.unmoved()
    expect(board.editor.get_by_text("Diubah oleh Bagas saat Anda menulis: “diganti ke-10”")).to_be_visible()
    for block, name in (("key_resources", "Sumber Daya Utama"), ("channels", "Saluran")):
        colleague.move(mine, block, name)
        colleague.move(other, block, name)
        assert pen.unmoved()
    refresh_everything(board)
    assert pen.unmoved()
    colleague.delete(other)
    colleague.delete(mine)
    expect(board.editor.get_by_text("Catatan ini sudah dihapus")).to_be_visible()
    refresh_everything(board)
    assert pen.unmoved() and load.still()

    board.edited_text.press("Enter")
    kept = board.page.get_by_role("listitem").filter(has_text="Catatan bersama dan tulisan Wulan")
    expect(kept).to_contain_text("Tidak dapat disimpan")
    draft = board.compose("Saluran")
    draft.fill("sementara itu")
    kept.get_by_role("button", name="Simpan sebagai catatan baru").click()
    board.expect_notes("Saluran", "Catatan bersama dan tulisan Wulan")
    expect(draft).to_have_value("sementara itu")


def test_the_composer_keeps_text_caret_and_selection_while_its_block_changes(
    workshop: Workshop, bagas: Person, board: Board, colleague: Colleague
) -> None:
    notes = [bagas.add(text) for text in ("satu", "dua", "tiga")]
    board.open(workshop.tables[0].path)
    pen = hold(board.compose("Saluran"), "Belum selesai ditulis", 6, 13)

    for _ in range(5):
        notes = [colleague.rewrite(note) for note in notes]
        assert pen.unmoved()
    colleague.move(notes[0], "channels", "Saluran")
    colleague.move(notes[1], "cost_structure", "Struktur Biaya")
    colleague.delete(notes[2])
    bagas.add("sisipan")
    expect(board.note("sisipan")).to_have_count(1)
    refresh_everything(board)
    assert pen.unmoved()

    board.new_text.press("Enter")
    expect(board.note("Belum selesai ditulis")).to_have_count(1)


def test_two_people_who_change_one_note_at_once_find_both_texts(
    workshop: Workshop, bagas: Person, board: Board, colleague: Colleague
) -> None:
    note = bagas.add("Biaya mesin las")
    board.open(workshop.tables[0].path)
    board.pick_up("Biaya mesin las").fill("Sewa mesin dari pabrik")
    colleague.rewrite(note)

    board.edited_text.press("Enter")

    expect(board.notes("Saluran").filter(has_text="Dua versi")).to_have_count(2)
    expect(board.note("Sewa mesin dari pabrik")).to_have_count(1)
    expect(board.note("diganti ke-1")).to_have_count(1)
    expect(board.page.locator("#toasts")).to_contain_text("Kedua versi disimpan.")
    board.page.locator("#toasts").get_by_role("button", name="Pilih …").click()
    expect(board.edited_text).to_have_value("diganti ke-1")
    expect(board.editor).to_contain_text("Sewa mesin dari pabrik")

    board.note("Sewa mesin dari pabrik").get_by_role("link", name="Dua versi").click()
    expect(board.edited_text).to_have_value("Sewa mesin dari pabrik")
    board.editor.get_by_role("button", name="Pakai versi di bawah, hapus versi lain").click()
    board.expect_notes("Saluran", "Sewa mesin dari pabrik")


def test_a_word_half_composed_by_an_input_method_survives_live_changes(
    workshop: Workshop, bagas: Person, board: Board, colleague: Colleague
) -> None:
    notes = [bagas.add(text) for text in ("satu", "dua")]
    board.open(workshop.tables[0].path)
    field = board.compose("Saluran")
    field.press_sequentially("awal ")
    keyboard = board.page.context.new_cdp_session(board.page)
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    expect(field).to_have_value("awal にほ")

    for _ in range(3):
        notes = [colleague.rewrite(note) for note in notes]
    refresh_everything(board)
    keyboard.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    expect(field).to_have_value("awal にほん")
    keyboard.send("Input.insertText", {"text": "日本"})

    expect(field).to_have_value("awal 日本")
    field.press("Enter")
    expect(board.note("awal 日本")).to_have_count(1)


def test_leaving_the_editor_with_a_changed_text_offers_it_back(
    workshop: Workshop, bagas: Person, board: Board
) -> None:
    bagas.add("Asli")
    board.open(workshop.tables[0].path)
    board.pick_up("Asli").fill("Setengah jadi")
    board.edited_text.press("Escape")
    expect(board.editor).to_have_count(0)
    expect(board.note("Asli")).to_have_count(1)

    board.page.get_by_role("button", name="Lanjut mengubah").click()

    expect(board.edited_text).to_have_value("Setengah jadi")


def test_a_refused_note_comes_back_into_the_composer_beside_what_is_being_written(
    workshop: Workshop, devices: Devices, board: Board
) -> None:
    devices.watch.expect("status of 413")
    board.open(workshop.tables[0].path)
    make_too_long(board.page, "ditolak")
    board.compose("Saluran").fill("ditolak")
    board.new_text.press("Enter")
    refused = board.page.get_by_role("listitem").filter(has_text="Tidak dapat disimpan")
    expect(refused).to_contain_text("paling banyak 2.000 huruf")
    board.block("Proposisi Nilai").get_by_role("link", name="Proposisi Nilai").click()
    board.new_text.fill("sedang ditulis")

    board.page.get_by_role("button", name="Tampilkan").click()
    refused.get_by_role("button", name="Simpan sebagai catatan baru").click()

    expect(board.block("Saluran").locator("xpath=..").get_by_role("form")).to_be_visible()
    expect(board.new_text).to_have_value("sedang ditulis\nditolak")


def test_moving_a_note_saves_what_was_just_written_in_it(workshop: Workshop, devices: Devices) -> None:
    board = Board(devices.laptop(cookie_of(workshop.join("Ratna", 1)))).open(workshop.tables[1].path)
    board.write("Segmen Pelanggan", "kata Ratna")
    board.pick_up("kata Ratna")
    board.edited_text.fill("kata Ratna, lebih jelas")
    board.editor.locator(".moves summary").click()
    board.editor.get_by_role("button", name="Saluran").click()
    board.expect_notes("Saluran", "kata Ratna, lebih jelas")
    board.expect_nothing_on_its_way()
    board.pick_up("kata Ratna, lebih jelas")
    expect(board.editor.get_by_text("Ini yang sedang Anda tulis")).to_be_hidden()
