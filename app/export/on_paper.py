"""A canvas with all that a paper, a picture or a slide of it needs, read at one moment."""

from dataclasses import dataclass

from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.definition import Definition
from app.canvas.drawing import canvas_view, print_fields
from app.canvas.follow_up import read_plan
from app.canvas.veiled import veiled_counts
from app.canvas.views import CanvasView, PrintFields
from app.export.canvas_archive import canvas_archive
from app.workshop.desks import canvas_ids


@dataclass(frozen=True, slots=True)
class CanvasOnPaper:
    """A canvas and what a PDF of it needs: `archive` travels in it, to be imported elsewhere."""

    canvas: CanvasView
    fields: PrintFields
    definition: Definition
    archive: str


def canvas_on_paper(session: Session, canvas_id: str, locale: str, *, named: bool = True) -> CanvasOnPaper:
    """A canvas that is there, as everybody sees it. Its archive names nobody: paper does not either."""
    facts = queries.known_facts(session, canvas_id)
    definition = catalog.definition(facts.canvas.definition_key)
    canvas = canvas_view(
        facts,
        definition,
        locale,
        queries.shown_notes(session, canvas_id),
        named=named,
        veiled=veiled_counts(session, canvas_id),
        plan=read_plan(session, facts, definition, locale),
    )
    archive = canvas_archive(session, canvas_id, named=False).model_dump_json(indent=2)
    return CanvasOnPaper(canvas, print_fields(facts, locale), definition, archive)


def canvases_on_paper(
    session: Session, workshop_id: str, locale: str, *, named: bool = True
) -> tuple[CanvasOnPaper, ...]:
    """All canvases of a workshop, in the order of its groups."""
    return tuple(
        canvas_on_paper(session, canvas_id, locale, named=named)
        for canvas_id in canvas_ids(session, workshop_id)
    )
