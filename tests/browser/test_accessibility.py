"""axe finds nothing on any page that people use, whatever has been done there.

By day each language has its screen, at night each has both.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices, speak
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_silent_writing import hide_writing
from tests.browser.test_writing import LIST, offer, paste
from tests.browser.voting import close_vote, open_vote
from tests.factories import Person, new_uuid

axe = Axe()
in_two_languages = pytest.mark.parametrize(
    ("on_phone", "on_laptop"), [("id", "en"), pytest.param("en", "id", marks=pytest.mark.nightly)]
)


def findings(page: Page, language: str = "id") -> list[str]:
    """What axe complains about: rule, place and reason."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in axe.run(page).response["violations"]
        for node in rule["nodes"]
    ]


def test_a_form_with_mistakes_has_no_findings(workshop: Workshop, devices: Devices) -> None:
    devices.watch.expect("status of 422")
    phone = devices.phone()
    phone.goto("/join")
    phone.get_by_label("Kode gabung").fill("SALAH")
    phone.get_by_role("button", name="Lanjutkan").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Cocokkan dengan layar besar")
    assert findings(phone) == []


def test_the_question_whether_somebody_is_on_the_list_has_no_findings(
    workshop: Workshop, devices: Devices
) -> None:
    wulan = workshop.join("Wulan")
    bare = {"person_id": new_uuid(), "name": "Budi"}
    assert wulan.http.post(f"{workshop.tables[0].path}/people", data=bare).status_code == 303
    phone = devices.phone()
    phone.goto(workshop.join_path)
    phone.get_by_label("Nama Anda").fill("budi")
    phone.get_by_role("radio").last.check(force=True)
    phone.get_by_role("button", name="Gabung").tap()
    expect(phone.get_by_role("heading", name="Apakah Anda budi?")).to_be_visible()
    assert findings(phone) == []
    phone.get_by_role("button", name="Ya, itu saya").tap()
    expect(phone).to_have_url(re.compile(workshop.tables[0].path))


def test_the_canvas_on_a_laptop_has_no_findings(finished: Workshop, devices: Devices, sari: Person) -> None:
    board = Board(devices.laptop(cookie_of(sari))).open(finished.tables[0].path)
    assert findings(board.page) == []

    paste(board.compose("Kemitraan Utama"), LIST)
    expect(offer(board.page)).to_be_visible()
    board.page.locator("summary").filter(has_text="Menu").click()
    assert findings(board.page) == []
    board.page.keyboard.press("Escape")
    board.page.locator("[data-edit]").first.click()
    board.editor.get_by_text("Pindahkan", exact=True).click()
    expect(board.editor.get_by_role("group", name="Pindahkan ke blok")).to_be_visible()
    assert findings(board.page) == []


def test_the_canvas_on_a_phone_has_no_findings(finished: Workshop, devices: Devices, sari: Person) -> None:
    board = Board(devices.phone(cookie_of(sari))).open(f"{finished.tables[0].path}?block=channels&question=4")
    assert findings(board.page) == []

    board.marks.tap()
    board.composer.get_by_role("checkbox", name="Segmen 2").check(force=True)
    board.composer.get_by_role("radio", name="Industri").check(force=True)
    assert findings(board.page) == []
    board.page.locator(".cell[data-focused] [data-edit]").first.tap()
    expect(board.edited_text).to_be_visible()
    assert findings(board.page) == []


@in_two_languages
def test_every_way_to_look_at_a_canvas_has_no_findings(
    finished: Workshop, devices: Devices, sari: Person, on_phone: str, on_laptop: str
) -> None:
    for device, language in ((devices.phone, on_phone), (devices.laptop, on_laptop)):
        page = speak(device(cookie_of(sari)), finished.house.origin, language)
        page.emulate_media(reduced_motion="reduce")  # half a fade is no colour of ours
        for view in ("block", "list", "board"):
            Board(page).open(f"{finished.tables[0].path}?view={view}&only=inclusion")
            page.locator("summary").filter(has_text="Menu").click()
            assert findings(page, language) == [], view
        page.keyboard.press("Escape")
        page.locator(".cell[data-focused] [data-example-of]").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert findings(page, language) == []


