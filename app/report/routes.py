"""Papers made of a canvas and of a whole workshop: as PDFs, and as pages for the browser's own print."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.clock import now
from app.errors import N_
from app.export.document import Document
from app.export.file_names import document_name
from app.export.press import PdfUnavailable
from app.export.shelf import Edition
from app.identity.deps import RunWorkshop, SeeCanvas
from app.parts import House, Parts
from app.report.commitments import CommitmentSheet, read_commitments
from app.report.reports import Report, read_report
from app.web.i18n import locale_of, translate
from app.web.rendering import wants_json
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/commitments")
def commitments(request: Request, house: House, access: SeeCanvas) -> Response:
    """The commitment sheet as the browser prints it."""
    sheet = _commitments(house, access.canvas_id, locale_of(request))
    return house.renderer.page(request, "report/commitments.html", sheet=sheet)


@router.get("/canvases/{canvas_id}/commitments.pdf")
async def commitments_pdf(request: Request, house: House, access: SeeCanvas) -> Response:
    """The commitment sheet as a PDF; where this computer cannot make one, what to install."""
    locale = locale_of(request)
    sheet = await run_in_threadpool(_commitments, house, access.canvas_id, locale)
    document = Document(house.renderer.render("report/commitments.html", locale, sheet=sheet))
    edition = Edition(sheet.canvas.id, sheet.canvas.revision, "commitments", locale, document.digest)
    return await _pdf(
        request,
        house,
        edition,
        document,
        document_name(translate(locale, N_("Commitment sheet")), sheet.fields.partnership),
        Way(urls.commitments(access.canvas_id), urls.canvas(access.canvas_id), N_("Back to the canvas")),
    )


@router.get("/workshops/{workshop_id}/report")
def report(request: Request, house: House, access: RunWorkshop) -> Response:
    """The report as the browser prints it."""
    found = _report(house, access.workshop_id, locale_of(request))
    return house.renderer.page(request, "report/report.html", report=found, made_on=_today())


@router.get("/workshops/{workshop_id}/report.pdf")
async def report_pdf(request: Request, house: House, access: RunWorkshop) -> Response:
    """The report as a PDF; where this computer cannot make one, what to install."""
    locale = locale_of(request)
    found = await run_in_threadpool(_report, house, access.workshop_id, locale)
    html = await run_in_threadpool(
        house.renderer.render, "report/report.html", locale, report=found, made_on=_today()
    )
    document = Document(html)
    return await _pdf(
        request,
        house,
        Edition(found.workshop_id, found.revision, "report", locale, document.digest),
        document,
        document_name(translate(locale, N_("Workshop report")), found.title),
        Way(urls.report(found.workshop_id), urls.desk(found.workshop_id), N_("Back to the desk")),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody goes on who gets no PDF: to the page that a browser prints, or back."""

    print_page: str
    back: str
    back_name: str


async def _pdf(
    request: Request, house: Parts, edition: Edition, document: Document, name: str, way: Way
) -> Response:
    try:
        pdf = await house.printer.document(edition, document, name)
    except PdfUnavailable:
        if wants_json(request):
            raise
        return house.renderer.page(
            request,
            "canvas/pdf_unavailable.html",
            status=503,
            print_page=way.print_page,
            back=way.back,
            back_name=translate(locale_of(request), way.back_name),
        )
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _today() -> date:
    return now().astimezone().date()


def _report(house: Parts, workshop_id: str, locale: str) -> Report:
    with house.db.read() as session:
        return read_report(session, workshop_id, locale)


def _commitments(house: Parts, canvas_id: str, locale: str) -> CommitmentSheet:
    with house.db.read() as session:
        return read_commitments(session, canvas_id, locale)
