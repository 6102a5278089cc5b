"""One press of Lanjut: desk, phones and wall follow, once, whoever sleeps, comes late or writes (T-CLK-1)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices, speak
from tests.browser.house import House, Workshop, cookie_of, open_workshop
from tests.browser.leading import Desk, Host
from tests.browser.test_accessibility import findings, in_two_languages
from tests.browser.test_every_page import NARROW, TOO_SMALL
from tests.browser.visible_text import below, visible_text

TWENTY_POINTS = 20 * 96 / 72
BLOCK = "Segmen Pelanggan"
ALONE = f"{BLOCK}: tulis sendiri"
TOGETHER = f"{BLOCK}: bahas dan kelompokkan"
# A device whose clock is a day ahead.
WRONG_CLOCK = "{ const now = Date.now.bind(Date); Date.now = () => now() + 86400000; }"
IT_FITS = """() => {
  const part = document.querySelector(".prompt,.canvas");
  return part.scrollHeight <= part.clientHeight + 1;
}"""
AWAY = re.compile(r"net::ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED|EMPTY)|status of 423|htmx:sse:error")


@pytest.fixture
def host(workshop: Workshop, devices: Devices) -> Desk:
    page = devices.laptop(workshop.facilitator_cookie)
    page.goto(workshop.desk_path)
    expect(page.locator(LIVE)).to_have_count(1)
    return Desk(workshop, page)


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.phone(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)


def stage(board: Board) -> Locator:
    return board.page.locator("#stage")


def seconds(timer: Locator) -> int:
    expect(timer).to_have_text(re.compile(r"^\d+\.\d\d$"))
    minutes, _, rest = timer.inner_text().partition(".")
    return int(minutes) * 60 + int(rest)


def test_desk_phone_and_wall_follow_one_press(
    host: Desk, phone: Board, workshop: Workshop, devices: Devices
) -> None:
    wall = devices.beamer()
    wall.goto(workshop.projector_path)
    expect(wall.locator(LIVE)).to_have_count(1)
    expect(stage(phone)).to_be_hidden()
    loads = [stays_loaded(page) for page in (wall, phone.page, host.page)]
    host.enter("Pengantar kanvas")
    expect(host.now.get_by_role("heading")).to_contain_text("Pengantar kanvas")

    host.lanjut.click()

    expect(host.now.get_by_role("heading", name=ALONE)).to_be_visible()
    expect(host.now.get_by_text("hanya Anda yang melihat")).to_be_visible()
    expect(stage(phone)).to_contain_text("satu ide, satu catatan")
    expect(wall.get_by_text("Tulis sendiri dulu")).to_be_visible()
    timers = [host.now.get_by_role("timer"), stage(phone).get_by_role("timer"), wall.get_by_role("timer")]
    shown = [seconds(timer) for timer in timers]
    assert max(shown) - min(shown) <= 2 and 270 < min(shown) <= 300
    assert all(load.still() for load in loads)


def test_a_double_click_goes_one_step_and_an_old_page_none(host: Desk, devices: Devices) -> None:
    old = devices.laptop(host.workshop.facilitator_cookie, scripts=False)
    old.goto(host.workshop.desk_path)
    titles = [title for _, title in host.steps()]

    host.lanjut.dblclick(delay=20)
    expect(host.now.get_by_role("heading", name=titles[0])).to_be_visible()
    host.page.wait_for_timeout(1200)
    host.lanjut.click()
    expect(host.now.get_by_role("heading", name=titles[1])).to_be_visible()

    old.locator(".lanjut").click()
    expect(old.locator("#desk-now").get_by_role("heading", name=titles[1])).to_be_visible()
    expect(host.now.get_by_role("heading", name=titles[1])).to_be_visible()


def test_the_block_opens_for_whoever_is_not_writing(host: Desk, phone: Board, workshop: Workshop) -> None:
    host.enter("Saluran: tulis sendiri")
    expect(phone.block("Saluran").get_by_role("heading", name="Saluran")).to_be_visible()
    phone.new_text.fill("belum selesai")

    host.enter("Saluran: bahas")
    host.enter("Struktur Biaya: bahas")

    expect(stage(phone)).to_contain_text("Struktur Biaya")
    expect(phone.new_text).to_have_value("belum selesai")
    expect(phone.block("Saluran").get_by_role("heading", name="Saluran")).to_be_visible()
    stage(phone).get_by_role("link", name="Struktur Biaya").tap()
    expect(phone.block("Struktur Biaya").get_by_role("heading", name="Struktur Biaya")).to_be_visible()


def test_late_joiners_and_woken_phones_land_in_the_step(
    host: Desk, phone: Board, workshop: Workshop, devices: Devices
) -> None:
    phone.page.goto("about:blank")
    host.enter("Hubungan Pelanggan: tulis sendiri")

    phone.page.go_back()
    late = Board(devices.phone(cookie_of(workshop.join("Terlambat", 1)))).open(workshop.tables[1].path)

    for board in (phone, late):
        expect(stage(board)).to_contain_text("Hubungan Pelanggan: tulis sendiri")
        expect(board.block("Hubungan Pelanggan").get_by_role("heading")).to_be_visible()


def test_a_lock_takes_no_text_and_what_it_refused_is_sent_when_writing_is_open_again(
    host: Desk, phone: Board, devices: Devices
) -> None:
    devices.watch.expect(AWAY.pattern)
    phone.new_text.fill("setengah jalan")
    host.enter("Presentasi kelompok")
    expect(stage(phone)).to_contain_text("Menulis sedang ditutup.")

    phone.new_text.press("Enter")
    expect(phone.page.locator("#toasts")).to_contain_text("Tulisan Anda tetap di tempatnya.")
    expect(phone.new_text).to_have_value("setengah jalan")

    # One that was sent before the page had heard of it.
    phone.page.evaluate(
        """() => { const stage = document.getElementById("stage"); delete stage.dataset.places; }"""
    )
    phone.new_text.press("Enter")
    kept = phone.page.locator("[data-pending] [data-sync=refused]")
    expect(kept).to_contain_text("Menulis di sini sedang ditutup.")
    expect(kept).to_contain_text("setengah jalan")
    expect(kept.get_by_role("button", name="Salin")).to_be_visible()
    expect(phone.note("setengah jalan")).to_have_count(0)

    host.enter("Periksa kanvas")
    expect(phone.note("setengah jalan")).to_have_count(1)
    expect(kept).to_have_count(0)


def test_a_device_with_a_wrong_clock_counts_like_the_others(
    host: Desk, workshop: Workshop, devices: Devices
) -> None:
    host.enter(ALONE)
    page = devices.phone(cookie_of(workshop.join("Jam salah")))
    page.add_init_script(WRONG_CLOCK)
    board = Board(page).open(workshop.tables[0].path)
    assert page.evaluate("Date.now()") > host.page.evaluate("Date.now()") + 80_000_000

    here, there = seconds(stage(board).get_by_role("timer")), seconds(host.now.get_by_role("timer"))

    assert abs(here - there) <= 1


def test_a_pause_holds_every_screen_and_two_minutes_are_two_minutes(host: Desk, phone: Board) -> None:
    host.enter(ALONE)
    host.now.get_by_role("button", name="Jeda").click()
    expect(stage(phone)).to_contain_text("Dijeda")
    held = seconds(stage(phone).get_by_role("timer"))
    assert held == seconds(host.now.get_by_role("timer"))

    # A desk that has not heard of the pause would press for the timer that was.
    expect(host.now.get_by_role("button", name="Teruskan")).to_be_visible()
    host.now.get_by_role("button", name="Tambah 2 menit").click()

    minutes, rest = divmod(held + 120, 60)
    expect(stage(phone).get_by_role("timer")).to_have_text(f"{minutes:02}.{rest:02}")
    host.now.get_by_role("button", name="Teruskan").click()
    expect(stage(phone)).not_to_contain_text("Dijeda")


def test_the_last_minutes_are_said_and_a_new_step_too(host: Desk, phone: Board) -> None:
    said = phone.page.locator("#said")
    host.enter("Beri suara")
    expect(said).to_contain_text("Beri suara")
    # As if the others had been waiting: the step ends in a second over five minutes.
    phone.page.evaluate(
        """async () => {
          const { now } = await (await fetch("/clock")).json();
          document.querySelector("#stage [data-ends]").dataset.ends = now + 302000;
        }"""
    )
    expect(said).to_have_text("Sisa 5 menit")


def test_the_step_survives_the_server(chromium: Browser, tmp_path: Path) -> None:
    own = House(tmp_path)
    own.start()
    try:
        with Devices(chromium, own.origin) as devices:
            devices.watch.expect(AWAY.pattern)
            workshop = open_workshop(own)
            Host(workshop).enter(ALONE)
            phone = Board(devices.phone(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
            wall = devices.beamer()
            wall.goto(workshop.projector_path)
            before = seconds(stage(phone).get_by_role("timer"))
            own.stop()
            own.start()
            for page in (phone.page, wall):
                page.reload()
                expect(page.get_by_text(ALONE)).to_be_visible()
                assert before - 60 < seconds(page.get_by_role("timer")) <= before
    finally:
        own.stop()


def test_a_whole_step_by_keyboard(host: Desk) -> None:
    host.lanjut.focus()
    host.page.keyboard.press("Enter")
    expect(host.now.get_by_role("heading", name="Registrasi")).to_be_visible()
    for name, then in (("Jeda", "Teruskan"), ("Teruskan", "Jeda")):
        host.now.get_by_role("button", name=name).focus()
        host.page.keyboard.press("Enter")
        expect(host.now.get_by_role("button", name=then)).to_be_visible()
    host.page.wait_for_timeout(1200)
    host.lanjut.focus()
    host.page.keyboard.press("Enter")
    expect(host.now.get_by_role("heading", name="Pembukaan dan perkenalan")).to_be_visible()


@pytest.mark.parametrize("language", ["id", "en"])
def test_questions_and_breaks_are_read_from_the_back_row(
    host: Desk, workshop: Workshop, devices: Devices, language: str
) -> None:
    wall = devices.beamer()
    speak(wall, workshop.house.origin, language).goto(workshop.projector_path)
    scenes = {
        "Kemitraan Utama: tulis": "prompt",
        "Rehat": "break",
        "Beri suara": "prompt",
        "Presentasi": "presentation",
    }
    for title, kind in scenes.items():
        host.enter(title)
        expect(wall.locator(f"#scene[data-kind={kind}]")).to_be_visible()
        expect(wall.get_by_role("timer")).to_have_text(re.compile(r"\d\d\.\d\d"))
        for width, height in ((800, 600), (1024, 768), (1920, 1080)):
            wall.set_viewport_size({"width": width, "height": height})
            words = visible_text(wall)
            assert below(TWENTY_POINTS * height / 768, words) == []
            assert len(words) > 3
            wall.wait_for_function(IT_FITS)
        assert "Bapak/Ibu" not in wall.content() and "Fasilitator" not in wall.content()


@in_two_languages
def test_axe_finds_nothing_while_a_step_is_under_way(
    host: Desk, phone: Board, workshop: Workshop, devices: Devices, on_phone: str, on_laptop: str
) -> None:
    wall = devices.beamer()
    host.enter("Saluran: tulis sendiri")
    one, two = workshop.tables[1].id, workshop.tables[2].id
    http, desk = workshop.house.facilitator, workshop.desk_path
    seen = host.now.get_attribute("data-step") or ""
    for group in (one, two):
        http.post(f"{desk}/step", data={"step": host.steps()[24][0], "seen": seen, "group": group})
    for page, path, language in (
        (phone.page, workshop.tables[0].path, on_phone),
        (host.page, desk, on_laptop),
        (wall, workshop.projector_path, on_phone),
    ):
        speak(page, workshop.house.origin, language).goto(path)
        expect(page.get_by_role("timer").first).to_have_text(re.compile(r"\d\d\.\d\d"))
        assert findings(page, language) == []
    assert phone.page.evaluate(TOO_SMALL, "#stage") == []
    phone.page.set_viewport_size(NARROW)
    assert phone.page.evaluate("() => document.scrollingElement.scrollWidth") <= NARROW["width"]
