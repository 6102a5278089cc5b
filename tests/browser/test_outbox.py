"""Changes wait on the device until the server has them: in order, once, under the name of who made them."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.board import SENDING, Board, make_too_long
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop, cookie_of
from tests.factories import Person

BLOCK = "Saluran"
BACK = 20_000
DEAD = "net::ERR|status of 4|status of 5"
HOTEL = "<!doctype html><title>Wi-Fi Hotel</title><form>Kamar</form>"
JSON = {"content-type": "application/json"}
# A second version of the store, as a later release would bring it: changes get a mark, and the old ones too.
LATER_STEP = """
  (base, transaction) => {
    const all = transaction.objectStore("changes").openCursor();
    all.onsuccess = () => {
      if (!all.result) return;
      all.result.update({ ...all.result.value, mark: "second" });
      all.result.continue();
    };
  },
];
"""

pytestmark = pytest.mark.usefixtures("back_for_the_next_test")


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def board(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    devices.watch.expect(DEAD)
    return Board(devices.laptop(cookie_of(wulan))).open(workshop.tables[0].path)


def device_of(board: Board) -> BrowserContext:
    return board.page.context


def another_tab(board: Board, workshop: Workshop) -> Board:
    return Board(device_of(board).new_page()).open(workshop.tables[0].path)


def hand_to(person: Person, board: Board, workshop: Workshop) -> None:
    """The device is signed in as this person from now on."""
    device_of(board).clear_cookies()
    cookies = cookie_of(person).items()
    device_of(board).add_cookies(
        [{"name": name, "value": value, "url": workshop.house.origin} for name, value in cookies]
    )


def accept_leaving(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())


def stop_the_clock(board: Board) -> None:
    """Whoever waits for another page's turn to end waits for ever."""
    board.page.clock.set_fixed_time(datetime.now(UTC))


def hurry(page: Page) -> None:
    """What a device does when its link comes back."""
    page.evaluate("() => { dispatchEvent(new Event('online')); }")


def op_of(route: Route) -> str:
    return parse_qs(route.request.post_data or "")["op_id"][0]


def lose_the_answer(route: Route) -> None:
    """The server does the work, and the device never hears of it."""
    asked = urlsplit(route.request.url)
    # Only Chromium knows the address behind the name.
    address = asked._replace(netloc=f"127.0.0.1:{asked.port}").geturl()
    answer = route.fetch(url=address, headers={**route.request.headers, "host": asked.netloc})
    assert answer.ok, answer.text()
    route.abort()


def test_whatever_comes_instead_of_an_answer_the_change_is_repeated_with_one_op_id(
    workshop: Workshop, board: Board
) -> None:
    instead: list[dict[str, Any]] = [
        {"status": 200, "body": HOTEL, "content_type": "text/html"},
        {"status": 403, "body": HOTEL, "content_type": "text/html"},
        {"status": 511, "body": HOTEL, "content_type": "text/html"},
        {"status": 200, "body": "{}", "headers": JSON},
        {"status": 404, "body": "{}", "headers": JSON},
        *(
            {"status": status, "body": '{"error": "x", "message": "y"}', "headers": JSON}
            for status in (408, 425, 429, 500, 503)
        ),
    ]
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(op_of(route))
        if len(sent) == 1:
            route.abort()
        elif len(sent) < len(instead) + 2:
            route.fulfill(**instead[len(sent) - 2])
        elif len(sent) < len(instead) + 4:
            lose_the_answer(route)
        else:
            route.continue_()

    board.page.route(SENDING, answer)
    board.compose(BLOCK).fill("sekali saja")
    board.new_text.press("Enter")
    expect(board.page.get_by_text("1 belum terkirim").first).to_be_visible()
    while len(sent) < len(instead) + 4:
        hurry(board.page)
        board.page.wait_for_timeout(60)

    board.expect_notes(BLOCK, "sekali saja")
    expect(board.page.get_by_text("Tersimpan otomatis")).to_be_visible()
    assert len(set(sent)) == 1
    board.page.reload()
    board.expect_notes(BLOCK, "sekali saja")


def test_every_kind_of_change_whose_answer_is_lost_has_one_effect(board: Board, wulan: Person) -> None:
    wulan.add("lama")
    expect(board.note("lama")).to_have_count(1)
    seen: set[str] = set()

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST" or op_of(route) in seen:
            return route.continue_()
        seen.add(op_of(route))
        return lose_the_answer(route)

    board.page.route(SENDING, lose_the_first)
    board.edit("lama", "baru")
    board.move("baru", "Struktur Biaya")
    board.delete("baru")
    board.undo()
    board.write(BLOCK, "kedua")

    board.expect_notes("Struktur Biaya", "baru")
    board.expect_notes(BLOCK, "kedua")
    board.expect_nothing_on_its_way()
    assert len(seen) == 5


