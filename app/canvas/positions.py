"""Where a note stands within its block: a number between its neighbours', spread anew when they run out."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col

from app.canvas.models import Note

STEP = 1024.0
# Halving a gap of 1024 reaches this after about 40 inserts at one spot, far above a float's precision.
CLOSEST = 1e-9


_NEIGHBOURS = (
    sqlalchemy.select(col(Note.id), col(Note.position))
    .where(
        col(Note.canvas_id) == bindparam("canvas_id"),
        col(Note.block) == bindparam("block"),
        col(Note.deleted_at).is_(None),
    )
    .order_by(col(Note.position), col(Note.id))
)


class Spot(NamedTuple):
    """Positions one after the other, and where neighbours, by their ids, have to go first; mostly nowhere."""

    positions: Sequence[float]
    spread: Sequence[tuple[str, float]] = ()


def place(session: Session, canvas_id: str, block: str, note_ids: Sequence[str], before: str | None) -> Spot:
    """The spot that puts these notes ahead of the note `before` in `block`, or at its end.

    A `before` that is not in the block any more means the end: a late drop still lands somewhere sensible.
    """
    session.flush()
    count = len(note_ids)
    rows = session.connection().execute(_NEIGHBOURS, {"canvas_id": canvas_id, "block": block}).all()
    going = set(note_ids)
    others = [(other, position) for other, position in rows if other not in going]
    index = next((i for i, (other, _) in enumerate(others) if other == before), len(others))
    if index == len(others):
        last = others[-1][1] if others else 0.0
        return Spot([last + STEP * n for n in range(1, count + 1)])
    upper = others[index][1]
    lower = others[index - 1][1] if index else upper - 2 * STEP
    if upper - lower > CLOSEST * count:
        return Spot([lower + (upper - lower) * n / (count + 1) for n in range(1, count + 1)])
    places = [STEP * (i + 1 + count * (i >= index)) for i in range(len(others))]
    spread = [(other, to) for (other, was), to in zip(others, places, strict=True) if was != to]
    return Spot([STEP * (index + n) for n in range(1, count + 1)], spread)
