"""Report and booklet, put together for the press: their words, and the canvases that stand among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.canvas import catalog
from app.canvas.definition import Definition
from app.errors import N_
from app.export.booklet import Booklet
from app.export.composition import Composition, compose
from app.export.document import Document
from app.export.file_names import document_name, with_names
from app.export.pdf import MOST_NOTES
from app.export.press import PdfTooBig
from app.export.sheet import Paper, Wishes
from app.export.shelf import Edition
from app.report.reports import Chapter, Report
from app.report.wishes import USUAL, BookWishes
from app.web.i18n import translate
from app.web.rendering import Renderer

Pictures = Callable[[], Mapping[str, bytes]]


class BookKind(StrEnum):
    """The papers of a whole workshop."""

    REPORT = "report"
    BOOKLET = "booklet"


NAMES = {BookKind.REPORT: N_("Workshop report"), BookKind.BOOKLET: N_("Booklet of all canvases")}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A book as it is ordered: what is wished for, what it is called, where it lies once it is made."""

    kind: BookKind
    book: Booklet
    edition: Edition
    file_name: str
    wishes: BookWishes = USUAL


def manuscript(
    renderer: Renderer,
    kind: BookKind,
    report: Report,
    locale: str,
    today: date,
    wishes: BookWishes = USUAL,
    pictures: Pictures = dict,
) -> Manuscript:
    """Raises PdfTooBig."""
    if any(chapter.canvas.note_count + len(chapter.plan.items) > MOST_NOTES for chapter in report.chapters):
        raise PdfTooBig
    html = renderer.render(f"report/{kind}.html", locale, report=report, made_on=today, bound=True)
    definition = catalog.definition()
    book = Booklet(
        Document(html, pictures),
        tuple(_canvas(renderer, kind, chapter, definition, locale, wishes) for chapter in report.chapters),
    )
    return Manuscript(
        kind,
        book,
        Edition(report.workshop_id, report.revision, kind + wishes.mark, locale, book.digest),
        document_name(
            translate(locale, NAMES[kind]), report.title, "pdf", with_names(locale, named=wishes.named)
        ),
        wishes,
    )


def _canvas(
    renderer: Renderer,
    kind: BookKind,
    chapter: Chapter,
    definition: Definition,
    locale: str,
    wishes: BookWishes,
) -> Composition:
    """In the booklet with its plan, where there is one; the report has plans of its own."""
    canvas = chapter.canvas
    if kind is BookKind.BOOKLET and chapter.plan.items:
        canvas = replace(canvas, plan=chapter.plan)
    on_sheet = Wishes(named=wishes.named)
    return compose(renderer, canvas, chapter.fields, definition, Paper.A4, locale, wishes=on_sheet)
