"""Calling for attention from the desk: leading all screens, locks, and the next canvas of a gallery walk."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from app.identity.deps import RunWorkshop, WorkshopAccess
from app.parts import House
from app.web.urls import dom_id, urls
from app.workshop.attention import lead_to, let_go, set_lock
from app.workshop.visits import next_visit

router = APIRouter(include_in_schema=False)


@router.post("/workshops/{workshop_id}/attention")
async def lead(house: House, access: RunWorkshop, to: Annotated[str, Form()] = "") -> Response:
    """All screens to `block:<key>` or `canvas:<id>`; with nothing, back to where they were."""
    kind, _, key = to.partition(":")
    if not to:
        await house.db.write(let_go, access.workshop_id)
    elif kind == "block":
        await house.db.write(lead_to, access.workshop_id, block=key)
    else:
        await house.db.write(lead_to, access.workshop_id, canvas_id=key)
    return _back(access, "attention")


@router.post("/workshops/{workshop_id}/locks")
async def lock(
    house: House,
    access: RunWorkshop,
    locked: Annotated[bool, Form()],
    canvas: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
) -> Response:
    """Close a block, a canvas or everything to participants; or open it again."""
    await house.db.write(set_lock, access.workshop_id, canvas, place, locked=locked)
    return _back(access, "attention")


@router.post("/workshops/{workshop_id}/visit")
async def go_round(
    house: House,
    access: RunWorkshop,
    step: Annotated[str, Form()],
    visit: Annotated[int, Form()],
    group: Annotated[str, Form()] = "",
) -> Response:
    """On to the next canvas, before its time is up."""
    await house.db.write(next_visit, access.workshop_id, step, visit, group)
    return _back(access, "now")


def _back(access: WorkshopAccess, region: str) -> Response:
    return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', region)}", 303)
