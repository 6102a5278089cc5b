"""The page on which a host puts the agenda in order, before the day or in the break."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.canvas import catalog
from app.errors import N_, Invalid, Refused
from app.identity.deps import RunWorkshop, WorkshopAccess
from app.ids import new_id
from app.parts import House, Parts
from app.signal.queries import rows_of
from app.web.forms import field_errors
from app.web.i18n import locale_of, translate
from app.web.urls import dom_id, urls
from app.workshop import agenda_actions
from app.workshop.agenda import MAX_MINUTES, read_time
from app.workshop.agenda_actions import StepWords
from app.workshop.agenda_steps import agenda_choices
from app.workshop.models import Workshop
from app.workshop.run_sheet import run_sheet
from app.workshop.stages import STAGE_NAMES, Stage

router = APIRouter(include_in_schema=False)
Minutes = Annotated[int, Form(ge=1, le=MAX_MINUTES)]


@router.get("/workshops/{workshop_id}/agenda")
def agenda(request: Request, house: House, access: RunWorkshop) -> Response:
    """All steps, each with its form."""
    return _page(request, house, access)


@router.post("/workshops/{workshop_id}/agenda")
async def choose_agenda(
    request: Request, house: House, access: RunWorkshop, key: Annotated[str, Form()]
) -> Response:
    """Another agenda in the place of this one."""
    facilitator_id = access.viewer.facilitator_id or ""
    try:
        await house.db.write(agenda_actions.choose_agenda, access.workshop_id, facilitator_id, key)
    except Invalid as error:
        return _page(request, house, access, error)
    return _back(access)


@router.post("/workshops/{workshop_id}/agenda/start")
async def set_start(
    request: Request,
    house: House,
    access: RunWorkshop,
    day: Annotated[int, Form()],
    start: Annotated[str, Form()],
) -> Response:
    """When a day begins."""
    try:
        minutes = read_time(start)
    except ValueError:
        return _page(request, house, access, Invalid("time_wrong", N_("Write a time such as 08.30.")))
    await house.db.write(agenda_actions.set_start, access.workshop_id, day, minutes)
    return _back(access)


@router.post("/workshops/{workshop_id}/agenda/saving")
async def save_agenda(
    request: Request, house: House, access: RunWorkshop, name: Annotated[str, Form()] = ""
) -> Response:
    """Keep it under a name for the next workshops."""
    facilitator_id = access.viewer.facilitator_id or ""
    try:
        await house.db.write(agenda_actions.save_agenda, access.workshop_id, facilitator_id, name)
    except Refused as error:
        return _page(request, house, access, error)
    return RedirectResponse(urls.agenda(access.workshop_id, saved=1), 303)


@router.post("/workshops/{workshop_id}/agenda/steps")
async def add_step(
    request: Request,
    house: House,
    access: RunWorkshop,
    step_id: Annotated[UUID, Form()],
    stage: Annotated[Stage, Form()],
    minutes: Minutes,
    title: Annotated[str, Form()] = "",
    script: Annotated[str, Form()] = "",
    day: Annotated[int, Form()] = 1,
    block: Annotated[str, Form()] = "",
) -> Response:
    """One more step."""
    words = StepWords(title, minutes, script)
    try:
        await house.db.write(
            agenda_actions.add_step, access.workshop_id, step_id.hex, words, stage, day, block
        )
    except Refused as error:
        return _page(request, house, access, error)
    return _back(access, step_id.hex)


@router.post("/workshops/{workshop_id}/agenda/steps/{step_id}")
async def change_step(
    request: Request,
    house: House,
    access: RunWorkshop,
    step_id: str,
    minutes: Minutes,
    title: Annotated[str, Form()] = "",
    script: Annotated[str, Form()] = "",
) -> Response:
    """Other words or minutes for a step."""
    words = StepWords(title, minutes, script)
    try:
        await house.db.write(
            agenda_actions.change_step, access.workshop_id, step_id, words, locale_of(request)
        )
    except Refused as error:
        return _page(request, house, access, error)
    return _back(access, step_id)


@router.post("/workshops/{workshop_id}/agenda/steps/{step_id}/placement")
async def place_step(
    house: House, access: RunWorkshop, step_id: str, before: Annotated[str, Form()] = ""
) -> Response:
    """A step before another."""
    await house.db.write(agenda_actions.place_step, access.workshop_id, step_id, before)
    return _back(access, step_id)


@router.post("/workshops/{workshop_id}/agenda/steps/{step_id}/skipping")
async def set_skipped(
    house: House,
    access: RunWorkshop,
    step_id: str,
    skip: Annotated[bool, Form()],
    desk: Annotated[bool, Form()] = False,
) -> Response:
    """Leave a step out, or take it in again; from the agenda or from the desk."""
    action = agenda_actions.skip_step if skip else agenda_actions.keep_step
    await house.db.write(action, access.workshop_id, step_id)
    if desk:
        return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', 'now')}", 303)
    return _back(access, step_id)


@router.post("/workshops/{workshop_id}/agenda/steps/{step_id}/removal")
async def remove_step(request: Request, house: House, access: RunWorkshop, step_id: str) -> Response:
    """A step off the agenda."""
    try:
        await house.db.write(agenda_actions.remove_step, access.workshop_id, step_id)
    except Invalid as error:
        return _page(request, house, access, error)
    return _back(access)


def _page(request: Request, house: Parts, access: WorkshopAccess, error: Refused | None = None) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
        sheet = run_sheet(session, workshop, rows_of(session, workshop.id), locale)
        choices = agenda_choices(session, access.viewer.facilitator_id or "", locale)
    return house.renderer.page(
        request,
        "workshop/agenda.html",
        error.status if error else 200,
        workshop_id=workshop.id,
        workshop_title=workshop.title,
        sheet=sheet,
        choices=choices,
        stages=[(stage.value, translate(locale, name)) for stage, name in STAGE_NAMES.items()],
        blocks=[(block.key, block.name.of(locale)) for block in catalog.definition().in_order()],
        saved="saved" in request.query_params,
        step_id=new_id(),
        error=field_errors(request, error, {}, "agenda")["agenda"] if error else "",
    )


def _back(access: WorkshopAccess, step_id: str = "") -> Response:
    place = f"#{dom_id('step', step_id)}" if step_id else ""
    return RedirectResponse(urls.agenda(access.workshop_id) + place, 303)
