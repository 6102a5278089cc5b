"""The follow-up plan on slides, as a table that can be changed."""

import itertools
from collections.abc import Iterator
from typing import Any

from babel.dates import format_date
from pptx.util import Pt

from app.canvas.follow_up import ActionItemView, PlanView
from app.errors import N_
from app.export.brush import FONT, INK, NOTES, RULE, SHEET, Brush
from app.export.lettering import LINE, printable, wrapped
from app.export.slide_layout import BOTTOM, MARGIN, TOP
from app.web.i18n import translate
from app.web.rendering import CONVENTIONS

_SIZE = 10.0
_PAD = 4.0
# Names of the columns, and how wide they are.
_COLUMNS = (
    (N_("No."), 30.0),
    (N_("Activity"), 190.0),
    (N_("Output"), 120.0),
    (N_("Responsible at the training centre"), 105.0),
    (N_("Responsible at the industry partner"), 105.0),
    (N_("Due"), 82.0),
    (N_("Resources"), 95.0),
    (N_("Indicator of success"), 110.0),
    (N_("Status"), 75.0),
)
_HEAD = 2 * _SIZE * LINE + 2 * _PAD
# Where there is no Arial, lines are taller by so much, and rows grow with them.
_TALLER = 1.15
_ROOM = (BOTTOM - TOP - _HEAD) / _TALLER
_LINES = int((_ROOM - 2 * _PAD) / (_SIZE * LINE))

Row = tuple[str, ...]


def draw_plan(brush: Brush, plan: PlanView | None, locale: str) -> Iterator[str]:
    """Slides with the steps in their order; after each, what it is called. None without any step."""
    rows = [_row(number, item, locale) for number, item in enumerate(plan.items if plan else (), start=1)]
    name = translate(locale, N_("Follow-up plan (RTL)"))
    for number, page in enumerate(_pages(rows)):
        brush.new_slide()
        _draw(brush, page, locale)
        yield name if number == 0 else translate(locale, N_("%(block)s (continued)"), block=name)


def _row(number: int, item: ActionItemView, locale: str) -> Row:
    due = format_date(item.due, "d MMM y", locale=CONVENTIONS[locale]) if item.due else ""
    said = (item.text, item.output, item.centre_owner, item.partner_owner)
    rest = (item.resources, item.indicator, item.status_name)
    return str(number), *map(_plain, said), due, *map(_plain, rest)


def _plain(text: str) -> str:
    return printable(text).strip("\n")


def _pages(rows: list[Row]) -> Iterator[list[Row]]:
    page: list[Row] = []
    left = _ROOM
    for row in itertools.chain.from_iterable(map(_divided, rows)):
        tall = _tall(row)
        if page and tall > left:
            yield page
            page, left = [], _ROOM
        page.append(row)
        left -= tall
    if page:
        yield page


def _divided(row: Row) -> Iterator[Row]:
    """A row that is taller than a slide, in pieces that are not; in each piece every cell goes on."""
    number, *_ = row
    lines = [list(_wrapped(said, column)) for said, column in zip(row, _COLUMNS, strict=True)]
    for start in range(0, max(map(len, lines)), _LINES):
        here = [
            said if len(cell) <= _LINES and not start else "\n".join(cell[start : start + _LINES])
            for said, cell in zip(row, lines, strict=True)
        ]
        yield f"{number} …" if start else number, *here[1:]


def _wrapped(said: str, column: tuple[str, float]) -> Iterator[str]:
    return wrapped(said, column[1] - 2 * _PAD, _SIZE)


def _tall(row: Row) -> float:
    most = max(sum(1 for _ in _wrapped(*cell)) for cell in zip(row, _COLUMNS, strict=True))
    return 2 * _PAD + most * _SIZE * LINE


def _draw(brush: Brush, rows: list[Row], locale: str) -> None:
    heads = tuple(translate(locale, name) for name, _ in _COLUMNS)
    tall = [_HEAD, *map(_tall, rows)]
    width = sum(width for _, width in _COLUMNS)
    shape = brush.slide.shapes.add_table(
        len(rows) + 1, len(_COLUMNS), Pt(MARGIN), Pt(TOP), Pt(width), Pt(sum(tall))
    )
    table = shape.table
    for at, (_, wide) in enumerate(_COLUMNS):
        table.columns[at].width = Pt(wide)
    for number, row in enumerate((heads, *rows)):
        table.rows[number].height = Pt(tall[number])
        for at, said in enumerate(row):
            _fill(table.cell(number, at), said, is_head=number == 0)


def _fill(cell: Any, text: str, *, is_head: bool) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(_PAD)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RULE if is_head else NOTES[0]
    for number, line in enumerate(text.split("\n")):
        frame = cell.text_frame
        run = (frame.add_paragraph() if number else frame.paragraphs[0]).add_run()
        run.text = line
        run.font.name, run.font.size, run.font.bold = FONT, Pt(_SIZE), is_head
        run.font.color.rgb = SHEET if is_head else INK
