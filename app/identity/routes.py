"""Facilitators come in and go out: set-up link, password, leaving."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.errors import N_, Gone, Invalid, Refused
from app.identity import actions, cookies, queries
from app.parts import House, Parts, is_secure
from app.web.forms import field_errors, typed
from app.web.language import local_path
from app.web.urls import urls
from app.workshop import remotes

router = APIRouter(include_in_schema=False)
_FIELDS = {
    "name_missing": "name",
    "name_too_long": "name",
    "name_taken": "name",
    "passwords_differ": "password_again",
}


@router.get("/setup/{token}")
def setup(request: Request, house: House, token: str) -> Response:
    """The page behind the one-time link."""
    with house.db.read() as session:
        _check_link(session, token)
    return house.renderer.page(request, "identity/setup.html", token=token, form={}, errors={})


@router.post("/setup/{token}")
async def set_up(request: Request, house: House, token: str) -> Response:
    """A facilitator, made once per link, and signed in."""
    form = await typed(request)
    name, password = form.get("name", ""), form.get("password", "")
    with house.db.read() as session:
        _check_link(session, token)  # before the hash, which is slow on purpose
    try:
        if password != form.get("password_again", ""):
            raise Invalid("passwords_differ", N_("The two passwords are not the same."))
        password_hash = await asyncio.to_thread(actions.hash_password, password, name)
        secret = await house.db.write(actions.set_up_facilitator, token, name, password_hash)
    except Invalid as error:
        return house.renderer.page(
            request,
            "identity/setup.html",
            error.status,
            token=token,
            form=form,
            errors=field_errors(request, error, _FIELDS, "password"),
        )
    return _come_in(request, house, secret)


@router.get("/sign-in")
def sign_in_page(request: Request, house: House, back: str = "") -> Response:
    """Name and password, and on to the page that was wanted."""
    return house.renderer.page(request, "identity/sign_in.html", form={"back": back}, errors={})


@router.post("/sign-in")
async def sign_in(request: Request, house: House) -> Response:
    """In, or told that name and password do not go together."""
    form = await typed(request)
    client = request.client.host if request.client else ""

    def known() -> str | None:
        with house.db.read() as session:
            facilitator = actions.facilitator_named(session, form.get("name", ""))
        right = actions.password_is_right(facilitator, form.get("password", ""))
        return facilitator.id if right and facilitator else None

    try:
        await house.sign_in_throttle.turn(client)
        facilitator_id = await asyncio.to_thread(known)
        if facilitator_id is None:
            raise Invalid("sign_in_wrong", N_("This name and password do not go together."))
        house.sign_in_throttle.succeeded(client)
    except Refused as error:
        return house.renderer.page(
            request,
            "identity/sign_in.html",
            error.status,
            path=urls.sign_in(form.get("back") or None),
            form=form,
            errors=field_errors(request, error, {}, "form"),
        )
    secret = await house.db.write(actions.sign_in, facilitator_id)
    return _come_in(request, house, secret, form.get("back", ""))


@router.post("/sign-out")
async def sign_out(request: Request, house: House) -> Response:
    """Out, on the server too."""
    if secret := request.cookies.get(cookies.FACILITATOR):
        await house.db.write(remotes.sign_out, secret)
    response = RedirectResponse(urls.sign_in(), 303)
    cookies.forget(response, cookies.FACILITATOR)
    return response


def _check_link(session: Session, token: str) -> None:
    try:
        actions.find_setup(session, token)
    except Gone:
        if queries.has_facilitator(session):
            raise
        # Nobody can have used it: the server was started again, and every start prints a link of its own.
        raise Gone("setup_link_replaced", N_("This set-up link is no longer valid.")) from None


def _come_in(request: Request, house: Parts, secret: str, back: str = "") -> Response:
    response = RedirectResponse(local_path(back, fallback=urls.home()), 303)
    cookies.remember(response, cookies.FACILITATOR, secret, secure=is_secure(request, house))
    return response
