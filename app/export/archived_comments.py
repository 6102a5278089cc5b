"""The comments of an archive, out and in again: who said what about which note, and what became of it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from app import errors
from app.canvas.operations import Actor, Operation
from app.comment.actions import Place, add_comment, add_reply
from app.comment.models import MAX_COMMENT, Comment, CommentKind
from app.errors import N_
from app.ids import new_uuid


class CommentEntry(BaseModel):
    """A comment; `note`, `author`, `resolved_by` and `reply_to` are the keys of entries of the same group."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=250)]
    note: str | None = None
    block: str | None = None
    reply_to: str | None = None
    kind: CommentKind | None = None
    text: Annotated[str, Field(max_length=MAX_COMMENT)]
    author: str | None = None
    author_name: Annotated[str, Field(max_length=250)] = ""
    at: AwareDatetime
    resolved_at: AwareDatetime | None = None
    resolved_by: str | None = None
    withdrawn_at: AwareDatetime | None = None
    hidden_at: AwareDatetime | None = None


def comment_entries(
    session: Session, canvas_id: str, notes: Mapping[str, str], people: Mapping[str, str]
) -> list[CommentEntry]:
    """All comments of a canvas, oldest first. `notes` and `people`: the keys of ids."""
    comments = session.exec(
        select(Comment).where(Comment.canvas_id == canvas_id).order_by(col(Comment.at), col(Comment.revision))
    ).all()
    keys = {comment.id: f"c{number}" for number, comment in enumerate(comments, start=1)}
    return [
        CommentEntry(
            key=keys[comment.id],
            note=notes[comment.note_id] if comment.note_id else None,
            block=comment.block,
            reply_to=keys[comment.reply_to] if comment.reply_to else None,
            kind=CommentKind(comment.kind) if comment.kind else None,
            text=comment.text,
            author=people.get(comment.author_id or ""),
            author_name=comment.author_name,
            at=comment.at,
            resolved_at=comment.resolved_at,
            resolved_by=people.get(comment.resolved_by_id or ""),
            withdrawn_at=comment.withdrawn_at,
            hidden_at=comment.hidden_at,
        )
        for comment in comments
    ]


def add_comments(
    session: Session,
    canvas_id: str,
    entries: list[CommentEntry],
    notes: Mapping[str, str],
    people: Mapping[str, str],
) -> None:
    """Say everything again, while all notes are there. `notes` and `people`: the new ids of keys.

    Raises Invalid for a reply to nothing, or a comment about nothing.
    """
    said: dict[str, str] = {}
    for entry in entries:
        op_id = said[entry.key] = new_uuid()
        author = people.get(entry.author or "")
        actor = Actor("participant" if author else "system", author, entry.author_name)
        operation = Operation(canvas_id, "", op_id, actor)
        if entry.reply_to is not None:
            answered = _known(said, entry.reply_to, entry)
            comment = add_reply(session, operation, answered, entry.text).comment
        else:
            note_id = _known(notes, entry.note, entry) if entry.note else None
            place = Place(note_id, None if note_id else entry.block or "")
            comment = add_comment(session, operation, place, entry.kind or "", entry.text).comment
        comment.at = entry.at
        comment.resolved_at = entry.resolved_at
        if resolver := people.get(entry.resolved_by or ""):
            comment.resolved_by_kind, comment.resolved_by_id = "participant", resolver
    # Once everything is said: nobody answers what is gone.
    for entry in entries:
        comment = session.get_one(Comment, (canvas_id, said[entry.key]))
        comment.withdrawn_at, comment.hidden_at = entry.withdrawn_at, entry.hidden_at


def _known(keys: Mapping[str, str], key: str, entry: CommentEntry) -> str:
    if key not in keys:
        raise errors.Invalid(
            "archive_invalid", N_("This is not a workshop file: %(place)s."), place=entry.key
        )
    return keys[key]
