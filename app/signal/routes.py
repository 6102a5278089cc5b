"""Signals: the two buttons of a board, and the desk that has helped."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app.canvas.forms import request_of
from app.canvas.operations import Operation
from app.canvas.queries import canvas_revisions
from app.identity.deps import RunWorkshop, WriteCanvas
from app.parts import House
from app.signal.actions import give_signal, lower_hand
from app.signal.forms import SignalForm
from app.web.rendering import wants_json
from app.web.urls import dom_id, urls

router = APIRouter(include_in_schema=False)


@router.post("/canvases/{canvas_id}/signals")
async def signal(
    request: Request, house: House, access: WriteCanvas, form: Annotated[SignalForm, Form()]
) -> Response:
    """Done, or a hand; or no longer."""
    press = form.press()
    operation = Operation(access.canvas_id, "", form.op_id, access.actor, request_of(form))

    def give(session: Session) -> tuple[int, int]:
        revision = give_signal(session, operation, press, form.people.split(), moderates=access.moderates)
        return revision, canvas_revisions(session, access.canvas_id).live

    revision, live = await house.db.write(give)
    if wants_json(request):
        return JSONResponse({"rev": revision, "live": live, "note": None, "changed": False})
    return RedirectResponse(urls.canvas(access.canvas_id), 303)


@router.post("/workshops/{workshop_id}/hands")
async def help_given(house: House, access: RunWorkshop, number: Annotated[int, Form()] = 0) -> Response:
    """A hand comes down, because somebody has helped."""
    await house.db.write(lower_hand, access.workshop_id, number)
    return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', 'signals')}", 303)
