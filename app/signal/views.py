"""Signals as boards, desk and wall show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the people are done with a step."""

    done: int
    people: int


@dataclass(frozen=True, slots=True)
class Signals:
    """What the people of a table say, by their ids. `step` is empty when there is nothing to be done with."""

    step: str
    done: tuple[str, ...]
    hands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaisedHand:
    """Somebody who asks for the host. `number`: of this raising, which is what the host lowers."""

    number: int
    name: str
    table: str
    since: datetime


@dataclass(frozen=True, slots=True)
class TableSignals:
    """A table as its host sees it: names are for the desk alone. `unwritten`: who has not written yet."""

    step: str
    is_with_all: bool
    done: int
    people: int
    hands: tuple[RaisedHand, ...]
    unwritten: tuple[str, ...]

    @property
    def tally(self) -> Tally | None:
        """How many are done, where somebody can be."""
        return Tally(self.done, self.people) if self.step else None


def tally_of_all(tables: Iterable[TableSignals]) -> Tally | None:
    """How many are done with the step that everybody is at; groups that go their own way are left out."""
    tallies = [each.tally for each in tables if each.is_with_all and each.tally]
    if not tallies:
        return None
    return Tally(sum(each.done for each in tallies), sum(each.people for each in tallies))


def raised_hands(tables: Iterable[TableSignals]) -> tuple[RaisedHand, ...]:
    """All hands that are up; who has waited longest comes first."""
    return tuple(sorted((hand for each in tables for hand in each.hands), key=attrgetter("since", "number")))
