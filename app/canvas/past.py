"""A canvas as it was at a revision, from its log alone."""

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.canvas.models import Change
from app.canvas.operations import NoteState


def replayed(log: Iterable[Change]) -> dict[str, NoteState]:
    """Every note that ever was, deleted ones too, after these changes; pure. `log`: oldest first."""
    return {change.note_id: NoteState(**change.after) for change in log if change.after}


def states_at(session: Session, canvas_id: str, revision: int) -> dict[str, NoteState]:
    """Every note as it was at `revision`; deleted and hidden ones too. Reads one change of each note."""
    latest = (
        select(func.max(Change.revision))
        .where(Change.canvas_id == canvas_id, Change.revision <= revision)
        .group_by(Change.note_id)
    )
    changes = session.exec(
        select(Change)
        .where(Change.canvas_id == canvas_id, col(Change.revision).in_(latest))
        .order_by(col(Change.revision))
    )
    return replayed(changes)
