"""Laptop, remote and wall: three screens that stay in step, whichever acts."""

import re

from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.browser.leading import Host
from tests.browser.test_every_page import TOO_SMALL


def shown_link(laptop: Page) -> str:
    """What the QR code says that the laptop shows."""
    expect(laptop.get_by_role("img", name="Kode QR yang menjadikan HP sebagai remote")).to_be_visible()
    return laptop.get_by_text(re.compile("/remote/")).inner_text()


def test_a_scanned_phone_leads_and_all_three_screens_stay_in_step_until_it_is_ended(
    workshop: Workshop, devices: Devices
) -> None:
    devices.watch.expect("status of 401")
    laptop, phone, wall = devices.laptop(workshop.facilitator_cookie), devices.phone(), devices.beamer()
    wall.goto(workshop.projector_path)
    laptop.goto(workshop.desk_path)
    laptop.get_by_role("button", name="Pakai HP sebagai remote").click()
    phone.goto(shown_link(laptop))
    phone.get_by_role("button", name="Pakai HP ini sebagai remote").tap()
    laptop.get_by_role("link", name="Selesai, kembali ke meja fasilitator").click()
    for page in (laptop, phone, wall):
        expect(page.locator(LIVE)).to_have_count(1)
    loads = [stays_loaded(page) for page in (laptop, phone, wall)]

    phone.locator(".lanjut").tap()

    title = Host(workshop).steps()[0][1]
    for page in (laptop, phone):
        expect(page.locator("#desk-now").get_by_role("heading", name=title)).to_be_visible()
    # However long the script is, the button lies under the thumb; and everything else is a tap away.
    expect(phone.locator(".lanjut")).to_be_in_viewport(ratio=1)
    assert phone.evaluate(TOO_SMALL, "body") == []
    phone.get_by_role("navigation").get_by_role("link", name="Proyektor").tap()
    phone.get_by_role("button", name="Semua kanvas").tap()
    expect(wall.get_by_role("heading", name="Kemajuan kelompok")).to_be_visible()
    expect(laptop.locator("#desk-scene")).to_contain_text("Di layar sekarang Semua kanvas")
    laptop.get_by_role("button", name="Jeda").click()
    expect(phone.get_by_role("button", name="Teruskan")).to_be_visible()
    assert all(load.still() for load in loads)

    laptop.get_by_role("button", name=re.compile("Cabut remote")).click()
    expect(phone.get_by_text("Perangkat ini tidak lagi memandu lokakarya.")).to_be_visible()
    expect(laptop.locator("#desk-hosts")).not_to_contain_text("HP Fasilitator")


def test_a_remote_is_paired_and_leads_by_keyboard_alone_and_two_screens_go_one_step(
    workshop: Workshop, devices: Devices
) -> None:
    laptop, other = devices.laptop(workshop.facilitator_cookie), devices.laptop(scripts=False)
    laptop.goto(workshop.desk_path)
    laptop.get_by_role("button", name="Pakai HP sebagai remote").press("Enter")
    other.goto(shown_link(laptop))
    other.get_by_role("button", name="Pakai HP ini sebagai remote").press("Enter")
    laptop.get_by_role("link", name="Selesai, kembali ke meja fasilitator").press("Enter")
    expect(laptop.locator(LIVE)).to_have_count(1)
    first, second = (title for _, title in Host(workshop).steps()[:2])

    laptop.locator(".lanjut").press("Enter")
    expect(laptop.locator("#desk-now").get_by_role("heading", name=first)).to_be_visible()
    # This one still shows what was before: its press means the same step.
    other.locator(".lanjut").press("Enter")
    expect(other.locator("#desk-now").get_by_role("heading", name=first)).to_be_visible()

    other.locator(".lanjut").press("Enter")
    expect(laptop.locator("#desk-now").get_by_role("heading", name=second)).to_be_visible()
