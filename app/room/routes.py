"""The room check: the host's page an hour before the guests, and the link by which a phone tests the way."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.address import PublicAddress
from app.backup.mirror import Second
from app.backup.words import backup_words, room_words
from app.clock import now
from app.errors import N_, Invalid
from app.identity.deps import CurrentHost, RunWorkshop
from app.parts import House, Parts
from app.places import unsuitable
from app.qr import qr_data
from app.room import actions
from app.room.checks import RoomFacts, Told
from app.room.phone import PhoneTest, is_this_machine
from app.room.power import power_now
from app.room.queries import newest_change, workshop_of_test
from app.room.sheet import door_sheet
from app.room.views import wifi_view
from app.room.words import RoomView, worded
from app.storage import LOW_DISK, free_room
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.models import SceneKind, Workshop
from app.workshop.scenes import show_scene

router = APIRouter(include_in_schema=False)
_WIFI_FIELDS = {"wifi_password_wrong": "wifi_password"}
# Whoever reloads for fun writes nothing.
_AGAIN = timedelta(seconds=5)


@router.get("/workshops/{workshop_id}/room")
def room(request: Request, house: House, access: RunWorkshop) -> Response:
    """Everything that was looked at, the code for the phone, and what is prepared for the guests."""
    return _page(request, house, access.workshop_id, {}, {})


@router.post("/workshops/{workshop_id}/room/wall")
async def set_wall(house: House, access: RunWorkshop, kind: Annotated[str, Form()]) -> Response:
    """Change what the wall shows, and stay on this page."""
    await house.db.write(show_scene, access.workshop_id, kind)
    return RedirectResponse(urls.room(access.workshop_id), 303)


@router.post("/workshops/{workshop_id}/room/address")
async def choose_address(
    house: House, access: RunWorkshop, _host: CurrentHost, address: Annotated[str, Form()]
) -> Response:
    """Another of the laptop's addresses on all QR codes."""
    if address not in house.address.choices():
        raise Invalid("unknown_address", N_("The laptop does not have this address any more."))
    # Before the write: it nudges walls and desks, which draw the address anew.
    house.address.chosen = address
    await house.db.write(actions.choose_address, access.workshop_id, address)
    return RedirectResponse(urls.room(access.workshop_id), 303)


@router.post("/workshops/{workshop_id}/wifi")
async def set_wifi(request: Request, house: House, access: RunWorkshop) -> Response:
    """The Wi-Fi that wall and door sheet show; or the page again with everything typed."""
    form = await typed(request)
    name, password = form.get("wifi_name", "").strip(), form.get("wifi_password", "").strip()
    try:
        await house.db.write(actions.set_wifi, access.workshop_id, name, password)
    except Invalid as error:
        problems = field_errors(request, error, _WIFI_FIELDS, "wifi_name")
        return _page(request, house, access.workshop_id, form, problems)
    return RedirectResponse(f"{urls.room(access.workshop_id)}#wifi", 303)


@router.get("/workshops/{workshop_id}/door")
def door(request: Request, house: House, access: RunWorkshop) -> Response:
    """A page of paper for the door, as the browser prints it."""
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
        sheet = door_sheet(workshop, house.desks.join_url(workshop))
    return house.renderer.page(request, "room/door.html", sheet=sheet)


@router.get("/workshops/{workshop_id}/room/now")
def room_now(request: Request, house: House, access: RunWorkshop) -> Response:
    """The part of the page that changes by itself."""
    view = _view(house, access.workshop_id, locale_of(request))
    return house.renderer.page(request, "room/_now.html", room=view)


@router.get("/room/{token}")
async def phone_test(request: Request, house: House, token: str) -> Response:
    """What a phone shows that has come through; to have asked for it is the test."""
    with house.db.read() as session:
        workshop = workshop_of_test(session, token)
    client, reached = (request.client or ("", 0))[0], (request.scope.get("server") or ("", 0))[0]
    is_laptop = is_this_machine(client, reached)
    host = request.headers.get("host", "")
    is_news = workshop.reached_host != host or not _is_fresh(workshop)
    if is_news and not is_laptop:
        await house.db.write(actions.phone_came_through, token, host)
    return house.renderer.page(
        request, "room/came_through.html", workshop_title=workshop.title, is_laptop=is_laptop
    )


def _is_fresh(workshop: Workshop) -> bool:
    return workshop.reached_at is not None and now() - workshop.reached_at < _AGAIN


def _page(
    request: Request, house: Parts, workshop_id: str, form: dict[str, str], problems: dict[str, str]
) -> Response:
    view = _view(house, workshop_id, locale_of(request))
    with house.db.read() as session:
        workshop = session.get_one(Workshop, workshop_id)
        kept = {"wifi_name": workshop.wifi_name, "wifi_password": workshop.wifi_password or ""}
        wifi = wifi_view(workshop)
    return house.renderer.form(
        request,
        "room/room.html",
        form or kept,
        problems,
        room=view,
        wifi=wifi,
    )


def _view(house: Parts, workshop_id: str, locale: str) -> RoomView:
    with house.db.read() as session:
        workshop = session.get_one(Workshop, workshop_id)
        newest = newest_change(session) or workshop.created_at
    facts = _facts(house, workshop, newest, locale)
    test_url = facts.address + urls.phone_test(workshop.room_token)
    return RoomView(
        workshop_id=workshop.id,
        workshop_title=workshop.title,
        test_url=test_url,
        qr=qr_data(test_url),
        findings=worded(facts, locale),
        projector_token=workshop.projector_token,
        other_addresses=_others(house.address),
        shows_pattern=workshop.scene["kind"] == SceneKind.PATTERN,
    )


def _others(address: PublicAddress) -> tuple[str, ...]:
    shown = urlsplit(address()).hostname
    return tuple(one for one in address.choices() if one != shown)


def _facts(house: Parts, workshop: Workshop, newest: datetime, locale: str) -> RoomFacts:
    free, state = free_room(house.db.path), house.backups.state
    alone, beside = replace(state, second=Second.NONE), replace(state, problem="")
    stick = Told(backup_words(beside, locale), beside.is_well)
    return RoomFacts(
        address=house.address(),
        phone=PhoneTest(workshop.reached_at, workshop.reached_host),
        now=now().astimezone(),
        newest=newest,
        province=workshop.province,
        power=power_now(),
        free=free,
        sqlite=sqlite3.sqlite_version,
        unsuitable=unsuitable(house.settings.data_dir),
        backups=Told(backup_words(alone, locale), alone.is_well),
        has_backup=state.at is not None,
        stick=None if state.second is Second.NONE else stick,
        disk_is_full=room_words(free, locale) if free <= LOW_DISK else "",
        is_for_itself=house.address.is_for_this_machine,
    )
