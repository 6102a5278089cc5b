"""Text in an open editor outlives whatever happens to the page, the device's owner and the server."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop, cookie_of
from tests.factories import Person

KEPT = 300  # milliseconds, as promised
STAYS = "Draf, disimpan di perangkat ini"
BACK = 20_000
BLOCKED = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('blocked'); } });"
# As on a disk that is busy with other things: writes are taken in, and dropped with the page.
NEVER_FINISHED = """() => {
    const nothing = new Proxy(() => {}, { get: () => nothing, apply: () => nothing, set: () => true });
    IDBDatabase.prototype.transaction = nothing;
}"""
CARET = "() => [document.activeElement.selectionStart, document.activeElement.value.length]"

pytestmark = pytest.mark.usefixtures("back_for_the_next_test")


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def board(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    return Board(devices.laptop(cookie_of(wulan))).open(workshop.tables[0].path)


def another_tab(board: Board, workshop: Workshop) -> Board:
    return Board(board.page.context.new_page()).open(workshop.tables[0].path)


def sign_in_as(person: Person, page: Page, workshop: Workshop) -> None:
    """The device's cookie is this person's from now on."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": workshop.house.origin}
            for name, value in cookie_of(person).items()
        ]
    )


def test_a_note_half_written_is_there_again_after_a_reload_and_in_a_new_tab(
    workshop: Workshop, board: Board
) -> None:
    board.compose("Saluran").press_sequentially("Rapat di balai ")
    board.composer.get_by_role("checkbox", name="Segmen 2").check()
    board.composer.get_by_role("radio", name="Bersama").check(force=True)
    expect(board.page.get_by_text(STAYS)).to_be_visible()
    board.page.wait_for_timeout(KEPT)

    board.page.reload()
    expect(board.new_text).to_have_value("Rapat di balai ")
    expect(board.new_text).to_be_focused()
    assert board.page.evaluate(CARET) == [15, 15]

    board.new_text.press_sequentially("desa")
    board.page.wait_for_timeout(KEPT)
    later = another_tab(board, workshop)
    expect(later.page.get_by_text("Tersimpan otomatis")).to_be_visible()
    board.page.close()
    later.open(workshop.tables[0].path)
    expect(later.new_text).to_have_value("Rapat di balai desa")
    expect(later.block("Saluran").locator("xpath=..").get_by_role("form")).to_be_visible()

    later.new_text.press("Enter")
    later.expect_notes("Saluran", "Rapat di balai desa")
    expect(later.note("Rapat di balai desa").locator("[data-k=S2]")).to_have_count(1)
    expect(later.note("Rapat di balai desa").get_by_text("Bersama")).to_have_count(1)
    later.open(workshop.tables[0].path)
    later.compose("Saluran")
    later.page.wait_for_timeout(KEPT)
    expect(later.new_text).to_have_value("")


def test_what_was_typed_right_before_leaving_the_page_is_kept(workshop: Workshop, board: Board) -> None:
    board.compose("Saluran").press_sequentially("sampai huruf terakhir")

    board.page.goto("about:blank")

    board.open(workshop.tables[0].path)
    expect(board.new_text).to_have_value("sampai huruf terakhir")


@pytest.mark.parametrize("is_sent", [False, True], ids=["draft", "change"])
def test_what_the_store_had_not_finished_when_the_page_ended_is_there_on_the_next(
    workshop: Workshop, devices: Devices, board: Board, is_sent: bool
) -> None:
    devices.watch.expect("net::ERR")
    board.page.on("dialog", lambda dialog: dialog.accept())
    sending = re.compile(r"/canvases/\w+/notes")
    board.page.route(sending, lambda route: route.abort())
    field = board.compose("Saluran")
    board.page.evaluate(NEVER_FINISHED)
    field.press_sequentially("disk sedang sibuk")
    if is_sent:
        field.press("Enter")
        expect(
            board.page.get_by_text("1 belum terkirim").or_(board.page.get_by_text("Menyimpan"))
        ).not_to_have_count(0)

    board.page.goto("about:blank")

    board.page.unroute(sending)
    board.open(workshop.tables[0].path)
    if is_sent:
        board.expect_notes("Saluran", "disk sedang sibuk")
    else:
        expect(board.new_text).to_have_value("disk sedang sibuk")
    board.page.goto("about:blank")
    board.open(workshop.tables[0].path)
    board.page.wait_for_function("() => localStorage.length === 0")


def test_an_edit_half_written_is_offered_again_and_overwrites_nobody(
    workshop: Workshop, board: Board
) -> None:
    bagas = workshop.join("Bagas")
    note = bagas.add("Biaya mesin las")
    expect(board.note("Biaya mesin las")).to_have_count(1)
    board.pick_up("Biaya mesin las").fill("Sewa mesin dari pabrik")
    board.editor.get_by_role("checkbox", name="Segmen 3").check()
    board.page.wait_for_timeout(KEPT)

    bagas.post(f"notes/{note['id']}", text="Biaya listrik bengkel", base_version=note["version"])
    board.page.reload()
    board.page.get_by_role("button", name="Lanjut mengubah").click()

    expect(board.edited_text).to_have_value("Sewa mesin dari pabrik")
    expect(board.edited_text).to_be_focused()
    assert board.page.evaluate(CARET) == [22, 22]
    expect(board.editor.get_by_role("checkbox", name="Segmen 3")).to_be_checked()
    expect(board.editor.get_by_text("Ini tulisan Anda tadi")).to_be_visible()
    board.edited_text.press("Enter")
    expect(board.note("Sewa mesin dari pabrik")).to_have_count(1)
    expect(board.note("Biaya listrik bengkel")).to_have_count(1)


