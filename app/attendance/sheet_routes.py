"""The sheets to sign: as PDFs, which are kept nowhere, and as pages for the browser's own print."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.attendance.sheets import DaySheet, read_sheet
from app.errors import N_
from app.export.document import Document
from app.export.file_names import document_name
from app.export.instead import printed_instead
from app.export.press import PdfUnavailable
from app.identity.deps import EnrolPeople
from app.parts import House, Parts
from app.web.i18n import locale_of, translate
from app.web.urls import urls

router = APIRouter(include_in_schema=False)
_TEMPLATE = "attendance/sheet.html"


@router.get("/workshops/{workshop_id}/attendance/days/{day}/sheet")
def sheet(request: Request, house: House, access: EnrolPeople, day: int, contacts: bool = True) -> Response:
    """A day's sheet as the browser prints it."""
    found = _read(house, access.workshop_id, day, locale_of(request), contacts)
    return house.renderer.page(request, _TEMPLATE, sheet=found)


@router.get("/workshops/{workshop_id}/attendance/days/{day}/sheet.pdf")
async def sheet_pdf(
    request: Request, house: House, access: EnrolPeople, day: int, contacts: bool = True
) -> Response:
    """A day's sheet as a PDF; where this computer cannot make one, what to install."""
    locale = locale_of(request)
    found = await run_in_threadpool(_read, house, access.workshop_id, day, locale, contacts)
    document = Document(house.renderer.render(_TEMPLATE, locale, sheet=found))
    name = document_name(translate(locale, N_("Attendance list")), f"{found.title} {found.date}")
    try:
        pdf = await house.printer.passing(document, name)
    except PdfUnavailable as refusal:
        return printed_instead(
            request,
            house.renderer,
            refusal,
            page=urls.attendance_sheet(access.workshop_id, day, None if contacts else 0),
            back=urls.attendance(access.workshop_id),
            back_name=N_("Back to the attendance list"),
        )
    headers = {**pdf.headers, "cache-control": "no-store"}
    return Response(pdf.content, media_type="application/pdf", headers=headers)


def _read(house: Parts, workshop_id: str, day: int, locale: str, contacts: bool) -> DaySheet:
    with house.db.read() as session:
        return read_sheet(session, workshop_id, day, locale, contacts=contacts)
