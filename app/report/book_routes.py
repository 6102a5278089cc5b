"""Report and booklet of a workshop: a page says how far they are, and ends in the download."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app.clock import now
from app.errors import NotFound
from app.identity.deps import RunWorkshop
from app.parts import House, Parts
from app.photograph.queries import photographs_of, pictures_of
from app.report.books import NAMES, BookKind, Manuscript, manuscript
from app.report.reports import Report, read_report
from app.report.runs import Run, RunState
from app.report.wishes import USUAL, BookWishes
from app.web.i18n import locale_of, translate
from app.web.rendering import is_htmx
from app.web.urls import urls
from app.workshop.models import Workshop

router = APIRouter(include_in_schema=False)


def wishes(names: bool = False, photographs: bool = True) -> BookWishes:
    """What somebody chose for a book."""
    return BookWishes(names, photographs)


Wished = Annotated[BookWishes, Depends(wishes)]


@router.get("/workshops/{workshop_id}/books")
def choices(request: Request, house: House, access: RunWorkshop) -> Response:
    """What can be in report and booklet: two forms that lead to them."""
    with house.db.read() as session:
        return house.renderer.page(
            request,
            "report/choices.html",
            workshop_id=access.workshop_id,
            title=session.get_one(Workshop, access.workshop_id).title,
            photographs=len(photographs_of(session, access.workshop_id)),
        )


@router.get("/workshops/{workshop_id}/report")
def report(request: Request, house: House, access: RunWorkshop, wished: Wished) -> Response:
    """The report as the browser prints it."""
    found = _read(house, access.workshop_id, locale_of(request), wished)
    return house.renderer.page(
        request,
        "report/report.html",
        report=found,
        made_on=_today(),
        bound=False,
        pdf=urls.report_pdf(access.workshop_id, **wished.query),
    )


@router.get("/workshops/{workshop_id}/report.pdf")
async def report_pdf(request: Request, house: House, access: RunWorkshop, wished: Wished) -> Response:
    """The report."""
    return await _book(request, house, access.workshop_id, BookKind.REPORT, wished)


@router.get("/workshops/{workshop_id}/booklet.pdf")
async def booklet_pdf(request: Request, house: House, access: RunWorkshop, names: bool = False) -> Response:
    """The booklet of all canvases."""
    return await _book(request, house, access.workshop_id, BookKind.BOOKLET, BookWishes(named=names))


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
    wished = run.manuscript.wishes if run else USUAL
    return house.renderer.page(
        request,
        "report/_run.html" if is_part else "report/run.html",
        workshop_id=access.workshop_id,
        kind=kind,
        name=translate(locale_of(request), NAMES[kind]),
        run=run,
        begin=_begin(access.workshop_id, kind, wished),
        print_page=urls.report(access.workshop_id, **wished.query),
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


async def _book(
    request: Request, house: Parts, workshop_id: str, kind: BookKind, wished: BookWishes
) -> Response:
    """The book, where it is made already; else it is begun, and its page says how far it is."""
    ordered = await run_in_threadpool(_manuscript, house, kind, workshop_id, locale_of(request), wished)
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


def _begin(workshop_id: str, kind: BookKind, wished: BookWishes) -> str:
    if kind is BookKind.REPORT:
        return urls.report_pdf(workshop_id, **wished.query)
    return urls.booklet_pdf(workshop_id, names=wished.query["names"])


def _manuscript(
    house: Parts, kind: BookKind, workshop_id: str, locale: str, wished: BookWishes
) -> Manuscript:
    found = _read(house, workshop_id, locale, wished)
    pictures = partial(_pictures, house, found)
    return manuscript(house.renderer, kind, found, locale, _today(), wished, pictures)


def _pictures(house: Parts, report: Report) -> Mapping[str, bytes]:
    """Read when they are printed: what was deleted until then is not."""
    with house.db.read() as session:
        pictures = pictures_of(session, report.workshop_id, [each.id for each in report.photographs])
    return {urls.photograph_picture(report.workshop_id, each): jpeg for each, jpeg in pictures.items()}


def _read(house: Parts, workshop_id: str, locale: str, wished: BookWishes) -> Report:
    with house.db.read() as session:
        return read_report(session, workshop_id, locale, wished)


def _today() -> date:
    return now().astimezone().date()
