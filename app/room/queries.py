"""Reading for the room check."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas.models import Change
from app.errors import N_
from app.workshop.models import Workshop


def workshop_of_test(session: Session, room_token: str) -> Workshop:
    """The workshop whose room is tested by this link. Raises NotFound."""
    workshop = session.exec(select(Workshop).where(Workshop.room_token == room_token)).first()
    if workshop is None:
        raise errors.NotFound(
            "room_test_unknown", N_("This test code is not valid any more. Open the room check again.")
        )
    return workshop


def newest_change(session: Session) -> datetime | None:
    """When something was written last, by the clock of that moment."""
    newest: datetime | None = session.exec(select(func.max(col(Change.at)))).one()
    return newest
