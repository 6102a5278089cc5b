"""The attendance list for spreadsheets: who was there on which day, and no more than a report needs.

Not how people called themselves on a canvas, not how to reach them, nothing of their health. A file lives on
where it lies: what is not in it need not be erased there.
"""

from collections.abc import Iterable

from sqlmodel import Session

from app.attendance.list_queries import day_count
from app.attendance.listing import LineView, list_lines
from app.canvas.definition import Text
from app.errors import N_
from app.export.columns import Column, Kind, ListKind, column_headed
from app.export.listing import Listing
from app.web.i18n import LANGUAGES, translate
from app.workshop.models import Workshop


def _both(message: str, **params: object) -> Text:
    return Text(**{locale: translate(locale, message, **params) for locale in LANGUAGES})


def _day(number: int) -> Column:
    return Column(f"day_{number}", _both(N_("Day %(number)s"), number=number), Kind.YES_NO, width=9)


_SEX = Column("sex", _both(N_("M/F")), width=8)


def is_attendance_list(headings: Iterable[str]) -> bool:
    """Whether a sheet with these headings says who was there, as ours does, and not who is to take part."""
    said = list(headings)
    return all(any(column_headed((column,), each) for each in said) for column in (_SEX, _day(1)))


def attendance_listing(session: Session, workshop_id: str, locale: str) -> Listing:
    """Everybody who is on the list, by name; whoever only joined is not."""
    workshop = session.get_one(Workshop, workshop_id)
    days = range(1, day_count(workshop) + 1)
    lines = [line for line in list_lines(session, workshop, locale) if line.has_record]
    columns = (
        Column("number", _both(N_("No.")), Kind.NUMBER, width=6),
        Column("name", _both(N_("Name")), width=32),
        Column("institution", _both(N_("Institution/organisation/company")), width=32),
        Column("role", _both(N_("Position")), width=24),
        _SEX,
        *(_day(day) for day in days),
    )
    kind = ListKind("attendance", _both(N_("Attendance list")), columns)
    return Listing(kind, tuple(_row(number, line, days) for number, line in enumerate(lines, start=1)))


def _row(number: int, line: LineView, days: range) -> tuple[str | int | bool, ...]:
    there = (day in line.days for day in days)
    return number, line.name, line.institution, line.role, line.sex, *there