def test_two_tabs_send_what_both_wrote_once_and_in_order(
    house: House, workshop: Workshop, board: Board
) -> None:
    other = another_tab(board, workshop)
    board.compose(BLOCK)
    other.compose(BLOCK)
    house.kill()
    texts = [f"nomor {number}" for number in range(1, 7)]
    for number, text in enumerate(texts):
        tab = (board, other)[number % 2]
        tab.new_text.fill(text)
        tab.new_text.press("Enter")
        expect(tab.page.locator("[id^='own-']")).to_have_count(number + 1)
    for tab in (board, other):
        expect(tab.page.locator("[id^='own-'] [data-text]")).to_have_text(texts)

    house.start()

    for tab in (board, other):
        expect(tab.notes(BLOCK)).to_have_count(6, timeout=BACK)
        tab.expect_notes(BLOCK, *texts)
        tab.expect_nothing_on_its_way()
    another_tab(board, workshop).expect_notes(BLOCK, *texts)


def test_a_tab_sends_what_another_left_behind(house: House, workshop: Workshop, board: Board) -> None:
    other = another_tab(board, workshop)
    house.kill()
    other.write(BLOCK, "tab ini ditutup")
    expect(other.page.get_by_text("1 belum terkirim").first).to_be_visible()
    other.page.close()

    house.start()

    expect(board.notes(BLOCK)).to_have_count(1, timeout=BACK)
    board.expect_notes(BLOCK, "tab ini ditutup")


def test_going_back_and_forward_sends_nothing_again(workshop: Workshop, board: Board) -> None:
    board.write(BLOCK, "hanya satu")
    board.expect_notes(BLOCK, "hanya satu")
    board.expect_nothing_on_its_way()  # a page that leaves before would ask whether it may
    for _ in range(2):
        board.page.goto("/join?again=1")
        board.page.go_back()
        board.page.go_forward()
        board.page.go_back()

    board.expect_notes(BLOCK, "hanya satu")
    expect(board.page.get_by_text("Tersimpan otomatis")).to_be_visible()


def test_a_refused_text_stays_through_reloads_until_somebody_throws_it_away(board: Board) -> None:
    make_too_long(board.page, "ditolak")
    board.write(BLOCK, "ditolak")
    kept = board.page.get_by_role("listitem").filter(has_text="Tidak dapat disimpan")
    expect(kept).to_contain_text("paling banyak 2.000 huruf")
    board.write(BLOCK, "yang pendek")
    board.expect_notes(BLOCK, "yang pendek")

    board.page.reload()

    expect(kept).to_contain_text("paling banyak 2.000 huruf")
    expect(board.page.locator("#save")).to_have_text("Tidak dapat disimpan")
    board.page.get_by_role("button", name="Tampilkan").click()
    kept.get_by_role("button", name="Salin").click()
    expect(board.page.get_by_text("Tersalin")).to_be_visible()
    kept.get_by_role("button", name="Buang").click()
    expect(kept).to_have_count(0)
    board.page.reload()
    expect(board.note("yang pendek")).to_have_count(1)
    expect(board.page.locator("#save")).to_have_text("Tersimpan otomatis")


def test_somebody_whose_cookie_is_lost_sends_it_all_after_joining_again(
    workshop: Workshop, board: Board
) -> None:
    accept_leaving(board.page)
    stop_the_clock(board)
    device_of(board).clear_cookies()
    board.write(BLOCK, "tanpa kuki")
    board.write(BLOCK, "masih tanpa")
    expect(board.page.get_by_text("2 perubahan tetap disimpan di perangkat ini")).to_be_visible()
    expect(board.page.locator("#save")).to_have_text("2 belum terkirim")

    board.page.get_by_role("button", name="Masuk lagi").click()
    expect(board.page.get_by_role("heading", level=1)).to_have_text("Silakan gabung dulu")
    board.page.goto(workshop.join_path)
    board.page.get_by_role("textbox", name="Nama Anda").fill("Wulan")
    board.page.get_by_role("radio").and_(board.page.locator(f"[value='{workshop.tables[0].id}']")).check()
    board.page.get_by_role("button", name="Gabung").click()

    board.expect_notes(BLOCK, "tanpa kuki", "masih tanpa")
    expect(board.note("tanpa kuki")).to_contain_text("Wulan")


def test_what_one_person_wrote_is_never_sent_under_the_name_of_another(
    workshop: Workshop, board: Board, wulan: Person
) -> None:
    accept_leaving(board.page)
    bagas = workshop.join("Bagas")
    hand_to(bagas, board, workshop)
    board.write(BLOCK, "kata Wulan")
    expect(board.page.get_by_text("Perangkat ini sekarang dipakai orang lain")).to_be_visible()

    board.page.get_by_role("button", name="Masuk lagi").click()
    left = board.page.get_by_role("listitem").filter(has_text="ditulis Wulan di perangkat ini")
    expect(left).to_contain_text("kata Wulan")
    board.write(BLOCK, "kata Bagas")
    board.expect_notes(BLOCK, "kata Bagas")

    hand_to(wulan, board, workshop)
    board.page.reload()
    board.expect_notes(BLOCK, "kata Bagas", "kata Wulan")
    expect(board.note("kata Wulan")).to_contain_text("Wulan")
    expect(board.note("kata Bagas")).to_contain_text("Bagas")
    expect(left).to_have_count(0)


