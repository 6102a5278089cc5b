"""From a canvas to jobs for the press: which words, on which sheet, drawn by which recipe."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from app.canvas.definition import Definition
from app.canvas.views import CanvasView, PrintFields
from app.export.estimate import likely_size
from app.export.geometry import paper_stylesheet
from app.export.job import Draft, Job
from app.export.press import Press
from app.export.sheet import USUAL, Paper, Sheet, Wishes, split_sheet, whole_sheet
from app.resources import STATIC, TEMPLATES
from app.web.rendering import Renderer
from app.web.urls import dom_id, urls


@dataclass(frozen=True, slots=True)
class Composition:
    """One canvas on one kind of paper in one language, ready to be drawn."""

    sheet: Sheet
    locale: str
    definition: Definition
    renderer: Renderer
    html: str
    rest: str
    plan: str
    attachment: str

    @property
    def digest(self) -> str:
        """Changes with every word on the page and with everything that draws it."""
        words = self.html + self.rest + self.plan + self.attachment + paper_stylesheet(self.definition)
        return hashlib.sha256((words + recipe()).encode()).hexdigest()[:16]

    def draw(self, press: Press) -> bytes:
        """The PDF; where the press finds too many notes for one sheet, with pages that continue it."""
        proof = press.run(self.job())
        if not proof.pdf:
            proof = press.run(self.continued(proof.drafts[0]))
        return proof.pdf

    def job(self) -> Job:
        """What the press is to do."""
        return self._job(self.sheet, self.html, self.rest)

    def continued(self, draft: Draft) -> Job:
        """What the press is to do once it is known which notes must move, if any."""
        if not draft.moved:
            return self._job(self.sheet, self.html, self.rest, draft.size)
        moved = frozenset(draft.moved)
        notes = (note.id for block in self.sheet.canvas.blocks for note in block.notes)
        sheet = split_sheet(self.sheet, {note for note in notes if dom_id("note", note) in moved})
        first = self.renderer.render("canvas/print.html", self.locale, sheet=sheet)
        return self._job(sheet, first, _rest(self.renderer, self.locale, sheet), draft.size)

    def _job(self, sheet: Sheet, html: str, rest: str = "", size: float | None = None) -> Job:
        return Job(
            html=html,
            rest=rest,
            plan=self.plan,
            font_size=sheet.paper.font_size,
            files={urls.canvas_css(): paper_stylesheet(self.definition)},
            cells={
                dom_id("cell", cell.block.key): [dom_id("note", note.id) for note in cell.block.notes]
                for cell in sheet.cells
            },
            size=size,
            guess=likely_size(self.definition.grid, sheet),
            attachment=self.attachment,
            zoom=sheet.paper.zoom,
        )


def compose(
    renderer: Renderer,
    canvas: CanvasView,
    fields: PrintFields,
    definition: Definition,
    paper: Paper,
    locale: str,
    attachment: str = "",
    wishes: Wishes = USUAL,
) -> Composition:
    """A canvas, set on paper; the PDF carries the text of one file."""
    locale = wishes.locale(locale)
    sheet = whole_sheet(canvas, fields, paper, definition.name.of(locale), wishes)
    html = renderer.render("canvas/print.html", locale, sheet=sheet)
    rest, plan = _rest(renderer, locale, sheet), _plan(renderer, locale, sheet)
    return Composition(sheet, locale, definition, renderer, html, rest, plan, attachment)


def _rest(renderer: Renderer, locale: str, sheet: Sheet) -> str:
    """The pages after the first sheet; empty where there are none."""
    return renderer.render("canvas/print_rest.html", locale, sheet=sheet) if sheet.continued else ""


def _plan(renderer: Renderer, locale: str, sheet: Sheet) -> str:
    """The sheet of the follow-up plan, to fill in by hand while no step is agreed upon."""
    return renderer.render("canvas/print_plan.html", locale, sheet=sheet) if sheet.canvas.plan else ""


@cache
def recipe() -> str:
    """Stands for everything beside the words: templates, styles, fonts, this code and the library."""
    digest = hashlib.sha256(version("weasyprint").encode())
    own = Path(__file__).parent
    for folder, pattern in (
        (TEMPLATES / "canvas", "*.html"),
        (STATIC / "css", "*.css"),
        (STATIC / "fonts", "*"),
        (own, "*.py"),
    ):
        for file in sorted(folder.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()
