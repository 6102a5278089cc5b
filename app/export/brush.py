"""Draws on the slides of a presentation: frames, notes and words, all of them shapes that can be changed."""

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from app.export.slide_layout import PAD, PAD_ABOVE, Box
from app.export.stickers import Sticker

# Every office program has it, or one as wide.
FONT = "Arial"
_colour: Any = RGBColor.from_string
# As in static/css/tokens.css.
INK, MUTED, RULE, SHEET = (_colour(one) for one in ("1B2035", "4C5264", "2C3247", "FEFDFA"))
# By segment; a note without one has the first.
NOTES = tuple(_colour(one) for one in ("FDFAEE", "DAF1FE", "FBF1C7", "FDE6EE", "DFF6E2", "F1E9FC", "E6E8EC"))
_TITLE_ONLY = 5


class Brush:
    """Stands before the latest slide of a deck. Sizes are in points."""

    def __init__(self, deck: Any, width: float, height: float) -> None:
        self._deck = deck
        deck.slide_width, deck.slide_height = Pt(width), Pt(height)
        self.slide: Any = None

    def new_slide(self) -> None:
        self.slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])

    def title(self, box: Box, text: str) -> None:
        """The slide's name, for outlines and screen readers too."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _measures(box)
        frame = _empty(shape, 0)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        # A long title gets smaller letters rather than a second line.
        size = max(10.0, min(20.0, 20.0 * 75 / max(1, len(text))))
        _say(frame.paragraphs[0], " ".join(text.split()), size, INK, bold=True)

    def write(
        self, box: Box, text: str, size: float, colour: RGBColor, *, bold: bool = False, after: str = ""
    ) -> None:
        """Words without a frame; `after` stands smaller below them."""
        frame = _empty(self.slide.shapes.add_textbox(*_measures(box)), 0)
        for number, line in enumerate(text.split("\n")):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            _say(paragraph, line, size, colour, bold=bold)
        if after:
            _say(frame.add_paragraph(), after, 8, MUTED)

    def frame(self, box: Box, name: str, fill: RGBColor) -> None:
        """The rectangle of a block."""
        shape = self._shape(MSO_SHAPE.RECTANGLE, box, fill, 1.25)
        shape.name = name

    def note(self, box: Box, sticker: Sticker, size: float, fill: RGBColor) -> None:
        """A sticky note; one that is only assumed has a dashed edge."""
        shape = self._shape(MSO_SHAPE.ROUNDED_RECTANGLE, box, fill, 0.75)
        shape.adjustments[0] = min(0.5, 3 / box.height)
        if sticker.is_unsure:
            shape.line.dash_style = MSO_LINE.DASH
        frame = _empty(shape, PAD, PAD_ABOVE)
        first, *others = sticker.words.split("\n")
        paragraph = frame.paragraphs[0]
        if sticker.marks:
            _say(paragraph, f"{sticker.marks}  ", size, INK, bold=True)
        _say(paragraph, first, size, INK)
        for line in (*others, *(line for said in sticker.more for line in said.split("\n"))):
            _say(frame.add_paragraph(), line, size, INK)

    def _shape(self, kind: Any, box: Box, fill: RGBColor, edge: float) -> Any:
        shape = self.slide.shapes.add_shape(kind, *_measures(box))
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = fill
        shape.line.color.rgb = RULE
        shape.line.width = Pt(edge)
        return shape


def _measures(box: Box) -> tuple[int, int, int, int]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _empty(shape: Any, beside: float, above: float = 0) -> Any:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Pt(beside)
    frame.margin_top = frame.margin_bottom = Pt(above)
    return frame


def _say(paragraph: Any, text: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    font = run.font
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, colour
