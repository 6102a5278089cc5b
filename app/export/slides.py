"""Canvases as a PowerPoint presentation: native shapes and text, to be changed there. No names of authors."""

import io
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from pptx import Presentation

from app.errors import N_
from app.export.brush import INK, MUTED, NOTES, SHEET, Brush
from app.export.lettering import printable
from app.export.on_paper import CanvasOnPaper
from app.export.plan_slides import draw_plan
from app.export.slide_layout import BOTTOM, HEADING, HEIGHT, MARGIN, WIDTH, Box, Cell, Layout, Placed, layouts
from app.export.stickers import legend
from app.web.i18n import translate, translate_plural
from app.web.rendering import CONVENTIONS

_INSIDE = WIDTH - 2 * MARGIN


def presentation(
    title: str, held_on: date, canvases: Sequence[CanvasOnPaper], credit: str, locale: str
) -> bytes:
    """The bytes of the presentation: each canvas, the slides that continue it, its follow-up plan."""
    deck = Presentation()
    brush = Brush(deck, WIDTH, HEIGHT)
    deck.core_properties.title = printable(title)
    deck.core_properties.comments = credit
    deck.core_properties.author = ""
    day = format_date(held_on, "d MMMM y", locale=CONVENTIONS[locale])
    for one in canvases:
        for layout in layouts(one, locale):
            _draw(brush, one, layout, day, locale)
            _foot(brush, credit, locale)
        for name in draw_plan(brush, one.canvas.plan, locale):
            _head(brush, one, name, day, locale)
            _foot(brush, credit, locale)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _draw(brush: Brush, one: CanvasOnPaper, layout: Layout, day: str, locale: str) -> None:
    brush.new_slide()
    _head(brush, one, layout.name or one.definition.name.of(locale), day, locale)
    for cell in layout.cells:
        _draw_cell(brush, cell, locale)
    for placed in layout.placed:
        _draw_sticker(brush, placed)


def _head(brush: Brush, one: CanvasOnPaper, name: str, day: str, locale: str) -> None:
    fields = one.fields
    brush.title(Box(MARGIN, 10, _INSIDE, 30), printable(one.canvas.title))
    version = translate(locale, N_("Version %(number)s"), number=fields.version) if fields.version else ""
    said = (name, one.canvas.group_name, fields.vocational_field, day, version)
    line = " · ".join(dict.fromkeys(filter(None, map(printable, said))))
    brush.write(Box(MARGIN, 38, _INSIDE, 20), line, 12, MUTED)


def _foot(brush: Brush, credit: str, locale: str) -> None:
    brush.write(Box(MARGIN, BOTTOM + 4, _INSIDE, 14), legend(locale), 9, MUTED)
    brush.write(Box(MARGIN, BOTTOM + 18, _INSIDE, 12), credit, 7, MUTED)


def _draw_cell(brush: Brush, cell: Cell, locale: str) -> None:
    box, block = cell.box, cell.block
    brush.frame(box, block.name, SHEET)
    heading = Box(box.left + 4, box.top + 2, box.width - 8, HEADING)
    brush.write(heading, f"{block.number}  {block.name}", 11, INK, bold=True, after=block.other_name)
    waiting = []
    if cell.more:
        waiting.append(
            translate_plural(locale, "+%(num)s on the next slides", "+%(num)s on the next slides", cell.more)
        )
    if block.veiled:
        waiting.append(
            translate_plural(locale, "%(num)s not shown yet", "%(num)s not shown yet", block.veiled)
        )
    if waiting:
        foot = Box(box.left + 4, box.top + box.height - 14, box.width - 8, 13)
        brush.write(foot, " · ".join(waiting), 9, MUTED, bold=True)


def _draw_sticker(brush: Brush, placed: Placed) -> None:
    sticker = placed.sticker
    if sticker.is_heading:
        brush.write(placed.box, sticker.words, placed.size, INK, bold=True)
    else:
        brush.note(placed.box, sticker, placed.size, NOTES[sticker.segment])
