"""Canvases to print and ways to look at the PDF: its words, its pages, its pixels."""

import html
import io
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader

from app.canvas import catalog
from app.canvas.drawing import block_view
from app.canvas.views import CanvasView, NoteView, PrintFields
from app.export.composition import Composition, compose
from app.export.press import Press
from app.export.sheet import Paper
from app.web.rendering import PRODUCT, Renderer

KEYS = tuple(block.key for block in catalog.definition().in_order())
FIELDS = PrintFields(
    designed_for="Disnakertrans Provinsi Banten",
    designed_by="Kelompok 2",
    date=date(2024, 9, 10),
    version="57",
    partnership="BBPVP Serang × petrokimia",
    vocational_field="Teknik Las",
    perspective="joint",
)
_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
RENDERER = Renderer(attribution=lambda locale: catalog.definition().attribution_phrases(locale, PRODUCT))


@dataclass(frozen=True)
class Word:
    """A word where poppler finds it; points, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Printed:
    """A finished PDF."""

    pdf: bytes

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @property
    def text(self) -> str:
        """All words, by poppler, which reads them as a person copying them would get them."""
        command = ["pdftotext", "-", "-"]
        return subprocess.run(command, input=self.pdf, capture_output=True, check=True).stdout.decode()

    @property
    def words(self) -> list[list[Word]]:
        """The words of each page."""
        command = ["pdftotext", "-bbox", "-", "-"]
        pages = subprocess.run(command, input=self.pdf, capture_output=True, check=True).stdout.decode()
        return [[_word(*found) for found in _WORD.findall(page)] for page in pages.split("</page>")[:-1]]

    def picture(self, folder: Path, page: int = 1, resolution: int = 50) -> Image.Image:
        """One page as pixels."""
        source, name = folder / "picture.pdf", folder / "picture"
        source.write_bytes(self.pdf)
        pages = ["-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", "-r", str(resolution), "-png", *pages, source, name], check=True)
        with Image.open(name.with_suffix(".png")) as picture:
            return picture.convert("RGB")


def canvas_of(
    notes: Mapping[str, Sequence[str]], revision: int = 57, locale: str = "id", **fields: Any
) -> CanvasView:
    """A canvas with these texts by block; `fields` change every note."""
    definition = catalog.definition()
    views = {
        key: [replace(_note(f"{key}-{number}", key, text), **fields) for number, text in enumerate(texts)]
        for key, texts in notes.items()
    }
    return CanvasView(
        id="0123456789abcdef",
        title=FIELDS.partnership,
        group_name="Kelompok 2",
        group_number=2,
        workshop_id="w",
        workshop_title="Lokakarya Banten",
        revision=revision,
        blocks=tuple(
            block_view(definition, block, locale, views.get(block.key, ())) for block in definition.in_order()
        ),
        parking=block_view(definition, definition.parking, locale, views.get(definition.parking.key, ())),
        note_count=sum(map(len, views.values())),
    )


def composed(
    notes: Mapping[str, Sequence[str]],
    paper: Paper = Paper.A3,
    fields: PrintFields = FIELDS,
    locale: str = "id",
) -> Composition:
    """These notes, ready for the press."""
    canvas = canvas_of(notes, locale=locale)
    return compose(RENDERER, canvas, fields, catalog.definition(), paper, locale)


def printed(
    press: Press, notes: Mapping[str, Sequence[str]], paper: Paper = Paper.A3, locale: str = "id"
) -> Printed:
    """These notes as a PDF."""
    return Printed(composed(notes, paper, locale=locale).draw(press))


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    return Word(float(left), float(top), float(right), float(bottom), html.unescape(text))


def _note(note_id: str, block: str, text: str) -> NoteView:
    return NoteView(
        id=note_id,
        canvas_id="0123456789abcdef",
        block=block,
        text=text,
        author_id="",
        author="Sari",
        initials="S",
        segments=(),
        side=None,
        inclusion=False,
        evidence=None,
        gives="",
        gets="",
        conflict_of=None,
        version=1,
    )
