"""Done, and a raised hand: by finger and by keyboard, with and without a connection, seen at the desk."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.leading import Host
from tests.browser.test_table_device import chip, register
from tests.factories import Person

ALONE, TALK = "Saluran: tulis sendiri", "Saluran: bahas"


def button(board: Board, name: str) -> Locator:
    return board.page.locator("#sign").get_by_role("button", name=name)


def expect_pressed(board: Board, name: str, is_pressed: bool) -> None:
    expect(button(board, name)).to_have_attribute("aria-pressed", str(is_pressed).lower())


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


def opened(workshop: Workshop, devices: Devices, person: Person) -> Board:
    return Board(devices.phone(cookie_of(person))).open(f"{workshop.tables[0].path}?block=channels")


def test_by_finger_it_is_said_and_at_the_next_step_empty_again(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    host = Host(workshop)
    phone = opened(workshop, devices, wulan)
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    said = desk.locator("#desk-signals")
    expect(button(phone, "Selesai")).to_be_hidden()
    host.enter(ALONE)

    button(phone, "Selesai").tap()
    button(phone, "Angkat tangan").tap()
    expect_pressed(phone, "Selesai", True)
    expect(said).to_contain_text("1 dari 1 selesai")
    expect(said.get_by_role("list", name="Tangan terangkat")).to_contain_text("Wulan")
    phone.page.reload()
    expect_pressed(phone, "Angkat tangan", True)

    desk.get_by_role("button", name="Wulan: sudah dibantu").click()
    expect(phone.page.locator("#toasts")).to_contain_text("Tangan Anda sudah diturunkan.")
    expect_pressed(phone, "Angkat tangan", False)
    host.enter(TALK)
    expect_pressed(phone, "Selesai", False)
    expect(said).to_contain_text("0 dari 1 selesai")


def test_by_keyboard_without_a_connection_it_stands_at_once_and_goes_when_there_is_one(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    register(wulan, "Pak Hasan")
    Host(workshop).enter(ALONE)
    board = opened(workshop, devices, wulan)
    devices.watch.expect("net::ERR_INTERNET_DISCONNECTED")
    board.page.context.set_offline(True)

    button(board, "Angkat tangan").press("Enter")
    button(board, "Selesai").press("Space")
    board.page.locator("#toasts").get_by_role("button", name="Semua di perangkat ini").press("Enter")
    expect_pressed(board, "Angkat tangan", True)
    chip(board, "Pak Hasan").tap()
    expect_pressed(board, "Selesai", True)
    expect_pressed(board, "Angkat tangan", False)

    board.page.context.set_offline(False)
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    expect(desk.locator("#desk-signals")).to_contain_text("2 dari 2 selesai")
    expect(desk.get_by_role("list", name="Tangan terangkat").get_by_role("listitem")).to_have_count(1)
    expect(board.page.locator("#save")).to_have_text("Tersimpan otomatis")
