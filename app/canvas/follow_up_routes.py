"""The follow-up plan: a page of its own, live for the whole table, and the forms that add and change a step.

A step is a note of this place: it is moved, deleted and brought back by the routes of notes.
"""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import Field
from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.actions import add_note
from app.canvas.drawing import canvas_view
from app.canvas.follow_up import STATUS_NAMES, ActionItemView, plan_view, planned_notes
from app.canvas.forms import OperationForm, Uuid, Words
from app.canvas.history import Reader, turn_of
from app.canvas.models import Canvas, Note
from app.canvas.operations import PLANNED, Operation, Outcome, Tags, Wording
from app.canvas.performing import perform
from app.canvas.readers import board_viewer
from app.canvas.rewording import edit_note
from app.canvas.undo import steps_of
from app.errors import N_, Gone, Refused
from app.identity import queries as identity_queries
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.live.answer import Wait
from app.live.stages import StageKey
from app.parts import House, Parts
from app.web.forms import field_errors
from app.web.i18n import locale_of, translate
from app.web.rendering import wants_json
from app.workshop.at_step import stage_view

router = APIRouter(include_in_schema=False)
_FIELDS = {"day_not_valid": "due_on"}


class ActionItemForm(OperationForm):
    """What a step says; only the activity is needed."""

    text: Words
    output: Words = ""
    centre_owner: Words = ""
    partner_owner: Words = ""
    due_on: str = Field(default="", max_length=40)
    resources: Words = ""
    indicator: Words = ""
    status: str = Field(default="", max_length=40)
    linked_block: str = Field(default="", max_length=40)

    def wording(self, note: Note | None = None) -> Wording:
        """The words as the actions take them; what a partner brings stays as `note` has it."""
        said = {name: getattr(self, name) for name in PLANNED}
        return Wording(self.text, note.gives if note else "", note.gets if note else "", **said)


class AddItemForm(ActionItemForm):
    """A new step, at the end of the plan."""

    note_id: Uuid


class EditItemForm(ActionItemForm):
    """A step as its form left it; `base_version` is the version the form opened with."""

    base_version: int


@router.get("/canvases/{canvas_id}/follow-up-plan")
def plan(
    request: Request, house: House, access: SeeCanvas, item: str = "", deleted: str = "", turned: int = 0
) -> Response:
    """The plan; with the form of one step, where scripts do not open it."""
    return _page(request, house, access, item=item, deleted=deleted, turned=turned)


@router.get("/canvases/{canvas_id}/follow-up-plan/events")
def plan_events(
    request: Request, house: House, access: SeeCanvas, since: str = "", wait: Wait = None
) -> Response:
    """The plan's live regions, as an event stream or as one answer."""
    key = StageKey("plan", access.canvas_id, locale_of(request))
    since = request.headers.get("last-event-id") or since
    return house.streams.follow(key, since, access.person, share=access.share, wait=wait)


@router.post("/canvases/{canvas_id}/follow-up-plan")
async def add(
    request: Request, house: House, access: WriteCanvas, form: Annotated[AddItemForm, Form()]
) -> Response:
    """One more step; or the page again with what was typed and what is wrong about it."""
    try:
        return await perform(request, house, access, form.note_id, form, partial(_add, form=form))
    except Refused as error:
        return _again(request, house, access, form, error)


@router.post("/canvases/{canvas_id}/follow-up-plan/{note_id}")
async def edit(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[EditItemForm, Form()]
) -> Response:
    """What a step says now. If somebody else was first, both are put together, or both steps kept."""
    try:
        return await perform(request, house, access, note_id, form, partial(_edit, form=form))
    except Refused as error:
        return _again(request, house, access, form, error, note_id)


def _add(session: Session, operation: Operation, form: AddItemForm) -> Outcome:
    canvas = session.get_one(Canvas, operation.canvas_id)
    key = catalog.definition(canvas.definition_key).plan.key
    return add_note(session, operation, key, form.wording(), Tags())


def _edit(session: Session, operation: Operation, form: EditItemForm) -> Outcome:
    note = session.get(Note, (operation.canvas_id, operation.note_id))
    return edit_note(session, operation, form.base_version, form.wording(note), on_conflict="merge")


def _again(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    form: ActionItemForm,
    error: Refused,
    item: str = "",
) -> Response:
    """A form that came without script and cannot be accepted; scripts get the refusal itself."""
    if wants_json(request) or error.status not in (413, 422):
        raise error
    typed = {name: str(value) for name, value in form.model_dump().items()}
    problems = field_errors(request, error, _FIELDS, "text")
    return _page(request, house, access, item=item, typed=typed, problems=problems)


def _page(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    *,
    item: str,
    deleted: str = "",
    turned: int = 0,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        notes = planned_notes(session, access.canvas_id, definition)
        view = plan_view(definition, locale, facts.held_on, notes)
        gone = session.get(Note, (access.canvas_id, deleted)) if deleted else None
        context = {
            "stage": stage_view(session, facts.workshop, facts.group.id, locale),
            "steps": steps_of(session, access.canvas_id, access.actor),
            "turn": turn_of(session, facts, turned, Reader(locale, access.moderates, access.actor.id)),
            "epoch": identity_queries.epoch(session),
        }
    chosen = next((each for each in view.items if each.id == item), None)
    if item and chosen is None:
        raise Gone("note_gone", N_("This note was deleted."))
    return house.renderer.form(
        request,
        "canvas/plan.html",
        typed or _form_of(chosen),
        problems or {},
        canvas=canvas_view(facts, definition, locale, (), {}),
        place=definition.plan.key,
        plan=view,
        chosen=chosen,
        around=view.around(chosen.id) if chosen else (None, None),
        undo=gone.id if gone and gone.deleted_at else None,
        viewer=board_viewer(access),
        statuses=[(key, translate(locale, name)) for key, name in STATUS_NAMES.items()],
        since=facts.revision,
        op_id=new_uuid,
        new_id=new_uuid,
        **context,
    )


def _form_of(item: ActionItemView | None) -> dict[str, str]:
    """A form that is open at a step, or at a new one."""
    if item is None:
        return dict.fromkeys(("text", *PLANNED), "")
    said = {name: getattr(item, name) for name in PLANNED if name != "due_on"}
    due_on = item.due.isoformat() if item.due else ""
    return {"text": item.text, "due_on": due_on, "base_version": str(item.version), **said}