@in_two_languages
def test_the_questions_about_a_canvas_have_no_findings(
    workshop: Workshop, devices: Devices, on_phone: str, on_laptop: str
) -> None:
    # An empty reason is refused, and the page says so.
    devices.watch.expect("status of 422")
    wulan = workshop.join("Wulan")
    for block in ("customer_segments", "value_propositions", "key_partnerships"):
        wulan.add("Satu; dua", block)
    path = f"{workshop.tables[0].path}/checks"
    phone, laptop = devices.phone(cookie_of(wulan)), devices.laptop(workshop.facilitator_cookie)
    for page, language in ((phone, on_phone), (laptop, on_laptop)):
        speak(page, workshop.house.origin, language).goto(f"{path}?voices=1")
        assert findings(page, language) == []
        page.locator(".dismiss summary").first.click()
        dismiss = "Abaikan" if language == "id" else "Dismiss"
        page.locator(".dismiss[open]").get_by_role("button", name=dismiss, exact=True).last.click()
        expect(page.locator(".dismiss[open] [name=comment]")).to_be_focused()
        assert findings(page, language) == []
        page.locator(".dismiss[open] [name=comment]").fill("Sudah ada")
        page.keyboard.press("Enter")
        expect(page.locator(".dismissed")).to_contain_text("Sudah ada")
        assert findings(page, language) == []


@in_two_languages
def test_what_is_said_has_no_findings(
    workshop: Workshop, devices: Devices, on_phone: str, on_laptop: str
) -> None:
    wulan = workshop.join("Wulan")
    note = wulan.add("Bursa kerja")["id"]
    said = wulan.post(f"notes/{note}/comments", kind="ask", text="Kapan?").json()["comment"]["id"]
    wulan.post(f"comments/{said}/replies", text="Besok")
    settled = wulan.post(f"notes/{note}/comments", kind="what_if", text="lain?").json()["comment"]["id"]
    wulan.post(f"comments/{settled}", deed="resolve")
    wulan.post(f"notes/{note}/comments", kind="like", text="jelas")
    path = workshop.tables[0].path
    phone, laptop = devices.phone(cookie_of(wulan)), devices.laptop(workshop.facilitator_cookie)
    for page, language in ((phone, on_phone), (laptop, on_laptop)):
        board = Board(speak(page, workshop.house.origin, language)).open(f"{path}?block=channels")
        board.page.locator(f'a[data-talk="{note}"]').click()
        expect(page.locator("[data-panel]")).to_be_visible()
        assert findings(page, language) == []
        page.locator("a[data-reply]").first.click()
        expect(page.locator("#say-reply textarea")).to_be_focused()
        assert findings(page, language) == []
        page.goto(f"{path}/comments?every=1")
        assert findings(page, language) == []
        page.goto(f"{path}/notes/{note}/comments")
        assert findings(page, language) == []


@in_two_languages
def test_a_vote_and_its_result_have_no_findings(
    workshop: Workshop, devices: Devices, on_phone: str, on_laptop: str
) -> None:
    wulan, budi = workshop.join("Wulan"), workshop.join("Budi")
    wulan.add("Bursa kerja")
    table, host = workshop.tables[0].path, devices.laptop(workshop.facilitator_cookie)
    open_vote(workshop)
    phone, laptop = devices.phone(cookie_of(wulan)), devices.laptop(cookie_of(budi))
    for page, language in ((phone, on_phone), (laptop, on_laptop)):
        Board(speak(page, workshop.house.origin, language)).open(f"{table}?block=channels")
        assert findings(page, language) == []
        page.locator(".vote").first.click()
        page.locator(".ballot__own summary").click()
        assert findings(page, language) == []
    speak(host, workshop.house.origin, on_laptop).goto(f"{table}/host-votes")
    assert findings(host, on_laptop) == []
    host.goto(workshop.desk_path)
    host.locator(".results .ask-vote summary").click()
    assert findings(host, on_laptop) == []
    close_vote(workshop)
    for page, language in ((phone, on_phone), (laptop, on_laptop)):
        page.goto(f"{table}/results")
        assert findings(page, language) == []


