"""The verbs of the room check."""

from sqlmodel import Session

from app.clock import now
from app.room.queries import workshop_of_test
from app.workshop.actions import stamp


def phone_came_through(session: Session, room_token: str, host: str) -> None:
    """A phone has opened the test link, by this name of ours. Raises NotFound."""
    workshop = workshop_of_test(session, room_token)
    workshop.reached_at, workshop.reached_host = now(), host[:120]
    stamp(session, workshop)
