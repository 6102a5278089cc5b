"""The desk by keyboard alone: Tab reaches everything on it and in what opens, and is always seen."""

import pytest
from playwright.sync_api import expect

from tests.browser.board import LIVE
from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.browser.leading import Host
from tests.browser.test_every_state import tour

OPENED = ("Bawa semua layar, atau kunci …", "Buka pemberian suara …", "Satu kelompok saja …")


@pytest.mark.parametrize("device", ["laptop", "phone"])
def test_tab_reaches_all_of_a_desk_under_way(workshop: Workshop, devices: Devices, device: str) -> None:
    cookie = workshop.facilitator_cookie
    page = (devices.phone if device == "phone" else devices.laptop)(cookie)
    page.emulate_media(reduced_motion="reduce")
    for table in range(3):
        workshop.join(f"Peserta {table}", table)
    Host(workshop).enter("Saluran: bahas")
    page.goto(workshop.desk_path)
    expect(page.locator(LIVE)).to_have_count(1)

    assert tour(page) == []

    found = []
    for words in OPENED:
        page.locator("summary", has_text=words).press("Enter")
        found += [f"{words}: {each}" for each in tour(page)]
        page.locator("summary", has_text=words).press("Enter")
    assert found == []
