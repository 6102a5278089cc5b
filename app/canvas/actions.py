"""The verbs of a canvas. Each is one accepted operation: applied once, stamped with one revision, logged.

All run inside a transaction of the single writer (`Database.write`). They check limits and the state of
the note; who may act was checked by `identity.permissions` before. Other words for a note: `rewording`.
"""

from sqlmodel import Session

from app import errors
from app.canvas import queries
from app.canvas.at_hand import any_note, gone, live_note, note_at_hand, refuse_unseen, refuse_veiled
from app.canvas.authors import author_of
from app.canvas.journal import make_room, perform
from app.canvas.limits import check_block, check_room, checked, checked_name, columns, is_plan
from app.canvas.models import Canvas, Note
from app.canvas.operations import Actor, NoteState, Operation, Outcome, Tags, Wording, fields_of
from app.clock import now
from app.errors import N_
from app.ids import new_uuid


def add_note(
    session: Session,
    op: Operation,
    block: str,
    wording: Wording,
    tags: Tags,
    before: str | None = None,
    *,
    author_id: str | None = None,
    moderates: bool = False,
) -> Outcome:
    """Put a new note into `block`, ahead of the note `before` or at the end; in the name of `author_id`."""

    def apply(canvas: Canvas, taken: Note | None) -> tuple[Note, set[str]]:
        check_block(canvas, block)
        if taken:
            if taken.deleted_at:
                raise gone()
            raise errors.Invalid("note_id_taken", N_("This note already exists."))
        check_room(session, canvas.id)
        author = author_of(session, canvas, op.actor, author_id, moderates)
        note = Note(
            canvas_id=canvas.id,
            id=op.note_id,
            block=block,
            position=make_room(session, canvas, op, block, op.note_id, before),
            author_id=author.id,
            author_name=author.name,
            veiled_by=op.actor.id if canvas.is_silent and not is_plan(canvas, block) else None,
            **fields_of(checked(canvas, wording)),
            **columns(tags),
        )
        session.add(note)
        return note, {block}

    return perform(session, op, "add", apply)


def move_note(
    session: Session, op: Operation, block: str, before: str | None = None, cluster: str | None = None
) -> Outcome:
    """Move a note into `block`, ahead of the note `before` or to the end, and into a cluster there.

    Without `cluster` it stays in its own, as long as it stays in the block.
    """

    def apply(canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        check_block(canvas, block)
        note = note_at_hand(present, op)
        touched = {note.block, block}
        note.cluster = placed_in(NoteState.of(note), block, cluster)
        note.position = make_room(session, canvas, op, block, note.id, before)
        note.block = block
        return note, touched

    return perform(session, op, "move", apply)


def placed_in(note: NoteState, block: str, cluster: str | None) -> str:
    """The cluster a note belongs to once it is in `block`; see `move_note`. Veiled notes stand alone."""
    if note.veiled_by is not None:
        return ""
    if cluster is None:
        return note.cluster if note.block == block else ""
    return checked_name(cluster)


def delete_note(session: Session, op: Operation) -> Outcome:
    """Take a note off the canvas. It stays in the table and can be restored."""

    def apply(_canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        note = note_at_hand(present, op)
        note.deleted_at = now()
        return note, {note.block}

    return perform(session, op, "delete", apply)


def restore_note(session: Session, op: Operation) -> Outcome:
    """Bring a deleted note back to where it was."""

    def apply(_canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        note = any_note(present)
        refuse_unseen(note, op)
        if note.deleted_at:
            check_room(session, note.canvas_id)
        note.deleted_at = None
        return note, {note.block}

    return perform(session, op, "restore", apply)


def hide_note(session: Session, op: Operation, *, even_veiled: bool = False) -> Outcome:
    """Hide a note from everybody but the facilitators, until it is shown again.

    `even_veiled`: also one that the host does not see yet, for who never looks at the outcome.
    """

    def apply(_canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        note = live_note(present)
        if not even_veiled:
            refuse_veiled(note, op)
        note.hidden_at = note.hidden_at or now()
        return note, {note.block}

    return perform(session, op, "hide", apply)


def hide_notes_by(session: Session, participant_id: str, actor: Actor) -> None:
    """Hide everything somebody wrote, in one step: what everybody can see, and what they would see later."""
    for note in queries.notes_by(session, participant_id):
        hide_note(session, Operation(note.canvas_id, note.id, new_uuid(), actor), even_veiled=True)


def show_note(session: Session, op: Operation) -> Outcome:
    """End `hide_note`."""

    def apply(_canvas: Canvas, present: Note | None) -> tuple[Note, set[str]]:
        note = live_note(present)
        refuse_veiled(note, op)
        note.hidden_at = None
        return note, {note.block}

    return perform(session, op, "show", apply)
