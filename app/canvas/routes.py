"""The board: pages for people, and forms that change notes. Programs use `api`."""

from functools import partial
from typing import Annotated, ParamSpec

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app import errors
from app.canvas import actions, catalog, queries
from app.canvas.drawing import canvas_view, no_vote, note_view
from app.canvas.forms import AddForm, EditForm, MoveForm, OperationForm, VisibilityForm
from app.canvas.history import Reader, turn_of
from app.canvas.models import Note
from app.canvas.operations import Operation, Outcome, Tags, Wording
from app.canvas.performing import add_from, perform
from app.canvas.readers import board_viewer, viewer_at
from app.canvas.results import ballot_of, latest_round_view
from app.canvas.rewording import revise_note
from app.canvas.seeing import remember, sight_of
from app.canvas.segments import numbered
from app.canvas.undo import steps_of
from app.canvas.veiled import own_veiled_notes, veiled_counts
from app.canvas.views import CanvasView
from app.comment.queries import talk_on
from app.errors import N_
from app.identity import queries as identity_queries
from app.identity.deps import ModerateCanvas, SeeCanvas, WriteCanvas
from app.ids import new_uuid
from app.live.answer import Wait
from app.live.stages import StageKey
from app.parts import House, Parts
from app.signal.queries import signals_at
from app.web.i18n import locale_of
from app.web.rendering import is_htmx
from app.web.urls import urls
from app.workshop import queries as workshop_queries
from app.workshop.at_step import stage_view
from app.workshop.attention import attention_view
from app.workshop.views import member_view

