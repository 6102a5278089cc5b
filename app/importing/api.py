"""Import for programs: the file is the body, and a dry run only says what would happen."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from app import errors
from app.canvas.operations import Actor
from app.errors import N_
from app.identity.deps import CurrentViewer, RunWorkshop, bearer
from app.identity.permissions import Viewer, may_host
from app.importing.carrying_out import carry_out
from app.importing.proposals import Brought, Proposal, into_workshop, new_workshop, proposal_of
from app.importing.rehearsal import NewGroup
from app.importing.waiting import Parcel
from app.parts import REFUSALS, House, Parts
from app.web.i18n import locale_of
from app.workshop.running import Host

router = APIRouter(prefix="/api/imports", tags=["imports"], responses=REFUSALS)
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


class GroupOut(BaseModel):
    """A group that is new, and what is in it."""

    name: str
    partnership: str
    notes: int
    people: int


class AddedOut(BaseModel):
    """What a group that stands there gets."""

    group: str
    notes: int
    people: int


class RemarkOut(BaseModel):
    """What is left out or changed, and where that stands."""

    place: str
    message: str


class ImportOut(BaseModel):
    """What is in the workshop now, or would be; a dry run has no `workshop_id` for one that is new."""

    dry_run: bool
    workshop_id: str | None
    groups: list[GroupOut]
    added: list[AddedOut]
    remarks: list[RemarkOut]


class Asked(BaseModel):
    """How to import. `op_id`: the same one again has no second effect; `name`: what the file is called."""

    op_id: UUID
    dry_run: bool = False
    name: str = ""


@router.post("", dependencies=[Depends(bearer)], openapi_extra=_FILE)
async def import_file(
    request: Request, house: House, viewer: CurrentViewer, asked: Annotated[Asked, Query()]
) -> ImportOut:
    """A file as a workshop of its own."""
    if not may_host(viewer):
        raise errors.Forbidden("facilitator_token_needed", N_("This needs a facilitator's token."))
    brought, facilitator_id = Brought(await request.body(), asked.name), viewer.facilitator_id or ""
    parcel = await run_in_threadpool(new_workshop, brought, facilitator_id, locale_of(request))
    return await _answer(request, house, viewer, asked, parcel)


@router.post("/{workshop_id}", dependencies=[Depends(bearer)], openapi_extra=_FILE)
async def import_into(
    request: Request,
    house: House,
    access: RunWorkshop,
    asked: Annotated[Asked, Query()],
    group_id: str = "",
) -> ImportOut:
    """A file as additions to a workshop; with `group_id` all of it to that group."""
    brought = Brought(await request.body(), asked.name, group_id)

    def propose() -> Parcel:
        with house.db.read() as session:
            return into_workshop(
                session,
                brought,
                access.viewer.facilitator_id or "",
                access.workshop_id,
                may_host=may_host(access.viewer),
            )

    return await _answer(request, house, access.viewer, asked, await run_in_threadpool(propose))


async def _answer(request: Request, house: Parts, viewer: Viewer, asked: Asked, parcel: Parcel) -> ImportOut:
    locale = locale_of(request)
    proposal = await run_in_threadpool(_read, house, parcel, locale)
    workshop_id = parcel.additions.workshop_id if parcel.additions else None
    if not asked.dry_run and not proposal.is_empty:
        actor = Actor("facilitator", viewer.facilitator_id, viewer.facilitator_name)
        receipt = f"{viewer.facilitator_id}/{asked.op_id}"
        workshop_id = await carry_out(house, parcel, receipt, Host(actor, locale))
    groups = proposal.workshop.groups if proposal.workshop else proposal.groups
    return ImportOut(
        dry_run=asked.dry_run,
        workshop_id=workshop_id,
        groups=[_group(group) for group in groups],
        added=[AddedOut(group=one.group, notes=one.notes, people=one.people) for one in proposal.added],
        remarks=[RemarkOut(place=place, message=message) for place, message in proposal.remarks],
    )


def _read(house: Parts, parcel: Parcel, locale: str) -> Proposal:
    with house.db.read() as session:
        return proposal_of(session, parcel, locale)


def _group(group: NewGroup) -> GroupOut:
    return GroupOut(name=group.name, partnership=group.partnership, notes=group.notes, people=group.people)
