"""Every page: clean by axe in both languages, for thumbs, on 320 px and at 200 %. The list is in pages.py.

By day each language has its screen, at night each has both.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.devices import Devices, speak
from tests.browser.house import House, open_workshop
from tests.browser.pages import VISITS, Furnished, Visit, furnish
from tests.browser.test_accessibility import findings, in_two_languages

LANGUAGES = ("id", "en")
NARROW: ViewportSize = {"width": 320, "height": 568}
# What a laptop of 1366×768 has left at 200 %.
ZOOMED: ViewportSize = {"width": 683, "height": 384}

# What a finger aims at and misses: measured by pressing 21 px beside the middle, as thumbs do.
TOO_SMALL = """(within) => {
  const named = "a[href],button,input:not([type=hidden]),select,textarea,summary";
  const isInText = (link) => link.matches("a") && getComputedStyle(link).display === "inline"
    && link.parentElement.textContent.trim().length > link.textContent.trim().length;
  // What has no size is no target: the way back to saying nothing, before anything is said.
  const hasSize = (box) => box.width && box.height;
  const isShown = (part) => part.checkVisibility({ visibilityProperty: true })
    && !part.closest(".skip,.visually-hidden") && hasSize(part.getBoundingClientRect());
  const missed = (part) => {
    const target = part.closest("label") ?? part;
    target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = target.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hits = (dx, dy) => {
      const hit = document.elementFromPoint(x + dx, y + dy);
      return hit && (target.contains(hit) || hit.closest("label") === target);
    };
    const isWide = box.width >= 43.5 || (hits(-21, 0) && hits(21, 0));
    const isTall = box.height >= 43.5 || (hits(0, -21) && hits(0, 21));
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    return !(isWide && isTall) && `${size} ${part.outerHTML.slice(0, 120)}`;
  };
  const parts = [...document.querySelector(within).querySelectorAll(named)]
    .filter((part) => isShown(part) && !isInText(part));
  return parts.map(missed).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def furnished(house: House) -> Furnished:
    return furnish(open_workshop(house))


@pytest.mark.parametrize("visit", VISITS, ids=str)
@in_two_languages
def test_axe_finds_nothing_in_either_language(
    furnished: Furnished, devices: Devices, visit: Visit, on_phone: str, on_laptop: str
) -> None:
    for is_phone, language in ((visit.is_touched, on_phone), (False, on_laptop)):
        page = furnished.tab(devices, visit, phone=is_phone)
        page.emulate_media(reduced_motion="reduce")
        speak(page, furnished.workshop.house.origin, language)
        answer = page.goto(furnished.path(visit))
        assert answer and answer.status == 200
        assert findings(page, language) == []


@pytest.mark.parametrize("visit", [each for each in VISITS if each.is_touched], ids=str)
def test_a_thumb_hits_and_a_narrow_screen_holds_everything(
    furnished: Furnished, devices: Devices, visit: Visit
) -> None:
    phone = furnished.tab(devices, visit, phone=True)
    phone.goto(furnished.path(visit))
    assert phone.evaluate(TOO_SMALL, "body") == []
    for menu in phone.locator(".bar>.more>summary").all():
        menu.tap()
        assert phone.evaluate(TOO_SMALL, ".more__list") == []
        menu.tap()
    assert overflowing(phone) == []
    # Turned narrow in one language, and loaded so in the other.
    speak(phone, furnished.workshop.house.origin, "en").goto(furnished.path(visit))
    assert overflowing(phone) == []


def overflowing(phone: Page) -> list[ViewportSize]:
    """On which of the narrow screens one would have to scroll sideways."""

    def overflows(size: ViewportSize) -> bool:
        phone.set_viewport_size(size)
        return bool(phone.evaluate("() => document.scrollingElement.scrollWidth") > size["width"])

    return [size for size in (ZOOMED, NARROW) if overflows(size)]


def test_the_first_page_of_all_has_no_findings(tmp_path: Path, devices: Devices) -> None:
    new = House(tmp_path)
    new.start()
    try:
        # A server of its own.
        devices.watch.expect("asked elsewhere")
        phone = devices.phone()
        for language in LANGUAGES:
            speak(phone, new.origin, language).goto(new.origin + new.setup_path())
            expect(phone.locator("input[name=password]")).to_be_visible()
            assert findings(phone, language) == []
    finally:
        new.stop()