def test_a_newer_version_takes_the_queue_of_an_older_one_along(workshop: Workshop, board: Board) -> None:
    accept_leaving(board.page)
    device_of(board).route(SENDING, lambda route: route.abort())
    board.write(BLOCK, "dari versi lama")
    board.write(BLOCK, "juga lama")
    expect(board.page.get_by_text("2 belum terkirim").first).to_be_visible()
    newer = Board(device_of(board).new_page())
    script = workshop.house.visitor().get("/static-generated/board.id.js").text
    assert script.count("];\n\nconst memory") == 1
    newer.page.route(
        "**/static-generated/board.id.js*",
        lambda route: route.fulfill(
            body=script.replace("];\n\nconst memory", f"{LATER_STEP}\nconst memory"),
            content_type="text/javascript",
        ),
    )
    newer.open(workshop.tables[0].path)
    expect(newer.page.get_by_text("2 belum terkirim").first).to_be_visible()

    board.write(BLOCK, "dari halaman lama")
    expect(board.page.get_by_text("Peramban ini tidak menyimpan apa pun")).to_be_visible()
    device_of(board).unroute(SENDING)

    for tab in (newer, board):
        expect(tab.notes(BLOCK)).to_have_count(3, timeout=BACK)
    # The page whose store was taken along sends for itself: nothing orders its note and those of the others.
    texts = [re.compile(text) for text in ("dari versi lama", "juga lama", "dari halaman lama")]
    for text in texts:
        expect(newer.notes(BLOCK).filter(has_text=text)).to_have_count(1)


@pytest.mark.parametrize("day", ["2020-02-02", "2033-03-03"])
def test_a_clock_that_is_wrong_changes_neither_order_nor_number(
    house: House, workshop: Workshop, board: Board, day: str
) -> None:
    accept_leaving(board.page)
    house.kill()
    board.write(BLOCK, "jam benar")
    board.page.clock.set_system_time(f"{day}T03:04:05")
    board.write(BLOCK, "jam salah")
    expect(board.page.get_by_text("2 belum terkirim").first).to_be_visible()
    board.page.close()
    house.start()

    later = another_tab(board, workshop)

    expect(later.notes(BLOCK)).to_have_count(2, timeout=BACK)
    later.expect_notes(BLOCK, "jam benar", "jam salah")


def test_after_a_minute_without_an_answer_a_band_says_how_much_is_waiting(board: Board) -> None:
    board.page.clock.install()
    board.page.reload()
    board.page.route(SENDING, lambda route: route.abort())
    board.write(BLOCK, "menunggu")
    expect(board.page.get_by_text("1 belum terkirim").first).to_be_visible()
    waiting = board.page.get_by_text("1 perubahan menunggu koneksi")

    board.page.clock.run_for(50_000)
    expect(waiting).to_be_hidden()
    board.page.clock.run_for(12_000)

    expect(waiting).to_be_visible()
    expect(board.page.get_by_role("dialog")).to_have_count(0)


def test_what_waits_behind_a_change_that_did_not_get_through_is_not_called_on_its_way(board: Board) -> None:
    accept_leaving(board.page)
    board.page.route(SENDING, lambda route: route.abort())
    board.write(BLOCK, "pertama")
    board.write(BLOCK, "kedua")

    expect(board.page.locator("[id^='own-'] [data-state]")).to_have_text(["Belum terkirim"] * 2)
    expect(board.page.locator("#save")).to_have_text("2 belum terkirim")


def test_leaving_is_asked_about_only_while_something_is_unsent(workshop: Workshop, board: Board) -> None:
    asked: list[str] = []

    def leave(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    board.page.on("dialog", leave)
    board.write(BLOCK, "terkirim")
    board.expect_notes(BLOCK, "terkirim")
    board.expect_nothing_on_its_way()
    expect(board.page.get_by_text("Tersimpan otomatis")).to_be_visible()
    board.page.reload()
    assert asked == []
    board.page.route(SENDING, lambda route: route.abort())
    board.write(BLOCK, "tidak terkirim")
    expect(board.page.get_by_text("1 belum terkirim").first).to_be_visible()

    board.page.reload()

    assert asked == ["beforeunload"]


def test_however_much_waits_one_can_write_on(workshop: Workshop, devices: Devices) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    wulan = workshop.join("Wulan")
    for number in range(14):
        wulan.add(f"awal {number}", "cost_structure")
    board = Board(devices.laptop(cookie_of(wulan))).open(workshop.tables[0].path)
    board.page.context.set_offline(True)

    for number in range(8):
        board.write("Struktur Biaya", f"baru {number}")

    expect(board.page.locator("#save")).to_have_text("8 belum terkirim")
    board.page.context.set_offline(False)
    expect(board.page.locator("#save")).to_have_text("Tersimpan otomatis")
