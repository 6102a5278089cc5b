"""Notes off the canvas: clearing a block, and bringing back what one operation took away."""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from app import errors
from app.canvas.journal import rewrite
from app.canvas.limits import check_block
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import NoteState, Operation, Outcome, Rewriting
from app.canvas.versions import save_version
from app.errors import N_


def clear_block(session: Session, op: Operation, block: str) -> Outcome:
    """Take all notes of `block` that everybody sees off the canvas, as one operation. Raises Invalid."""

    def plan(canvas: Canvas) -> Rewriting:
        check_block(canvas, block)
        notes = session.exec(
            select(Note)
            .where(
                Note.canvas_id == canvas.id,
                Note.block == block,
                col(Note.deleted_at).is_(None),
                col(Note.hidden_at).is_(None),
                col(Note.veiled_by).is_(None),
            )
            .order_by(col(Note.position), col(Note.id))
        ).all()
        if not notes:
            raise errors.Invalid("block_empty", N_("There are no notes in this block."))
        save_version(session, canvas.id, op.op_id, N_("Before a block was cleared"), op.actor, automatic=True)
        return Rewriting([replace(NoteState.of(note), deleted=True) for note in notes])

    return rewrite(session, op, "clear", plan)


def restore_deleted(session: Session, op: Operation, operation: int) -> Outcome:
    """Bring back the notes that `operation` took off the canvas and that are off it still. Raises Gone."""

    def plan(canvas: Canvas) -> Rewriting:
        taken = session.exec(
            select(Change.note_id)
            .where(
                Change.canvas_id == canvas.id,
                or_(col(Change.revision) == operation, col(Change.step) == operation),
            )
            .order_by(col(Change.revision))
        ).all()
        states = [
            replace(NoteState.of(note), deleted=False)
            for note_id in taken
            if (note := _deleted_by(session, op, note_id, operation))
        ]
        if not states:
            raise errors.Gone("not_in_trash", N_("These notes are not in the trash any more."))
        return Rewriting(states)

    return rewrite(session, op, "restore", plan)


def _deleted_by(session: Session, op: Operation, note_id: str, operation: int) -> Note | None:
    note = session.get(Note, (op.canvas_id, note_id))
    if note is None or not note.deleted_at or (note.hidden_at and op.actor.kind == "participant"):
        return None
    if note.is_veiled_from(op.actor.id):
        return None
    last = session.exec(
        select(func.max(Change.revision)).where(Change.canvas_id == op.canvas_id, Change.note_id == note_id)
    ).one()
    change = session.get_one(Change, (op.canvas_id, last))
    return note if operation in (change.revision, change.step) else None