P = ParamSpec("P")
router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}")
def board(
    request: Request,
    house: House,
    access: SeeCanvas,
    block: str = "",
    question: int = 1,
    deleted: str = "",
    turned: int = 0,
    view: str = "",
    only: Annotated[list[str], Query()] = [],  # noqa: B006
) -> Response:
    """The whole canvas, one block in focus. `turned`: the revision of what was just undone or can be."""
    locale = locale_of(request)
    sight = sight_of(request, view, only)
    with house.db.read() as session:
        facts = queries.canvas_facts(session, access.canvas_id)
        assert facts is not None
        notes = queries.shown_notes(session, access.canvas_id)
        members = workshop_queries.present_members(session, facts.group.id)
        epoch = identity_queries.epoch(session)
        undo = session.get(Note, (access.canvas_id, deleted)) if deleted else None
        steps = steps_of(session, access.canvas_id, access.actor)
        turn = turn_of(session, facts, turned, Reader(locale, access.moderates, access.actor.id))
        talk = talk_on(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        voting = latest_round_view(session, access.canvas_id, definition, locale)
        veiled = veiled_counts(session, access.canvas_id)
        mine = own_veiled_notes(session, access.canvas_id, access.actor.id)
        ballot = ballot_of(session, voting, board_viewer(access).participant_id)
        stage = stage_view(session, facts.workshop, facts.group.id, locale)
        signals = signals_at(session, facts.canvas)
        attention = attention_view(session, facts.workshop, locale)
        viewer = viewer_at(session, access)
    if block == definition.plan.key:
        way = urls.follow_up_plan(access.canvas_id, deleted=deleted or None, turned=turned or None)
        return RedirectResponse(way, 303)
    about = stage.blocks if stage and stage.blocks else (definition.in_order()[0].key,)
    focus = block if definition.has_place(block) else about[0]
    questions = definition.block(focus).questions if definition.has_block(focus) else ()
    page = house.renderer.page(
        request,
        "canvas/board.html",
        canvas=canvas_view(
            facts,
            definition,
            locale,
            notes,
            talk=talk,
            can_vote_in=voting.is_about if voting else no_vote,
            veiled=veiled,
        ),
        mine=[note_view(note, is_veiled=True) for note in mine],
        voting=voting,
        ballot=ballot,
        stage=stage,
        plan_key=definition.plan.key,
        signals=signals,
        sight=sight,
        focus=focus,
        question=question if 1 <= question <= len(questions) else 1,
        viewer=viewer,
        attention=attention,
        group_id=facts.group.id,
        members=[member_view(member) for member in members],
        since=facts.revision,
        epoch=epoch,
        undo=undo.id if undo and undo.deleted_at else None,
        steps=steps,
        turn=turn,
        op_id=new_uuid,
        new_id=new_uuid,
    )
    if view:
        remember(page, sight.view)
    return page


@router.get("/canvases/{canvas_id}/events")
def board_events(
    request: Request, house: House, access: SeeCanvas, since: str = "", wait: Wait = None
) -> Response:
    """The board's live regions, as an event stream or as one answer."""
    key = StageKey("board", access.canvas_id, locale_of(request))
    since = request.headers.get("last-event-id") or since
    return house.streams.follow(key, since, access.person, share=access.share, wait=wait)


@router.get("/canvases/{canvas_id}/notes/{note_id}")
def editor(request: Request, house: House, access: SeeCanvas, note_id: str) -> Response:
    """One note picked up, for changing, moving or deleting it."""
    locale = locale_of(request)
    canvas = _canvas(house, access.canvas_id, locale)
    with house.db.read() as session:
        note = session.get(Note, (access.canvas_id, note_id))
        changed_by = queries.reworded_by(session, note) if note else ""
        rival = session.get(Note, (access.canvas_id, canvas.rival_of(note_id)))
        rival_by = queries.reworded_by(session, rival) if rival else ""
    if note is None or note.deleted_at or note.hidden_at or note.is_veiled_from(access.actor.id):
        raise errors.Gone("note_gone", N_("This note was deleted."))
    if all(place.key != note.block for place in canvas.places):
        return RedirectResponse(urls.follow_up_plan(access.canvas_id, item=note_id), 303)
    return house.renderer.page(
        request,
        "canvas/_editor.html" if is_htmx(request) else "canvas/note.html",
        canvas=canvas,
        block=canvas.block(note.block),
        note=note_view(note, is_veiled=note.veiled_by is not None),
        changed_by=changed_by,
        rival_by=rival_by,
        viewer=board_viewer(access),
        op_id=new_uuid,
    )


@router.post("/canvases/{canvas_id}/notes")
async def add(
    request: Request, house: House, access: WriteCanvas, form: Annotated[AddForm, Form()]
) -> Response:
    """A new note."""
    change = partial(add_from, form=form, moderates=access.moderates)
    return await perform(request, house, access, form.note_id, form, change)


@router.post("/canvases/{canvas_id}/notes/{note_id}")
async def edit(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[EditForm, Form()]
) -> Response:
    """New words or tags. If somebody else was first, both changes are merged, or both versions kept."""
    return await perform(request, house, access, note_id, form, partial(_edit, form=form))


def _edit(session: Session, operation: Operation, form: EditForm) -> Outcome:
    def revise(note: Note) -> tuple[Wording, Tags]:
        tags = form.tags(note)
        if form.as_segment:
            tags = numbered(session, operation.canvas_id, note.block, tags)
        return form.wording(note), tags

    return revise_note(session, operation, form.base_version, revise, on_conflict="merge")


@router.post("/canvases/{canvas_id}/notes/{note_id}/placement")
async def move(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[MoveForm, Form()]
) -> Response:
    """Another block, or another place in it."""
    return await perform(
        request,
        house,
        access,
        note_id,
        form,
        partial(actions.move_note, block=form.block, before=form.before, cluster=form.cluster),
    )


@router.post("/canvases/{canvas_id}/notes/{note_id}/deletion")
async def delete(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[OperationForm, Form()]
) -> Response:
    """Off the canvas; the answer offers to undo it."""
    return await perform(request, house, access, note_id, form, actions.delete_note, undo=True)


@router.post("/canvases/{canvas_id}/notes/{note_id}/restoration")
async def restore(
    request: Request, house: House, access: WriteCanvas, note_id: str, form: Annotated[OperationForm, Form()]
) -> Response:
    """Back on the canvas."""
    return await perform(request, house, access, note_id, form, actions.restore_note)


@router.post("/canvases/{canvas_id}/notes/{note_id}/hiding")
async def hide(
    request: Request,
    house: House,
    access: ModerateCanvas,
    note_id: str,
    form: Annotated[VisibilityForm, Form()],
) -> Response:
    """Out of everybody's sight but the facilitators'."""
    return await perform(request, house, access, note_id, form, actions.hide_note)


@router.post("/canvases/{canvas_id}/notes/{note_id}/showing")
async def show(
    request: Request,
    house: House,
    access: ModerateCanvas,
    note_id: str,
    form: Annotated[VisibilityForm, Form()],
) -> Response:
    """Back in sight, from the desk."""
    return await perform(request, house, access, note_id, form, actions.show_note, back_to_desk=True)


def _canvas(house: Parts, canvas_id: str, locale: str) -> CanvasView:
    with house.db.read() as session:
        facts = queries.canvas_facts(session, canvas_id)
        assert facts is not None
        notes = queries.shown_notes(session, canvas_id)
    return canvas_view(facts, catalog.definition(facts.canvas.definition_key), locale, notes)
