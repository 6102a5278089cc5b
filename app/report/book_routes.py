"""Report and booklet of a workshop: a page says how far they are, and ends in the download."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.clock import now
from app.errors import NotFound
from app.identity.deps import RunWorkshop
from app.parts import House, Parts
from app.report.books import NAMES, BookKind, Manuscript, manuscript
from app.report.reports import Report, read_report
from app.report.runs import Run, RunState
from app.web.i18n import locale_of, translate
from app.web.rendering import is_htmx
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/workshops/{workshop_id}/report")
def report(request: Request, house: House, access: RunWorkshop) -> Response:
    """The report as the browser prints it."""
    found = _read(house, access.workshop_id, locale_of(request))
    return house.renderer.page(request, "report/report.html", report=found, made_on=_today(), bound=False)


@router.get("/workshops/{workshop_id}/report.pdf")
async def report_pdf(request: Request, house: House, access: RunWorkshop) -> Response:
    """The report."""
    return await _book(request, house, access.workshop_id, BookKind.REPORT)


@router.get("/workshops/{workshop_id}/booklet.pdf")
async def booklet_pdf(request: Request, house: House, access: RunWorkshop) -> Response:
    """The booklet of all canvases."""
    return await _book(request, house, access.workshop_id, BookKind.BOOKLET)


@router.get("/workshops/{workshop_id}/books/{kind}/{run_id}")
def book_run(
    request: Request, house: House, access: RunWorkshop, kind: BookKind, run_id: str, fetch: bool = False
) -> Response:
    """How far a book is. To a script that watched it becoming ready, `fetch` names the file."""
    run = house.runs.find(access.workshop_id, run_id)
    if fetch and is_htmx(request) and run:
        path = urls.book_file(access.workshop_id, kind, run.id)
        return Response(headers={"hx-redirect": path})
    is_part = is_htmx(request)
    return house.renderer.page(
        request,
        "report/_run.html" if is_part else "report/run.html",
        workshop_id=access.workshop_id,
        kind=kind,
        name=translate(locale_of(request), NAMES[kind]),
        run=run,
        problem=translate(locale_of(request), run.problem.message) if run and run.problem else "",
        is_watched=is_part,
    )


@router.post("/workshops/{workshop_id}/books/{kind}/{run_id}/cancellation")
async def cancel(house: House, access: RunWorkshop, kind: BookKind, run_id: str) -> Response:
    """Stop making it."""
    if run := house.runs.find(access.workshop_id, run_id):
        await run_in_threadpool(house.runs.cancel, run)
    return RedirectResponse(urls.book_run(access.workshop_id, kind, run_id), 303)


@router.get("/workshops/{workshop_id}/books/{kind}/{run_id}/file")
def book_file(request: Request, house: House, access: RunWorkshop, kind: BookKind, run_id: str) -> Response:
    """The finished book; its page, where there is none."""
    run = house.runs.find(access.workshop_id, run_id)
    if run is None or run.is_under_way:
        return RedirectResponse(urls.book_run(access.workshop_id, kind, run_id), 303)
    return _file(request, house, run)


async def _book(request: Request, house: Parts, workshop_id: str, kind: BookKind) -> Response:
    """The book, where it is made already; else it is begun, and its page says how far it is."""
    ordered = await run_in_threadpool(_manuscript, house, kind, workshop_id, locale_of(request))
    run = await run_in_threadpool(house.runs.begin, ordered)
    if run.state is RunState.READY:
        return await run_in_threadpool(_file, request, house, run)
    return RedirectResponse(urls.book_run(workshop_id, kind, run.id), 303)


def _file(request: Request, house: Parts, run: Run) -> Response:
    pdf = house.runs.pdf(run)
    if pdf is None:
        raise NotFound
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _manuscript(house: Parts, kind: BookKind, workshop_id: str, locale: str) -> Manuscript:
    return manuscript(house.renderer, kind, _read(house, workshop_id, locale), locale, _today())


def _read(house: Parts, workshop_id: str, locale: str) -> Report:
    with house.db.read() as session:
        return read_report(session, workshop_id, locale)


def _today() -> date:
    return now().astimezone().date()
