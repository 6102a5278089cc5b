"""One laptop for several people: it is plain whose note it is, and no text changes its owner by itself."""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_accessibility import findings
from tests.factories import Person


def register(who: Person, name: str) -> str:
    """Somebody without a device; the id."""
    person_id = uuid4().hex
    form = {"person_id": person_id, "name": name}
    assert who.http.post(f"/canvases/{who.canvas_id}/people", data=form).status_code == 303
    return person_id


def chip(board: Board, name: str) -> Locator:
    return board.composer.locator("[data-authors] .pick").filter(has_text=name)


def expect_chosen(board: Board, name: str) -> None:
    expect(board.composer.locator("[data-authors] input:checked+span")).to_have_text(name)


def expect_by(board: Board, text: str, name: str) -> None:
    expect(board.note(text).locator(".note__by")).to_have_text(name)


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


def opened(workshop: Workshop, page: Page) -> Board:
    return Board(page).open(f"{workshop.tables[0].path}?block=channels")


def test_by_pointer_one_tap_says_whose_note_it_is(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    phone = opened(workshop, devices.phone(cookie_of(wulan)))
    expect_chosen(phone, "Wulan")

    chip(phone, "Sari").tap()
    expect(phone.new_text).to_be_focused()
    phone.new_text.fill("Radio desa")
    phone.new_text.press("Enter")
    expect_by(phone, "Radio desa", "Sari")
    expect_chosen(phone, "Sari")
    chip(phone, "Wulan").tap()
    phone.new_text.fill("Brosur")
    phone.new_text.press("Enter")
    expect_by(phone, "Brosur", "Wulan")
    assert findings(phone.page) == []


def test_by_keyboard_a_key_says_whose_note_it_is(workshop: Workshop, devices: Devices, wulan: Person) -> None:
    register(wulan, "Sari")
    laptop = opened(workshop, devices.laptop(cookie_of(wulan)))
    laptop.compose("Saluran").press("Alt+ArrowDown")
    expect_chosen(laptop, "Sari")
    expect(laptop.page.locator("#said")).to_have_text("Sekarang: Sari")
    laptop.page.keyboard.type("Radio desa")
    laptop.page.keyboard.press("Enter")
    expect_by(laptop, "Radio desa", "Sari")
    assert findings(laptop.page) == []


def test_a_text_stays_with_whoever_wrote_it_unless_somebody_says_otherwise(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    laptop = opened(workshop, devices.laptop(cookie_of(wulan)))
    laptop.compose("Saluran")
    chip(laptop, "Sari").click()
    laptop.new_text.fill("Setengah ide Sari")

    chip(laptop, "Wulan").click()
    expect(laptop.new_text).to_have_value("")
    laptop.new_text.fill("Ide Wulan")
    laptop.new_text.press("Enter")
    expect_by(laptop, "Ide Wulan", "Wulan")

    chip(laptop, "Sari").click()
    expect(laptop.new_text).to_have_value("Setengah ide Sari")
    chip(laptop, "Wulan").click()
    laptop.page.get_by_role("button", name="Pakai untuk Wulan").click()
    expect(laptop.new_text).to_have_value("Setengah ide Sari")
    laptop.new_text.press("Enter")
    expect_by(laptop, "Setengah ide Sari", "Wulan")
    chip(laptop, "Sari").click()
    expect(laptop.new_text).to_have_value("")


def test_a_draft_comes_back_under_its_name_and_in_the_block_where_it_is_seen(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    laptop = opened(workshop, devices.laptop(cookie_of(wulan)))
    laptop.compose("Saluran")
    chip(laptop, "Sari").click()
    laptop.new_text.press_sequentially("Ide Sari")
    laptop.page.reload()
    expect_chosen(laptop, "Sari")
    expect(laptop.new_text).to_have_value("Ide Sari")

    chip(laptop, "Wulan").click()
    laptop.block("Aktivitas Utama").get_by_role("link", name="Aktivitas Utama").click()
    chip(laptop, "Sari").click()
    expect(laptop.new_text).to_have_value("Ide Sari")
    laptop.new_text.press("Enter")
    laptop.expect_notes("Aktivitas Utama", "Ide Sari")
    expect_by(laptop, "Ide Sari", "Sari")


def test_without_a_connection_each_change_keeps_the_author_it_was_written_for(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    register(wulan, "Sari")
    phone = opened(workshop, devices.phone(cookie_of(wulan)))
    expect(chip(phone, "Sari")).to_be_visible()
    phone.page.context.set_offline(True)
    for name, text in (("Sari", "Ide Sari"), ("Wulan", "Ide Wulan")):
        chip(phone, name).tap()
        phone.new_text.fill(text)
        phone.new_text.press("Enter")
    waiting = phone.page.locator("[id^=own-]")
    expect(waiting.filter(has_text="Ide Sari").locator(".note__by")).to_have_text("Sari")

    phone.page.context.set_offline(False)
    expect_by(phone, "Ide Sari", "Sari")
    expect_by(phone, "Ide Wulan", "Wulan")


def test_chips_come_and_go_with_people_and_a_text_outlives_its_chip(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    devices.watch.expect("status of 422")
    phone = opened(workshop, devices.phone(cookie_of(wulan)))
    expect(phone.composer.get_by_role("group", name="Catatan siapa?")).to_be_hidden()

    sari = register(wulan, "Sari")
    chip(phone, "Sari").tap()
    phone.new_text.fill("Setengah ide")
    link = workshop.house.facilitator.post(f"{workshop.desk_path}/participants/{sari}/link").text
    path = "/p/" + link.split("/p/", 1)[1].split('"')[0].split("<")[0]
    assert workshop.house.visitor().post(path).status_code == 303

    expect(phone.page.locator("#roster [data-no-device]")).to_have_count(0)
    expect(phone.new_text).to_have_value("Setengah ide")
    phone.new_text.press("Enter")
    kept = phone.block("Saluran").locator("..").locator("[data-pending]")
    expect(kept).to_contain_text("Sari menulis di perangkat lain.")
    kept.get_by_role("button", name="Simpan sebagai catatan baru").tap()
    expect_chosen(phone, "Wulan")
    expect(phone.new_text).to_have_value("Setengah ide")


def test_without_scripts_the_chips_are_plain_choices(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    page = devices.phone(cookie_of(wulan), scripts=False)
    page.goto(f"{workshop.tables[0].path}/people")
    page.get_by_label("Nama", exact=True).fill("Sari")
    page.get_by_role("button", name="Tambahkan").tap()
    page.get_by_role("link", name="Ke kanvas").tap()
    page.get_by_role("radio", name="Sari").check(force=True)
    page.get_by_role("textbox", name="Tulis satu ide").fill("Radio desa")
    page.get_by_role("button", name="Simpan").tap()
    expect(page.locator(".note").filter(has_text="Radio desa").locator(".note__by")).to_have_text("Sari")


def test_the_page_of_people_without_a_device_has_no_findings(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Sari")
    for page in (devices.phone(cookie_of(wulan)), devices.laptop(workshop.facilitator_cookie)):
        page.goto(f"{workshop.tables[0].path}/people")
        assert findings(page) == []
