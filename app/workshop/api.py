"""Workshops for programs: make one, join one."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.deps import CurrentViewer, RunWorkshop, bearer
from app.identity.models import TokenKind
from app.identity.permissions import Viewer, may_host
from app.ids import spell_code
from app.parts import REFUSALS, House
from app.web.i18n import locale_of
from app.workshop import actions, queries
from app.workshop.actions import Joining
from app.workshop.door import find_by_code
from app.workshop.models import Workshop
from app.workshop.names import group_name
from app.workshop.plans import Particulars, Plan, PlannedGroup, read_partnerships

router = APIRouter(prefix="/api", tags=["workshops"], responses=REFUSALS)


class GroupIn(BaseModel):
    """A group to be. `partnership` is written as in the form: training centre × partner."""

    model_config = ConfigDict(extra="forbid")
    name: str = ""
    partnership: str = ""


class ParticularsIn(BaseModel):
    """What a workshop is called, and so on; what is left out is empty."""

    model_config = ConfigDict(extra="forbid")
    title: str
    held_on: date
    place: str = ""
    province: str = ""
    organizer: str = ""
    expected_participants: Annotated[int, Field(ge=1, le=500)] | None = None


class WorkshopIn(ParticularsIn):
    """A workshop to be; the date is today's when left out."""

    held_on: date = Field(default_factory=lambda: now().astimezone().date())
    groups: Annotated[list[GroupIn], Field(min_length=1, max_length=40)]


class ParticularsOut(BaseModel):
    """What a workshop is called, and so on, as it is kept."""

    title: str
    held_on: date
    place: str
    province: str
    organizer: str
    expected_participants: int | None


class GroupOut(BaseModel):
    """A group and the canvas it works on."""

    id: str
    name: str
    canvas_id: str


class WorkshopOut(BaseModel):
    """A workshop with the code people type to join it."""

    id: str
    join_code: str
    groups: list[GroupOut]


class JoinIn(BaseModel):
    """Somebody who wants to join."""

    model_config = ConfigDict(extra="forbid")
    code: str
    name: str
    group_id: str
    institution: str = ""
    side: Literal["blk", "industry", "government", "other"] | None = None


class JoinOut(BaseModel):
    """The participant's own token, and where they write."""

    token: str
    participant_id: str
    canvas_id: str


def api_facilitator(viewer: CurrentViewer) -> Viewer:
    """A facilitator by bearer token."""
    if not may_host(viewer):
        raise errors.Forbidden("facilitator_token_needed", N_("This needs a facilitator's token."))
    return viewer


@router.post("/workshops", dependencies=[Depends(bearer)])
async def create_workshop(
    request: Request, house: House, viewer: Annotated[Viewer, Depends(api_facilitator)], wanted: WorkshopIn
) -> WorkshopOut:
    """Make a workshop with its groups and canvases."""
    said = wanted.model_dump(exclude={"groups"})
    plan = Plan(**said, groups=tuple(_planned(group) for group in wanted.groups))
    workshop = await house.db.write(actions.create_workshop, viewer.facilitator_id or "", plan)
    with house.db.read() as session:
        groups = [
            GroupOut(
                id=table.group.id, name=group_name(table.group, locale_of(request)), canvas_id=table.canvas.id
            )
            for table in queries.tables(session, workshop.id)
        ]
    return WorkshopOut(id=workshop.id, join_code=spell_code(workshop.join_code), groups=groups)


@router.put("/workshops/{workshop_id}", dependencies=[Depends(bearer)])
async def correct_workshop(house: House, access: RunWorkshop, said: ParticularsIn) -> ParticularsOut:
    """Correct what a workshop is called, its date, place and so on."""
    await house.db.write(actions.correct_workshop, access.workshop_id, Particulars(**said.model_dump()))
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
        return ParticularsOut.model_validate(workshop, from_attributes=True)


@router.post("/join")
async def join(request: Request, house: House, wanted: JoinIn) -> JoinOut:
    """Join a workshop by its code; the answer holds the participant's token."""
    workshop = await find_by_code(house, wanted.code, request.client.host if request.client else "")
    joining = Joining(wanted.name, wanted.group_id, wanted.institution, wanted.side)
    participant, token = await house.db.write(actions.join_workshop, workshop.id, joining, TokenKind.API)
    with house.db.read() as session:
        table = queries.table_of(session, participant)
    assert table is not None
    return JoinOut(token=token, participant_id=participant.id, canvas_id=table.canvas.id)


def _planned(group: GroupIn) -> PlannedGroup:
    parties = read_partnerships(group.partnership)
    first = parties[0] if parties else PlannedGroup()
    return PlannedGroup(first.training_centre, first.industry_partner, first.vocational_field, group.name)
