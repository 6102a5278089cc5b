"""Laptops, phones and beamers: each a browser context of its own, and somebody who watches all of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

LAPTOP = (1366, 768)
PHONE = (360, 740)
BEAMER = (1024, 768)


def speak(page: Page, origin: str, language: str) -> Page:
    """The page, which is in this language when it is loaded next."""
    page.context.add_cookies([{"name": "language", "value": language, "url": origin}])
    return page


@dataclass
class Watch:
    """Collects what no page may do: complain on the console, raise, or ask another origin for anything."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    _expected: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._weberror)
        context.on("request", self._request)

    def expect(self, pattern: str) -> None:
        """A complaint this test provokes, such as a failed request while the server is down."""
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        """What nobody provoked."""
        wanted = re.compile("|".join(self._expected) or r"(?!)")
        return [complaint for complaint in self.complaints if not wanted.search(complaint)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _weberror(self, error: WebError) -> None:
        self.complaints.append(f"raised: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


class Devices:
    """`with Devices(browser, origin) as devices`: whatever people brought. Complaints fail at the end."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self.watch = Watch(origin)
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def laptop(
        self, cookies: Mapping[str, str] = {}, *, size: tuple[int, int] = LAPTOP, scripts: bool = True
    ) -> Page:
        """A laptop with a mouse, held by whom the cookies say."""
        return self._context(cookies, size, java_script_enabled=scripts)

    def phone(self, cookies: Mapping[str, str] = {}, *, scripts: bool = True) -> Page:
        """The smallest Android phone that is common."""
        return self._context(cookies, PHONE, java_script_enabled=scripts, has_touch=True, is_mobile=True)

    def beamer(self) -> Page:
        """What the wall shows comes from here; nobody is signed in on it."""
        return self._context({}, BEAMER)

    def _context(self, cookies: Mapping[str, str], size: tuple[int, int], **options: Any) -> Page:
        context = self._browser.new_context(
            base_url=self.watch.origin, viewport={"width": size[0], "height": size[1]}, **options
        )
        context.set_default_timeout(15_000)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.watch.origin} for name, value in cookies.items()]
        )
        self.watch.follow(context)
        self._contexts.append(context)
        return context.new_page()

    def __enter__(self) -> "Devices":
        return self

    def __exit__(self, *_: object) -> None:
        for context in self._contexts:
            context.close()
        if complaints := self.watch.unexpected():
            raise AssertionError("\n".join(complaints))
