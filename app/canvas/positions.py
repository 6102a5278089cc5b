"""Where a note stands within its block: a number between its neighbours', spread anew when they run out."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.canvas.models import Note

STEP = 1024.0
# Halving a gap of 1024 reaches this after about 40 inserts at one spot, far above a float's precision.
CLOSEST = 1e-9


class Spot(NamedTuple):
    """A position, and where the neighbours have to go first; mostly nowhere."""

    position: float
    spread: Sequence[tuple[Note, float]] = ()


def place(session: Session, canvas_id: str, block: str, note_id: str, before: str | None) -> Spot:
    """The spot that puts `note_id` ahead of the note `before` in `block`, or at its end.

    A `before` that is not in the block any more means the end: a late drop still lands somewhere sensible.
    """
    session.flush()
    others = session.exec(
        select(Note)
        .where(
            Note.canvas_id == canvas_id,
            Note.block == block,
            Note.id != note_id,
            col(Note.deleted_at).is_(None),
        )
        .order_by(col(Note.position), col(Note.id))
    ).all()
    index = next((i for i, note in enumerate(others) if note.id == before), len(others))
    if index == len(others):
        return Spot(others[-1].position + STEP if others else STEP)
    upper = others[index].position
    lower = others[index - 1].position if index else upper - 2 * STEP
    if upper - lower > CLOSEST:
        return Spot((lower + upper) / 2)
    spread = [(note, STEP * (i + 1 + (i >= index))) for i, note in enumerate(others)]
    return Spot(
        STEP * (index + 1), [(note, position) for note, position in spread if note.position != position]
    )
