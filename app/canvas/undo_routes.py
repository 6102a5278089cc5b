"""Undo, redo, clearing a block and the trash: forms of the board and the pages around them."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.drawing import canvas_view
from app.canvas.forms import LARGEST, ClearForm, OperationForm, RestoreForm, request_of
from app.canvas.history import Reader
from app.canvas.operations import Operation, Outcome
from app.canvas.sentences import told
from app.canvas.trash import clear_block, restore_deleted
from app.canvas.trash_list import trash_page
from app.canvas.undo import redo, steps_of, tell, undo
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.parts import House, Parts
from app.web.i18n import locale_of
from app.web.rendering import wants_json
from app.web.urls import urls

router = APIRouter(include_in_schema=False)
Earlier = Annotated[int | None, Query(ge=1, le=LARGEST)]


@router.post("/canvases/{canvas_id}/undo")
async def undo_own(
    request: Request, house: House, access: WriteCanvas, form: Annotated[OperationForm, Form()]
) -> Response:
    """One's own last change taken back."""
    return await _turn(request, house, access, form, undo)


@router.post("/canvases/{canvas_id}/redo")
async def redo_own(
    request: Request, house: House, access: WriteCanvas, form: Annotated[OperationForm, Form()]
) -> Response:
    """What one undid last, done again."""
    return await _turn(request, house, access, form, redo)


@router.get("/canvases/{canvas_id}/clearing")
def confirm_clearing(request: Request, house: House, access: WriteCanvas, block: str = "") -> Response:
    """Which block, and whether really."""
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        counts = queries.note_counts_by_block(session, access.canvas_id)
    definition = catalog.definition(facts.canvas.definition_key)
    return house.renderer.page(
        request,
        "canvas/clearing.html",
        canvas=canvas_view(facts, definition, locale, (), counts),
        chosen=block,
        op_id=new_uuid,
    )


@router.post("/canvases/{canvas_id}/clearing")
async def clear(
    request: Request, house: House, access: WriteCanvas, form: Annotated[ClearForm, Form()]
) -> Response:
    """All notes of a block into the trash; the answer offers to undo it."""
    outcome = await _perform(house, access, form, partial(clear_block, block=form.block))
    return RedirectResponse(urls.canvas(access.canvas_id, form.block, turned=outcome.revision), 303)


@router.get("/canvases/{canvas_id}/trash")
def trash(request: Request, house: House, access: SeeCanvas, before: Earlier = None) -> Response:
    """What was taken off the canvas, and the way back."""
    reader = Reader(locale_of(request), access.moderates, access.actor.id)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        page = trash_page(session, access.canvas_id, definition, reader, before)
    return house.renderer.page(
        request,
        "canvas/trash.html",
        canvas=canvas_view(facts, definition, reader.locale, (), {}),
        trash=page,
        op_id=new_uuid,
    )


@router.post("/canvases/{canvas_id}/trash")
async def restore(
    request: Request, house: House, access: WriteCanvas, form: Annotated[RestoreForm, Form()]
) -> Response:
    """Back on the canvas, all that one operation took away."""
    await _perform(house, access, form, partial(restore_deleted, operation=form.operation))
    return RedirectResponse(urls.canvas_trash(access.canvas_id), 303)


async def _turn(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    form: OperationForm,
    action: Callable[..., Outcome],
) -> Response:
    outcome = await _perform(house, access, form, partial(action, moderates=access.moderates))
    if not wants_json(request):
        block, turned = outcome.note.block, outcome.revision
        return RedirectResponse(urls.canvas(access.canvas_id, block, turned=turned), 303)
    with house.db.read() as session:
        what = tell(session, access.canvas_id, outcome.revision)
        steps = steps_of(session, access.canvas_id, access.actor)
        live = queries.canvas_revisions(session, access.canvas_id).live
    return JSONResponse(
        {
            "rev": outcome.revision,
            "live": live,
            "note": outcome.note_for(access.actor.id),
            "changed": outcome.changed,
            "message": told(what, locale_of(request)) if what else "",
            "undo": steps.undo,
            "redo": steps.redo,
        }
    )


async def _perform(
    house: Parts, access: CanvasAccess, form: OperationForm, action: Callable[[Session, Operation], Outcome]
) -> Outcome:
    operation = Operation(access.canvas_id, "", form.op_id, access.actor, request_of(form))
    return await house.db.write(action, operation)
