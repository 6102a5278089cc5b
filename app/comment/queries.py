"""Reading comments. Short statements on a session of the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import and_, bindparam, case, func, or_
from sqlmodel import Session, col, select

from app.canvas.models import Note
from app.comment.models import Comment, CommentKind


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said about a note or a block, what of it is open, and when that changed last."""

    count: int = 0
    open: int = 0
    revision: int = 0


QUIET = Talk()
_VISIBLE = and_(col(Comment.withdrawn_at).is_(None), col(Comment.hidden_at).is_(None))
_OPEN = and_(
    _VISIBLE,
    col(Comment.kind).is_not(None),
    col(Comment.kind) != CommentKind.LIKE,
    col(Comment.resolved_at).is_(None),
)
_TALK = (
    sqlalchemy.select(
        func.coalesce(Comment.note_id, Comment.block),
        func.sum(case((_VISIBLE, 1), else_=0)),
        func.sum(case((_OPEN, 1), else_=0)),
        func.max(Comment.revision),
    )
    .where(col(Comment.canvas_id) == bindparam("canvas_id"))
    .group_by(col(Comment.note_id), col(Comment.block))
)


def talk_on(session: Session, canvas_id: str) -> dict[str, Talk]:
    """By the id of a note or the key of a block; what nobody talks about is left out."""
    rows = session.connection().execute(_TALK, {"canvas_id": canvas_id})
    return {place: Talk(*counts) for place, *counts in rows}


def comments_at(
    session: Session, canvas_id: str, note_id: str | None, block: str | None = None
) -> Sequence[Comment]:
    """Everything said about a note or about a block as a whole, oldest first."""
    return session.exec(
        select(Comment)
        .where(Comment.canvas_id == canvas_id, Comment.note_id == note_id, Comment.block == block)
        .order_by(col(Comment.at), col(Comment.id))
    ).all()


def comments_of(session: Session, canvas_id: str) -> Sequence[Comment]:
    """Everything said about a canvas and the notes that are on it, oldest first."""
    is_there = and_(col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None))
    return session.exec(
        select(Comment)
        .outerjoin(Note, and_(col(Note.canvas_id) == Comment.canvas_id, col(Note.id) == Comment.note_id))
        .where(Comment.canvas_id == canvas_id, or_(col(Comment.note_id).is_(None), is_there))
        .order_by(col(Comment.at), col(Comment.id))
    ).all()
