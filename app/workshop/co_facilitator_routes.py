"""Adding co-facilitators, their links, and the end of their access."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import Invalid
from app.identity import cookies
from app.identity.deps import LeadWorkshop, RunWorkshop, WorkshopAccess
from app.identity.permissions import Place, Verb, may
from app.parts import House, Parts, is_secure
from app.qr import qr_data
from app.web.forms import field_errors, typed
from app.web.urls import urls
from app.workshop import co_facilitators
from app.workshop.co_facilitators import Added
from app.workshop.models import Workshop

router = APIRouter(include_in_schema=False)


@router.get("/workshops/{workshop_id}/facilitators")
def facilitators(request: Request, house: House, access: RunWorkshop) -> Response:
    """Who runs this workshop, and the form that adds somebody."""
    return _page(request, house, access, {}, {})


@router.post("/workshops/{workshop_id}/facilitators")
async def add_facilitator(request: Request, house: House, access: LeadWorkshop) -> Response:
    """Somebody more, and their link, shown once; or the page again with what was typed."""
    form = await typed(request)
    try:
        added = await house.db.write(
            co_facilitators.add_co_facilitator, access.workshop_id, form.get("name", "")
        )
    except Invalid as error:
        return _page(request, house, access, form, field_errors(request, error, {}, "name"))
    return _link(request, house, access, added)


@router.post("/workshops/{workshop_id}/facilitators/{facilitator_id}/link")
async def invite_again(request: Request, house: House, access: LeadWorkshop, facilitator_id: str) -> Response:
    """A fresh link for somebody, shown once."""
    added = await house.db.write(co_facilitators.invite_again, access.workshop_id, facilitator_id)
    return _link(request, house, access, added)


@router.post("/workshops/{workshop_id}/facilitators/{facilitator_id}/removal")
async def remove_facilitator(house: House, access: LeadWorkshop, facilitator_id: str) -> Response:
    """Somebody runs this workshop no more."""
    await house.db.write(co_facilitators.remove_co_facilitator, access.workshop_id, facilitator_id)
    return RedirectResponse(urls.facilitators(access.workshop_id), 303)


@router.get("/facilitator/{token}")
def ask_facilitator(request: Request, house: House, token: str) -> Response:
    """Behind a co-facilitator's link. Only the button uses it up, so that a preview of the link cannot."""
    with house.db.read() as session:
        facilitator, workshop = co_facilitators.invited(session, token)
    return house.renderer.page(
        request, "identity/invitation.html", token=token, name=facilitator.name, workshop_title=workshop.title
    )


@router.post("/facilitator/{token}")
async def take_invitation(request: Request, house: House, token: str) -> Response:
    """This device is that facilitator's from now on."""
    workshop_id, secret = await house.db.write(co_facilitators.take_invitation, token)
    response = RedirectResponse(urls.desk(workshop_id), 303)
    cookies.remember(response, cookies.FACILITATOR, secret, secure=is_secure(request, house))
    return response


def _page(
    request: Request, house: Parts, access: WorkshopAccess, form: dict[str, str], problems: dict[str, str]
) -> Response:
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
        people = co_facilitators.co_facilitators(session, access.workshop_id)
    return house.renderer.form(
        request,
        "workshop/facilitators.html",
        form,
        problems,
        workshop_id=workshop.id,
        workshop_title=workshop.title,
        people=people,
        leads=may(access.viewer, Verb.LEAD, Place(workshop.id)),
    )


def _link(request: Request, house: Parts, access: WorkshopAccess, added: Added) -> Response:
    link_url = house.address() + urls.invitation(added.secret) if added.secret else ""
    return house.renderer.page(
        request,
        "identity/invited.html",
        workshop_id=access.workshop_id,
        name=added.name,
        link_url=link_url,
        qr=qr_data(link_url) if link_url else "",
    )
