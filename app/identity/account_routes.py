"""How a facilitator signs in, theirs to change: the password."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import N_, Invalid, Refused
from app.identity import actions, cookies, recovery
from app.identity.deps import OwnAccount
from app.identity.models import Facilitator
from app.parts import House, is_secure
from app.web.forms import field_errors, typed
from app.web.urls import urls
from app.workshop import remotes

router = APIRouter(include_in_schema=False)
_FIELDS = {"password_wrong": "current", "too_many_codes": "current", "passwords_differ": "password_again"}


@router.get("/password")
def password_page(request: Request, house: House, viewer: OwnAccount) -> Response:
    """The form for another password, or a first one."""
    return _page(request, house, viewer.facilitator_id or "", {})


@router.post("/password")
async def set_password(request: Request, house: House, viewer: OwnAccount) -> Response:
    """Another password; every other device has to sign in anew."""
    form, facilitator_id = await typed(request), viewer.facilitator_id or ""
    client = request.client.host if request.client else ""
    try:
        if form.get("password", "") != form.get("password_again", ""):
            raise Invalid("passwords_differ", N_("The two passwords are not the same."))
        await house.sign_in_throttle.turn(client)
        if not await asyncio.to_thread(_is_right, house, facilitator_id, form.get("current", "")):
            raise Invalid(
                "password_wrong", N_("This is neither your present password nor your recovery code.")
            )
        house.sign_in_throttle.succeeded(client)
        hashed = await asyncio.to_thread(
            actions.hash_password, form.get("password", ""), viewer.facilitator_name
        )
    except Refused as error:
        return _page(
            request, house, facilitator_id, field_errors(request, error, _FIELDS, "password"), error.status
        )
    secret = await house.db.write(remotes.change_password, facilitator_id, hashed)
    response = RedirectResponse(urls.home(), 303)
    cookies.remember(response, cookies.FACILITATOR, secret, secure=is_secure(request, house))
    return response


def _is_right(house: House, facilitator_id: str, current: str) -> bool:
    """Whether this is the present password or the recovery code; a guest who has none yet needs none."""
    with house.db.read() as session:
        facilitator = session.get_one(Facilitator, facilitator_id)
    if not facilitator.password_hash or actions.password_is_right(facilitator, current):
        return True
    hashed = recovery.code_hash(current)
    with house.db.read() as session:
        return recovery.is_code_of(session, facilitator_id, hashed)


def _page(
    request: Request, house: House, facilitator_id: str, problems: dict[str, str], status: int = 200
) -> Response:
    with house.db.read() as session:
        facilitator = session.get_one(Facilitator, facilitator_id)
    return house.renderer.page(
        request,
        "identity/password.html",
        status,
        name=facilitator.name,
        has_password=bool(facilitator.password_hash),
        errors=problems,
    )
