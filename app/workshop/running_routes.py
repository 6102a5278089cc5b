"""The one button, and those around it: following the agenda from the desk."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.identity.deps import RunWorkshop, WorkshopAccess
from app.parts import House
from app.web.i18n import locale_of
from app.web.urls import dom_id, urls
from app.workshop import running
from app.workshop.running import Host

router = APIRouter(include_in_schema=False)


@router.post("/workshops/{workshop_id}/step")
async def enter_step(
    request: Request,
    house: House,
    access: RunWorkshop,
    step: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
    group: Annotated[str, Form()] = "",
) -> Response:
    """On to a step, from the one the page showed; without a step, the end of the agenda."""
    host = Host(access.actor, locale_of(request))
    if step:
        await house.db.write(running.enter_step, access.workshop_id, host, step, seen, group)
    else:
        await house.db.write(running.end_agenda, access.workshop_id, host, seen)
    return _back(access)


@router.post("/workshops/{workshop_id}/timer")
async def set_timer(
    house: House,
    access: RunWorkshop,
    deed: Annotated[Literal["extend", "pause", "go_on"], Form()],
    mark: Annotated[str, Form()] = "",
    group: Annotated[str, Form()] = "",
) -> Response:
    """Two minutes more, a pause, or on again."""
    if deed == "extend":
        await house.db.write(running.extend, access.workshop_id, mark, group)
    else:
        action = running.pause if deed == "pause" else running.go_on
        await house.db.write(action, access.workshop_id, group)
    return _back(access)


@router.post("/workshops/{workshop_id}/rejoining")
async def rejoin(
    request: Request, house: House, access: RunWorkshop, group: Annotated[str, Form()]
) -> Response:
    """A group back to where everybody is."""
    host = Host(access.actor, locale_of(request))
    await house.db.write(running.rejoin, access.workshop_id, host, group)
    return _back(access)


def _back(access: WorkshopAccess) -> Response:
    return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', 'now')}", 303)
