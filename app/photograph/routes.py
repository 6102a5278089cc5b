"""The photographs of a workshop: adding, correcting and deleting them, for whoever runs it."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from app.attendance.list_queries import terms_of
from app.errors import N_, Invalid, NotFound, Refused
from app.identity.deps import RunWorkshop
from app.parts import House, Parts
from app.photograph.actions import add_photograph, correct_caption, delete_photographs, tidied
from app.photograph.darkroom import develop
from app.photograph.models import MAX_CAPTION, MOST
from app.photograph.queries import photographs_of, pictures_of
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of, translate
from app.web.urls import urls
from app.workshop.models import Workshop

router = APIRouter(include_in_schema=False)
PREFIX = "/photographs"
# So much at once: from most phones four or five photographs.
MAX_BODY = 40 * 1024 * 1024
_FILES = 30
_FIELDS = {"caption_missing": "caption", "caption_too_long": "caption", "not_agreed": "agreed"}
Unread = Sequence[tuple[str, str]]


@router.get("/photographs/{workshop_id}")
def photographs(request: Request, house: House, access: RunWorkshop) -> Response:
    """All of them, and where more are added."""
    return _page(request, house, access.workshop_id)


@router.post("/photographs/{workshop_id}")
async def add(request: Request, house: House, access: RunWorkshop) -> Response:
    """Photographs from this device. What can be read is kept; of the others the page says why not."""
    async with request.form(max_files=_FILES, max_fields=4) as form:
        said = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            _check(said, form)
        except Refused as refusal:
            problems = field_errors(request, refusal, _FIELDS, "files")
            return await run_in_threadpool(_page, request, house, access.workshop_id, said, problems)
        unread = await _keep(request, house, access.workshop_id, said["caption"], form)
    if unread:
        problems = {"files": translate(locale_of(request), N_("Not added:"))}
        return await run_in_threadpool(_page, request, house, access.workshop_id, said, problems, unread)
    return RedirectResponse(urls.photographs(access.workshop_id, saved=1), 303)


@router.get("/photographs/{workshop_id}/{photograph_id}/picture.jpg")
def picture(request: Request, house: House, access: RunWorkshop, photograph_id: str) -> Response:
    """One of them. A browser asks each time, so that one that is deleted is gone here too."""
    with house.db.read() as session:
        jpeg = pictures_of(session, access.workshop_id, [photograph_id]).get(photograph_id)
    if jpeg is None:
        raise NotFound
    headers = {"etag": f'"{photograph_id}"', "cache-control": "private, no-cache"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)


@router.post("/photographs/{workshop_id}/{photograph_id}")
async def correct(request: Request, house: House, access: RunWorkshop, photograph_id: str) -> Response:
    """Another caption; empty, the one before stays."""
    caption = (await typed(request)).get("caption", "")
    if caption.strip():
        await house.db.write(correct_caption, access.workshop_id, photograph_id, caption)
    return RedirectResponse(urls.photographs(access.workshop_id, saved=1), 303)


@router.post("/photographs/{workshop_id}/{photograph_id}/deletion")
async def remove(house: House, access: RunWorkshop, photograph_id: str) -> Response:
    """Gone, and with it the reports in which it was printed."""
    await house.db.write(delete_photographs, access.workshop_id, [photograph_id])
    await run_in_threadpool(house.runs.forget, access.workshop_id)
    return RedirectResponse(urls.photographs(access.workshop_id, saved=1), 303)


def _check(said: Mapping[str, str], form: FormData) -> None:
    """Raises Invalid or TooLong."""
    if not _files(form):
        raise Invalid("no_files", N_("Please choose photographs."))
    tidied(said.get("caption", ""))
    if not said.get("agreed"):
        raise Invalid("not_agreed", N_("Please ask everybody who can be seen first, and then say so here."))


async def _keep(request: Request, house: Parts, workshop_id: str, caption: str, form: FormData) -> Unread:
    """One file after the other. Which were not kept, and why."""
    unread = []
    for file in _files(form):
        try:
            jpeg = await run_in_threadpool(develop, await file.read())
            await house.db.write(add_photograph, workshop_id, caption, jpeg)
        except Refused as refusal:
            why = translate(locale_of(request), refusal.message, **refusal.params)
            unread.append((file.filename or "", why))
    return unread


def _files(form: FormData) -> list[UploadFile]:
    return [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.size]


def _page(
    request: Request,
    house: Parts,
    workshop_id: str,
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    unread: Unread = (),
) -> Response:
    with house.db.read() as session:
        title = session.get_one(Workshop, workshop_id).title
        kept = photographs_of(session, workshop_id)
        keep_days = terms_of(session, workshop_id).keep_days
    return house.renderer.form(
        request,
        "photograph/photographs.html",
        form or {},
        problems or {},
        workshop_id=workshop_id,
        title=title,
        photographs=kept,
        left=MOST - len(kept),
        max_caption=MAX_CAPTION,
        keep_days=keep_days,
        unread=unread,
        is_saved="saved" in request.query_params,
    )
