"""Several notes at once: moving them, deleting them, and gathering similar ones under a name (Kelompok ide).

Each is one operation, taken back by one undo. A cluster is no row of its own: it is the name that some notes
of a block have in common, and is gone with the last of them. So nothing that is done to one can lose a note.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import errors
from app.canvas.actions import placed_in
from app.canvas.journal import make_room_for, rewrite
from app.canvas.limits import check_block, checked_name
from app.canvas.models import Canvas, Note
from app.canvas.operations import NoteState, Operation, Outcome, Rewriting
from app.canvas.veiled import may_be_seen_by
from app.errors import N_


def move_notes(
    session: Session,
    op: Operation,
    note_ids: Sequence[str],
    block: str,
    before: str | None = None,
    cluster: str | None = None,
) -> Outcome:
    """Move these notes into `block`, in this order; see `move_note`. Raises Gone when all are gone."""

    def plan(canvas: Canvas) -> Rewriting:
        check_block(canvas, block)
        notes = _at_hand(session, op, note_ids)
        return _changed(notes, _together(session, canvas, op, notes, block, before, cluster))

    return rewrite(session, op, "move", plan)


def delete_notes(session: Session, op: Operation, note_ids: Sequence[str]) -> Outcome:
    """Take these notes off the canvas. Raises Gone when all of them are off it already."""

    def plan(_canvas: Canvas) -> Rewriting:
        return Rewriting([replace(each, deleted=True) for each in _at_hand(session, op, note_ids)])

    return rewrite(session, op, "delete", plan)


def cluster_notes(session: Session, op: Operation, note_ids: Sequence[str], block: str, name: str) -> Outcome:
    """Have these notes stand together in `block` under a name: after those that do so already, else where the
    first of them is. Raises Invalid, Gone.
    """

    def plan(canvas: Canvas) -> Rewriting:
        check_block(canvas, block)
        cluster = checked_name(name)
        if not cluster:
            raise errors.Invalid("cluster_nameless", N_("Give the group of ideas a name."))
        notes = _at_hand(session, op, note_ids)
        if any(each.veiled_by for each in notes):
            raise errors.Invalid("not_revealed_yet", N_("Notes can be grouped once everybody sees them."))
        chosen = {each.id for each in notes}
        order = [NoteState.of(note) for note in _in_block(session, op, block)]
        rows = [n for n, each in enumerate(order) if each.cluster == cluster and each.id not in chosen][-1:]
        rows += [n for n, each in enumerate(order) if each.id in chosen]
        following = order[rows[0] + 1 :] if rows else []
        before = next((each.id for each in following if each.id not in chosen), None)
        return _changed(notes, _together(session, canvas, op, notes, block, before, cluster))

    return rewrite(session, op, "cluster", plan)


def rename_cluster(session: Session, op: Operation, block: str, cluster: str, name: str) -> Outcome:
    """Give a cluster another name; none, and its notes are parted. Raises Gone."""

    def plan(canvas: Canvas) -> Rewriting:
        check_block(canvas, block)
        new = checked_name(name)
        notes = [NoteState.of(note) for note in _in_block(session, op, block) if note.cluster == cluster]
        if not cluster or not notes:
            raise errors.Gone("cluster_gone", N_("This group of ideas is not there any more."))
        return _changed(notes, [replace(each, cluster=new) for each in notes])

    return rewrite(session, op, "rename", plan)


def _together(
    session: Session,
    canvas: Canvas,
    op: Operation,
    notes: Sequence[NoteState],
    block: str,
    before: str | None,
    cluster: str | None,
) -> list[NoteState]:
    positions = make_room_for(session, canvas, op, block, [each.id for each in notes], before)
    return [
        replace(each, block=block, position=position, cluster=placed_in(each, block, cluster))
        for each, position in zip(notes, positions, strict=True)
    ]


def _changed(before: Sequence[NoteState], after: Sequence[NoteState]) -> Rewriting:
    """What the operation changes; when that is nothing, the last note as it is: it needs a revision."""
    changed = [new for old, new in zip(before, after, strict=True) if new != old]
    return Rewriting(changed or after[-1:])


def _at_hand(session: Session, op: Operation, note_ids: Sequence[str]) -> list[NoteState]:
    found = {note.id: note for note in session.exec(_notes(op).where(col(Note.id).in_(note_ids)))}
    if not found:
        raise errors.Gone("note_gone", N_("This note was deleted."))
    return [NoteState.of(found[each]) for each in dict.fromkeys(note_ids) if each in found]


def _in_block(session: Session, op: Operation, block: str) -> Sequence[Note]:
    session.flush()
    found = _notes(op).where(Note.block == block)
    return session.exec(found.order_by(col(Note.position), col(Note.id))).all()


def _notes(op: Operation) -> SelectOfScalar[Note]:
    """What the actor may touch: hidden notes are not there for participants, veiled ones for others."""
    found = select(Note).where(
        Note.canvas_id == op.canvas_id, col(Note.deleted_at).is_(None), may_be_seen_by(op.actor.id)
    )
    return found.where(col(Note.hidden_at).is_(None)) if op.actor.kind == "participant" else found
