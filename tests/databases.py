"""Databases without a server, for tests of what is written there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, select

from app.canvas.models import Canvas, Change
from app.db import Database
from app.identity.models import Facilitator
from app.ids import new_uuid
from app.settings import Settings
from app.storage import prepare
from app.workshop.actions import create_workshop
from app.workshop.plans import Plan, PlannedGroup


@contextmanager
def database(folder: Path) -> Iterator[Database]:
    """A prepared one, whose writer is not started; stopped at the end."""
    config = Settings(data_dir=folder)
    prepare(config)
    database = Database(config.database)
    yield database
    database.stop()


def first_canvas(session: Session) -> tuple[Canvas, str]:
    """The empty canvas of a workshop with one group, and its facilitator's id."""
    facilitator = Facilitator(name="F", login=new_uuid(), password_hash="")
    session.add(facilitator)
    session.flush()
    plan = Plan("Uji", date(2026, 11, 24), groups=(PlannedGroup("BLK", "PT"),))
    workshop = create_workshop(session, facilitator.id, plan)
    return session.exec(select(Canvas).where(Canvas.workshop_id == workshop.id)).one(), facilitator.id


def log_of(session: Session, canvas_id: str) -> Sequence[Change]:
    """All that happened to a canvas, oldest first."""
    found = select(Change).where(Change.canvas_id == canvas_id)
    return session.exec(found.order_by(col(Change.revision))).all()
