"""The groups present, two are compared, everybody is thanked: led from a phone and by keyboard alone."""

from playwright.sync_api import Locator, Page, expect

from app.canvas.catalog import example
from tests.browser.board import LIVE, stays_loaded
from tests.browser.devices import BEAMER, Devices
from tests.browser.house import Workshop, cookie_of, fill
from tests.browser.visible_text import below, visible_text

TWENTY_POINTS = 20 * 96 / 72
NONE_IS_LOUDER = """() => {
  const lists = [...document.querySelectorAll(".compare .block__notes")];
  const sizes = lists.map((list) => getComputedStyle(list).fontSize);
  return sizes.length === 2 && sizes[0] === sizes[1];
}"""


def headline(wall: Page) -> Locator:
    return wall.get_by_role("heading", level=1)


def part(desk: Page) -> Locator:
    return desk.locator("#desk-scene")


def test_a_phone_leads_presentations_a_comparison_and_the_end(workshop: Workshop, devices: Devices) -> None:
    wulan = workshop.join("Wulan")
    fill(wulan, example("serang-petrochemical-welding"))
    workshop.join("Bagas", 1).add("Mesin jahit", "key_resources")
    wall, phone = devices.beamer(), devices.phone(workshop.facilitator_cookie)
    wall.goto(workshop.projector_path)
    phone.goto(workshop.desk_path)
    for page in (wall, phone):
        expect(page.locator(LIVE)).to_have_count(1)
    load, remote = stays_loaded(wall), part(phone)

    remote.get_by_role("button", name="Presentasi kelompok").tap()
    expect(headline(wall)).to_contain_text("Kelompok 1")
    remote.get_by_role("button", name="Segmen Pelanggan", exact=True).tap()
    expect(wall.locator("[data-focused]").get_by_role("heading", name="Segmen Pelanggan")).to_be_visible()
    remote.get_by_role("button", name="Berikutnya: Kelompok 2").tap()
    expect(headline(wall)).to_contain_text("Kelompok 2")
    expect(remote).to_contain_text("kelompok 2 dari 3")

    remote.get_by_role("button", name="Kelompok 1", exact=True).tap()
    expect(headline(wall)).to_contain_text("Kelompok 1")
    remote.get_by_role("button", name="Sumber Daya Utama").tap()
    expect(remote).to_contain_text("Kelompok 1 · Sumber Daya Utama")
    remote.get_by_role("form", name="Bandingkan Kelompok 1 dengan").get_by_role(
        "button", name="Kelompok 2"
    ).tap()
    expect(headline(wall)).to_have_text("Sumber Daya Utama")
    lists = wall.locator(".compare .block__notes")
    expect(lists).to_have_count(2)
    wall.wait_for_function(NONE_IS_LOUDER)
    assert below(TWENTY_POINTS, visible_text(wall)) == []

    remote.get_by_role("button", name="Terima kasih!").tap()
    expect(wall.get_by_text("Terima kasih!")).to_be_visible()
    for size in ((800, 600), BEAMER, (1920, 1080)):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        wall.wait_for_function("() => document.scrollingElement.scrollHeight <= innerHeight")
        expect(wall.get_by_role("img", name="Kode QR menuju kanvas")).to_be_in_viewport(ratio=1)
    assert load.still()
    own = devices.phone(cookie_of(wulan))
    own.goto(f"{workshop.join_path}/canvas")
    with own.expect_download() as download:
        own.get_by_role("link", name="kertas A3").tap()
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_presentation_is_led_by_keyboard_alone(workshop: Workshop, devices: Devices) -> None:
    wall, desk = devices.beamer(), devices.laptop(workshop.facilitator_cookie)
    wall.goto(workshop.projector_path)
    desk.goto(workshop.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    part(desk).get_by_role("button", name="Presentasi kelompok").press("Enter")

    for group in ("Kelompok 2", "Kelompok 3"):
        part(desk).get_by_role("button", name=f"Berikutnya: {group}").press("Enter")
        expect(headline(wall)).to_contain_text(group)
    part(desk).get_by_role("button", name="Segmen Pelanggan", exact=True).press(" ")
    expect(wall.locator("[data-focused]").get_by_role("heading", name="Segmen Pelanggan")).to_be_visible()
