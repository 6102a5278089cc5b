"""The note an operation is about, as far as it is there for who acts."""

from app import errors
from app.canvas.models import Note
from app.canvas.operations import Operation
from app.errors import N_


def note_at_hand(note: Note | None, op: Operation) -> Note:
    """The note an operation is about, for who sees it. Raises Gone."""
    note = live_note(note)
    refuse_unseen(note, op)
    return note


def refuse_unseen(note: Note, op: Operation) -> None:
    """Raise Gone for who does not see it."""
    # For participants it is not there: an answer would show its words, a second version would publish them.
    if note.hidden_at and op.actor.kind == "participant":
        raise gone()
    refuse_veiled(note, op)


def refuse_veiled(note: Note, op: Operation) -> None:
    """Raise Gone for everybody but who wrote it, while it is veiled."""
    if note.is_veiled_from(op.actor.id):
        raise gone()


def live_note(note: Note | None) -> Note:
    """The note an operation is about, hidden or not. Raises Gone when it is deleted."""
    note = any_note(note)
    if note.deleted_at:
        raise gone()
    return note


def any_note(note: Note | None) -> Note:
    """The note an operation is about, deleted or not. Raises Gone."""
    if note is None:
        raise gone()
    return note


def gone() -> errors.Gone:
    """What is said of a note that is not there for who asks."""
    return errors.Gone("note_gone", N_("This note was deleted."))
