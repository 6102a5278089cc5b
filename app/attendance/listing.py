"""The attendance list as its readers see it: the notice, the host's list, and a copy for whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.attendance.answers import BANDS, NAMES, Sex, band_name
from app.attendance.list_queries import consent_now, day_count, day_of, last_day, lead_name, records_of
from app.attendance.models import AttendanceRecord, AttendanceTerms
from app.errors import N_
from app.web.i18n import translate
from app.workshop.models import Group, Participant, Workshop
from app.workshop.names import group_name


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Who asks, for how long it is kept, and whom to ask."""

    organizer: str
    contact: str
    keep_days: int


@dataclass(frozen=True, slots=True)
class LineView:
    """Somebody on the list, or in the room without having filled it in, by the name they joined with.

    `joined_as` where that is another name; `sex` is one letter.
    """

    person_id: str
    name: str
    has_record: bool
    joined_as: str = ""
    group: str = ""
    institution: str = ""
    role: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    needs: str = ""
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the workshop."""

    number: int
    date: date
    people: int


SEX_LETTERS = {Sex.FEMALE: N_("F"), Sex.MALE: N_("M")}


def notice_of(session: Session, workshop: Workshop, terms: AttendanceTerms) -> NoticeView:
    """What the notice says for this workshop. Where nobody is named, it is whoever leads it."""
    lead = lead_name(session, workshop.id)
    return NoticeView(workshop.organizer or lead, terms.contact or lead, terms.keep_days)


def kept_until(workshop: Workshop, terms: AttendanceTerms, records: Sequence[AttendanceRecord]) -> date:
    """The last day on which the list is there: what was promised last may only make it shorter.

    Counted from the first entry where that is later: a date that is mistyped must not erase a list.
    """
    days = min([terms.keep_days, *(each.keep_days for each in records)])
    first = min((entered_on(each) for each in records), default=date.min)
    return max(last_day(workshop), first) + timedelta(days=days)


def entered_on(record: AttendanceRecord) -> date:
    """The day on which somebody came on the list."""
    return record.entered_at.astimezone().date()


def list_lines(session: Session, workshop: Workshop, locale: str) -> tuple[LineView, ...]:
    """Everybody who is on the list or in the room, by name."""
    records = {record.id: record for record in records_of(session, workshop.id)}
    seated = session.exec(
        select(Participant, Group)
        .join(Group, col(Group.id) == Participant.group_id)
        .where(Participant.workshop_id == workshop.id)
    ).all()
    joined = {person.id: (person, group_name(group, locale)) for person, group in seated}
    lines = [_recorded(record, joined.get(record.id), locale) for record in records.values()]
    lines += [
        LineView(
            person.id, person.name, False, group=group, institution=person.institution, days=_every(workshop)
        )
        for person, group in joined.values()
        if person.id not in records and person.removed_at is None
    ]
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.person_id)))


def days_of(workshop: Workshop, lines: Sequence[LineView]) -> tuple[DayView, ...]:
    """The days of a workshop, and how many people are on the list of each."""
    return tuple(
        DayView(number, day_of(workshop, number), sum(number in line.days for line in lines))
        for number in _every(workshop)
    )


def days_from(workshop: Workshop, today: date) -> tuple[int, ...]:
    """The days for which somebody is there who fills in the list today: before and after, all of them."""
    left = tuple(number for number in _every(workshop) if day_of(workshop, number) >= today)
    return left or _every(workshop)


def age_answers(bands: str) -> tuple[tuple[str, str], ...]:
    """What can be answered about one's age: value and name."""
    return tuple((band, band_name(band)) for band in BANDS[bands])


def answers(question: str, locale: str) -> tuple[tuple[str, str], ...]:
    """What can be answered to another question."""
    return tuple((value, translate(locale, name)) for value, name in NAMES[question].items())


def copy_of(session: Session, record: AttendanceRecord, workshop: Workshop, locale: str) -> str:
    """All that is kept about somebody, as a text for them to take away."""
    consent = consent_now(session, record.id)
    told = [
        (N_("Event"), workshop.title),
        (N_("Full name"), record.name),
        (N_("Institution/organisation/company"), record.institution),
        (N_("Type of institution"), _answer("institution_type", record.institution_type, locale)),
        (N_("Position"), record.role),
        (N_("Sex"), _answer("sex", record.sex, locale)),
        (N_("Age group"), band_name(record.age_band) if "-" in record.age_band else ""),
        (N_("Do you have a disability?"), _answer("disability", record.disability, locale)),
        (N_("Special needs"), record.needs),
        (N_("Phone/WhatsApp"), record.phone),
        (N_("E-mail"), record.email),
        (N_("Parent or guardian who agrees"), record.guardian),
        (N_("Days"), ", ".join(map(str, record.days))),
    ]
    lines = [f"{translate(locale, name)}: {value or '–'}" for name, value in told]
    if consent:
        given = consent.given_at.astimezone().strftime("%Y-%m-%d %H:%M")
        agreed = N_("Agreed: notice version %(version)s, language %(language)s, %(time)s")
        lines += [
            "",
            translate(locale, agreed, version=consent.version, language=consent.language, time=given),
        ]
        contact = N_("May be contacted: yes") if consent.to_contact else N_("May be contacted: no")
        lines.append(translate(locale, contact))
    return "\n".join(lines) + "\n"


def _recorded(record: AttendanceRecord, seat: tuple[Participant, str] | None, locale: str) -> LineView:
    person, group = seat or (None, "")
    letter = SEX_LETTERS.get(Sex(record.sex)) if record.sex else None
    return LineView(
        record.id,
        record.name,
        True,
        joined_as=person.name if person and person.name != record.name else "",
        group=group,
        institution=record.institution,
        role=record.role,
        sex=translate(locale, letter) if letter else "",
        phone=record.phone,
        email=record.email,
        needs=record.needs,
        days=tuple(record.days),
    )


def _every(workshop: Workshop) -> tuple[int, ...]:
    return tuple(range(1, day_count(workshop) + 1))


def _answer(question: str, value: str, locale: str) -> str:
    return translate(locale, NAMES[question][value]) if value else ""
