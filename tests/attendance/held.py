"""When a workshop was: its attendance list is kept for so many days after."""

from datetime import timedelta

from sqlmodel import Session

from app.clock import now
from app.workshop.models import Workshop
from tests.factories import Room, write


def hold(room: Room, days_ago: int = 0, days: int = 1) -> None:
    """The workshop began so many days ago and takes so many."""

    def change(session: Session) -> None:
        workshop = session.get_one(Workshop, room.workshop_id)
        workshop.held_on = now().astimezone().date() - timedelta(days=days_ago)
        workshop.day_starts = [480] * days

    write(room.facilitator, change)
