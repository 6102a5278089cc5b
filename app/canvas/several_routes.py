"""Several notes at once, and those that stand together under a name: forms, and a page without scripts."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.drawing import canvas_view
from app.canvas.forms import NamingForm, OperationForm, SeveralForm, request_of
from app.canvas.gathering import cluster_notes, delete_notes, move_notes, rename_cluster
from app.canvas.operations import Operation, Outcome
from app.identity.deps import CanvasAccess, WriteCanvas
from app.ids import new_uuid
from app.parts import House, Parts
from app.web.i18n import locale_of
from app.web.rendering import wants_json
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/selection")
def selection(
    request: Request, house: House, access: WriteCanvas, block: str = "", notes: str = ""
) -> Response:
    """The notes of a block, to choose some of them and say what is wanted."""
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        shown = queries.shown_notes(session, access.canvas_id)
    definition = catalog.definition(facts.canvas.definition_key)
    canvas = canvas_view(facts, definition, locale, shown)
    here = canvas.block(block if definition.has_place(block) else canvas.blocks[0].key)
    chosen = notes.split()
    clusters = {note.cluster for note in here.notes if note.id in chosen}
    return house.renderer.page(
        request,
        "canvas/selection.html",
        canvas=canvas,
        block=here,
        chosen=chosen,
        cluster=clusters.pop() if len(clusters) == 1 else "",
        op_id=new_uuid,
    )


@router.post("/canvases/{canvas_id}/placement")
async def move(
    request: Request, house: House, access: WriteCanvas, form: Annotated[SeveralForm, Form()]
) -> Response:
    """All of them into one block, one after the other."""
    action = partial(
        move_notes, note_ids=form.notes, block=form.block, before=form.before, cluster=form.cluster
    )
    return await _perform(request, house, access, form, action)


@router.post("/canvases/{canvas_id}/deletion")
async def delete(
    request: Request, house: House, access: WriteCanvas, form: Annotated[SeveralForm, Form()]
) -> Response:
    """All of them off the canvas; the answer offers to undo it."""
    return await _perform(request, house, access, form, partial(delete_notes, note_ids=form.notes))


@router.post("/canvases/{canvas_id}/clusters")
async def gather(
    request: Request, house: House, access: WriteCanvas, form: Annotated[SeveralForm, Form()]
) -> Response:
    """All of them together under a name."""
    action = partial(cluster_notes, note_ids=form.notes, block=form.block, name=form.name)
    return await _perform(request, house, access, form, action)


@router.post("/canvases/{canvas_id}/clusters/naming")
async def rename(
    request: Request, house: House, access: WriteCanvas, form: Annotated[NamingForm, Form()]
) -> Response:
    """Another name for what stands together, or none."""
    action = partial(rename_cluster, block=form.block, cluster=form.cluster, name=form.name)
    return await _perform(request, house, access, form, action)


async def _perform(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    form: OperationForm,
    action: Callable[[Session, Operation], Outcome],
) -> Response:
    operation = Operation(access.canvas_id, "", form.op_id, access.actor, request_of(form))
    outcome = await house.db.write(action, operation)
    if wants_json(request):
        with house.db.read() as session:
            live = queries.canvas_revisions(session, access.canvas_id).live
        note = outcome.note_for(access.actor.id)
        return JSONResponse({"rev": outcome.revision, "live": live, "note": note, "changed": outcome.changed})
    path = urls.canvas(access.canvas_id, outcome.note.block, turned=outcome.revision)
    return RedirectResponse(path, 303)
