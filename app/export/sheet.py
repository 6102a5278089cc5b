"""What the print template gets: one canvas as sheets of paper, each note on exactly one of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from app.canvas.views import BlockView, CanvasView, PrintFields


class Paper(StrEnum):
    """Landscape paper. A3 is for the table and the wall, A4 for the file."""

    A3 = "a3"
    A4 = "a4"

    @property
    def font_size(self) -> float:
        """Points of 1rem before the sheet is fitted."""
        return 12.0 if self is Paper.A3 else 9.0

    @property
    def canvas_size(self) -> tuple[float, float]:
        """Width and height of the nine blocks, in millimetres (print.css)."""
        return (400.0, 244.5) if self is Paper.A3 else (281.0, 167.5)


@dataclass(frozen=True, slots=True)
class Cell:
    """One block's place on the first sheet; `more` of its notes follow on the next."""

    block: BlockView
    more: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A canvas on paper. `continued` are the blocks with too many notes, holding only the rest of them; the
    last of them is the parking lot where notes wait in it, whole.
    """

    canvas: CanvasView
    fields: PrintFields
    paper: Paper
    name: str
    cells: tuple[Cell, ...]
    continued: tuple[BlockView, ...]


def whole_sheet(
    canvas: CanvasView, fields: PrintFields, paper: Paper, name: str, *, named: bool = False
) -> Sheet:
    """Everything on one sheet, before anybody has measured; `name` is what this kind of canvas is called.

    Who wrote what is on it only if it is `named`.
    """
    if not named:
        canvas = replace(canvas, blocks=tuple(map(_unnamed, canvas.blocks)), parking=_unnamed(canvas.parking))
    cells = tuple(Cell(block, more=0) for block in canvas.blocks)
    return Sheet(canvas, fields, paper, name, cells, continued=_parked(canvas))


def split_sheet(sheet: Sheet, moved: Collection[str]) -> Sheet:
    """The sheet without the notes with these ids, which continue it."""
    cells, continued = [], []
    for block in sheet.canvas.blocks:
        here = tuple(note for note in block.notes if note.id not in moved)
        rest = tuple(note for note in block.notes if note.id in moved)
        cells.append(Cell(replace(block, notes=here), more=len(rest)))
        if rest:
            continued.append(replace(block, notes=rest))
    return replace(sheet, cells=tuple(cells), continued=(*continued, *_parked(sheet.canvas)))


def _unnamed(block: BlockView) -> BlockView:
    return replace(block, notes=tuple(replace(n, author_id="", author="", initials="") for n in block.notes))


def _parked(canvas: CanvasView) -> tuple[BlockView, ...]:
    return (canvas.parking,) if canvas.parking.notes else ()