@in_two_languages
def test_writing_alone_has_no_findings(
    workshop: Workshop, devices: Devices, on_phone: str, on_laptop: str
) -> None:
    wulan, budi = workshop.join("Wulan"), workshop.join("Budi")
    wulan.add("Bursa kerja")
    hide_writing(workshop)
    wulan.add("Radio desa", segments=["1"])
    budi.add("Grup alumni")
    workshop.show("canvas")
    board = f"{workshop.tables[0].path}?block=channels"
    for page, path, language in (
        (devices.phone(cookie_of(wulan)), board, on_phone),
        (devices.laptop(cookie_of(wulan)), board, on_laptop),
        (devices.laptop(workshop.facilitator_cookie), workshop.desk_path, on_phone),
        (devices.beamer(), workshop.projector_path, on_laptop),
    ):
        speak(page, workshop.house.origin, language).goto(path)
        assert findings(page, language) == []


def test_choosing_several_and_the_parking_lot_have_no_findings(workshop: Workshop, devices: Devices) -> None:
    wulan = workshop.join("Wulan")
    notes = [wulan.add(text, "parking")["id"] for text in ("satu", "dua", "tiga")]
    wulan.post("clusters", notes=notes[:2], block="parking", name="Media")
    path = workshop.tables[0].path
    for device in (devices.phone(cookie_of(wulan)), devices.laptop(cookie_of(wulan))):
        board = Board(device).open(f"{path}?block=parking")
        assert findings(device) == []
        board.block("Parkir ide").get_by_role("link", name="Semua catatan kelompok ide: Media").click()
        bar = device.get_by_role("region", name="Pilih beberapa")
        bar.get_by_text("Kelompokkan").first.click()
        expect(bar.get_by_role("textbox")).to_have_value("Media")
        assert findings(device) == []
        device.goto(f"{path}/selection?block=parking&notes={'+'.join(notes[:2])}")
        assert findings(device) == []


def test_the_desk_has_no_findings(finished: Workshop, devices: Devices, sari: Person) -> None:
    finished.show("block", 0, "key_partnerships")
    desk = devices.laptop(finished.facilitator_cookie)
    desk.goto(finished.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    desk.get_by_role("region", name="Peserta").get_by_text("Sari", exact=True).click()
    expect(desk.get_by_role("button", name="Halaman 2")).to_be_visible()
    assert findings(desk) == []
    for paper in (f"{finished.desk_path}/books/report/unknown", f"{finished.tables[0].path}/commitments"):
        desk.goto(paper)
        assert findings(desk) == [], paper


def test_every_scene_on_the_wall_has_no_findings(finished: Workshop, devices: Devices, sari: Person) -> None:
    wall = devices.beamer()
    # Not while words are still fading in.
    wall.emulate_media(reduced_motion="reduce")
    wall.goto(finished.projector_path)
    expect(wall.locator(LIVE)).to_have_count(1)
    open_vote(finished)
    close_vote(finished)
    for kind in (
        "welcome",
        "canvas",
        "block",
        "wall",
        "votes",
        "pattern",
        "presentation",
        "comparison",
        "thanks",
    ):
        # This block has two pages.
        finished.show(kind, 0, "key_partnerships", other=1)
        expect(wall.locator(f"#scene[data-kind={kind}]")).to_be_visible()
        assert findings(wall) == [], kind


def test_axe_finds_a_planted_fault(devices: Devices) -> None:
    page = devices.laptop()
    page.goto("/join")
    page.locator("img").first.evaluate("(picture) => picture.removeAttribute('alt')")

    assert [finding.split(":")[0] for finding in findings(page)] == ["image-alt"]
