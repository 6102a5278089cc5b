"""A phone becomes the remote control: the code on the desk, the button on the phone, and the end of it."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.identity import cookies
from app.identity.deps import AdmitToWorkshop, RunWorkshop
from app.parts import House, is_secure
from app.qr import qr_data
from app.web.urls import dom_id, urls
from app.workshop import remotes

router = APIRouter(include_in_schema=False)


@router.post("/workshops/{workshop_id}/remotes")
async def offer_remote(request: Request, house: House, access: AdmitToWorkshop) -> Response:
    """A code for one phone, shown once."""
    secret = await house.db.write(
        remotes.offer_remote, access.workshop_id, access.viewer.facilitator_id or ""
    )
    link_url = house.address() + urls.remote_link(secret)
    return house.renderer.page(
        request,
        "identity/remote_offered.html",
        workshop_id=access.workshop_id,
        link_url=link_url,
        qr=qr_data(link_url),
        is_for_this_machine=house.address.is_for_this_machine,
    )


@router.get("/remote/{token}")
def ask_for_remote(request: Request, house: House, token: str) -> Response:
    """Behind the code. Only the button uses it up, so that a preview of the link cannot."""
    with house.db.read() as session:
        facilitator, workshop = remotes.remote_offered(session, token)
    return house.renderer.page(
        request,
        "identity/remote_link.html",
        token=token,
        name=facilitator.name,
        workshop_title=workshop.title,
    )


@router.post("/remote/{token}")
async def take_remote(request: Request, house: House, token: str) -> Response:
    """This phone is a remote from now on."""
    workshop_id, secret = await house.db.write(remotes.take_remote, token)
    response = RedirectResponse(urls.desk(workshop_id), 303)
    cookies.remember(response, cookies.FACILITATOR, secret, secure=is_secure(request, house))
    return response


@router.post("/workshops/{workshop_id}/remotes/{remote_id}/withdrawal")
async def end_remote(house: House, access: RunWorkshop, remote_id: str) -> Response:
    """A phone is no remote any more."""
    await house.db.write(remotes.end_remote, access.workshop_id, remote_id)
    return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', 'hosts')}", 303)
