"""Periksa kanvas: what could still be asked about a canvas, and setting such a question aside."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.canvas import catalog, queries
from app.canvas.check_list import REASONS, checks_view
from app.canvas.checks import area_of
from app.canvas.dismissals import dismiss_finding, withdraw_dismissal
from app.canvas.drawing import canvas_view
from app.canvas.follow_up import action_items, planned_notes
from app.canvas.forms import DismissalForm
from app.errors import Refused
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.parts import House
from app.web.forms import field_errors
from app.web.i18n import locale_of, translate
from app.web.urls import urls
from app.workshop.names import group_name
from app.workshop.queries import present_members, tables

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Unaccepted:
    """A dismissal that was not accepted: of which finding, with which words, and why not."""

    finding: str = ""
    comment: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another table's canvas, for a facilitator who goes from one to the next."""

    canvas_id: str
    name: str


@router.get("/canvases/{canvas_id}/checks")
def checks(request: Request, house: House, access: SeeCanvas, voices: bool = False) -> Response:
    """The questions, area by area. `voices`: a facilitator also asks how turns are shared."""
    return _checks(request, house, access, voices=voices and access.moderates)


@router.post("/canvases/{canvas_id}/checks/dismissals")
async def dismiss(
    request: Request, house: House, access: WriteCanvas, form: Annotated[DismissalForm, Form()]
) -> Response:
    """One question less; or the page again with what was typed and what is wrong about it."""
    try:
        await house.db.write(
            dismiss_finding,
            access.canvas_id,
            form.op_id,
            form.finding,
            form.preset,
            form.comment,
            access.actor,
        )
    except Refused as error:
        if error.code not in ("reason_missing", "reason_too_long"):
            raise
        message = field_errors(request, error, {}, "comment")["comment"]
        unaccepted = Unaccepted(form.finding, form.comment, message)
        return _checks(request, house, access, error.status, unaccepted)
    return RedirectResponse(urls.canvas_checks(access.canvas_id, area_of(form.finding)), 303)


@router.post("/canvases/{canvas_id}/checks/dismissals/{dismissal_id}/withdrawal")
async def withdraw(request: Request, house: House, access: WriteCanvas, dismissal_id: str) -> Response:
    """The question is asked again. It sets a state, so a browser need not name the operation."""
    finding = await house.db.write(withdraw_dismissal, access.canvas_id, dismissal_id)
    return RedirectResponse(urls.canvas_checks(access.canvas_id, area_of(finding)), 303)


def _checks(
    request: Request,
    house: House,
    access: CanvasAccess,
    status: int = 200,
    unaccepted: Unaccepted | None = None,
    *,
    voices: bool = False,
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        members = [member.id for member in present_members(session, facts.group.id)] if voices else None
        steps = planned_notes(session, access.canvas_id, definition)
        plan = action_items(steps, facts.held_on)
        view = checks_view(session, access.canvas_id, definition, locale, plan=plan, members=members)
        others = tables(session, access.place.workshop_id) if access.moderates else ()
    return house.renderer.page(
        request,
        "canvas/checks.html",
        status,
        canvas=canvas_view(facts, definition, locale, (), {}),
        checks=view,
        presets=[(preset.value, translate(locale, words)) for preset, words in REASONS.items()],
        unaccepted=unaccepted or Unaccepted(),
        neighbours=[Neighbour(table.canvas.id, group_name(table.group, locale)) for table in others],
        asks_about_voices=voices,
        is_facilitator=access.moderates,
        op_id=new_uuid,
    )
