"""Every page keeps to its own origin and its strict policy, in a context that browsers call insecure."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.web.headers import CONTENT_SECURITY_POLICY
from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop, cookie_of


def test_the_watch_catches_inline_scripts_styles_errors_and_foreign_requests(
    chromium: Browser, house: House, workshop: Workshop
) -> None:
    devices = Devices(chromium, house.origin)
    page = devices.laptop()
    page.goto("/join")
    assert devices.watch.complaints == []

    # Going on at once would end the page before it has said what happened.
    with page.expect_event("pageerror"):
        page.evaluate("""() => {
          const script = document.createElement("script");
          script.textContent = "window.planted = true";
          document.body.append(script);
          document.body.setAttribute("style", "color:red");
          setTimeout(() => { throw new Error("planted"); }, 0);
        }""")
    page.goto(f"http://elsewhere.test:{house.port}/healthz")

    complaints = "\n".join(devices.watch.complaints)
    assert "script-src 'self'" in complaints and "style-src 'self'" in complaints
    assert "raised: " in complaints and "planted" in complaints
    assert "asked elsewhere: http://elsewhere.test" in complaints
    with pytest.raises(AssertionError):
        devices.__exit__()


def test_every_page_has_the_strict_policy_and_lives_in_an_insecure_context(
    workshop: Workshop, devices: Devices
) -> None:
    page = devices.laptop({**workshop.facilitator_cookie, **cookie_of(workshop.join("Wulan"))})
    for path in (
        "/",
        "/join",
        "/sign-in",
        "/workshops/new",
        workshop.join_path,
        workshop.desk_path,
        workshop.projector_path,
        workshop.tables[0].path,
        f"{workshop.tables[0].path}/print?paper=a3",
    ):
        answer = page.goto(path)
        assert answer and answer.ok, path
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert page.evaluate("() => isSecureContext") is False
        assert page.evaluate("() => crypto.randomUUID === undefined && navigator.clipboard === undefined")


def write_and_see(page: Page, path: str) -> None:
    board = Board(page).open(path)
    board.write("Saluran", "Lewat nama lain")
    board.expect_notes("Saluran", "Lewat nama lain")


def test_the_canvas_works_at_localhost_as_well(chromium: Browser, house: House, workshop: Workshop) -> None:
    with Devices(chromium, f"http://localhost:{house.port}") as devices:
        page = devices.laptop(cookie_of(workshop.join("Wulan")))
        write_and_see(page, workshop.tables[0].path)
        assert page.evaluate("() => isSecureContext") is True


def test_the_desk_works_at_the_bare_address(chromium: Browser, house: House, workshop: Workshop) -> None:
    with Devices(chromium, house.url) as devices:
        desk = devices.laptop(workshop.facilitator_cookie)
        desk.goto(workshop.desk_path)
        expect(desk.locator(LIVE)).to_have_count(1)
        desk.get_by_role("button", name="Tutup pendaftaran").click()
        expect(desk.get_by_role("button", name="Buka pendaftaran")).to_be_visible()
