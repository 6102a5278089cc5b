"""The verbs of talking: commenting, replying, settling, taking back. Each has one effect for its op_id."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas.limits import check_block, check_characters
from app.canvas.models import Canvas, Note
from app.canvas.operations import Actor, Operation
from app.comment.deeds import DEEDS, Deed, gone
from app.comment.models import MAX_COMMENT, MAX_COMMENTS, Comment, CommentChange, CommentKind
from app.db import Topic, touch
from app.errors import N_
from app.ids import new_uuid


@dataclass(frozen=True, slots=True)
class Place:
    """What a comment is about: a note, or a block as a whole."""

    note_id: str | None = None
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Remarked:
    """The answer: the revision of the canvas's comments, and the comment as it is now."""

    revision: int
    comment: Comment


def add_comment(session: Session, op: Operation, place: Place, kind: str, text: str) -> Remarked:
    """Say something about a note or a block. Raises Gone, Invalid or TooLong."""

    def apply(canvas: Canvas) -> Comment:
        if place.block is not None:
            check_block(canvas, place.block)
        else:
            _check_note(session, op, place.note_id)
        if kind not in set(CommentKind):
            raise errors.Invalid("comment_kind_missing", N_("Choose first how you mean it."))
        return _written(session, op, place, text, kind=kind)

    return _perform(session, op, "add", f"{place.note_id} {place.block}", apply)


def add_reply(session: Session, op: Operation, comment_id: str, text: str) -> Remarked:
    """Answer a comment, or a reply to it: there is one level of replies."""

    def apply(_canvas: Canvas) -> Comment:
        comment = _comment(session, op, comment_id)
        if not comment.is_visible:
            raise gone()
        place = Place(comment.note_id, comment.block)
        if place.note_id:
            _check_note(session, op, place.note_id)
        return _written(session, op, place, text, reply_to=comment.reply_to or comment.id)

    return _perform(session, op, "add", comment_id, apply)


def change_comment(session: Session, op: Operation, comment_id: str, deed: Deed) -> Remarked:
    """Settle a comment, take one's own back, hide one, or the reverse. Raises Gone, Forbidden or Invalid."""

    def apply(_canvas: Canvas) -> Comment:
        comment = _comment(session, op, comment_id)
        DEEDS[deed](comment, op.actor)
        return comment

    return _perform(session, op, deed, comment_id, apply)


def hide_comments_by(session: Session, participant_id: str, actor: Actor) -> None:
    """Hide everything somebody said and everybody can read."""
    said = select(Comment).where(
        Comment.author_id == participant_id,
        col(Comment.withdrawn_at).is_(None),
        col(Comment.hidden_at).is_(None),
    )
    for comment in session.exec(said).all():
        change_comment(session, Operation(comment.canvas_id, "", new_uuid(), actor), comment.id, "hide")


def _perform(
    session: Session, op: Operation, deed: str, about: str, apply: Callable[[Canvas], Comment]
) -> Remarked:
    canvas = session.get(Canvas, op.canvas_id)
    if canvas is None:
        raise errors.NotFound("canvas_not_found", N_("This canvas does not exist."))
    digest = hashlib.sha256(f"{deed} {about} {op.request}".encode()).hexdigest()
    done = session.exec(
        select(CommentChange).where(CommentChange.canvas_id == op.canvas_id, CommentChange.op_id == op.op_id)
    ).first()
    if done is not None:
        if done.request_digest != digest:
            raise errors.Invalid("op_id_reused", N_("This operation id was already used for something else."))
        return Remarked(done.revision, session.get_one(Comment, (op.canvas_id, done.comment_id)))
    comment = apply(canvas)
    _record(session, canvas, op, deed, comment, digest)
    return Remarked(comment.revision, comment)


def _record(
    session: Session, canvas: Canvas, op: Operation, deed: str, comment: Comment, digest: str
) -> None:
    canvas.comment_revision += 1
    comment.revision = canvas.comment_revision
    block = comment.block or session.get_one(Note, (canvas.id, comment.note_id)).block
    canvas.comment_stamps = canvas.comment_stamps | {block: comment.revision}
    session.add(
        CommentChange(
            canvas_id=canvas.id,
            revision=comment.revision,
            op_id=op.op_id,
            deed=deed,
            comment_id=comment.id,
            actor_kind=op.actor.kind,
            actor_id=op.actor.id,
            request_digest=digest,
        )
    )
    session.flush()
    touch(session, Topic("comments", canvas.id))


def _written(
    session: Session,
    op: Operation,
    place: Place,
    text: str,
    *,
    kind: str | None = None,
    reply_to: str | None = None,
) -> Comment:
    text = text.strip()
    if not text:
        raise errors.Invalid("text_empty", N_("Write something first."))
    if len(text) > MAX_COMMENT:
        raise errors.TooLong("comment_too_long", N_("A comment holds at most 500 characters."))
    check_characters(text)
    kept = select(func.count()).select_from(Comment).where(Comment.canvas_id == op.canvas_id)
    if session.exec(kept).one() >= MAX_COMMENTS:
        raise errors.Invalid("too_many_comments", N_("This canvas holds 2,000 comments; that is the most."))
    comment = Comment(
        canvas_id=op.canvas_id,
        id=op.op_id,
        note_id=place.note_id,
        block=place.block,
        reply_to=reply_to,
        kind=kind,
        text=text,
        author_kind=op.actor.kind,
        author_id=op.actor.id,
        author_name=op.actor.name,
    )
    session.add(comment)
    return comment


def _check_note(session: Session, op: Operation, note_id: str | None) -> None:
    note = session.get(Note, (op.canvas_id, note_id))
    # What only its author sees nobody talks about yet.
    if (
        note is None
        or note.deleted_at
        or note.veiled_by
        or (note.hidden_at and op.actor.kind == "participant")
    ):
        raise errors.Gone("note_gone", N_("This note was deleted."))


def _comment(session: Session, op: Operation, comment_id: str) -> Comment:
    comment = session.get(Comment, (op.canvas_id, comment_id))
    if comment is None or (comment.hidden_at and op.actor.kind == "participant"):
        raise gone()
    return comment
