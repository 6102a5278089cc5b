"""How large the type will be, guessed from the number of letters: a good guess saves a whole layout.

Whatever is wrong with it is put right by measuring, so it may be rough. Lengths in points at factor 1.
"""

from app.canvas.definition import Grid
from app.canvas.views import BlockView, NoteView
from app.export.fit import LARGEST, SMALLEST
from app.export.sheet import Sheet

_POINTS = 72 / 25.4  # a millimetre

_LETTER = 0.452  # em, an average of Indonesian text in this type
_NOTE_TYPE, _LINE = 0.86, 1.25  # print.css: .note
_TAG, _GIVES = 3.2, 9  # letters
_AROUND = 0.95  # rem, with the margin
_BESIDE, _HEAD = 2.3, 4.6  # rem
_FULL = 0.89  # type that is too large costs a layout, type that is a little small does not
_STEPS = 12


def likely_size(grid: Grid, sheet: Sheet) -> float:
    """The largest factor at which the fullest block of a sheet would not be too full."""
    sizes = (LARGEST - step * (LARGEST - SMALLEST) / _STEPS for step in range(_STEPS))
    return next((size for size in sizes if _fits(grid, sheet, size)), SMALLEST)


def _fits(grid: Grid, sheet: Sheet, size: float) -> bool:
    width, height = (length * _POINTS for length in sheet.paper.canvas_size)
    rem = sheet.paper.font_size
    return all(_fill(grid, cell.block, width, height, rem, size) <= _FULL for cell in sheet.cells)


def _fill(grid: Grid, block: BlockView, width: float, height: float, rem: float, size: float) -> float:
    columns, rows = grid.column_indexes(block.area), grid.row_indexes(block.area)
    across = 2 if block.shape == "wide" else 1
    cell_width = width * len(columns) / len(grid.columns) / across
    cell_height = height * sum(grid.rows[row] for row in rows) / sum(grid.rows)
    letters = (cell_width / (rem * size) - _BESIDE) / (_LETTER * _NOTE_TYPE)
    heights = [_height(note, letters) for note in block.notes]
    used = (
        sum(heights) if across == 1 else sum(map(max, zip(heights[::2], [*heights[1::2], 0.0], strict=False)))
    )
    return used * rem * size / max(cell_height - _HEAD * rem, rem)


def _height(note: NoteView, letters: float) -> float:
    """Of a note with its margin, in rem."""
    tags = len(note.segments) + bool(note.inclusion) + bool(note.evidence) + bool(note.votes)
    money = 14 if note.amount is not None else 0
    author = len(note.author) + 3 if note.author else 0
    said = _lines(note.text, letters, tags * _TAG + money + author)
    traded = sum(_lines(words, letters, _GIVES) for words in (note.gives, note.gets) if words)
    return (said + traded) * _NOTE_TYPE * _LINE + _AROUND


def _lines(text: str, letters: float, before: float) -> int:
    """How many lines the words take, with so much before them; a word longer than a line is broken."""
    lines, used = 1, before
    for word in text.split():
        if used and used + len(word) > letters:
            lines, used = lines + 1, 0.0
        lines += int(len(word) // letters)
        used += len(word) % letters + 1
    return lines
