"""Whoever leads the workshop by its agenda: over the wire, and at a desk of their own."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.house import Workshop


@dataclass
class Host:
    """Presses Lanjut over the wire."""

    workshop: Workshop

    def steps(self) -> list[tuple[str, str]]:
        """Id and title of every step."""
        page = self.workshop.house.facilitator.get(f"{self.workshop.desk_path}/agenda").text
        return re.findall(r'id="step-(\w+)".*?<b>(.*?)</b>', page, re.S)

    def enter(self, title: str) -> None:
        """Go to a step, from wherever everybody is."""
        http, steps = self.workshop.house.facilitator, self.steps()
        found = re.search(r'id="desk-now"[^>]*data-step="(\w*)"', http.get(self.workshop.desk_path).text)
        assert found
        step = next(step for step, name in steps if title in name)
        form = {"step": step, "seen": found[1]}
        assert http.post(f"{self.workshop.desk_path}/step", data=form).status_code == 303


@dataclass
class Desk(Host):
    """Has the desk open as well."""

    page: Page

    @property
    def now(self) -> Locator:
        return self.page.locator("#desk-now")

    @property
    def lanjut(self) -> Locator:
        return self.page.locator(".lanjut")
