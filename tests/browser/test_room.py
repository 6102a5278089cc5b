"""The room check: a phone opens the test link, and the laptop turns green."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.board import LIVE
from tests.browser.devices import PHONE, Devices, speak
from tests.browser.house import House, Workshop, open_workshop
from tests.browser.test_projector import TWENTY_POINTS
from tests.browser.visible_text import below, visible_text

# The browser of these tests runs on the server's machine: a proxy that is trusted says who asks.
PHONE_ADDRESS = "192.168.1.50"


class ProxiedHouse(House):
    """A server that believes what stands before it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._env["KANVAS_TRUSTED_PROXIES"] = "127.0.0.1"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    house = ProxiedHouse(tmp_path_factory.mktemp("proxied"))
    house.start()
    yield open_workshop(house)
    house.stop()


def test_the_laptop_turns_green_when_a_phone_comes_through(proxied: Workshop, chromium: Browser) -> None:
    with Devices(chromium, proxied.house.origin) as devices:
        host, desk = (devices.laptop(proxied.facilitator_cookie) for _ in range(2))
        desk.goto(proxied.desk_path)
        expect(desk.locator(LIVE)).to_have_count(1)
        host.goto(proxied.desk_path)
        host.get_by_role("link", name="Cek ruangan").click()
        said = host.get_by_role("status").filter(has_text="HP")
        expect(said).to_contain_text("Belum ada HP")
        # Who looks for help keeps it open while the page asks again.
        host.get_by_text("Sudah satu menit dan belum berubah?").click()
        with host.expect_response(re.compile("/room/now$")):
            pass
        expect(host.get_by_text("hotspot HP", exact=False)).to_be_visible()

        for is_phone in (False, True):
            page = chromium.new_page(
                base_url=proxied.house.origin,
                viewport={"width": PHONE[0], "height": PHONE[1]},
                java_script_enabled=False,
                extra_http_headers={"x-forwarded-for": PHONE_ADDRESS} if is_phone else {},
            )
            page.goto(link_in(host))
            expect(page.get_by_role("heading")).to_contain_text("Berhasil" if is_phone else "Ini laptopnya")
            page.close()

        expect(said).to_contain_text("HP sudah terhubung")
        expect(host.get_by_role("region", name="Uji dengan HP")).to_have_attribute("data-state", "ready")
        expect(host.get_by_text("Sudah satu menit")).to_have_count(0)
        expect(desk.get_by_role("region", name="Kode gabung")).to_contain_text("HP sudah terhubung")


def test_who_waits_in_vain_for_a_minute_is_told_what_to_try(workshop: Workshop, devices: Devices) -> None:
    host = devices.laptop(workshop.facilitator_cookie)
    host.clock.install()
    host.goto(f"{workshop.desk_path}/room")
    expect(host.get_by_text("Sudah satu menit dan belum berubah?")).to_be_visible()
    expect(host.get_by_text("AP isolation")).to_be_hidden()

    host.clock.run_for(61_000)

    expect(host.get_by_text("AP isolation")).to_be_visible()


def link_in(page: Page) -> str:
    """Where the code on the page leads."""
    return page.get_by_role("link", name="Uji HP ini").get_attribute("href") or ""


def test_the_wifi_is_typed_by_keyboard_and_stands_beside_the_join_code_on_the_wall(
    workshop: Workshop, devices: Devices
) -> None:
    wall, host = devices.beamer(), devices.laptop(workshop.facilitator_cookie)
    wall.goto(workshop.projector_path)
    expect(wall.locator(LIVE)).to_have_count(1)
    host.goto(f"{workshop.desk_path}/room")
    host.get_by_label("Nama Wi-Fi").focus()
    host.keyboard.type("Balai Latihan Kerja Serang (AULA)"[:32])
    host.keyboard.press("Tab")
    host.keyboard.type("W" * 63)
    host.keyboard.press("Enter")
    expect(host.get_by_role("img", name="Kode QR Wi-Fi")).to_be_visible()

    # However long the password is, both codes, it and the join code fit on the wall.
    for name in ("Kode QR Wi-Fi", "Kode QR untuk bergabung"):
        expect(wall.get_by_role("img", name=name)).to_be_in_viewport(ratio=1)
    expect(wall.get_by_text("W" * 63)).to_be_in_viewport(ratio=1)
    wall.wait_for_function(f"() => !({OVERLAPS})().length")
    assert below(TWENTY_POINTS, visible_text(wall)) == []


@pytest.mark.parametrize("size", [(800, 600), (1024, 768), (1920, 1080)], ids=str)
def test_the_pattern_shows_the_smallest_words_of_the_wall_whole_in_both_languages(
    workshop: Workshop, devices: Devices, size: tuple[int, int]
) -> None:
    wall, host = devices.beamer(), devices.laptop(workshop.facilitator_cookie)
    wall.set_viewport_size({"width": size[0], "height": size[1]})
    host.goto(f"{workshop.desk_path}/room")
    host.get_by_role("button", name="Tampilkan pola").focus()
    host.keyboard.press("Enter")
    expect(host.get_by_role("button", name="Kembali ke Selamat datang")).to_be_visible()
    assert host.url.endswith("/room")

    for language, smallest in (("id", "paling kecil"), ("en", "the smallest")):
        speak(wall, workshop.house.origin, language).goto(workshop.projector_path)
        expect(wall.get_by_text(smallest)).to_be_in_viewport(ratio=1)
        for line in wall.locator(".pattern__lines>li, .pattern__marks li, .tally p").all():
            expect(line).to_be_in_viewport(ratio=1)
        heights = "(line) => [line.clientHeight, line.querySelector('span').offsetHeight]"
        whole, words = wall.locator(".pattern__lines>li").last.evaluate(heights)
        assert words < whole
        wall.wait_for_function("() => document.getElementById('scene').scrollHeight <= innerHeight")


# Pairs of the wall's parts that cover each other.
OVERLAPS = """() => {
  const parts = [...document.querySelectorAll(".welcome .qr, .welcome p, .tally")]
    .map((part) => [part, part.getBoundingClientRect()]);
  return parts.flatMap(([one, a]) => parts.filter(([other, b]) => one !== other
    && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one.outerHTML} ${other.outerHTML}`));
}"""
