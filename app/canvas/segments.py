"""How a note becomes a segment: in the block that segments come from it gets a number, while one is free."""

from dataclasses import replace

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.canvas import catalog
from app.canvas.models import SEGMENTS, Canvas, Note
from app.canvas.operations import Tags

_TAKEN = select(Note.segments).where(
    Note.canvas_id == bindparam("canvas_id"),
    Note.block == bindparam("block"),
    col(Note.deleted_at).is_(None),
)


def numbered(session: Session, canvas_id: str, block: str, tags: Tags) -> Tags:
    """The tags of a note in `block`, with the next free number if it is a segment that has none.

    Numbers of hidden notes are taken. When all six are, the note stays without.
    """
    canvas = session.get(Canvas, canvas_id)
    home = catalog.definition(canvas.definition_key).block_in("segments") if canvas else None
    if tags.segments or home is None or home.key != block:
        return tags
    rows = session.exec(_TAKEN, params={"canvas_id": canvas_id, "block": block})
    taken = {number for segments in rows for number in segments}
    return replace(tags, segments=tuple(number for number in SEGMENTS if number not in taken)[:1])
