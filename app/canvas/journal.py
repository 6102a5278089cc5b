"""The log of a canvas: every accepted operation gets one revision and one row, and is answered once."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, bindparam, insert
from sqlmodel import Session, col, select

from app import errors
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import NoteState, Operation, Outcome
from app.canvas.positions import place
from app.clock import now
from app.db import Topic, touch
from app.errors import N_

_STANDING = (
    select(Canvas, Note, Change)
    .outerjoin(Note, and_(col(Note.canvas_id) == Canvas.id, col(Note.id) == bindparam("note_id")))
    .outerjoin(Change, and_(col(Change.canvas_id) == Canvas.id, col(Change.op_id) == bindparam("op_id")))
    .where(Canvas.id == bindparam("canvas_id"))
    .with_for_update(of=Canvas)
)
_RECORD = insert(Change)


def perform(
    session: Session, op: Operation, kind: str, apply: Callable[[Canvas], tuple[Note, set[str]]]
) -> Outcome:
    """Have `apply` change the canvas, once per op_id; it returns the note and the blocks it touched."""
    row = session.exec(_STANDING, params=_names(op)).first()
    if row is None:
        raise errors.NotFound("canvas_not_found", N_("This canvas does not exist."))
    canvas: Canvas = row[0]
    present: Note | None = row[1]
    answered: Change | None = row[2]
    digest = hashlib.sha256(f"{kind} {op.note_id} {op.request}".encode()).hexdigest()
    if answered is not None:
        return _repeated(answered, digest)
    before = NoteState.of(present).as_json() if present is not None else None
    note, blocks = apply(canvas)
    state = NoteState.of(note)
    _record(
        session,
        canvas,
        blocks,
        op_id=op.op_id,
        kind=kind if state.id == op.note_id else "add",
        actor_kind=op.actor.kind,
        actor_id=op.actor.id,
        request_digest=digest,
        before=before if state.id == op.note_id else None,
        after=state,
    )
    session.flush()
    return Outcome(canvas.revision, state, changed=state.as_json() != before)


def _names(op: Operation) -> dict[str, str]:
    return {"canvas_id": op.canvas_id, "note_id": op.note_id, "op_id": op.op_id}


def _record(session: Session, canvas: Canvas, blocks: set[str], after: NoteState, **change: Any) -> None:
    canvas.revision += 1
    canvas.region_revisions = canvas.region_revisions | dict.fromkeys(blocks, canvas.revision)
    # Not through the session: nobody reads the row again, and its bookkeeping would cost more than the row.
    session.connection().execute(
        _RECORD,
        {
            "canvas_id": canvas.id,
            "revision": canvas.revision,
            "note_id": after.id,
            "after": after.as_json(),
            "at": now(),
            **change,
        },
    )
    touch(session, Topic("canvas", canvas.id))


def make_room(
    session: Session, canvas: Canvas, op: Operation, block: str, note_id: str, before: str | None
) -> float:
    """Where the note goes. Neighbours that step aside for it do so in revisions of their own, or whoever
    follows the log would not hear of it.
    """
    spot = place(session, canvas.id, block, note_id, before)
    for neighbour, position in spot.spread:
        note = session.get_one(Note, (canvas.id, neighbour))
        was = NoteState.of(note).as_json()
        note.position = position
        _record(
            session,
            canvas,
            {block},
            op_id=str(uuid.uuid5(uuid.NAMESPACE_OID, f"{op.op_id}/{note.id}")),
            kind="move",
            actor_kind="system",
            actor_id=None,
            request_digest="",
            before=was,
            after=NoteState.of(note),
        )
    return spot.position


def _repeated(change: Change, digest: str) -> Outcome:
    """The stored answer when this op_id was accepted before (reliability.md D2)."""
    if change.request_digest != digest:
        raise errors.Invalid("op_id_reused", N_("This operation id was already used for something else."))
    assert change.after is not None
    return Outcome(change.revision, NoteState(**change.after), changed=change.before != change.after)
