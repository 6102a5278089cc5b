"""People who were on the list before they came: by an import, or because their table wrote for them.

Whoever joins under such a name is asked whether it is them, and does not stand there twice. A name is no
proof and need not be: nothing of a person without a device is hidden from their table. Where something is
(a line of the attendance list that the host entered, a note that is not shown yet), only a personal link
leads in.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app import errors
from app.attendance.models import AttendanceRecord, SelfDescription
from app.canvas.models import Note
from app.errors import N_
from app.identity.actions import issue_token
from app.identity.models import TokenKind
from app.workshop.actions import Joining, check_joining, stamp
from app.workshop.models import Participant, Workshop
from app.workshop.names import folded

SHOWN = 5


def expected_as(session: Session, workshop_id: str, name: str) -> Sequence[Participant]:
    """Who of that name is present and has not come in on a device; the first few."""
    bare = select(Participant).where(
        Participant.workshop_id == workshop_id,
        col(Participant.removed_at).is_(None),
        col(Participant.has_device).is_(False),
    )
    in_order = session.exec(bare.order_by(col(Participant.group_id), col(Participant.id)))
    return [person for person in in_order if folded(person.name) == folded(name)][:SHOWN]


def is_guarded(session: Session, person: Participant) -> bool:
    """Whether there is something about this person, or by them, that only they may see."""
    veiled = select(Note.id).where(col(Note.author_id) == person.id, col(Note.veiled_by).is_not(None))
    return any(session.get(kept, person.id) for kept in (AttendanceRecord, SelfDescription)) or (
        session.exec(veiled).first() is not None
    )


def come_in_as(
    session: Session, workshop_id: str, person_id: str, joining: Joining, kind: TokenKind
) -> tuple[Participant, str]:
    """This device is somebody who was expected under the name in `joining`, at the table they have.

    Only one device ever comes in so. Raises Refused.
    """
    workshop = session.get_one(Workshop, workshop_id)
    check_joining(workshop)
    known = {person.id: person for person in expected_as(session, workshop_id, joining.name)}
    person = known.get(person_id)
    if person is None or is_guarded(session, person):
        came = N_("Somebody came in under this name already. If it is yours, ask the facilitator for a link.")
        raise errors.Invalid("person_came_in", came)
    person.has_device = True
    person.institution = person.institution or " ".join(joining.institution.split())[:120]
    stamp(session, workshop)
    return person, issue_token(session, kind, participant_id=person.id)
