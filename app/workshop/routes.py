"""The facilitator's side of a workshop: making it, and the desk."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.canvas import actions as canvas_actions
from app.canvas import catalog
from app.canvas.forms import LARGEST
from app.canvas.operations import Actor
from app.clock import now
from app.comment.actions import hide_comments_by
from app.identity import queries as identity_queries
from app.identity.deps import (
    FACILITATOR_SHARE,
    CurrentHost,
    CurrentViewer,
    RunWorkshop,
    WorkshopAccess,
)
from app.identity.permissions import Viewer, has_account, may_host
from app.ids import read_code
from app.live.answer import Wait
from app.live.stages import StageKey
from app.parts import House, Parts
from app.qr import qr_data
from app.web.forms import all_field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import dom_id, urls
from app.workshop import actions, queries, scenes
from app.workshop.agenda_steps import agenda_choices
from app.workshop.forms import FIELDS, read_plan
from app.workshop.models import Participant, SceneKind, Workshop
from app.workshop.plans import Mistakes
from app.workshop.views import member_view, workshop_summary, workshop_view

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, house: House, viewer: CurrentViewer) -> Response:
    """A facilitator's workshops; for everybody else, the way into one."""
    if not viewer.facilitator_id:
        return RedirectResponse(urls.join(), 303)
    with house.db.read() as session:
        summaries = [
            workshop_summary(workshop, groups, present)
            for workshop, groups, present in queries.workshops_of(session, viewer.facilitator_id)
            if workshop.id in viewer.facilitates
        ]
    return house.renderer.page(
        request,
        "workshop/home.html",
        facilitator_name=viewer.facilitator_name,
        workshops=summaries,
        may_host=may_host(viewer),
        has_account=has_account(viewer),
        join_address=house.address().split("://")[-1],
    )


@router.get("/workshops/new")
def new_workshop(request: Request, house: House, viewer: CurrentHost) -> Response:
    """The one form."""
    form = {"held_on": now().astimezone().date().isoformat(), "group_count": "5"}
    return _form(request, house, viewer, form, {})


@router.post("/workshops")
async def create_workshop(request: Request, house: House, viewer: CurrentHost) -> Response:
    """A workshop that stands at once; or the form again with everything typed."""
    form = await typed(request)
    try:
        plan = read_plan(form)
        workshop = await house.db.write(actions.create_workshop, viewer.facilitator_id or "", plan)
    except Mistakes as error:
        problems = all_field_errors(request, error.mistakes, FIELDS, "partnerships")
        return _form(request, house, viewer, form, problems)
    return RedirectResponse(urls.desk(workshop.id), 303)


