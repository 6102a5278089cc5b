"""A canvas on paper: as a PDF, and as a page for the browser's own print."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from app.canvas import queries
from app.canvas.drawing import canvas_title
from app.errors import N_
from app.export.canvas_archive import canvas_archive
from app.export.on_paper import CanvasOnPaper, canvas_on_paper
from app.export.press import PdfUnavailable
from app.export.sheet import Headings, Paper, Wishes, whole_sheet
from app.identity.deps import SeeCanvas
from app.parts import House, Parts
from app.web.i18n import locale_of, translate
from app.web.rendering import wants_json
from app.web.urls import urls
from app.workshop.names import group_name

router = APIRouter(include_in_schema=False)


def wishes(
    language: Headings = Headings.BOTH, names: bool = False, blank: bool = False, plan: bool = True
) -> Wishes:
    """What somebody chose for a sheet."""
    return Wishes(language, names, blank, plan)


Wished = Annotated[Wishes, Depends(wishes)]


@router.get("/canvases/{canvas_id}/papers")
def choices(request: Request, house: House, access: SeeCanvas) -> Response:
    """What can be on paper: a form that leads to the PDF."""
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        title, group = canvas_title(facts, locale_of(request)), group_name(facts.group, locale_of(request))
    return house.renderer.page(
        request, "canvas/papers.html", canvas_id=access.canvas_id, title=title, group=group
    )


@router.get("/canvases/{canvas_id}/print")
def print_page(
    request: Request, house: House, access: SeeCanvas, wished: Wished, paper: Paper = Paper.A3
) -> Response:
    """The canvas as the browser prints it."""
    locale = wished.locale(locale_of(request))
    one = _read(house, access.canvas_id, locale, wished)
    sheet = whole_sheet(one.canvas, one.fields, paper, one.definition.name.of(locale), wished)
    return HTMLResponse(house.renderer.render("canvas/print.html", locale, sheet=sheet))


@router.get("/canvases/{canvas_id}/canvas.pdf")
async def canvas_pdf(
    request: Request, house: House, access: SeeCanvas, wished: Wished, paper: Paper = Paper.A3
) -> Response:
    """The canvas as a PDF; where this computer cannot make one, a page that says what to install."""
    locale = locale_of(request)
    one = await run_in_threadpool(_read, house, access.canvas_id, wished.locale(locale), wished)
    try:
        pdf = await house.printer.pdf(
            one.canvas, one.fields, one.definition, paper, locale, one.archive, wished
        )
    except PdfUnavailable:
        if wants_json(request):
            raise
        return house.renderer.page(
            request,
            "canvas/pdf_unavailable.html",
            status=503,
            print_page=urls.canvas_print(one.canvas.id, paper),
            back=urls.canvas(one.canvas.id),
            back_name=translate(locale, N_("Back to the canvas")),
        )
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _read(house: Parts, canvas_id: str, locale: str, wished: Wishes) -> CanvasOnPaper:
    with house.db.read() as session:
        one = canvas_on_paper(session, canvas_id, locale, named=wished.named)
        if wished.blank:
            return replace(one, archive="")
        if wished.named:
            archive = canvas_archive(session, canvas_id)
            return replace(one, archive=archive.model_dump_json(indent=2))
        return one
