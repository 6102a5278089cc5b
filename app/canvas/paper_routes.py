"""Typing in what stands on paper: block and author stay, and each Enter saves a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session, col, select

from app.canvas import actions, catalog, queries
from app.canvas.definition import Definition
from app.canvas.drawing import canvas_view, note_view
from app.canvas.forms import AddForm, OperationForm, request_of
from app.canvas.models import Change, Note
from app.canvas.operations import Actor, Operation
from app.canvas.performing import add_from
from app.canvas.readers import board_viewer
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.parts import House
from app.web.i18n import locale_of
from app.web.rendering import wants_json
from app.web.urls import urls
from app.workshop.names import group_name
from app.workshop.queries import present_members, tables
from app.workshop.views import member_view

router = APIRouter(include_in_schema=False)
LAST = 8


@dataclass(frozen=True, slots=True)
class OtherPaper:
    """Another table's paper, for a facilitator who types in one after the other."""

    canvas_id: str
    name: str


@router.get("/canvases/{canvas_id}/paper")
def paper(request: Request, house: House, access: SeeCanvas, block: str = "", author: str = "") -> Response:
    """The form with what was chosen last, and what was typed in last."""
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        members = [member_view(member) for member in present_members(session, facts.group.id)]
        definition = catalog.definition(facts.canvas.definition_key)
        typed = [note_view(note) for note in typed_last(session, access.canvas_id, access.actor, definition)]
        others = tables(session, access.place.workshop_id) if access.moderates else ()
        epoch = identity_queries.epoch(session)
    return house.renderer.page(
        request,
        "canvas/paper.html",
        canvas=canvas_view(facts, definition, locale, (), {}),
        viewer=board_viewer(access),
        people=[member for member in members if access.moderates or not member.has_device],
        block=block if definition.has_block(block) else definition.in_order()[0].key,
        author=author,
        typed=typed,
        others=[OtherPaper(table.canvas.id, group_name(table.group, locale)) for table in others],
        since=f"{epoch}-{facts.revision}",
        op_id=new_uuid,
        new_id=new_uuid,
    )


def typed_last(session: Session, canvas_id: str, actor: Actor, definition: Definition) -> Sequence[Note]:
    """What this person added last to the canvas and can be seen, latest first, in whosever name."""
    return session.exec(
        select(Note)
        .join(Change, (col(Change.canvas_id) == Note.canvas_id) & (col(Change.note_id) == Note.id))
        .where(
            Note.canvas_id == canvas_id,
            Note.block != definition.plan.key,
            Change.kind == "add",
            Change.actor_id == actor.id,
            col(Note.deleted_at).is_(None),
            col(Note.hidden_at).is_(None),
        )
        .order_by(col(Change.revision).desc())
        .limit(LAST)
    ).all()


@router.post("/canvases/{canvas_id}/paper")
async def type_in(
    request: Request, house: House, access: WriteCanvas, form: Annotated[AddForm, Form()]
) -> Response:
    """One more note, and back to the form with the same block and author."""
    operation = Operation(access.canvas_id, form.note_id, form.op_id, access.actor, request_of(form))
    outcome = await house.db.write(partial(add_from, form=form, moderates=access.moderates), operation)
    if wants_json(request):
        return JSONResponse(
            {"rev": outcome.revision, "note": outcome.note_for(access.actor.id), "changed": outcome.changed}
        )
    return RedirectResponse(urls.canvas_paper(access.canvas_id, form.block, form.author_id), 303)


@router.post("/canvases/{canvas_id}/paper/{note_id}/withdrawal")
async def withdraw(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[OperationForm, Form()]
) -> Response:
    """A note that was typed in by mistake goes into the trash."""
    operation = Operation(access.canvas_id, note_id, form.op_id, access.actor, request_of(form))
    outcome = await house.db.write(actions.delete_note, operation)
    if wants_json(request):
        return JSONResponse(
            {"rev": outcome.revision, "note": outcome.note_for(access.actor.id), "changed": outcome.changed}
        )
    note = outcome.note
    return RedirectResponse(urls.canvas_paper(access.canvas_id, note.block, note.author_id), 303)
