"""A vote as the host runs it and the people at a table see it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.board import Board
from tests.browser.house import Workshop


def open_vote(workshop: Workshop, **fields: str) -> None:
    """At every table."""
    form = {"question": "Mana yang paling penting?", **fields}
    assert workshop.house.facilitator.post(f"{workshop.desk_path}/voting", data=form).status_code == 303


def close_vote(workshop: Workshop) -> None:
    """Wherever one is open."""
    assert workshop.house.facilitator.post(f"{workshop.desk_path}/voting/closing").status_code == 303


@dataclass(frozen=True)
class VotingBoard(Board):
    """A board on which somebody votes."""

    def dot(self, text: str) -> Locator:
        """The control that votes for a note."""
        return self.page.get_by_role("button", name=f"Suara untuk: {text}")

    def expect_votes(self, *texts: str, left: int) -> None:
        """Exactly these notes have this person's vote."""
        expect(self.page.locator(".ballot__left")).to_have_text(re.compile(f"^sisa {left} dari"))
        pressed = self.page.locator(".vote[aria-pressed=true]")
        expect(pressed).to_have_count(len(texts))
        for text in texts:
            expect(self.dot(text)).to_have_attribute("aria-pressed", "true")

    @property
    def own_votes(self) -> Locator:
        return self.page.locator(".ballot__own")

    def withdraw(self, text: str) -> None:
        """By the list of one's own votes."""
        self.own_votes.locator("summary").click()
        self.own_votes.get_by_role("listitem").filter(has_text=text).get_by_role("button").click()
