"""Reading veiled notes: their number for everybody, their words for whoever wrote them and nobody else."""

from collections.abc import Mapping, Sequence

import sqlalchemy
from sqlalchemy import ColumnElement, and_, bindparam, func, or_
from sqlmodel import Session, col, select

from app.canvas.models import Canvas, Note
from app.canvas.queries import hidden_note_ids

_IS_VEILED = and_(
    col(Note.veiled_by).is_not(None), col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None)
)
_COUNTS = (
    sqlalchemy.select(col(Note.block), func.count())
    .where(col(Note.canvas_id) == bindparam("canvas_id"), _IS_VEILED)
    .group_by(col(Note.block))
)


def may_be_seen_by(reader_id: str | None) -> ColumnElement[bool]:
    """Notes that are not veiled, or not from this participant or facilitator. See `Note.is_veiled_from`."""
    seen = col(Note.veiled_by).is_(None)
    return or_(seen, _is_of(reader_id)) if reader_id else seen


def veiled_counts(session: Session, canvas_id: str) -> Mapping[str, int]:
    """How many notes of each block are there but not shown; blocks without any are left out."""
    rows = session.connection().execute(_COUNTS, {"canvas_id": canvas_id})
    return {block: count for block, count in rows}  # noqa: C416


def veiled_totals(session: Session, workshop_id: str) -> Mapping[str, int]:
    """How many notes of each canvas are there but not shown."""
    return dict(
        session.exec(
            select(Note.canvas_id, func.count())
            .join(Canvas, col(Canvas.id) == Note.canvas_id)
            .where(Canvas.workshop_id == workshop_id, _IS_VEILED)
            .group_by(Note.canvas_id)
        ).all()
    )


def is_anything_veiled(session: Session, workshop_id: str) -> bool:
    """Whether a workshop has notes that wait to be revealed, also such as will be hidden then."""
    found = select(Note.id).join(Canvas, col(Canvas.id) == Note.canvas_id)
    waiting = found.where(
        Canvas.workshop_id == workshop_id, col(Note.veiled_by).is_not(None), col(Note.deleted_at).is_(None)
    )
    return session.exec(waiting.limit(1)).first() is not None


def own_veiled_notes(session: Session, canvas_id: str, reader_id: str | None) -> Sequence[Note]:
    """Those of somebody's own, in reading order. Only ever for an answer to that person."""
    if not reader_id:
        return ()
    found = select(Note).where(Note.canvas_id == canvas_id, _IS_VEILED, _is_of(reader_id))
    return session.exec(found.order_by(col(Note.position), col(Note.id))).all()


def veiled_note_ids(session: Session, canvas_id: str, reader_id: str | None = None) -> set[str]:
    """Notes, deleted ones too, whose past and present words nobody may read, but for `reader_id`."""
    found = select(Note.id).where(Note.canvas_id == canvas_id, col(Note.veiled_by).is_not(None))
    return set(session.exec(found.where(~_is_of(reader_id)) if reader_id else found).all())


def secret_note_ids(session: Session, canvas_id: str) -> set[str]:
    """Notes whose words are in nothing that goes to everybody: hidden or veiled."""
    return hidden_note_ids(session, canvas_id) | veiled_note_ids(session, canvas_id)


def _is_of(reader_id: str) -> ColumnElement[bool]:
    # Not the equality of a column that may be empty: its negation would leave such rows out.
    return or_(col(Note.veiled_by) == reader_id, func.coalesce(Note.author_id, "") == reader_id)
