"""Notes that come from elsewhere, many at once: out of a file, an archive, the archive in a PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from app.canvas.journal import introduce, make_room_for
from app.canvas.limits import check_block, checked, checked_name, columns, is_plan
from app.canvas.models import Canvas
from app.canvas.operations import Arrival, NoteState, Operation, Outcome, Tags, Wording, fields_of


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be, with the name of whoever wrote it elsewhere."""

    id: str
    block: str
    wording: Wording
    tags: Tags
    author_name: str
    created_at: datetime
    cluster: str = ""
    author_id: str | None = None
    conflict_of: str | None = None


def add_notes(session: Session, op: Operation, notes: Sequence[NewNote]) -> Outcome:
    """Put new notes at the ends of their blocks, in this order. Raises Refused: none of them is there."""

    def plan(canvas: Canvas) -> list[Arrival]:
        return [
            Arrival(_state(canvas, op, note, position), note.created_at)
            for block, group in groupby(sorted(notes, key=_block_of), key=_block_of)
            for note, position in _with_positions(session, canvas, op, block, list(group))
        ]

    return introduce(session, op, plan)


def _block_of(note: NewNote) -> str:
    return note.block


def _with_positions(
    session: Session, canvas: Canvas, op: Operation, block: str, notes: list[NewNote]
) -> Iterable[tuple[NewNote, float]]:
    check_block(canvas, block)
    return zip(notes, make_room_for(session, canvas, op, block, [n.id for n in notes], None), strict=True)


def _state(canvas: Canvas, op: Operation, note: NewNote, position: float) -> NoteState:
    veiled = op.actor.id if canvas.is_silent and not is_plan(canvas, note.block) else None
    return NoteState(
        id=note.id,
        block=note.block,
        position=position,
        version=1,
        author_id=note.author_id,
        author=note.author_name,
        deleted=False,
        hidden=False,
        conflict_of=note.conflict_of,
        cluster="" if veiled else checked_name(note.cluster),
        veiled_by=veiled,
        **fields_of(checked(canvas, note.wording)),
        **columns(note.tags),
    )
