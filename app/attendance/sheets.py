"""The sheet of paper that is signed, one for each day."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from app.attendance.list_queries import day_count, day_of, is_over, terms_of
from app.attendance.listing import LineView, list_lines
from app.clock import now
from app.errors import N_, Gone, NotFound
from app.workshop.models import Workshop

# Lines that are free at least, for whoever comes late.
SPARE = 4
# So many lines have a place on a page: on the first, on the last above its signature, on one that is both.
ONLY, FIRST, BETWEEN, LAST = 9, 12, 15, 12


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One day of a workshop, with everybody who is to sign; whoever is on no list, as they joined."""

    workshop_id: str
    title: str
    organizer: str
    place: str
    day: int
    day_count: int
    date: date
    lines: tuple[LineView, ...]
    with_contacts: bool

    @property
    def free(self) -> range:
        """The numbers of the lines that nobody has yet."""
        people = len(self.lines)
        return range(people + 1, lines_for(people) + 1)


def lines_for(people: int) -> int:
    """How many lines a sheet has, so that its last page is full."""
    wanted = people + SPARE
    if wanted <= ONLY:
        return ONLY
    between = max(0, -(-(wanted - FIRST - LAST) // BETWEEN))
    return FIRST + between * BETWEEN + LAST


def read_sheet(session: Session, workshop_id: str, day: int, locale: str, *, contacts: bool) -> DaySheet:
    """The sheet of a day; without `contacts` people write number and e-mail themselves, if they like.

    Raises NotFound for a day that the workshop does not have, Gone when the list's time is over.
    """
    workshop = session.get_one(Workshop, workshop_id)
    if not 1 <= day <= day_count(workshop):
        raise NotFound
    if is_over(workshop, terms_of(session, workshop_id), now().astimezone().date()):
        raise Gone("attendance_over", N_("The time for which this list is kept is over."))
    lines = (line for line in list_lines(session, workshop, locale) if day in line.days)
    return DaySheet(
        workshop_id=workshop_id,
        title=workshop.title,
        organizer=workshop.organizer,
        place=", ".join(filter(None, (workshop.place, workshop.province))),
        day=day,
        day_count=day_count(workshop),
        date=day_of(workshop, day),
        lines=tuple(lines if contacts else (replace(line, phone="", email="") for line in lines)),
        with_contacts=contacts,
    )
