"""Where everything of a canvas stands on its slides, in points. Pure.

The first slide is the canvas. Where notes have no room at the smallest size one can still read, they continue
on slides after it, as do those that wait for a block; nothing is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.canvas.definition import Definition
from app.canvas.views import BlockView
from app.errors import N_
from app.export.lettering import LINE, height, wrapped
from app.export.on_paper import CanvasOnPaper
from app.export.stickers import Sticker, stickers
from app.web.i18n import translate

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 24.0
TOP, BOTTOM = 60.0, 508.0
HEADING = 27.0
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
_ROOMY = 12.0
# Beside and above a note's words, and between notes.
PAD, PAD_ABOVE, _GAP = 4.0, 2.5, 3.0
_COLUMN = 165.0
_COLUMNS_AFTER = 4
_LINE_OF_MORE = 13.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A sticker in its place."""

    sticker: Sticker
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A block's place; `more` of its notes continue on a later slide."""

    block: BlockView
    box: Box
    more: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One slide. `name` says what it continues; the canvas itself has none."""

    placed: tuple[Placed, ...]
    cells: tuple[Cell, ...] = ()
    name: str = ""


def layouts(one: CanvasOnPaper, locale: str) -> Iterator[Layout]:
    """The slides of a canvas, the canvas itself first."""
    notes = {block.key: tuple(stickers(block, locale)) for block in one.canvas.places}
    boxes = {block.key: _box(one.definition, block.area) for block in one.canvas.blocks}
    size = next((size for size in _SIZES if _fits(one.canvas.blocks, boxes, notes, size)), _SIZES[-1])
    cells, placed, rest = [], [], []
    for block in one.canvas.blocks:
        here = list(_placed(notes[block.key], _inside(boxes[block.key]), size))
        if len(here) < len(notes[block.key]):
            here = list(_placed(notes[block.key], _inside(boxes[block.key], _LINE_OF_MORE), size))
            name = translate(locale, N_("%(block)s (continued)"), block=block.name)
            rest += [Sticker(name, is_heading=True), *notes[block.key][len(here) :]]
        more = sum(not sticker.is_heading for sticker in notes[block.key][len(here) :])
        cells.append(Cell(block, boxes[block.key], more))
        placed += here
    yield Layout(tuple(placed), tuple(cells))
    if one.canvas.parking.notes:
        rest += [Sticker(one.canvas.parking.name, is_heading=True), *notes[one.canvas.parking.key]]
    name = translate(locale, N_("Continued"))
    yield from (Layout(page, name=name) for page in _continued(rest))


def _fits(
    blocks: Iterable[BlockView], boxes: dict[str, Box], notes: dict[str, tuple[Sticker, ...]], size: float
) -> bool:
    return all(
        len(list(_placed(notes[block.key], _inside(boxes[block.key]), size))) == len(notes[block.key])
        for block in blocks
    )


def _box(definition: Definition, area: str) -> Box:
    grid = definition.grid
    columns, rows = grid.column_indexes(area), grid.row_indexes(area)
    column = (WIDTH - 2 * MARGIN) / len(grid.columns)
    row = (BOTTOM - TOP) / sum(grid.rows)
    return Box(
        MARGIN + columns[0] * column,
        TOP + sum(grid.rows[: rows[0]]) * row,
        len(columns) * column,
        sum(grid.rows[at] for at in rows) * row,
    )


def _inside(box: Box, kept: float = 0.0) -> Box:
    """Below a block's heading; `kept` is for a line at its foot."""
    top = HEADING + kept + _GAP
    return Box(box.left + PAD, box.top + HEADING, box.width - 2 * PAD, box.height - top)


def _placed(notes: Sequence[Sticker], room: Box, size: float) -> Iterator[Placed]:
    """As many as there is room for, each where most is left; the order is kept from left to right."""
    count = max(1, round(room.width / _COLUMN))
    width = (room.width - (count - 1) * _GAP) / count
    used = [0.0] * count
    for sticker in notes:
        column = used.index(min(used))
        tall = _tall(sticker, width, size)
        if used[column] + tall > room.height:
            return
        left = room.left + column * (width + _GAP)
        yield Placed(sticker, Box(left, room.top + used[column], width, tall), size)
        used[column] += tall + _GAP


def _continued(notes: Sequence[Sticker]) -> Iterator[tuple[Placed, ...]]:
    """Column after column, no name at the foot of one. What is longer than a column has slides of its own."""
    room = Box(MARGIN, TOP, WIDTH - 2 * MARGIN, BOTTOM - TOP)
    width = (room.width - (_COLUMNS_AFTER - 1) * _GAP) / _COLUMNS_AFTER
    page: list[Placed] = []
    column, used = 0, 0.0
    for at, sticker in enumerate(notes):
        tall = _tall(sticker, width, _ROOMY)
        if tall > room.height:
            if page:
                yield tuple(page)
            page, column, used = [], 0, 0.0
            yield from ((whole,) for whole in _divided(sticker, room))
            continue
        with_next = tall + (_GAP + _tall(notes[at + 1], width, _ROOMY) if sticker.is_heading else 0)
        if used and used + with_next > room.height:
            column, used = column + 1, 0.0
        if column == _COLUMNS_AFTER:
            yield tuple(page)
            page, column = [], 0
        left = room.left + column * (width + _GAP)
        page.append(Placed(sticker, Box(left, room.top + used, width, tall), _ROOMY))
        used += tall + _GAP
    if page:
        yield tuple(page)


def _divided(sticker: Sticker, room: Box) -> Iterator[Placed]:
    """A text that is longer than a column, over the whole width, on as many slides as it needs."""
    size = _ROOMY
    said = (sticker.words, *sticker.more)
    lines = [line for text in said for line in wrapped(text, room.width - 2 * PAD, size)]
    at_once = int((room.height - 2 * PAD_ABOVE) / (size * LINE))
    for start in range(0, len(lines), at_once):
        piece = replace(sticker, words="\n".join(lines[start : start + at_once]), more=())
        yield Placed(piece, Box(room.left, room.top, room.width, _tall(piece, room.width, size)), size)


def _tall(sticker: Sticker, width: float, size: float) -> float:
    said = (f"{sticker.marks}  {sticker.words}" if sticker.marks else sticker.words, *sticker.more)
    return 2 * PAD_ABOVE + sum(height(text, width - 2 * PAD, size) for text in said)
