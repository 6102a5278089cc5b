"""Voting: the participants' forms, what came of it, and the host who runs it and votes for the deviceless."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app import errors
from app.canvas import catalog, queries
from app.canvas.drawing import canvas_view
from app.canvas.forms import HostVotesForm, OpenVotingForm, VoteForm, request_of
from app.canvas.operations import Operation
from app.canvas.results import ballot_of, latest_round_view, latest_rounds, own_votes, results
from app.canvas.votes import cast_vote, enter_votes, withdraw_vote
from app.canvas.voting import Question, close_voting, open_voting, reopen_voting
from app.errors import N_, Refused
from app.identity.deps import (
    CanvasAccess,
    ModerateCanvas,
    RunWorkshop,
    SeeCanvas,
    WriteCanvas,
)
from app.ids import new_uuid
from app.parts import House, Parts
from app.web.forms import field_errors
from app.web.i18n import locale_of
from app.web.rendering import wants_json
from app.web.urls import dom_id, urls
from app.workshop.actions import Joining
from app.workshop.desks import canvas_ids
from app.workshop.hosting import at_each_table
from app.workshop.queries import present_members
from app.workshop.registration import register_participant
from app.workshop.views import member_view

router = APIRouter(include_in_schema=False)


@router.post("/canvases/{canvas_id}/votes")
async def vote(
    request: Request, house: House, access: WriteCanvas, form: Annotated[VoteForm, Form()]
) -> Response:
    """A vote for a note, or none. The answer holds one's own votes, and nobody else's."""
    voter = access.actor
    if voter.kind != "participant" or voter.id is None:
        raise errors.Invalid("not_at_this_table", N_("Only people at this table vote here."))
    operation = Operation(access.canvas_id, form.note_id, form.op_id, voter, request_of(form))
    action = cast_vote if form.value else withdraw_vote
    outcome = await house.db.write(action, operation, form.round_id, voter.id)
    if not wants_json(request):
        there = urls.canvas(access.canvas_id, outcome.note.block)
        return RedirectResponse(f"{there}#{dom_id('note', form.note_id)}", 303)
    with house.db.read() as session:
        votes = own_votes(session, access.canvas_id, form.round_id, voter.id)
    return JSONResponse({"rev": outcome.revision, "note": None, "changed": False, "votes": votes})


@router.get("/canvases/{canvas_id}/ballot")
def ballot(request: Request, house: House, access: SeeCanvas) -> Response:
    """One's own votes in the round that is open, for a page on which it opened."""
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        voting = latest_round_view(session, access.canvas_id, definition, locale_of(request))
        own = ballot_of(session, voting, _participant(access))
    return house.renderer.page(request, "canvas/_ballot.html", ballot=own)


@router.get("/canvases/{canvas_id}/results")
def show_results(request: Request, house: House, access: SeeCanvas) -> Response:
    """What came of the rounds that are closed, latest first."""
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        found = results(session, access.canvas_id, definition, locale)
        voting = latest_round_view(session, access.canvas_id, definition, locale)
    return house.renderer.page(
        request,
        "canvas/results.html",
        canvas=canvas_view(facts, definition, locale, (), {}),
        results=found,
        voting=voting,
    )


@router.get("/canvases/{canvas_id}/host-votes")
def host_votes(request: Request, house: House, access: ModerateCanvas) -> Response:
    """The form to vote for somebody without a device."""
    return _host_votes(request, house, access)


@router.post("/canvases/{canvas_id}/host-votes")
async def enter_host_votes(
    request: Request, house: House, access: ModerateCanvas, form: Annotated[HostVotesForm, Form()]
) -> Response:
    """The votes, in the place of those entered for this person before; or the form again, and why."""

    def enter(session: Session) -> None:
        participant_id = form.participant_id
        if not participant_id:
            joining = Joining(form.name, access.place.group_id or "")
            new = register_participant(
                session, access.place.workshop_id, UUID(form.op_id).hex, joining, moderates=True
            )
            participant_id = new.id
        enter_votes(
            session, access.canvas_id, form.op_id, form.round_id, participant_id, form.notes, access.actor
        )

    try:
        await house.db.write(enter)
    except Refused as error:
        message = field_errors(request, error, {}, "votes")["votes"]
        return _host_votes(request, house, access, error.status, form, message)
    return RedirectResponse(_desk(access.place.workshop_id), 303)


def _host_votes(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    status: int = 200,
    form: HostVotesForm | None = None,
    error: str = "",
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        voting = latest_round_view(session, access.canvas_id, definition, locale)
        notes = queries.shown_notes(session, access.canvas_id)
        members = present_members(session, facts.group.id)
    is_open = voting is not None and voting.is_open
    return house.renderer.page(
        request,
        "canvas/host_votes.html",
        status,
        canvas=canvas_view(facts, definition, locale, notes),
        voting=voting if is_open else None,
        members=[member_view(member) for member in members],
        form=form,
        error=error,
        op_id=new_uuid,
    )


@router.post("/workshops/{workshop_id}/voting")
async def open_round(house: House, access: RunWorkshop, form: Annotated[OpenVotingForm, Form()]) -> Response:
    """Ask one table, or all that are not voting already."""

    def open_each(session: Session) -> None:
        question = Question(form.question, form.budget, form.block or None, form.named)
        chosen = [form.canvas] if form.canvas else canvas_ids(session, access.workshop_id)
        busy = {
            key for key, each in latest_rounds(session, access.workshop_id).items() if each.closed is None
        }
        free = chosen if form.canvas else [canvas for canvas in chosen if canvas not in busy]
        ask = partial(open_voting, question=question)
        at_each_table(session, access.workshop_id, access.actor, free, ask)

    await house.db.write(open_each)
    return RedirectResponse(_desk(access.workshop_id), 303)


@router.post("/workshops/{workshop_id}/voting/closing")
async def close_round(house: House, access: RunWorkshop, canvas: Annotated[str, Form()] = "") -> Response:
    """End the vote at one table, or wherever one is open."""

    def close_each(session: Session) -> None:
        rounds = latest_rounds(session, access.workshop_id)
        opened = [key for key, each in rounds.items() if each.closed is None and canvas in ("", key)]

        def close(session: Session, op: Operation) -> int:
            return close_voting(session, op, rounds[op.canvas_id].id)

        at_each_table(session, access.workshop_id, access.actor, opened, close)

    await house.db.write(close_each)
    return RedirectResponse(_desk(access.workshop_id), 303)


@router.post("/workshops/{workshop_id}/voting/reopening")
async def reopen_round(house: House, access: RunWorkshop, canvas: Annotated[str, Form()]) -> Response:
    """Go on with a vote that was closed too early."""

    def reopen(session: Session) -> None:
        latest = latest_rounds(session, access.workshop_id).get(canvas)
        if latest is not None and latest.closed is not None:
            again = partial(reopen_voting, round_id=latest.id)
            at_each_table(session, access.workshop_id, access.actor, [canvas], again)

    await house.db.write(reopen)
    return RedirectResponse(_desk(access.workshop_id), 303)


def _participant(access: CanvasAccess) -> str | None:
    return access.actor.id if access.actor.kind == "participant" else None


def _desk(workshop_id: str) -> str:
    return f"{urls.desk(workshop_id)}#{dom_id('desk', 'voting')}"
