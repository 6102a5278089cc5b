"""The commitment sheet: as a PDF, and as a page for the browser's own print."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.errors import N_
from app.export.document import Document
from app.export.file_names import document_name, group_and_title
from app.export.instead import printed_instead
from app.export.pdf import promptly
from app.export.press import PdfUnavailable
from app.export.shelf import Edition
from app.identity.deps import SeeCanvas
from app.parts import House, Parts
from app.report.commitments import CommitmentSheet, read_commitments
from app.web.i18n import locale_of, translate
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
    title = group_and_title(sheet.fields.designed_by, sheet.fields.partnership)
    name = document_name(translate(locale, N_("Commitment sheet")), title)
    try:
        pdf = await promptly(house.printer.document(edition, document, name))
    except PdfUnavailable as refusal:
        return printed_instead(
            request,
            house.renderer,
            refusal,
            page=urls.commitments(access.canvas_id),
            back=urls.follow_up_plan(access.canvas_id),
            back_name=N_("Back to the plan"),
        )
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _commitments(house: Parts, canvas_id: str, locale: str) -> CommitmentSheet:
    with house.db.read() as session:
        return read_commitments(session, canvas_id, locale)
