"""Saying something about oneself, and taking it back."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app import errors
from app.attendance.answers import Sex
from app.attendance.models import CONSENT_VERSION, Consent, Origin, SelfDescription
from app.clock import now
from app.errors import N_
from app.workshop.actions import stamp
from app.workshop.models import Participant, Workshop


@dataclass(frozen=True, slots=True)
class Said:
    """Answers, "" where there is none; in which language the questions were, and who pressed the button."""

    sex: str
    origin: str
    language: str
    by_host: bool = False


def describe_self(session: Session, workshop_id: str, participant_id: str, said: Said) -> None:
    """Keep what somebody says, and that they agreed to it. Twice is once. Raises Invalid or NotFound."""
    if not (said.sex or said.origin):
        raise errors.Invalid("nothing_said", N_("Choose an answer. “I would rather not say” is one too."))
    if said.sex not in ("", *Sex) or said.origin not in ("", *Origin):
        raise errors.Invalid("unknown_answer", N_("Please choose one of the answers."))
    person = _person(session, workshop_id, participant_id)
    kept = session.get(SelfDescription, person.id)
    if kept is not None and (kept.sex or "", kept.origin or "") == (said.sex, said.origin):
        return
    _end_consent(session, person.id)
    session.add(
        Consent(
            participant_id=person.id, version=CONSENT_VERSION, language=said.language, by_host=said.by_host
        )
    )
    description = kept or SelfDescription(participant_id=person.id)
    description.sex, description.origin = said.sex or None, said.origin or None
    session.add(description)
    stamp(session, session.get_one(Workshop, workshop_id))


def take_back(session: Session, workshop_id: str, participant_id: str) -> None:
    """Forget what somebody has said about themselves. That they had agreed stays known. Twice is once."""
    person = _person(session, workshop_id, participant_id)
    if kept := session.get(SelfDescription, person.id):
        session.delete(kept)
        _end_consent(session, person.id)
        stamp(session, session.get_one(Workshop, workshop_id))


def _end_consent(session: Session, participant_id: str) -> None:
    given = select(Consent).where(
        Consent.participant_id == participant_id, col(Consent.withdrawn_at).is_(None)
    )
    for consent in session.exec(given):
        consent.withdrawn_at = now()


def _person(session: Session, workshop_id: str, participant_id: str) -> Participant:
    person = session.get(Participant, participant_id)
    if person is None or person.workshop_id != workshop_id:
        raise errors.NotFound("participant_not_found", N_("This person is not in the workshop."))
    return person
