"""Putting people who have no device on the list, so that their table can write for them."""

from sqlmodel import Session

from app import errors
from app.errors import N_
from app.workshop.actions import Joining, check_joining, seat
from app.workshop.models import Participant, Workshop


def register_participant(
    session: Session, workshop_id: str, participant_id: str, joining: Joining, *, moderates: bool
) -> Participant:
    """Somebody without a device at a table; the same id again is the same person. Raises Refused.

    Whoever gets a device later joins under this name (`expected`) or takes a personal link.
    """
    workshop = session.get_one(Workshop, workshop_id)
    if known := session.get(Participant, participant_id):
        if known.group_id != joining.group_id:
            raise errors.Invalid("person_known", N_("This person is at another table."))
        return known
    if not moderates:
        check_joining(workshop)
    return seat(session, workshop, joining, id=participant_id, has_device=False)
