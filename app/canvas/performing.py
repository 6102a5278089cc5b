"""What a form does to a canvas, answered to a script with JSON and to a browser with the board."""

from collections.abc import Callable
from functools import partial
from typing import Concatenate

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app.canvas import actions, queries
from app.canvas.forms import AddForm, OperationForm, VisibilityForm, request_of
from app.canvas.operations import Operation, Outcome
from app.canvas.segments import numbered
from app.identity.deps import CanvasAccess
from app.parts import Parts
from app.web.rendering import wants_json
from app.web.urls import urls


async def perform(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    note_id: str,
    form: OperationForm | VisibilityForm,
    action: Callable[Concatenate[Session, Operation, ...], Outcome],
    *,
    undo: bool = False,
    back_to_desk: bool = False,
) -> Response:
    """Perform an operation durably, then answer a script with JSON and a browser with the board."""
    operation = Operation(access.canvas_id, note_id, form.op_id, access.actor, request_of(form))
    outcome, live = await house.db.write(_performed, action, operation)
    if wants_json(request):
        note = outcome.note_for(access.actor.id)
        return JSONResponse({"rev": outcome.revision, "live": live, "note": note, "changed": outcome.changed})
    if back_to_desk:
        return RedirectResponse(urls.desk(access.place.workshop_id), 303)
    return RedirectResponse(
        urls.canvas(access.canvas_id, block=outcome.note.block, deleted=outcome.note.id if undo else None),
        303,
    )


def _performed(
    session: Session, action: Callable[[Session, Operation], Outcome], operation: Operation
) -> tuple[Outcome, int]:
    """Also the revision from which boards show it: they count more than this canvas's notes."""
    outcome = action(session, operation)
    return outcome, queries.canvas_revisions(session, operation.canvas_id).live


def add_from(session: Session, operation: Operation, form: AddForm, moderates: bool) -> Outcome:
    """The note that a form brings."""
    tags = numbered(session, operation.canvas_id, form.block, form.tags())
    signed = partial(actions.add_note, author_id=form.author_id, moderates=moderates)
    return signed(session, operation, form.block, form.wording(), tags)
