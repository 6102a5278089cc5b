"""Ikuti fasilitator, locks and the gallery walk: screens go where the host wants them, and come back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.leading import Host
from tests.browser.test_talking import Talk

MINE, WANTED = "Saluran", "Proposisi Nilai"


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    board = Board(devices.phone(cookie_of(workshop.join("Wulan"))))
    return board.open(f"{workshop.tables[0].path}?block=channels")


def on_desk(workshop: Workshop, path: str, **form: str) -> None:
    answer = workshop.house.facilitator.post(f"{workshop.desk_path}/{path}", data=form)
    assert answer.status_code == 303, answer.text


def at(table: str) -> re.Pattern[str]:
    return re.compile(rf"{table}(\?|$)")


def test_by_keyboard_the_host_leads_everybody_to_a_block_and_lets_them_go(
    workshop: Workshop, phone: Board, devices: Devices
) -> None:
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    desk.get_by_text("Bawa semua layar, atau kunci").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type(WANTED)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(phone.page.locator("#attention")).to_contain_text("Ikuti fasilitator:")
    expect(phone.block(WANTED)).to_be_visible()
    expect(phone.block(MINE)).to_be_hidden()

    back = desk.get_by_role("button", name="Kembalikan semua ke tempat semula")
    back.focus()
    desk.keyboard.press("Enter")

    expect(phone.block(MINE)).to_be_visible()
    expect(phone.page.locator("#attention")).to_be_hidden()


def test_who_is_writing_follows_afterwards_and_a_lock_keeps_the_text(
    workshop: Workshop, phone: Board
) -> None:
    phone.new_text.fill("Belum selesai")
    on_desk(workshop, "locks", locked="1", canvas=workshop.tables[0].canvas_id, place="channels")
    on_desk(workshop, "attention", to="block:value_propositions")
    expect(phone.page.locator("#attention")).to_contain_text(f"Dikunci fasilitator: {MINE}.")

    phone.new_text.press("Enter")

    expect(phone.page.get_by_text("Tulisan Anda tetap ada")).to_be_visible()
    expect(phone.new_text).to_have_value("Belum selesai")
    expect(phone.block(MINE)).to_be_visible()

    on_desk(workshop, "locks", locked="0")
    expect(phone.page.locator("#attention")).not_to_contain_text("Dikunci")
    phone.new_text.press("Enter")
    expect(phone.note("Belum selesai")).to_have_count(1)
    expect(phone.block(WANTED)).to_be_visible()


def test_guests_go_round_leave_their_thoughts_and_come_home(
    workshop: Workshop, phone: Board, devices: Devices
) -> None:
    owner = workshop.join("Budi", 1)
    note = owner.add("Bursa kerja")["id"]
    on_desk(workshop, "agenda", key="two-days")
    Host(workshop).enter("Kunjung karya")

    expect(phone.page).to_have_url(at(workshop.tables[1].path))
    expect(phone.page.get_by_text("Anda bertamu ke Kelompok 2")).to_be_visible()
    expect(phone.page.locator("#stage")).to_contain_text("Kunjungan 1 dari 2")
    expect(phone.page.get_by_role("link", name="Tambah catatan")).to_have_count(0)
    phone.page.get_by_role("link", name="Blok berikutnya").first.click()
    phone.open(f"{workshop.tables[1].path}?block=channels")
    talk = Talk(phone.page).open(note)
    talk.text.fill("Sudah ditanya ke alumni?")

    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    desk.get_by_role("button", name="Lanjut ke kanvas berikutnya").click()
    expect(phone.page.get_by_role("link", name="Lanjut ke kanvas berikutnya")).to_be_visible()
    expect(talk.text).to_have_value("Sudah ditanya ke alumni?")
    talk.say("Tanya", "Sudah ditanya ke alumni?")

    expect(phone.page).to_have_url(at(workshop.tables[2].path))
    Host(workshop).enter("Perbaikan kanvas")
    expect(phone.page).to_have_url(at(f"{workshop.tables[0].path}"))
    expect(phone.block(MINE)).to_be_visible()
    listed = owner.http.get(f"{workshop.tables[1].path}/comments").text
    assert "Sudah ditanya ke alumni?" in listed and "Wulan · Kelompok 1" in listed


def test_who_goes_home_during_a_visit_stays_and_without_scripts_there_is_a_link(
    workshop: Workshop, phone: Board, devices: Devices
) -> None:
    plain = devices.phone(cookie_of(workshop.join("Tuti")), scripts=False)
    on_desk(workshop, "attention", to=f"canvas:{workshop.tables[2].canvas_id}")
    expect(phone.page).to_have_url(at(workshop.tables[2].path))

    phone.page.get_by_role("link", name="Kanvas kami").click()
    expect(phone.page).to_have_url(at(workshop.tables[0].path))
    expect(phone.page.locator(LIVE)).to_have_count(1)
    expect(phone.page.locator("#attention")).to_contain_text("Kelompok 3")
    phone.open(f"{workshop.tables[0].path}?block=channels")
    phone.new_text.fill("Ditulis di rumah")
    phone.new_text.press("Enter")
    phone.expect_notes(MINE, "Ditulis di rumah")

    plain.goto(workshop.tables[0].path)
    plain.locator("#attention").get_by_role("link", name="Kelompok 3").click()
    expect(plain.get_by_text("Anda bertamu ke Kelompok 3")).to_be_visible()
    plain.get_by_role("link", name="Kanvas kami").click()
    expect(plain).to_have_url(at(workshop.tables[0].path))
