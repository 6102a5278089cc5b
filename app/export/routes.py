"""A canvas on paper: as a PDF, and as a page for the browser's own print."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.canvas import queries
from app.canvas.drawing import canvas_title
from app.errors import N_
from app.export.editions import Wanted
from app.export.instead import printed_instead
from app.export.on_paper import canvas_on_paper
from app.export.pdf import promptly
from app.export.press import PdfUnavailable
from app.export.sheet import Headings, Paper, Wishes, whole_sheet
from app.identity.deps import SeeCanvas
from app.parts import House
from app.web.i18n import locale_of
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
    with house.db.read() as session:
        one = canvas_on_paper(session, access.canvas_id, locale, named=wished.named)
    sheet = whole_sheet(one.canvas, one.fields, paper, one.definition.name.of(locale), wished)
    return HTMLResponse(house.renderer.render("canvas/print.html", locale, sheet=sheet))


@router.get("/canvases/{canvas_id}/canvas.pdf")
async def canvas_pdf(
    request: Request, house: House, access: SeeCanvas, wished: Wished, paper: Paper = Paper.A3
) -> Response:
    """The canvas as a PDF; where this computer cannot make one, a page that says what to install."""
    locale = locale_of(request)
    try:
        pdf = await promptly(house.editions.pdf(access.canvas_id, Wanted(paper, locale, wished)))
    except PdfUnavailable as refusal:
        return printed_instead(
            request,
            house.renderer,
            refusal,
            page=urls.canvas_print(access.canvas_id, paper),
            back=urls.canvas(access.canvas_id),
            back_name=N_("Back to the canvas"),
        )
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)
