"""Where a note stands within its block: a number between its neighbours', spread anew when they run out."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.canvas.models import Note

STEP = 1024.0
# Halving a gap of 1024 reaches this after about 40 inserts at one spot, far above a float's precision.
CLOSEST = 1e-9


_NEIGHBOURS = (
    select(Note.id, Note.position)
    .where(
        Note.canvas_id == bindparam("canvas_id"),
        Note.block == bindparam("block"),
        Note.id != bindparam("note_id"),
        col(Note.deleted_at).is_(None),
    )
    .order_by(col(Note.position), col(Note.id))
)


class Spot(NamedTuple):
    """A position, and where the neighbours, by their ids, have to go first; mostly nowhere."""

    position: float
    spread: Sequence[tuple[str, float]] = ()


def place(session: Session, canvas_id: str, block: str, note_id: str, before: str | None) -> Spot:
    """The spot that puts `note_id` ahead of the note `before` in `block`, or at its end.

    A `before` that is not in the block any more means the end: a late drop still lands somewhere sensible.
    """
    session.flush()
    names = {"canvas_id": canvas_id, "block": block, "note_id": note_id}
    others = session.exec(_NEIGHBOURS, params=names).all()
    index = next((i for i, (other, _) in enumerate(others) if other == before), len(others))
    if index == len(others):
        return Spot(others[-1][1] + STEP if others else STEP)
    upper = others[index][1]
    lower = others[index - 1][1] if index else upper - 2 * STEP
    if upper - lower > CLOSEST:
        return Spot((lower + upper) / 2)
    spread = [(other, was, STEP * (i + 1 + (i >= index))) for i, (other, was) in enumerate(others)]
    return Spot(STEP * (index + 1), [(other, position) for other, was, position in spread if was != position])
