"""Bringing in a file or a list: choose it, see what will happen, and only then have it happen."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.canvas.operations import Actor
from app.errors import Refused
from app.identity.deps import CurrentFacilitator, CurrentHost, NotByGuest, RunWorkshop, WorkshopAccess
from app.identity.permissions import Place, Verb, Viewer, may, may_host
from app.importing.carrying_out import carry_out
from app.importing.proposals import Brought, into_workshop, new_workshop, proposal_of
from app.importing.waiting import Parcel
from app.parts import House, Parts
from app.web.forms import field_errors
from app.web.i18n import locale_of
from app.web.urls import dom_id, urls
from app.workshop.models import Workshop
from app.workshop.names import group_name
from app.workshop.queries import tables
from app.workshop.running import Host

router = APIRouter(include_in_schema=False)
# So much is pasted at most; who has more has it in a file.
_MAX_PASTED = 256 * 1024


@router.get("/imports")
def choose(request: Request, house: House, viewer: CurrentHost) -> Response:
    """Where a file is chosen."""
    return house.renderer.form(request, "importing/choose.html", {}, {})


@router.post("/imports")
async def look_at(request: Request, house: House, viewer: CurrentHost) -> Response:
    """The file, read and tried out; nothing is changed. Or the page again, saying what is wrong with it."""
    brought = await _brought(request)
    try:
        parcel = await run_in_threadpool(
            new_workshop, brought, viewer.facilitator_id or "", locale_of(request)
        )
    except Refused as refusal:
        problems = field_errors(request, refusal, {}, "file")
        return house.renderer.form(request, "importing/choose.html", {}, problems)
    return await _wait(house, parcel)


@router.get("/imports/into/{workshop_id}")
def choose_for(request: Request, house: House, access: RunWorkshop) -> Response:
    """Where a file is chosen, or lists are pasted, for a workshop that stands."""
    return _page(request, house, access, Brought(), {})


@router.post("/imports/into/{workshop_id}")
async def look_at_for(request: Request, house: House, access: RunWorkshop) -> Response:
    """The same for additions to a workshop."""
    brought = await _brought(request)
    try:
        parcel = await run_in_threadpool(_propose, house, access, brought)
    except Refused as refusal:
        problems = field_errors(request, refusal, {}, _pasted_field(brought) or "file")
        return _page(request, house, access, brought, problems)
    return await _wait(house, parcel)


@router.get("/imports/waiting/{receipt}")
def preview(request: Request, house: House, viewer: CurrentFacilitator, receipt: str) -> Response:
    """What will happen, in words and counts."""
    parcel = _parcel(house, viewer, receipt)
    if parcel.result:
        return RedirectResponse(parcel.result, 303)
    with house.db.read() as session:
        proposal = proposal_of(session, parcel, locale_of(request))
    workshop_id = parcel.additions.workshop_id if parcel.additions else None
    return house.renderer.page(
        request, "importing/preview.html", receipt=receipt, proposal=proposal, workshop_id=workshop_id
    )


@router.post("/imports/waiting/{receipt}")
async def bring_in(request: Request, house: House, viewer: CurrentFacilitator, receipt: str) -> Response:
    """Do it; twice is once."""
    parcel = await run_in_threadpool(_parcel, house, viewer, receipt)
    if not parcel.result:
        workshop_id = await carry_out(house, parcel, receipt, _host(request, viewer))
        parcel = Parcel(facilitator_id=parcel.facilitator_id, result=_where_it_is(parcel, workshop_id))
        await run_in_threadpool(house.imports.put, receipt, parcel)
    return RedirectResponse(parcel.result, 303)


def _where_it_is(parcel: Parcel, workshop_id: str) -> str:
    """The desk, and of one that stood there already the part where something was added."""
    if parcel.additions is None:
        return urls.desk(workshop_id)
    added = parcel.additions
    part = "people" if added.people and not (added.groups or added.notes) else "groups"
    return f"{urls.desk(workshop_id)}#{dom_id('desk', part)}"


async def _brought(request: Request) -> Brought:
    async with request.form(max_files=1, max_fields=8, max_part_size=_MAX_PASTED) as form:
        file = form.get("file")
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        is_file = isinstance(file, UploadFile)
        return Brought(
            document=await file.read() if is_file else b"",  # type: ignore[union-attr]
            name=(file.filename or "") if is_file else "",  # type: ignore[union-attr]
            **{name: typed.get(name, "") for name in ("group_id", "partnerships", "people")},
        )


def _pasted_field(brought: Brought) -> str:
    return next((name for name in ("partnerships", "people") if getattr(brought, name).strip()), "")


def _propose(house: Parts, access: WorkshopAccess, brought: Brought) -> Parcel:
    with house.db.read() as session:
        return into_workshop(
            session,
            brought,
            access.viewer.facilitator_id or "",
            access.workshop_id,
            may_host=may_host(access.viewer),
        )


async def _wait(house: Parts, parcel: Parcel) -> Response:
    receipt = await run_in_threadpool(house.imports.keep, parcel)
    return RedirectResponse(urls.waiting_import(receipt), 303)


def _parcel(house: Parts, viewer: Viewer, receipt: str) -> Parcel:
    """Raises Gone, or Forbidden for who may not do this, or not any more."""
    parcel = house.imports.get(receipt, viewer.facilitator_id)
    if parcel.archive and not may_host(viewer):
        raise NotByGuest
    if parcel.additions and not may(viewer, Verb.RUN, Place(parcel.additions.workshop_id)):
        raise NotByGuest
    return parcel


def _host(request: Request, viewer: Viewer) -> Host:
    return Host(Actor("facilitator", viewer.facilitator_id, viewer.facilitator_name), locale_of(request))


def _page(
    request: Request, house: Parts, access: WorkshopAccess, brought: Brought, problems: Mapping[str, str]
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        title = session.get_one(Workshop, access.workshop_id).title
        groups = [(t.group.id, group_name(t.group, locale)) for t in tables(session, access.workshop_id)]
    form = {name: getattr(brought, name) for name in ("group_id", "partnerships", "people")}
    return house.renderer.form(
        request,
        "importing/choose_for.html",
        form,
        problems,
        workshop_id=access.workshop_id,
        workshop_title=title,
        groups=groups,
    )
