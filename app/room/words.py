"""The room check in the host's language."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime, format_time
from babel.numbers import format_decimal

from app.errors import N_
from app.room.checks import CHECKS, Finding, RoomFacts, State
from app.web.i18n import translate
from app.web.rendering import CONVENTIONS

_NAMES = {
    "address": N_("Address"),
    "phone": N_("Phone"),
    "power": N_("Power"),
    "clock": N_("The laptop's clock"),
    "disk": N_("Disk"),
    "storage": N_("Storage"),
    "backups": N_("Backups"),
    "stick": N_("USB stick"),
}
_DAY = {"id": "EEEE, d MMMM y, HH.mm", "en": "EEEE, d MMMM y, HH:mm"}


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is read."""

    key: str
    name: str
    state: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """Everything the room check found. `test_url` is what a phone opens, `qr` its code as a data: address.

    `other_addresses`: by which the laptop might be reached as well. `shows_pattern`: whether the wall is
    being read from the back right now.
    """

    workshop_id: str
    workshop_title: str
    test_url: str
    qr: str
    findings: tuple[FindingView, ...]
    projector_token: str
    other_addresses: tuple[str, ...]
    shows_pattern: bool

    @property
    def phone(self) -> FindingView:
        return next(finding for finding in self.findings if finding.key == "phone")

    @property
    def to_look_at(self) -> int:
        """How many things are not well."""
        return sum(finding.state == State.LOOK for finding in self.findings)


def worded(facts: RoomFacts, locale: str) -> tuple[FindingView, ...]:
    """All findings, in the order in which things are put right."""
    return tuple(_view(key, check(facts), facts, locale) for key, check in CHECKS.items())


def _view(key: str, finding: Finding, facts: RoomFacts, locale: str) -> FindingView:
    params = {name: _shown(name, value, facts, locale) for name, value in finding.params.items()}
    return FindingView(
        key=key,
        name=translate(locale, _NAMES[key]),
        state=finding.state,
        says=translate(locale, finding.says, **params),
        do=translate(locale, finding.do) if finding.do else "",
    )


def _shown(name: str, value: object, facts: RoomFacts, locale: str) -> object:
    """A parameter as people write it here: days with their hour, `time` alone, numbers with one decimal."""
    convention = CONVENTIONS[locale]
    if isinstance(value, datetime):
        here = value.astimezone(facts.now.tzinfo)
        if name == "time":
            return format_time(here, "short", locale=convention)
        return format_datetime(here, _DAY[locale], locale=convention)
    return format_decimal(value, "#,##0.#", locale=convention) if isinstance(value, float) else value
