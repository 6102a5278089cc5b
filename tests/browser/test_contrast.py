"""High contrast is a choice of everybody's, or of their device; movement only where it is wanted."""

from playwright.sync_api import Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

WHITE = "oklch(1 0 0)"


def paper(page: Page) -> str:
    """The colour everything stands on."""
    colour: str = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    return colour


def test_high_contrast_is_chosen_and_left_without_scripts(workshop: Workshop, devices: Devices) -> None:
    person = workshop.join("Wulan")
    phone = devices.phone(cookie_of(person), scripts=False)
    phone.goto(workshop.tables[0].path)
    assert paper(phone) != WHITE
    for name, is_high in (("Kontras tinggi", True), ("Kontras biasa", False)):
        phone.locator("summary").filter(has_text="Menu").tap()
        phone.get_by_role("button", name=name).tap()
        expect(phone.locator("html")).to_have_attribute("data-contrast", "high" if is_high else "normal")
        assert (paper(phone) == WHITE) is is_high


def test_a_device_that_asks_for_contrast_gets_it_until_somebody_chooses(
    workshop: Workshop, devices: Devices
) -> None:
    phone = devices.phone()
    phone.emulate_media(contrast="more")
    phone.goto(workshop.join_path)
    assert paper(phone) == WHITE
    phone.get_by_role("button", name="Kontras biasa").tap()
    expect(phone.locator("html")).to_have_attribute("data-contrast", "normal")
    assert paper(phone) != WHITE


MOVING = """() => [...document.querySelectorAll("*")].filter((part) => {
  const style = getComputedStyle(part);
  const seconds = (durations) => Math.max(...durations.split(", ").map(parseFloat));
  return seconds(style.transitionDuration) > 0 || seconds(style.animationDuration) > 0;
}).map((part) => part.outerHTML.slice(0, 80))"""


def test_nothing_moves_for_whoever_asks_for_rest(finished: Workshop, devices: Devices, sari: Person) -> None:
    laptop, desk, wall = (
        devices.laptop(cookie_of(sari)),
        devices.laptop(finished.facilitator_cookie),
        devices.beamer(),
    )
    Board(laptop).open(finished.tables[0].path)
    assert laptop.evaluate(MOVING) != []
    for page, path in (
        (laptop, finished.tables[0].path),
        (desk, finished.desk_path),
        (wall, finished.projector_path),
    ):
        page.emulate_media(reduced_motion="reduce")
        Board(page).open(path)
        assert page.evaluate(MOVING) == []
