"""What the print template gets: one canvas as sheets of paper, each note on exactly one of them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from app.canvas.segment_names import on_a_line
from app.canvas.views import BlockView, CanvasView, NoteView, PrintFields

_HIGHEST_PILE = 3
_PILE = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")


class Paper(StrEnum):
    """Landscape paper. A4 is for the file, A3 for the table, A1 and A0 for the wall."""

    A3 = "a3"
    A4 = "a4"
    A1 = "a1"
    A0 = "a0"

    @property
    def set_as(self) -> "Paper":
        """The paper for which the page is laid out: a poster is a large A3."""
        return Paper.A4 if self is Paper.A4 else Paper.A3

    @property
    def zoom(self) -> float:
        """How many times as large as that paper it is."""
        return {Paper.A1: 2.0, Paper.A0: 8**0.5}.get(self, 1.0)

    @property
    def font_size(self) -> float:
        """Points of 1rem before the type is fitted."""
        return 9.0 if self is Paper.A4 else 12.0 * self.zoom

    @property
    def canvas_size(self) -> tuple[float, float]:
        """Width and height of the nine blocks, in millimetres (print.css)."""
        return (281.0, 167.5) if self is Paper.A4 else (400.0 * self.zoom, 244.5 * self.zoom)


ON_THE_TABLE = (Paper.A3, Paper.A4)


class Headings(StrEnum):
    """In which language a sheet is: in one, or in the reader's with the blocks named in the other one too."""

    INDONESIAN = "id"
    ENGLISH = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted on a sheet. A `blank` one has the guiding questions instead of notes."""

    headings: Headings = Headings.BOTH
    named: bool = False
    blank: bool = False
    planned: bool = True

    def locale(self, locale: str) -> str:
        """The language of the sheet for a reader of this language."""
        return locale if self.headings is Headings.BOTH else str(self.headings)

    @property
    def mark(self) -> str:
        """What keeps sheets of different wishes apart."""
        chosen = {"names": self.named, "blank": self.blank, "alone": not self.planned}
        return "".join(("", self.headings, *(name for name, is_so in chosen.items() if is_so)))


USUAL = Wishes()


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
    canvas: CanvasView, fields: PrintFields, paper: Paper, name: str, wishes: Wishes = USUAL
) -> Sheet:
    """Everything that is wished for on one sheet, before anybody has measured; `name` is what this kind of
    canvas is called.
    """
    canvas = _as_wished(canvas, wishes)
    if wishes.blank:
        fields = replace(fields, version="")
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


def _as_wished(canvas: CanvasView, wishes: Wishes) -> CanvasView:
    blocks, parking = (_block_as_wished(block, wishes) for block in canvas.blocks), canvas.parking
    plan = canvas.plan if wishes.planned and not wishes.blank else None
    return replace(
        canvas,
        blocks=tuple(blocks),
        parking=_block_as_wished(parking, wishes),
        segments=() if wishes.blank else on_a_line(canvas.segments),
        plan=plan,
    )


def _block_as_wished(block: BlockView, wishes: Wishes) -> BlockView:
    if wishes.headings is not Headings.BOTH:
        block = replace(block, other_name="")
    if wishes.blank:
        return replace(block, notes=(), money=None, veiled=0)
    return replace(block, notes=tuple(_note_as_wished(note, wishes) for note in block.notes))


def _note_as_wished(note: NoteView, wishes: Wishes) -> NoteView:
    text, gives, gets = map(_in_its_lines, (note.text, note.gives, note.gets))
    if wishes.named:
        return replace(note, text=text, gives=gives, gets=gets)
    return replace(note, text=text, gives=gives, gets=gets, author_id="", author="", initials="")


def _in_its_lines(text: str) -> str:
    """Without the marks that no letter of any language has: piled up they would reach over other notes."""
    return _PILE.sub(lambda found: found[0][:_HIGHEST_PILE], text)


def _parked(canvas: CanvasView) -> tuple[BlockView, ...]:
    return (canvas.parking,) if canvas.parking.notes else ()
