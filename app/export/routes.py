"""A canvas on paper: as a PDF, and as a page for the browser's own print."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app import errors
from app.canvas import catalog, queries
from app.canvas.definition import Definition
from app.canvas.drawing import canvas_view, print_fields
from app.canvas.follow_up import read_plan
from app.canvas.veiled import veiled_counts
from app.canvas.views import CanvasView, PrintFields
from app.errors import N_
from app.export.press import PdfUnavailable
from app.export.sheet import Paper, whole_sheet
from app.identity.deps import SeeCanvas
from app.parts import House, Parts
from app.web.i18n import locale_of, translate
from app.web.rendering import wants_json
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/print")
def print_page(request: Request, house: House, access: SeeCanvas, paper: Paper = Paper.A3) -> Response:
    """The canvas as the browser prints it."""
    locale = locale_of(request)
    canvas, fields, definition = _read(house, access.canvas_id, locale)
    sheet = whole_sheet(canvas, fields, paper, definition.name.of(locale))
    return house.renderer.page(request, "canvas/print.html", sheet=sheet)


@router.get("/canvases/{canvas_id}/canvas.pdf")
async def canvas_pdf(request: Request, house: House, access: SeeCanvas, paper: Paper = Paper.A3) -> Response:
    """The canvas as a PDF; where this computer cannot make one, a page that says what to install."""
    locale = locale_of(request)
    canvas, fields, definition = await run_in_threadpool(_read, house, access.canvas_id, locale)
    try:
        pdf = await house.printer.pdf(canvas, fields, definition, paper, locale)
    except PdfUnavailable:
        if wants_json(request):
            raise
        return house.renderer.page(
            request,
            "canvas/pdf_unavailable.html",
            status=503,
            print_page=urls.canvas_print(canvas.id, paper),
            back=urls.canvas(canvas.id),
            back_name=translate(locale, N_("Back to the canvas")),
        )
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _read(house: Parts, canvas_id: str, locale: str) -> tuple[CanvasView, PrintFields, Definition]:
    with house.db.read() as session:
        facts = queries.canvas_facts(session, canvas_id)
        if facts is None:
            raise errors.NotFound
        notes = queries.shown_notes(session, canvas_id)
        veiled = veiled_counts(session, canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        plan = read_plan(session, facts, definition, locale)
        canvas = canvas_view(facts, definition, locale, notes, veiled=veiled, plan=plan)
        return canvas, print_fields(facts, locale), definition
