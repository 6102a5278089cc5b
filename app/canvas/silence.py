"""Writing alone first (Tulis sendiri dulu): while a canvas is silent, its new notes are veiled.

What everybody saw before stays to be seen, and so do its changes. What arrives after the reveal, however
late, is seen at once.
"""

from dataclasses import replace

from sqlmodel import Session, col, select

from app.canvas.journal import announce
from app.canvas.models import Canvas, Note
from app.canvas.operations import Announcement, NoteState, Operation

# The board's region that says so (templates/canvas/_silence.html).
REGION = "silence"


def hide_writing(session: Session, op: Operation) -> int:
    """From now on the canvas shows how many new notes there are, and not what they say. Twice is once."""

    def plan(canvas: Canvas) -> Announcement:
        if canvas.is_silent:
            return Announcement(frozenset())
        canvas.is_silent = True
        return Announcement(frozenset({REGION}))

    return announce(session, op, "hide_writing", plan)


def reveal_notes(session: Session, op: Operation) -> int:
    """End `hide_writing`: all that is veiled is shown to everybody. Twice is once.

    What its author has deleted meanwhile stays veiled until they bring it back.
    """

    def plan(canvas: Canvas) -> Announcement:
        if not canvas.is_silent:
            return Announcement(frozenset())
        canvas.is_silent = False
        veiled = session.exec(
            select(Note)
            .where(
                Note.canvas_id == canvas.id,
                col(Note.veiled_by).is_not(None),
                col(Note.deleted_at).is_(None),
            )
            .order_by(col(Note.block), col(Note.position), col(Note.id))
        )
        return Announcement(
            frozenset({REGION}), [replace(NoteState.of(note), veiled_by=None) for note in veiled]
        )

    return announce(session, op, "reveal_notes", plan)
