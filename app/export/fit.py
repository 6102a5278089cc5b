"""How much fits on one sheet: pure arithmetic on the rectangles a layout gave. Lengths in CSS pixels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

SMALLEST, LARGEST = 0.86, 1.3
_FULL = 0.93  # below 1, because lines re-break when the type grows
_TOO_FULL = 1.5
_MARGIN = 6.0  # left white below the last note of a block
_HOLE, _LONG = 0.35, 0.5  # of a block's room: what is much white, what is a long note


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class BlockMeasure:
    """One block's cell and its first notes, in reading order; what lies below the page's edge is undrawn.

    `more_line` is the height of the line that says that notes follow elsewhere; with `goes_on` it is there.
    """

    cell: Box
    notes: tuple[Box, ...]
    undrawn: int = 0
    more_line: float = 0.0
    goes_on: bool = False

    @property
    def fill(self) -> float:
        """Used part of the height below the block's head: 1.0 is full, more is too much."""
        used = max((note.bottom for note in self.notes), default=self.head) - self.head
        drawn = used / max(self.room, 1.0)
        if not self.undrawn:
            return drawn
        # Whatever was not drawn may be one note of any height, so this block is too full in any case.
        return max(_TOO_FULL, drawn * (1 + self.undrawn / max(len(self.notes), 1)))

    @property
    def head(self) -> float:
        """Where the notes begin."""
        return min((note.top for note in self.notes), default=self.cell.top)

    @property
    def room(self) -> float:
        """The height there is for notes."""
        return (self.lowest_with_more if self.goes_on else self.cell.bottom - _MARGIN) - self.head

    @property
    def lowest_with_more(self) -> float:
        """Where the last note must end so that the line fits below it."""
        return self.cell.bottom - _MARGIN - self.more_line


def fill(blocks: Sequence[BlockMeasure]) -> float:
    """The fullest block decides for the whole sheet, so that all notes keep one size."""
    return max((block.fill for block in blocks), default=0.0)


def best_size(fullest: float, size: float = 1.0) -> float:
    """The factor that makes the fullest block just full, from its fill at factor `size`.

    Text that grows by s needs s² of the room.
    """
    if fullest <= 0:
        return 1.0
    return max(SMALLEST, min(LARGEST, size * math.sqrt(_FULL / fullest)))


def notes_that_fit(block: BlockMeasure) -> int:
    """How many notes stay in the cell, in reading order; when some must go, above the line that says so."""
    if not block.notes or block.fill <= 1:
        return len(block.notes)
    return sum(1 for _ in takewhile(lambda note: note.bottom <= block.lowest_with_more, block.notes))


def long_note(block: BlockMeasure) -> int | None:
    """The note of a too full block that should move, because more than one would follow it otherwise."""
    fitting = notes_that_fit(block)
    if len(block.notes) + block.undrawn - fitting < 2:
        return None
    white = block.lowest_with_more - max((note.bottom for note in block.notes[:fitting]), default=block.head)
    if white > _HOLE * block.room:
        return fitting
    tallest = max(range(fitting), key=lambda index: block.notes[index].height, default=0)
    return tallest if fitting and block.notes[tallest].height > _LONG * block.room else None