def _form(
    request: Request, house: Parts, viewer: Viewer, form: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    with house.db.read() as session:
        agendas = agenda_choices(session, viewer.facilitator_id or "", locale_of(request))
    return house.renderer.form(
        request,
        "workshop/new.html",
        form,
        problems,
        agendas=agendas,
    )


@router.get("/workshops/{workshop_id}")
def desk(request: Request, house: House, access: RunWorkshop) -> Response:
    """Everything the facilitator needs during the workshop."""
    locale = locale_of(request)
    with house.db.read() as session:
        revision, view = house.desks.desk(session, access.workshop_id, locale)
        epoch = identity_queries.epoch(session)
    return house.renderer.page(
        request,
        "workshop/desk.html",
        desk=view,
        blocks=[(block.key, block.name.of(locale)) for block in catalog.definition().in_order()],
        since=f"{epoch}-{revision}",
    )


@router.get("/workshops/{workshop_id}/events")
def desk_events(
    request: Request, house: House, access: RunWorkshop, since: str = "", wait: Wait = None
) -> Response:
    """The desk's live regions, as an event stream or as one answer."""
    key = StageKey("desk", access.workshop_id, locale_of(request))
    since = request.headers.get("last-event-id") or since
    return house.streams.follow(
        key, since, access.viewer.facilitator_id or "", share=FACILITATOR_SHARE, wait=wait
    )


@router.post("/workshops/{workshop_id}/joining")
async def set_joining(house: House, access: RunWorkshop, open: Annotated[bool, Form()]) -> Response:
    """Open or close the door."""
    action = actions.open_joining if open else actions.close_joining
    await house.db.write(action, access.workshop_id)
    return _back(access)


@router.post("/workshops/{workshop_id}/join-code")
async def renew_join_code(house: House, access: RunWorkshop, old: Annotated[str, Form()]) -> Response:
    """Another code and QR; the old ones stop working."""
    await house.db.write(actions.renew_join_code, access.workshop_id, read_code(old))
    return _back(access, "joining")


@router.post("/workshops/{workshop_id}/projector-link")
async def renew_projector_link(house: House, access: RunWorkshop, old: Annotated[str, Form()]) -> Response:
    """Another link for the wall; screens that show the old one stop."""
    await house.db.write(actions.renew_projector_link, access.workshop_id, old)
    return _back(access, "scene")


@router.post("/workshops/{workshop_id}/scene")
async def set_scene(
    house: House,
    access: RunWorkshop,
    kind: Annotated[str, Form()],
    group: Annotated[str, Form()] = "",
    block: Annotated[str, Form()] = "",
    page: Annotated[int, Form(ge=1, le=1000)] = 1,
    rev: Annotated[int, Form(ge=0, le=LARGEST)] = 0,
    other: Annotated[str, Form()] = "",
) -> Response:
    """Change what the wall shows."""
    canvas_id = await house.db.write(
        scenes.show_scene, access.workshop_id, kind, group, block, page, rev, other
    )
    if kind == SceneKind.REPLAY:
        return RedirectResponse(urls.canvas_replay(canvas_id, rev), 303)
    return _back(access)


@router.post("/workshops/{workshop_id}/participants/{participant_id}/removal")
async def remove_participant(house: House, access: RunWorkshop, participant_id: str) -> Response:
    """Somebody out; their notes stay."""
    await house.db.write(actions.remove_participant, access.workshop_id, participant_id)
    return _back(access)


@router.post("/workshops/{workshop_id}/participants/{participant_id}/restoration")
async def restore_participant(house: House, access: RunWorkshop, participant_id: str) -> Response:
    """Somebody back in."""
    await house.db.write(actions.restore_participant, access.workshop_id, participant_id)
    return _back(access)


@router.post("/workshops/{workshop_id}/participants/{participant_id}/link")
async def issue_link(request: Request, house: House, access: RunWorkshop, participant_id: str) -> Response:
    """A fresh personal link, shown once as a QR code."""
    secret = await house.db.write(actions.reopen_link, access.workshop_id, participant_id)
    link_url = house.address() + urls.personal_link(secret)
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
        participant = session.get_one(Participant, participant_id)
    return house.renderer.page(
        request,
        "identity/link_issued.html",
        workshop=workshop_view(workshop, house.desks.join_url(workshop)),
        member=member_view(participant),
        link_url=link_url,
        qr=qr_data(link_url),
    )


@router.post("/workshops/{workshop_id}/participants/{participant_id}/hidden-notes")
async def hide_notes(house: House, access: RunWorkshop, participant_id: str) -> Response:
    """Everything a person wrote and said, out of sight at once."""
    with house.db.read() as session:
        participant = session.get(Participant, participant_id)
        known = participant is not None and participant.workshop_id == access.workshop_id
    if known:
        await house.db.write(_hide_all_by, participant_id, access.actor)
    return _back(access)


def _hide_all_by(session: Session, participant_id: str, actor: Actor) -> None:
    canvas_actions.hide_notes_by(session, participant_id, actor)
    hide_comments_by(session, participant_id, actor)


def _back(access: WorkshopAccess, region: str = "") -> Response:
    place = f"#{dom_id('desk', region)}" if region else ""
    return RedirectResponse(urls.desk(access.workshop_id) + place, 303)
