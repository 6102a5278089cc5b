"""The recovery code: made and printed while one is in, typed when one is out."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import Refused
from app.identity import cookies, recovery
from app.identity.deps import OwnAccount
from app.parts import House, is_secure
from app.web.forms import field_errors, typed
from app.web.language import local_path
from app.web.urls import urls

router = APIRouter(include_in_schema=False)


@router.get("/recovery-code")
def recovery_code(request: Request, house: House, viewer: OwnAccount) -> Response:
    """Whether there is a code, and when it was used."""
    with house.db.read() as session:
        view = recovery.recovery_view(session, viewer.facilitator_id or "")
    return house.renderer.page(request, "identity/recovery_code.html", recovery=view)


@router.post("/recovery-code")
async def make_recovery_code(request: Request, house: House, viewer: OwnAccount) -> Response:
    """Another code, to be printed or written down now: it is shown once."""
    code = recovery.new_recovery_code()
    hashed = await asyncio.to_thread(recovery.code_hash, code)
    await house.db.write(recovery.keep_recovery_code, viewer.facilitator_id or "", hashed)
    return house.renderer.page(
        request,
        "identity/recovery_sheet.html",
        name=viewer.facilitator_name,
        code=code,
        address=house.address() + urls.sign_in(),
    )


@router.get("/sign-in/recovery")
def recovery_page(request: Request, house: House, back: str = "") -> Response:
    """Where the code is typed."""
    return house.renderer.form(request, "identity/recovery.html", {"back": back}, {})


@router.post("/sign-in/recovery")
async def recover(request: Request, house: House) -> Response:
    """In again, or told to compare."""
    form = await typed(request)
    client = request.client.host if request.client else ""
    try:
        await house.recovery_throttle.turn(client)
        hashed = await asyncio.to_thread(recovery.code_hash, form.get("code", "")[:60])
        secret = await house.db.write(recovery.recover, hashed)
    except Refused as error:
        problems = field_errors(request, error, {}, "code")
        return house.renderer.page(
            request, "identity/recovery.html", error.status, form=form, errors=problems
        )
    house.recovery_throttle.succeeded(client)
    response = RedirectResponse(local_path(form.get("back", ""), fallback=urls.home()), 303)
    cookies.remember(response, cookies.FACILITATOR, secret, secure=is_secure(request, house))
    return response
