"""The forms that make and correct a workshop. All mistakes are found at once, each at its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.errors import N_, Invalid
from app.workshop.agenda_files import HALF_DAY
from app.workshop.plans import (
    MAX_EXPECTED,
    MAX_GROUPS,
    Mistakes,
    Particulars,
    Plan,
    PlannedGroup,
    mistakes_in,
    mistakes_in_particulars,
    read_partnerships,
)

# Which mistake stands where, in the order of the form.
FIELDS = {
    "title_missing": "title",
    "title_too_long": "title",
    "date_missing": "held_on",
    "expected_wrong": "expected",
    "place_too_long": "place",
    "province_too_long": "province",
    "organizer_too_long": "organizer",
    "groups_missing": "partnerships",
    "too_many_groups": "partnerships",
    "group_name_too_long": "partnerships",
    "party_too_long": "partnerships",
    "group_count_wrong": "group_count",
}


def read_plan(form: Mapping[str, str]) -> Plan:
    """What was typed. Raises Mistakes."""
    mistakes: list[Invalid] = []
    plan = Plan(
        **_particulars(form, mistakes),
        groups=_groups(form, mistakes),
        agenda=form.get("agenda", HALF_DAY),
    )
    _refuse([*mistakes, *mistakes_in(plan)])
    return plan


def read_particulars(form: Mapping[str, str]) -> Particulars:
    """What a workshop shall be called, and so on. Raises Mistakes."""
    mistakes: list[Invalid] = []
    said = Particulars(**_particulars(form, mistakes))
    _refuse([*mistakes, *mistakes_in_particulars(said)])
    return said


def _particulars(form: Mapping[str, str], mistakes: list[Invalid]) -> dict[str, Any]:
    return {
        "title": form.get("title", ""),
        "held_on": _date(form.get("held_on", ""), mistakes),
        "place": form.get("place", ""),
        "province": form.get("province", ""),
        "organizer": form.get("organizer", ""),
        "expected_participants": _number(form.get("expected", ""), MAX_EXPECTED, _EXPECTED, mistakes),
    }


def _refuse(mistakes: list[Invalid]) -> None:
    if mistakes:
        order = list(FIELDS)
        raise Mistakes(sorted(mistakes, key=lambda mistake: order.index(mistake.code)))


_EXPECTED = "expected_wrong", N_("Please give a number from 1 to 500.")
_GROUP_COUNT = "group_count_wrong", N_("Please give 1 to 40 groups.")


def _date(text: str, mistakes: list[Invalid]) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        mistakes.append(Invalid("date_missing", N_("Please give the date.")))
        return date.min


def _groups(form: Mapping[str, str], mistakes: list[Invalid]) -> tuple[PlannedGroup, ...]:
    if pasted := read_partnerships(form.get("partnerships", "")):
        return pasted
    before = len(mistakes)
    count = _number(form.get("group_count", ""), MAX_GROUPS, _GROUP_COUNT, mistakes)
    # A number that cannot be is one mistake, not also "no groups".
    return (PlannedGroup(),) * (count or (len(mistakes) - before))


def _number(text: str, largest: int, wrong: tuple[str, str], mistakes: list[Invalid]) -> int | None:
    if not text.strip():
        return None
    digits = text.strip().lstrip("0")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or int(digits) > largest:
        mistakes.append(Invalid(*wrong))
        return None
    return int(digits)
