"""The desk changes the join code and the projector link while phones and the wall are open."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of


def press(desk: Page, region: str, words: str) -> None:
    """Open the three dots, read, confirm."""
    part = desk.get_by_role("region", name=region)
    expect(part.get_by_role("button", name=words, exact=True)).to_be_hidden()
    part.get_by_text(f"{words} …").locator("..").click()
    part.get_by_role("button", name=words, exact=True).click()


def shown_code(desk: Page) -> str:
    return desk.get_by_role("region", name="Kode gabung").locator(".joining__code").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_desk_changes_the_join_code_and_everybody_inside_goes_on(
    workshop: Workshop, devices: Devices, scripts: bool
) -> None:
    phone = Board(devices.phone(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
    wall, desk = devices.beamer(), devices.laptop(workshop.facilitator_cookie, scripts=scripts)
    wall.goto(workshop.projector_path)
    desk.goto(workshop.desk_path)
    old = shown_code(desk)
    expect(wall.locator(".welcome__code b")).to_have_text(old)

    press(desk, "Kode gabung", "Ganti kode")

    expect(desk.locator(".joining__code")).not_to_have_text(old)
    expect(desk.get_by_role("button", name="Ganti kode", exact=True)).to_be_hidden()
    expect(wall.locator(".welcome__code b")).to_have_text(shown_code(desk))
    phone.new_text.fill("Tetap menulis")
    phone.composer.get_by_role("button", name="Simpan").tap()
    phone.expect_notes("Segmen Pelanggan", "Tetap menulis")


def test_a_wall_whose_link_was_changed_stops_and_says_so(workshop: Workshop, devices: Devices) -> None:
    devices.watch.expect("status of 404")
    wall, desk = devices.beamer(), devices.laptop(workshop.facilitator_cookie)
    wall.goto(workshop.projector_path)
    expect(wall.locator(LIVE)).to_have_count(1)
    desk.goto(workshop.desk_path)

    press(desk, "Proyektor", "Ganti tautan proyektor")

    expect(wall.get_by_role("heading", name="Tampilan ini sudah berhenti")).to_be_visible(timeout=5_000)
    expect(wall.locator("#scene")).to_be_hidden()
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Tampilan proyektor").click()
    expect(opened.value.locator("#scene")).to_be_visible()
    expect(opened.value.locator(LIVE)).to_have_count(1)
