"""The log of a canvas: every accepted operation gets one revision and one row, and is answered once."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, insert
from sqlmodel import Session, col, select

from app import errors
from app.canvas.entries import derived, entry, record, steps
from app.canvas.limits import check_room
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import (
    Announcement,
    Arrival,
    Kind,
    NoteState,
    Operation,
    Outcome,
    Rewriting,
    Wording,
)
from app.canvas.positions import place
from app.clock import now
from app.errors import N_

_STANDING = (
    select(Canvas, Note, Change)
    .outerjoin(Note, and_(col(Note.canvas_id) == Canvas.id, col(Note.id) == bindparam("note_id")))
    .outerjoin(Change, and_(col(Change.canvas_id) == Canvas.id, col(Change.op_id) == bindparam("op_id")))
    .where(Canvas.id == bindparam("canvas_id"))
    .with_for_update(of=Canvas)
)
_ARRIVE = insert(Note)


class Standing(NamedTuple):
    """The canvas, the note of an operation, a digest of what is asked, and how that was answered before."""

    canvas: Canvas
    present: Note | None
    digest: str
    answered: Change | None


def perform(
    session: Session, op: Operation, kind: Kind, apply: Callable[[Canvas, Note | None], tuple[Note, set[str]]]
) -> Outcome:
    """Have `apply` change the canvas, once per op_id, from the note as it stands, if there is one; it returns
    the note and the blocks it touched.
    """
    canvas, present, digest, answered = _stand(session, op, kind)
    if answered:
        return _repeated(answered)
    before = NoteState.of(present).as_json() if present is not None else None
    note, blocks = apply(canvas, present)
    _lift_veil(canvas, note)
    state = NoteState.of(note)
    row = entry(
        canvas,
        blocks,
        state,
        op_id=op.op_id,
        kind=kind if state.id == op.note_id else "add",
        actor_kind=op.actor.kind,
        actor_id=op.actor.id,
        request_digest=digest,
        before=before if state.id == op.note_id else None,
    )
    record(session, canvas, [row])
    session.flush()
    return Outcome(canvas.revision, state, changed=state.as_json() != before)


def introduce(session: Session, op: Operation, plan: Callable[[Canvas], Sequence[Arrival]]) -> Outcome:
    """Put the notes of `plan` onto the canvas, once per op_id: one step of a revision for each, never none.

    A file brings thousands while a room waits: they are written at once, and never become objects of the
    session. Raises Invalid when there is no room for all of them.
    """
    canvas, _, digest, answered = _stand(session, op, "add")
    if answered:
        return _repeated(answered)
    arrivals = plan(canvas)
    check_room(session, canvas.id, len(arrivals))
    session.connection().execute(_ARRIVE, [each.row(canvas.id) for each in arrivals])
    record(session, canvas, steps(canvas, op, "add", digest, [(None, each.state) for each in arrivals]))
    session.flush()
    return Outcome(canvas.revision, arrivals[-1].state)


def rewrite(session: Session, op: Operation, kind: Kind, plan: Callable[[Canvas], Rewriting]) -> Outcome:
    """Bring several notes into the states `plan` wants, once per op_id: one step of a revision for each.

    Raises Invalid when more notes come back than there is room for.
    """
    canvas, _, digest, answered = _stand(session, op, kind)
    if answered:
        return _repeated(answered)
    rewriting = plan(canvas)
    notes = _notes(session, canvas.id, [state.id for state in rewriting.states])
    if back := sum(1 for each in rewriting.states if not each.deleted and notes[each.id].deleted_at):
        check_room(session, canvas.id, back)
    changes = []
    for state in rewriting.states:
        note = notes[state.id]
        before = NoteState.of(note)
        _put(note, state)
        _lift_veil(canvas, note)
        changes.append((before, NoteState.of(note)))
    record(session, canvas, steps(canvas, op, kind, digest, changes, rewriting.target))
    session.flush()
    return Outcome(canvas.revision, changes[-1][1])


def announce(session: Session, op: Operation, kind: Kind, plan: Callable[[Canvas], Announcement]) -> int:
    """Have `plan` change the canvas itself, once per op_id. Returns the last of its revisions: one for each
    note it changes, then one of its own.
    """
    canvas, _, digest, answered = _stand(session, op, kind)
    if answered:
        return answered.revision
    announcement = plan(canvas)
    notes = _notes(session, canvas.id, [state.id for state in announcement.states])
    step = canvas.revision + len(announcement.states) + 1
    common: dict[str, Any] = {
        "kind": kind,
        "actor_kind": op.actor.kind,
        "actor_id": op.actor.id,
        "step": step,
    }
    entries = []
    for state in announcement.states:
        note = notes[state.id]
        before = NoteState.of(note).as_json()
        _put(note, state)
        op_id = derived(op, note.id)
        entries.append(
            entry(canvas, {state.block}, state, op_id=op_id, request_digest="", before=before, **common)
        )
    common |= {"op_id": op.op_id, "request_digest": digest, "target": announcement.target}
    entries.append(entry(canvas, announcement.regions, None, before=None, **common))
    record(session, canvas, entries)
    session.flush()
    return canvas.revision


def _stand(session: Session, op: Operation, kind: Kind) -> Standing:
    """Where an operation meets the canvas. Raises Invalid when its op_id was used for something else."""
    row = session.exec(_STANDING, params=_names(op)).first()
    if row is None:
        raise errors.NotFound("canvas_not_found", N_("This canvas does not exist."))
    canvas: Canvas = row[0]
    present: Note | None = row[1]
    answered: Change | None = row[2]
    digest = hashlib.sha256(f"{kind} {op.note_id} {op.request}".encode()).hexdigest()
    if answered and answered.request_digest != digest:
        raise errors.Invalid("op_id_reused", N_("This operation id was already used for something else."))
    return Standing(canvas, present, digest, answered)


def _names(op: Operation) -> dict[str, str]:
    return {"canvas_id": op.canvas_id, "note_id": op.note_id, "op_id": op.op_id}


def _notes(session: Session, canvas_id: str, ids: Sequence[str]) -> dict[str, Note]:
    rows = session.exec(select(Note).where(Note.canvas_id == canvas_id, col(Note.id).in_(ids)))
    return {note.id: note for note in rows}


def _put(note: Note, state: NoteState) -> None:
    moment = now()
    if Wording.of(note) != Wording.of(state):
        note.edited_at = moment
    for name in ("block", "cluster", "position", "version", *Wording.__slots__):
        setattr(note, name, getattr(state, name))
    for name in (
        "segments",
        "inclusion",
        "evidence",
        "side",
        "amount",
        "amount_low",
        "amount_high",
        "votes",
        "voters",
        "veiled_by",
    ):
        setattr(note, name, getattr(state, name))
    note.deleted_at = (note.deleted_at or moment) if state.deleted else None
    note.hidden_at = (note.hidden_at or moment) if state.hidden else None


def _lift_veil(canvas: Canvas, note: Note) -> None:
    """What comes back once its canvas is not silent any more is seen by everybody, like what arrives late."""
    if note.veiled_by and not canvas.is_silent and note.deleted_at is None:
        note.veiled_by = None


def make_room(
    session: Session, canvas: Canvas, op: Operation, block: str, note_id: str, before: str | None
) -> float:
    """Where the note goes; see `make_room_for`."""
    return make_room_for(session, canvas, op, block, [note_id], before)[0]


def make_room_for(
    session: Session, canvas: Canvas, op: Operation, block: str, note_ids: Sequence[str], before: str | None
) -> Sequence[float]:
    """Where these notes go, one after the other. Neighbours that step aside for them do so in revisions of
    their own, or whoever follows the log would not hear of it.
    """
    spot = place(session, canvas.id, block, note_ids, before)
    entries = []
    for neighbour, position in spot.spread:
        note = session.get_one(Note, (canvas.id, neighbour))
        was = NoteState.of(note).as_json()
        note.position = position
        entries.append(
            entry(
                canvas,
                {block},
                NoteState.of(note),
                op_id=derived(op, note.id),
                kind="move",
                actor_kind="system",
                actor_id=None,
                request_digest="",
                before=was,
            )
        )
    if entries:
        record(session, canvas, entries)
    return spot.positions


def _repeated(change: Change) -> Outcome:
    """The stored answer when this op_id was accepted before (reliability.md D2)."""
    assert change.after is not None
    return Outcome(change.revision, NoteState(**change.after), changed=change.before != change.after)
