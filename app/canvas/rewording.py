"""Other words and tags for a note, of which two people may have thought at once.

What can be merged is merged by words; what cannot stands side by side, as two notes. No text is overwritten.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import astuple
from typing import Literal

from sqlmodel import Session, col, select

from app.canvas import queries
from app.canvas.at_hand import note_at_hand
from app.canvas.journal import make_room, perform
from app.canvas.limits import check_room, checked, columns
from app.canvas.merge import merge
from app.canvas.models import MAX_TEXT, Canvas, Note
from app.canvas.operations import (
    NoteState,
    Operation,
    Outcome,
    Tags,
    VersionConflict,
    Wording,
    fields_of,
)
from app.clock import now


def edit_note(
    session: Session,
    op: Operation,
    base_version: int,
    wording: Wording | None = None,
    tags: Tags | None = None,
    *,
    on_conflict: Literal["refuse", "merge"] = "refuse",
) -> Outcome:
    """Change words, tags or both. Only words can conflict: then VersionConflict is raised, or, with `merge`,
    both changes go into the note; where they meet, the new words become a note of their own beside it.
    """
    return revise_note(session, op, base_version, lambda _note: (wording, tags), on_conflict=on_conflict)


def revise_note(
    session: Session,
    op: Operation,
    base_version: int,
    revise: Callable[[Note], tuple[Wording | None, Tags | None]],
    *,
    on_conflict: Literal["refuse", "merge"] = "refuse",
) -> Outcome:
    """`edit_note`, where what is wanted depends on the note as it stands."""

    def apply(canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        note = note_at_hand(present, op)
        wording, tags = revise(note)
        words = wording and checked(canvas, wording)
        if words and words != Wording.of(note) and base_version != note.version:
            if on_conflict == "refuse":
                raise VersionConflict(Outcome(canvas.revision, NoteState.of(note), changed=False))
            if not (merged := _merged(session, note, base_version, words)):
                note = _sibling(session, canvas, op, note, words, tags)
                return note, {note.block}
            words = merged
        _set_wording(note, words)
        _set_tags(note, tags)
        return note, {note.block}

    return perform(session, op, "edit", apply)


def _merged(session: Session, note: Note, base_version: int, mine: Wording) -> Wording | None:
    """`mine` and what others made of the same version, in one; None when people must choose."""
    base = queries.wording_at(session, note.canvas_id, note.id, base_version)
    if base is None:
        return None
    fields = zip(astuple(base), astuple(mine), astuple(Wording.of(note)), strict=True)
    merged = [text for texts in fields if (text := merge(*texts)) is not None and len(text) <= MAX_TEXT]
    return Wording(*merged) if len(merged) == len(astuple(base)) and merged[0].strip() else None


def _sibling(
    session: Session, canvas: Canvas, op: Operation, note: Note, wording: Wording, tags: Tags | None
) -> Note:
    check_room(session, note.canvas_id)
    sibling = Note(
        canvas_id=note.canvas_id,
        # Derived, so that the same operation makes the same note wherever it is replayed.
        id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{note.canvas_id}/{op.op_id}")),
        block=note.block,
        position=make_room(session, canvas, op, note.block, op.op_id, _next_note(session, note)),
        author_id=op.actor.id if op.actor.kind == "participant" else None,
        author_name=op.actor.name,
        conflict_of=note.id,
        veiled_by=op.actor.id if note.veiled_by else None,
        **fields_of(wording),
        **columns(tags or Tags.of(note)),
    )
    session.add(sibling)
    return sibling


def _next_note(session: Session, note: Note) -> str | None:
    return session.exec(
        select(Note.id)
        .where(
            Note.canvas_id == note.canvas_id,
            Note.block == note.block,
            col(Note.deleted_at).is_(None),
            col(Note.position) > note.position,
        )
        .order_by(col(Note.position), col(Note.id))
        .limit(1)
    ).first()


def _set_wording(note: Note, wording: Wording | None) -> None:
    if wording is not None and wording != Wording.of(note):
        _set(note, fields_of(wording))
        note.version += 1
        note.edited_at = now()


def _set_tags(note: Note, tags: Tags | None) -> None:
    if tags is not None:
        _set(note, columns(tags))


def _set(note: Note, values: Mapping[str, object]) -> None:
    # What stays as it is costs nothing: a change of one word brings all fields along.
    for name, value in values.items():
        if getattr(note, name) != value:
            setattr(note, name, value)
