"""A workshop to be, as a form, the API or an archive asks for it, and what keeps it from becoming one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import N_, Invalid
from app.workshop.agenda_files import HALF_DAY

MAX_GROUPS = 40
MAX_EXPECTED = 500
# "BLK × mitra" as people type or paste it from a spreadsheet.
_PARTIES = re.compile(r"\s*(?:×|\t|;|\||\s[xX]\s|\s[-–—]\s)\s*")


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """One table to be: its partnership's parties may still be unknown, and it may go by its number."""

    training_centre: str = ""
    industry_partner: str = ""
    vocational_field: str = ""
    name: str = ""

    @property
    def parties(self) -> tuple[str, str, str]:
        return self.training_centre, self.industry_partner, self.vocational_field


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a workshop is called, when and where it is, by whom and for how many; may be corrected later."""

    title: str
    held_on: date
    place: str = ""
    province: str = ""
    organizer: str = ""
    expected_participants: int | None = None


@dataclass(frozen=True, slots=True)
class Plan(Particulars):
    """A workshop as the form or the API asks for it. An agenda that nobody knows is none."""

    groups: tuple[PlannedGroup, ...] = ()
    agenda: str = HALF_DAY


def read_partnerships(pasted: str) -> tuple[PlannedGroup, ...]:
    """A pasted list, one partnership a line: training centre × partner, optionally × vocational field.

    Whatever else stands in a line belongs to the field: nothing that was typed is dropped.
    """
    groups = []
    for line in pasted.splitlines():
        if parts := [part.strip() for part in _PARTIES.split(line.strip()) if part.strip()]:
            centre, partner, *field = *parts, "", ""
            groups.append(PlannedGroup(centre, partner, " – ".join(filter(None, field))))
    return tuple(groups)


class Mistakes(Invalid):
    """Everything that is wrong with a plan. As one error it speaks for the first."""

    def __init__(self, mistakes: Sequence[Invalid]) -> None:
        first = mistakes[0]
        super().__init__(first.code, first.message)
        self.params = first.params
        self.mistakes = tuple(mistakes)


def mistakes_in(plan: Plan) -> list[Invalid]:
    """What keeps a plan from becoming a workshop; nothing when it can."""
    mistakes = mistakes_in_particulars(plan)
    if not plan.groups:
        mistakes.append(Invalid("groups_missing", N_("A workshop needs at least one group.")))
    if len(plan.groups) > MAX_GROUPS:
        mistakes.append(Invalid("too_many_groups", N_("A workshop may have at most 40 groups.")))
    for number, group in enumerate(plan.groups, start=1):
        if len(group.name.strip()) > 80:
            too_long = N_("Group %(number)s: its name may have at most 80 characters.")
            mistakes.append(Invalid("group_name_too_long", too_long, number=number))
        if any(len(one) > 120 for one in group.parties):
            too_long = N_("Group %(number)s: a partner or field may have at most 120 characters.")
            mistakes.append(Invalid("party_too_long", too_long, number=number))
    return mistakes


def mistakes_in_particulars(said: Particulars) -> list[Invalid]:
    """What a workshop cannot be called, or where it cannot be."""
    return [Invalid(code, message) for code, message in _wrong(said)]


def _wrong(said: Particulars) -> Iterator[tuple[str, str]]:
    if not said.title.split():
        yield "title_missing", N_("Please give the workshop a title.")
    if len(" ".join(said.title.split())) > 160:
        yield "title_too_long", N_("A title may have at most 160 characters.")
    if len(said.place.strip()) > 160:
        yield "place_too_long", N_("A place may have at most 160 characters.")
    if len(said.province.strip()) > 80:
        yield "province_too_long", N_("A province may have at most 80 characters.")
    if len(said.organizer.strip()) > 160:
        yield "organizer_too_long", N_("An organiser may have at most 160 characters.")
