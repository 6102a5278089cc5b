"""What the segments of a canvas are called: by the notes in the block that segments come from. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.canvas.definition import Definition

# Letters: as much as a button on a phone can show, and as a line of small type on paper.
LONGEST = 28
_LINE = 220


class _Note(Protocol):
    @property
    def block(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def segments(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment that has a note, what it says on one line, and how many letters there is room for."""

    number: int
    text: str
    room: int = LONGEST

    @property
    def name(self) -> str:
        """The text, or the beginning of it."""
        if len(self.text) <= self.room:
            return self.text
        start = self.text[: self.room]
        return f"{start.rsplit(' ', 1)[0].rstrip(',;:–-')}…"


def segment_views(definition: Definition, notes: Iterable[_Note]) -> tuple[SegmentView, ...]:
    """The segments that have a note in the block they come from; where several have a number, the first."""
    home = definition.block_in("segments")
    names: dict[int, str] = {}
    for note in notes:
        if home and note.block == home.key:
            for number in note.segments:
                names.setdefault(number, " ".join(note.text.split()))
    return tuple(SegmentView(number, names[number]) for number in sorted(names))


def on_a_line(segments: Sequence[SegmentView]) -> tuple[SegmentView, ...]:
    """The same with as much of each name as one line of paper holds."""
    return tuple(replace(segment, room=max(LONGEST, _LINE // len(segments))) for segment in segments)
