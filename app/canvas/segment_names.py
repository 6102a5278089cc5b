"""What the segments of a canvas are called: by the notes in the block that segments come from. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.canvas.definition import Definition

# Letters: as much as a button on a phone can show.
LONGEST = 28


class _Note(Protocol):
    @property
    def block(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def segments(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment that has a note, and the beginning of what it says."""

    number: int
    name: str


def segment_views(definition: Definition, notes: Iterable[_Note]) -> tuple[SegmentView, ...]:
    """The segments that have a note in the block they come from; where several have a number, the first."""
    home = definition.block_in("segments")
    names: dict[int, str] = {}
    for note in notes:
        if home and note.block == home.key:
            for number in note.segments:
                names.setdefault(number, _short(note.text))
    return tuple(SegmentView(number, names[number]) for number in sorted(names))


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    start = line[:LONGEST]
    return f"{start.rsplit(' ', 1)[0].rstrip(',;:–-')}…"
