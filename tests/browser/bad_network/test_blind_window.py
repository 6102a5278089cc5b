"""The link dies unnoticed while somebody types: the words stay in sight and arrive (T-OFF-2)."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from statistics import median

import pytest
from playwright.sync_api import Error, expect

from tests.browser.board import Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import cookie_of, open_workshop
from tests.browser.network import HouseBehind
from tests.browser.writer import BLOCK, KEY, TOLD, WITNESS, Writer

KEPT = 300  # milliseconds until a draft is kept


Sit = Callable[..., Writer]


@pytest.fixture
def sit_down(house: HouseBehind, devices: Devices) -> Sit:
    """Somebody at a table, who has opened the composer unless there is a note to go on with."""
    devices.watch.expect("NetworkError")

    def sit(seed: int, *, is_phone: bool = False, note: str = "", has_clock: bool = False) -> Writer:
        workshop = open_workshop(house)
        person, witness = workshop.join("Wulan"), workshop.join("Bagas")
        if note:
            witness.add(note, KEY)
        page = (devices.phone if is_phone else devices.laptop)(cookie_of(person))
        page.on("dialog", lambda dialog: dialog.accept())
        if has_clock:
            page.clock.install()
        page.add_init_script(WITNESS)
        board = Board(page).open(workshop.tables[0].path)
        if not note and is_phone:
            board.new_text.tap()
        elif not note:
            board.compose(BLOCK)
        return Writer(board, house.network, witness, random.Random(seed), [note] if note else [])

    return sit


@pytest.mark.parametrize(("seed", "is_phone"), [(1, False), (2, True)])
def test_what_is_typed_into_the_composer_of_a_dead_link_is_seen_and_arrives_once_in_order(
    sit_down: Sit, seed: int, is_phone: bool
) -> None:
    writer = sit_down(seed, is_phone=is_phone)
    load = stays_loaded(writer.page)
    writer.add(2)
    writer.check_in_sight()
    writer.page.wait_for_timeout(1_000)
    writer.check_in_sight()
    writer.network.lighten()
    writer.check_arrived()
    assert load.still()


@pytest.mark.parametrize("seed", [3])
def test_what_is_typed_into_a_note_over_a_dead_link_ends_in_that_note(sit_down: Sit, seed: int) -> None:
    writer = sit_down(seed, note="Awal")
    writer.go_on(2)
    writer.check_in_sight()
    writer.network.lighten()
    writer.check_arrived()


def test_a_dead_link_is_spoken_of_within_25_seconds(sit_down: Sit) -> None:
    writer = sit_down(4, has_clock=True)
    writer.add(1)
    writer.page.clock.fast_forward(int(TOLD * 1000))
    assert writer.missing()
    expect(writer.page.locator("#save")).to_have_text("1 belum terkirim")
    writer.check_in_sight()


@pytest.mark.parametrize(("seed", "is_closed"), [(5, False), (6, True)])
def test_who_reloads_or_closes_the_page_over_a_dead_link_finds_it_all_when_it_is_back(
    sit_down: Sit, seed: int, is_closed: bool
) -> None:
    writer = sit_down(seed)
    leave_and_come_back(writer, 1.0, is_closed=is_closed)
    writer.check_arrived()


def test_an_edit_resumed_after_a_reload_goes_on_from_own_edits_that_were_waiting(sit_down: Sit) -> None:
    writer = sit_down(7, note="Awal")
    writer.page.route("**/notes/*", lambda route: route.abort())
    writer.board.edit("Awal", "Awal satu")
    writer.board.pick_up("Awal satu").press_sequentially(" dua")
    writer.page.reload()
    writer.page.unroute("**/notes/*")
    writer.entered = ["Awal satu"]
    expect(writer.page.locator("#save")).to_contain_text("Tersimpan", timeout=15_000)
    writer.board.expect_notes(BLOCK, "Awal satu")
    writer.page.get_by_role("button", name="Lanjut mengubah").click()
    expect(writer.board.edited_text).to_have_value("Awal satu dua")
    writer.held = "Awal satu dua"
    writer.check_arrived()


def leave_and_come_back(writer: Writer, dark: float, *, is_closed: bool) -> None:
    """Write, reload in vain or close the tab, and load the page again when the link is back."""
    writer.add(2)
    page, context, path = writer.page, writer.page.context, writer.page.url
    writer.check_in_sight()
    if is_closed:
        page.wait_for_timeout(KEPT)
        page.close()
    else:
        # The device knows by now that there is no network, so that this fails instead of hanging.
        context.set_offline(True)
        with suppress(Error):
            page.reload()
        assert page.url.startswith("chrome-error:") or not page.locator("#save").count()
    time.sleep(dark)
    writer.network.lighten()
    if is_closed:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.add_init_script(WITNESS)
    else:
        context.set_offline(False)
    writer.board = Board(page).open(path)
    if writer.held:
        expect(writer.board.new_text).to_have_value(writer.held)


@pytest.mark.nightly
def test_twenty_blind_windows_of_2_15_and_60_seconds_lose_no_character(sit_down: Sit) -> None:
    told, arrived = list[float](), {2: list[float](), 15: list[float](), 60: list[float]()}
    for seed in range(100, 120):
        dark = (2, 15, 60)[seed % 3]
        print(f"round {seed}: {dark} s", flush=True)
        took_to_tell, took_to_arrive = blind_window(sit_down, seed, dark)
        told += [took_to_tell] if took_to_tell else []
        arrived[dark].append(took_to_arrive)
    print(f"told after {median(told):.1f} s in the median, {max(told):.1f} s at most; n = {len(told)}")
    for dark, seconds in arrived.items():
        print(f"dark for {dark} s: all there after {median(seconds):.1f} s, {max(seconds):.1f} s at most")


def blind_window(sit_down: Sit, seed: int, dark: int) -> tuple[float, float]:
    rng = random.Random(f"round {seed}")
    way = ("composer", "editor", "composer", "reload", "editor", "close")[seed % 6]
    is_phone = way == "composer" and rng.random() < 0.5
    writer = sit_down(seed, is_phone=is_phone, note="Awal" if way == "editor" else "")
    if way in ("reload", "close"):
        leave_and_come_back(writer, dark, is_closed=way == "close")
        took = writer.check_arrived()
        writer.page.context.close()
        return 0, took
    (writer.add if way == "composer" else writer.go_on)(rng.randint(2, 4))
    writer.check_in_sight()
    told = writer.check_told() if dark > 2 else 0
    writer.page.wait_for_timeout(max(0, dark - time.monotonic() + writer.died) * 1000)
    writer.check_in_sight()
    # Sometimes what hangs arrives late, sometimes those links never wake up again.
    writer.network.lighten(is_late=rng.random() < 0.5)
    took = writer.check_arrived()
    writer.page.context.close()
    return told, took
