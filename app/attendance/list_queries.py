"""Reading the attendance list. Only the host's own pages, the person's own page and the press may ask."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.attendance.answers import Disability, InstitutionType, Sex, counted_band, counted_bands
from app.attendance.models import AttendanceConsent, AttendanceRecord, AttendanceTerms
from app.attendance.summary import Summary, read_summary, summarise
from app.identity.models import Facilitator
from app.workshop.models import Facilitation, Role, Workshop


def terms_of(session: Session, workshop_id: str) -> AttendanceTerms:
    """What the list of a workshop promises."""
    return session.get(AttendanceTerms, workshop_id) or AttendanceTerms(workshop_id=workshop_id)


def day_count(workshop: Workshop) -> int:
    """Of how many days a workshop is."""
    return max(len(workshop.day_starts), 1)


def day_of(workshop: Workshop, number: int) -> date:
    """When one of its days is, counted from 1."""
    return workshop.held_on + timedelta(days=number - 1)


def last_day(workshop: Workshop) -> date:
    return day_of(workshop, day_count(workshop))


def is_over(workshop: Workshop, terms: AttendanceTerms, today: date) -> bool:
    """Whether nothing may be kept on a workshop's list any more."""
    return today > last_day(workshop) + timedelta(days=terms.keep_days)


def records_of(session: Session, workshop_id: str) -> Sequence[AttendanceRecord]:
    """The list, by name."""
    found = session.exec(select(AttendanceRecord).where(AttendanceRecord.workshop_id == workshop_id))
    return sorted(found, key=lambda record: (record.name.casefold(), record.id))


def has_records(session: Session, workshop_id: str) -> bool:
    found = select(AttendanceRecord.id).where(AttendanceRecord.workshop_id == workshop_id).limit(1)
    return session.exec(found).first() is not None


def consent_now(session: Session, person_id: str) -> AttendanceConsent | None:
    """What somebody agrees to at present."""
    return session.exec(
        select(AttendanceConsent).where(
            AttendanceConsent.person_id == person_id, col(AttendanceConsent.withdrawn_at).is_(None)
        )
    ).first()


def may_be_contacted(session: Session, person_ids: Sequence[str]) -> frozenset[str]:
    """Which of these people have agreed to be contacted for the follow-up."""
    found = select(AttendanceConsent.person_id).where(
        col(AttendanceConsent.person_id).in_(person_ids),
        col(AttendanceConsent.to_contact),
        col(AttendanceConsent.withdrawn_at).is_(None),
    )
    return frozenset(session.exec(found))


def attendance_summary(session: Session, workshop_id: str) -> Summary:
    """Who took part, in numbers that may leave the team; also when the list itself is erased."""
    terms, records = terms_of(session, workshop_id), records_of(session, workshop_id)
    if terms.summary is not None and not records:
        return read_summary(terms.summary)
    return summary_of(records, terms.bands)


def summary_of(records: Sequence[AttendanceRecord], bands: str) -> Summary:
    """The same of these lines, with the age groups of `bands`."""
    people = [
        {
            "sex": each.sex,
            "age_band": counted_band(each.age_band),
            "disability": each.disability,
            "institution_type": each.institution_type,
        }
        for each in records
    ]
    questions = {
        "sex": list(Sex),
        "age_band": counted_bands(bands),
        "disability": list(Disability),
        "institution_type": list(InstitutionType),
    }
    return summarise(people, questions)


def lead_name(session: Session, workshop_id: str) -> str:
    """Who leads the workshop: asked where no organiser or contact is named."""
    found = (
        select(Facilitator.name)
        .join(Facilitation, col(Facilitation.facilitator_id) == Facilitator.id)
        .where(Facilitation.workshop_id == workshop_id, Facilitation.role == Role.LEAD)
    )
    return session.exec(found).first() or ""
