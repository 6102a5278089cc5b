"""The past of a canvas: its history, any revision of it, its named versions, and the way back to one."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.canvas import catalog, queries
from app.canvas.drawing import canvas_view
from app.canvas.forms import LARGEST, ReinstateForm, VersionForm, request_of
from app.canvas.history import Reader, history_page
from app.canvas.operations import Operation
from app.canvas.replay import moment_at
from app.canvas.version_list import version_views
from app.canvas.versions import reinstate, save_version
from app.errors import Invalid
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.parts import House
from app.web.forms import field_errors
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.models import shows_replay

router = APIRouter(include_in_schema=False)
Revision = Annotated[int | None, Query(ge=0, le=LARGEST)]


@router.get("/canvases/{canvas_id}/history")
def history(request: Request, house: House, access: SeeCanvas, before: Revision = None) -> Response:
    """Who did what when, latest first."""
    reader = Reader(locale_of(request), access.moderates, access.actor.id)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        page = history_page(session, access.canvas_id, definition, reader, before)
    return house.renderer.page(
        request,
        "canvas/history.html",
        canvas=canvas_view(facts, definition, reader.locale, (), {}),
        history=page,
        is_latest=before is None,
    )


@router.get("/canvases/{canvas_id}/replay")
def replay(request: Request, house: House, access: SeeCanvas, rev: Revision = None) -> Response:
    """The canvas at one of its revisions, and the steps before and after it; fit to be shown to a room."""
    reader = Reader(locale_of(request), sees_hidden=False)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        moment = moment_at(session, facts, LARGEST if rev is None else rev, reader)
    return house.renderer.page(
        request,
        "canvas/replay.html",
        canvas=moment.canvas,
        moment=moment,
        group_id=facts.group.id if access.moderates else None,
        is_on_wall=shows_replay(facts.workshop, access.canvas_id),
        op_id=new_uuid,
    )


@router.get("/canvases/{canvas_id}/versions")
def versions(request: Request, house: House, access: SeeCanvas) -> Response:
    """The named versions, and a form for another."""
    return _versions(request, house, access)


@router.post("/canvases/{canvas_id}/versions")
async def save(
    request: Request, house: House, access: WriteCanvas, form: Annotated[VersionForm, Form()]
) -> Response:
    """A name for the canvas as it is now; or the form again with what is wrong about it."""
    try:
        await house.db.write(save_version, access.canvas_id, form.op_id, form.name, access.actor)
    except Invalid as error:
        return _versions(request, house, access, form.name, error)
    return RedirectResponse(urls.canvas_versions(access.canvas_id), 303)


@router.post("/canvases/{canvas_id}/reinstatement")
async def bring_back(
    request: Request, house: House, access: WriteCanvas, form: Annotated[ReinstateForm, Form()]
) -> Response:
    """The notes as they were; the answer offers to undo it."""
    operation = Operation(access.canvas_id, "", form.op_id, access.actor, request_of(form))
    outcome = await house.db.write(partial(reinstate, revision=form.revision), operation)
    return RedirectResponse(urls.canvas(access.canvas_id, turned=outcome.revision), 303)


def _versions(
    request: Request, house: House, access: CanvasAccess, name: str = "", error: Invalid | None = None
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        found = version_views(session, access.canvas_id, locale)
    definition = catalog.definition(facts.canvas.definition_key)
    return house.renderer.page(
        request,
        "canvas/versions.html",
        error.status if error else 200,
        canvas=canvas_view(facts, definition, locale, (), {}),
        versions=found,
        revision=facts.canvas.revision,
        name=name,
        error=field_errors(request, error, {}, "name")["name"] if error else "",
        op_id=new_uuid,
    )
