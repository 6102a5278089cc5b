"""Bringing in a file: choose it, see what will happen, and only then have it happen."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.errors import Refused
from app.identity.deps import CurrentHost
from app.importing.archives import import_workshop
from app.importing.reading import read_file
from app.importing.rehearsal import rehearse
from app.importing.waiting import Parcel, id_from
from app.parts import House, Parts
from app.web.forms import field_errors
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/imports")
def choose(request: Request, house: House, viewer: CurrentHost) -> Response:
    """Where a file is chosen."""
    return _page(request, house, {})


@router.post("/imports")
async def look_at(request: Request, house: House, viewer: CurrentHost) -> Response:
    """The file, read and tried out; nothing is changed. Or the page again, saying what is wrong with it."""
    try:
        document = await _uploaded(request)
        receipt = await run_in_threadpool(_keep, house, viewer.facilitator_id or "", document)
    except Refused as refusal:
        return _page(request, house, field_errors(request, refusal, {}, "file"))
    return RedirectResponse(urls.waiting_import(receipt), 303)


@router.get("/imports/waiting/{receipt}")
def preview(request: Request, house: House, viewer: CurrentHost, receipt: str) -> Response:
    """What will happen, in words and counts."""
    parcel = house.imports.get(receipt, viewer.facilitator_id)
    if parcel.archive is None:
        return RedirectResponse(parcel.result, 303)
    return house.renderer.page(
        request, "importing/preview.html", receipt=receipt, workshop=rehearse(parcel.archive)
    )


@router.post("/imports/waiting/{receipt}")
async def bring_in(house: House, viewer: CurrentHost, receipt: str) -> Response:
    """Do it; twice is once."""
    parcel = await run_in_threadpool(house.imports.get, receipt, viewer.facilitator_id)
    if parcel.archive is not None:
        workshop = await house.db.write(
            import_workshop, parcel.archive, parcel.facilitator_id, id_from(receipt)
        )
        parcel = Parcel(facilitator_id=parcel.facilitator_id, result=urls.desk(workshop.id))
        await run_in_threadpool(house.imports.put, receipt, parcel)
    return RedirectResponse(parcel.result, 303)


async def _uploaded(request: Request) -> bytes:
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        return await file.read() if isinstance(file, UploadFile) else b""


def _keep(house: Parts, facilitator_id: str, document: bytes) -> str:
    archive = read_file(document)
    rehearse(archive)
    return house.imports.keep(Parcel(facilitator_id=facilitator_id, archive=archive))


def _page(request: Request, house: Parts, problems: dict[str, str]) -> Response:
    return house.renderer.form(request, "importing/choose.html", {}, problems)
