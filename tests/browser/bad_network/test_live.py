"""Pages that slept, were covered by others or lost their link without noticing come back with what is new."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.network import HouseBehind
from tests.factories import Person

SOON = 2_000
LONG_ENOUGH = 20_000
BLOCK = "Segmen Pelanggan"
KEY = "customer_segments"
# Playwright keeps every page visible; so pages are told what a browser would tell them.
VISIBILITY = """(hidden) => {
  Object.defineProperty(Document.prototype, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
BORN_HIDDEN = "Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => true });"


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices) -> Board:
    page = devices.laptop(cookie_of(workshop.join("Sari")))
    page.clock.install()
    return Board(page).open(workshop.tables[0].path)


def hide(page: Page) -> None:
    page.evaluate(VISIBILITY, True)


def show(page: Page) -> None:
    page.evaluate(VISIBILITY, False)


def streams(house: HouseBehind, page: Page, count: int) -> None:
    """Returns when so many streams are open."""
    for _ in range(100):
        if house.health()["open_streams"] == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{house.health()['open_streams']} streams, not {count}")


def test_a_half_open_link_is_noticed_within_35_seconds(
    house: HouseBehind, laptop: Board, bagas: Person
) -> None:
    """T-LIV-5, the browser's half."""
    load = stays_loaded(laptop.page)
    house.network.freeze()
    bagas.add("tidak sampai", KEY)

    laptop.page.clock.fast_forward(30_000)
    laptop.page.wait_for_timeout(1_000)
    expect(laptop.note("tidak sampai")).to_have_count(0)

    laptop.page.clock.fast_forward(5_000)
    expect(laptop.note("tidak sampai")).to_be_visible(timeout=SOON)
    expect(laptop.page.locator(LIVE)).to_have_count(1)
    assert load.still()


@pytest.mark.parametrize("waking", ["shown", "pageshow", "resume", "online"])
def test_who_wakes_sees_what_happened_meanwhile_although_the_old_link_seems_alive(
    house: HouseBehind, laptop: Board, bagas: Person, waking: str
) -> None:
    """T-LIV-9, as far as a test without phones can tell."""
    draft = laptop.compose(BLOCK)
    draft.fill("sebelum tidur")
    house.network.freeze()
    bagas.add("selagi tidur", KEY)
    laptop.page.wait_for_timeout(500)
    expect(laptop.note("selagi tidur")).to_have_count(0)

    events = {
        "shown": "document.dispatchEvent(new Event('visibilitychange'))",
        "pageshow": "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
        "resume": "document.dispatchEvent(new Event('resume'))",
        "online": "dispatchEvent(new Event('online'))",
    }
    laptop.page.evaluate(events[waking])

    expect(laptop.note("selagi tidur")).to_be_visible(timeout=SOON)
    expect(draft).to_have_value("sebelum tidur")


def test_a_hidden_page_gives_its_connection_back_after_ten_seconds(
    house: HouseBehind, laptop: Board, bagas: Person
) -> None:
    streams(house, laptop.page, 1)
    clock = laptop.page.clock
    began = laptop.page.evaluate("Date.now()")
    hide(laptop.page)
    # From here time passes only when told to: a busy machine has three seconds to come this far.
    clock.pause_at(began / 1_000 + 3)
    clock.fast_forward(6_500)
    laptop.page.wait_for_timeout(500)
    streams(house, laptop.page, 1)
    clock.fast_forward(4_000)
    streams(house, laptop.page, 0)
    clock.resume()
    bagas.add("hanya kalau dilihat", KEY)
    laptop.page.wait_for_timeout(500)
    expect(laptop.note("hanya kalau dilihat")).to_have_count(0)

    show(laptop.page)
    expect(laptop.note("hanya kalau dilihat")).to_be_visible(timeout=SOON)
    streams(house, laptop.page, 1)


def test_the_wall_and_the_desk_go_on_when_nobody_sees_them(
    house: HouseBehind, workshop: Workshop, devices: Devices
) -> None:
    desk, wall = devices.laptop(workshop.facilitator_cookie), devices.beamer()
    for page, path in ((desk, workshop.desk_path), (wall, workshop.projector_path)):
        page.clock.install()
        page.goto(path)
        expect(page.locator(LIVE)).to_have_count(1)
        hide(page)
        page.clock.fast_forward(60_000)
    workshop.join("Wulan", 1)
    expect(desk.get_by_text("Wulan", exact=True)).to_be_visible(timeout=SOON)
    expect(wall.get_by_text("1 dari 26 hadir")).to_be_visible(timeout=SOON)


@pytest.fixture
def facilitators_browser(
    chromium: Browser, house: HouseBehind, workshop: Workshop
) -> Iterator[BrowserContext]:
    """Who opens every table's canvas, and the desk, in a tab of its own."""
    context = chromium.new_context(base_url=house.origin)
    cookies = workshop.facilitator_cookie
    context.add_cookies(
        [{"name": name, "value": value, "url": house.origin} for name, value in cookies.items()]
    )
    yield context
    context.close()


def test_twelve_pages_of_one_browser_all_load_and_the_one_in_front_is_live(
    house: HouseBehind, workshop: Workshop, facilitators_browser: BrowserContext
) -> None:
    """T-LIV-8: over plain http a browser has six connections to a server, for all pages together."""
    sari = workshop.join("Sari")
    pages: list[Page] = []
    for number in range(12):
        if pages:
            hide(pages[-1])
        page = facilitators_browser.new_page()
        pages.append(page)
        page.goto(workshop.tables[0].path, timeout=5_000)
        expect(page.locator(LIVE)).to_have_count(1, timeout=SOON)
        sari.add(f"nomor {number}", KEY)
        expect(Board(page).note(f"nomor {number}").first).to_be_visible(timeout=SOON)
        assert house.health()["open_streams"] <= 3
    for page in (pages[0], pages[5]):
        hide(pages[-1])
        show(page)
        expect(Board(page).note("nomor 11")).to_be_visible(timeout=SOON)
        hide(page)


def test_pages_opened_behind_the_one_in_front_wait_to_be_seen(
    house: HouseBehind, workshop: Workshop, facilitators_browser: BrowserContext, bagas: Person
) -> None:
    facilitators_browser.add_init_script(BORN_HIDDEN)
    pages = [facilitators_browser.new_page() for _ in range(8)]
    for page in pages:
        page.goto(workshop.tables[0].path, timeout=5_000)
    streams(house, pages[0], 0)
    bagas.add("akhirnya dilihat", KEY)

    show(pages[7])
    expect(Board(pages[7]).note("akhirnya dilihat")).to_be_visible(timeout=SOON)


def test_a_restored_database_renews_the_page_and_keeps_what_is_being_written(
    house: HouseBehind, workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    bagas.add("dari cadangan", KEY)
    laptop = Board(devices.laptop(cookie_of(workshop.join("Sari")))).open(workshop.tables[0].path)
    phone = Board(devices.phone(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
    loads = [stays_loaded(laptop.page), stays_loaded(phone.page)]
    copy = backed_up(house.data / "kanvas.db")
    bagas.add("sesudah cadangan", KEY)
    edited = laptop.pick_up("dari cadangan")
    edited.fill("dari cadangan, sedang diubah")
    phone.new_text.fill("belum dikirim")
    expect(phone.note("sesudah cadangan")).to_have_count(1)

    house.terminate()
    restore(copy, house.data / "kanvas.db")
    house.start()

    for board in (laptop, phone):
        expect(board.note("sesudah cadangan")).to_have_count(0, timeout=LONG_ENOUGH)
        expect(board.page.locator(LIVE)).to_have_count(1)
    expect(phone.note("dari cadangan")).to_have_count(1)
    expect(edited).to_have_value("dari cadangan, sedang diubah")
    expect(phone.new_text).to_have_value("belum dikirim")
    bagas.add("sesudah pemulihan", KEY)
    for board in (laptop, phone):
        expect(board.note("sesudah pemulihan")).to_have_count(1, timeout=SOON)
    assert all(load.still() for load in loads)


def test_telephones_with_a_wrong_clock_write_and_read_as_everybody_else(
    workshop: Workshop, devices: Devices, bagas: Person
) -> None:
    """T-CLK-1, the browsers' half."""
    boards = []
    for name, days in (("Sari", -1), ("Wulan", 1)):
        page = devices.laptop(cookie_of(workshop.join(name)))
        page.clock.install(time=datetime.now(UTC) + timedelta(days=days))
        boards.append(Board(page).open(workshop.tables[0].path))
    early, late = boards

    late.write(BLOCK, "dari besok")
    expect(early.note("dari besok")).to_be_visible(timeout=SOON)
    early.write(BLOCK, "dari kemarin")
    expect(late.note("dari kemarin")).to_be_visible(timeout=SOON)
    bagas.add("dari hari ini", KEY)

    for board in boards:
        expect(board.notes(BLOCK)).to_have_count(3, timeout=SOON)
        board.expect_notes(BLOCK, "dari besok", "dari kemarin", "dari hari ini")
    early.page.reload()
    early.expect_notes(BLOCK, "dari besok", "dari kemarin", "dari hari ini")


def backed_up(database: Path) -> Path:
    """A copy of the database as it is now."""
    copy = database.with_suffix(".backup")
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return copy


def restore(copy: Path, database: Path) -> None:
    """The copy instead of what came after it, with an epoch of its own."""
    copy.replace(database)
    with sqlite3.connect(database) as db:
        db.execute("UPDATE installation SET epoch = 'restored'")
    db.close()
