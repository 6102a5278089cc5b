"""The form of one line of the attendance list: what was typed as an entry, and an entry as it was typed."""

from collections.abc import Mapping

from app.attendance.entry import Entry
from app.attendance.models import AttendanceConsent, AttendanceRecord

_WORDS = (
    *("institution", "institution_type", "role", "sex", "age_band", "disability"),
    *("needs", "phone", "email", "guardian"),
)


def read_entry(
    form: Mapping[str, str], language: str, days: tuple[int, ...], *, by_host: bool = False
) -> Entry:
    """What was typed."""
    return Entry(
        name=form.get("name", ""),
        language=language,
        days=days,
        agrees=bool(form.get("agrees")),
        agrees_to_disability=bool(form.get("agrees_to_disability")),
        may_be_contacted=bool(form.get("may_be_contacted")),
        by_host=by_host,
        **{name: form.get(name, "") for name in _WORDS},
    )


def read_days(form: Mapping[str, str], count: int) -> tuple[int, ...]:
    """The days that were ticked; of a workshop of one day, that one."""
    return (1,) if count == 1 else tuple(day for day in range(1, count + 1) if form.get(f"day_{day}"))


def form_of(record: AttendanceRecord, consent: AttendanceConsent | None) -> dict[str, str]:
    """A line as its form shows it."""
    said = {name: getattr(record, name) for name in ("name", *_WORDS)}
    ticks = {"agrees": consent is not None}
    if consent:
        ticks |= {"agrees_to_disability": consent.to_disability, "may_be_contacted": consent.to_contact}
    return (
        said
        | {name: "1" for name, ticked in ticks.items() if ticked}
        | {f"day_{day}": "1" for day in record.days}
    )