def test_an_edit_that_was_cancelled_is_not_offered_but_comes_back_with_its_note(
    workshop: Workshop, board: Board
) -> None:
    workshop.join("Bagas").add("Asli")
    board.pick_up("Asli").fill("Setengah jadi")
    board.edited_text.press("Escape")
    board.page.wait_for_timeout(KEPT)

    board.page.reload()
    expect(board.note("Asli")).to_have_count(1)
    board.page.wait_for_timeout(KEPT)
    expect(board.page.get_by_role("button", name="Lanjut mengubah")).to_be_hidden()
    board.pick_up("Asli")
    expect(board.edited_text).to_have_value("Setengah jadi")

    board.editor.get_by_role("button", name="Tampilkan isi catatan").click()
    expect(board.edited_text).to_have_value("Asli")
    board.edited_text.press("Escape")
    board.page.reload()
    board.pick_up("Asli")
    expect(board.edited_text).to_have_value("Asli")


def test_an_edit_of_a_note_that_is_gone_by_now_can_become_a_new_note(
    workshop: Workshop, board: Board
) -> None:
    bagas = workshop.join("Bagas")
    note = bagas.add("Akan dihapus")
    board.pick_up("Akan dihapus").fill("Masih berharga")
    board.page.wait_for_timeout(KEPT)
    bagas.post(f"notes/{note['id']}/deletion")

    board.page.reload()
    kept = board.page.get_by_role("listitem").filter(has_text="Masih berharga")
    expect(kept).to_contain_text("Catatan ini sudah dihapus")
    board.page.reload()
    board.page.get_by_role("button", name="Tampilkan").click()
    kept.get_by_role("button", name="Simpan sebagai catatan baru").click()

    board.expect_notes("Saluran", "Masih berharga")
    expect(kept.filter(has_text="dihapus")).to_have_count(0)


def test_a_draft_outlives_the_server(
    workshop: Workshop, house: House, devices: Devices, board: Board
) -> None:
    devices.watch.expect("ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING")
    board.compose("Saluran").press_sequentially("server mati di tengah kalimat")
    house.kill()
    board.page.wait_for_timeout(KEPT)
    board.page.close()
    house.start()

    later = another_tab(board, workshop)

    expect(later.new_text).to_have_value("server mati di tengah kalimat")


def test_somebody_who_joins_again_finds_the_draft_and_somebody_else_does_not(
    workshop: Workshop, board: Board
) -> None:
    board.compose("Saluran").press_sequentially("milik Wulan")
    board.page.wait_for_timeout(KEPT)

    sign_in_as(workshop.join("Bagas"), board.page, workshop)
    board.open(workshop.tables[0].path)
    board.compose("Saluran")
    board.page.wait_for_timeout(KEPT)
    expect(board.new_text).to_have_value("")

    sign_in_as(workshop.join("wulan "), board.page, workshop)
    board.open(workshop.tables[0].path)
    expect(board.new_text).to_have_value("milik Wulan")


def test_two_tabs_keep_a_draft_each(workshop: Workshop, board: Board) -> None:
    board.compose("Saluran").press_sequentially("dari tab pertama")
    other = another_tab(board, workshop)
    other.compose("Saluran").press_sequentially("dari tab kedua")
    for tab in (board, other):
        tab.page.wait_for_timeout(KEPT)
        tab.page.close()

    later = another_tab(board, workshop)

    expect(later.new_text).to_have_value("dari tab pertama\ndari tab kedua")


def test_a_clock_a_day_off_loses_no_draft(workshop: Workshop, board: Board) -> None:
    board.compose("Saluran").press_sequentially("kemarin")
    board.page.wait_for_timeout(KEPT)
    later = Board(board.page.context.new_page())
    later.page.clock.set_system_time("2020-02-02T02:02:02")
    board.page.close()

    later.open(workshop.tables[0].path)

    expect(later.new_text).to_have_value("kemarin")


def test_where_a_browser_keeps_nothing_the_page_says_so_and_works(
    workshop: Workshop, devices: Devices
) -> None:
    page = devices.laptop(cookie_of(workshop.join("Wulan")))
    page.add_init_script(BLOCKED)
    board = Board(page).open(workshop.tables[0].path)
    expect(page.get_by_text("Peramban ini tidak menyimpan apa pun")).to_be_visible()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)

    board.write("Saluran", "tetap terkirim")
    board.expect_notes("Saluran", "tetap terkirim")
    board.compose("Saluran").press_sequentially("belum dikirim")
    page.reload()

    assert asked == ["beforeunload"]
