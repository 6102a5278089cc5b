"""A canvas on paper: as a PDF, and as a page for the browser's own print."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.errors import N_
from app.export.on_paper import CanvasOnPaper, canvas_on_paper
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
    one = _read(house, access.canvas_id, locale)
    sheet = whole_sheet(one.canvas, one.fields, paper, one.definition.name.of(locale))
    return house.renderer.page(request, "canvas/print.html", sheet=sheet)


@router.get("/canvases/{canvas_id}/canvas.pdf")
async def canvas_pdf(request: Request, house: House, access: SeeCanvas, paper: Paper = Paper.A3) -> Response:
    """The canvas as a PDF; where this computer cannot make one, a page that says what to install."""
    locale = locale_of(request)
    one = await run_in_threadpool(_read, house, access.canvas_id, locale)
    canvas = one.canvas
    try:
        pdf = await house.printer.pdf(canvas, one.fields, one.definition, paper, locale, one.archive)
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


def _read(house: Parts, canvas_id: str, locale: str) -> CanvasOnPaper:
    with house.db.read() as session:
        return canvas_on_paper(session, canvas_id, locale, named=False)
