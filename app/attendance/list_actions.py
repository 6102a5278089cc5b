"""Writing on the attendance list and crossing out, and what the list promises."""

from sqlmodel import Session

from app import errors
from app.attendance.answers import BANDS
from app.attendance.entry import FIELDS, Entry, mistakes_in_entry, tidied
from app.attendance.list_queries import consent_now, has_records, is_over, terms_of
from app.attendance.models import (
    NOTICE_VERSION,
    AttendanceConsent,
    AttendanceRecord,
)
from app.clock import now
from app.errors import N_, Invalid
from app.workshop.models import Participant, Workshop
from app.workshop.plans import Mistakes

MOST_KEEP_DAYS = 3650


def enter(session: Session, workshop_id: str, person_id: str, entry: Entry) -> None:
    """Keep what a participant says, or somebody who has not joined, with an id of their own. Twice is once.

    Raises Mistakes, NotFound, or Gone when the list's time is over.
    """
    workshop, terms = session.get_one(Workshop, workshop_id), terms_of(session, workshop_id)
    kept = _record(session, workshop_id, person_id)
    entry = tidied(entry)
    if is_over(workshop, terms, now().astimezone().date()):
        raise errors.Gone("attendance_over", N_("The time for which this list is kept is over."))
    if mistakes := mistakes_in_entry(entry, terms.bands):
        order = list(FIELDS)
        raise Mistakes(sorted(mistakes, key=lambda mistake: order.index(mistake.code)))
    record = kept or AttendanceRecord(id=person_id, workshop_id=workshop_id, name=entry.name)
    for name in _SAID:
        setattr(record, name, getattr(entry, name))
    record.days, record.keep_days = list(entry.days), terms.keep_days
    session.add(record)
    _agree(session, person_id, entry)


def erase(session: Session, workshop_id: str, person_id: str) -> None:
    """Forget a line of the list. That somebody had agreed, and no longer does, stays known. Twice is once."""
    if kept := _record(session, workshop_id, person_id):
        session.delete(kept)
        if consent := consent_now(session, person_id):
            consent.withdrawn_at = now()


def set_terms(session: Session, workshop_id: str, contact: str, keep_days: int, bands: str) -> None:
    """What the list promises from now on. Raises Invalid; the age groups stay once somebody has answered."""
    contact = " ".join(contact.split())
    if len(contact) > 160:
        raise Invalid("contact_too_long", N_("A contact may have at most 160 characters."))
    if not 1 <= keep_days <= MOST_KEEP_DAYS:
        raise Invalid("keep_days_wrong", N_("Please give a number of days from 1 to 3650."))
    terms = terms_of(session, workshop_id)
    if bands not in BANDS or (bands != terms.bands and has_records(session, workshop_id)):
        raise Invalid("bands_in_use", N_("The age groups can no longer be changed: somebody has answered."))
    terms.contact, terms.keep_days, terms.bands = contact, keep_days, bands
    session.add(terms)


_SAID = (
    *("name", "institution", "institution_type", "role", "sex", "age_band", "disability"),
    *("needs", "phone", "email", "guardian"),
)


def _record(session: Session, workshop_id: str, person_id: str) -> AttendanceRecord | None:
    """Somebody's line, if they have one. Raises NotFound for people of other workshops."""
    kept, joined = session.get(AttendanceRecord, person_id), session.get(Participant, person_id)
    if any(one is not None and one.workshop_id != workshop_id for one in (kept, joined)):
        raise errors.NotFound("participant_not_found", N_("This person is not in the workshop."))
    return kept


def _agree(session: Session, person_id: str, entry: Entry) -> None:
    said = AttendanceConsent(
        person_id=person_id,
        version=NOTICE_VERSION,
        language=entry.language,
        to_disability=entry.agrees_to_disability,
        to_contact=entry.may_be_contacted,
        by_host=entry.by_host,
    )
    before = consent_now(session, person_id)
    if before is not None and _same(before, said):
        return
    if before is not None:
        before.withdrawn_at = now()
    session.add(said)


def _same(one: AttendanceConsent, other: AttendanceConsent) -> bool:
    names = ("version", "to_disability", "to_contact")
    return all(getattr(one, name) == getattr(other, name) for name in names)
