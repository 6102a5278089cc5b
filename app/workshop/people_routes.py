"""People without a device: their table, or the desk, puts them on the list and writes for them."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.canvas.queries import known_facts
from app.errors import N_, Invalid
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.ids import new_id
from app.parts import House, Parts
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.actions import Joining
from app.workshop.names import group_name
from app.workshop.queries import present_members
from app.workshop.registration import register_participant
from app.workshop.views import member_view

router = APIRouter(include_in_schema=False)
_FIELDS = {"name_missing": "name", "name_too_long": "name"}


@router.get("/canvases/{canvas_id}/people")
def people(request: Request, house: House, access: SeeCanvas) -> Response:
    """Who at this table has no device, and a form for the next one."""
    return _page(request, house, access, {}, {})


@router.post("/canvases/{canvas_id}/people")
async def register(request: Request, house: House, access: WriteCanvas) -> Response:
    """One more; or the form again with everything typed."""
    form = await typed(request)
    joining = Joining(
        name=form.get("name", ""),
        group_id=access.place.group_id or "",
        institution=form.get("institution", ""),
    )
    try:
        await house.db.write(
            register_participant,
            access.place.workshop_id,
            _person_id(form),
            joining,
            moderates=access.moderates,
        )
    except Invalid as error:
        return _page(request, house, access, form, field_errors(request, error, _FIELDS, "name"))
    return RedirectResponse(urls.canvas_people(access.canvas_id), 303)


def _person_id(form: dict[str, str]) -> str:
    """The id that the form brought with it: whoever sends it twice registers one person."""
    try:
        return UUID(form.get("person_id", "")).hex
    except ValueError:
        raise Invalid("field_missing", N_("The field %(field)s is missing."), field="person_id") from None


def _page(
    request: Request, house: Parts, access: CanvasAccess, form: dict[str, str], problems: dict[str, str]
) -> Response:
    with house.db.read() as session:
        facts = known_facts(session, access.canvas_id)
        members = [member_view(member) for member in present_members(session, facts.group.id)]
    return house.renderer.form(
        request,
        "workshop/people.html",
        form,
        problems,
        canvas_id=access.canvas_id,
        workshop_id=access.place.workshop_id,
        group_name=group_name(facts.group, locale_of(request)),
        people=[member for member in members if not member.has_device],
        is_open=facts.workshop.joining_open or access.moderates,
        is_facilitator=access.moderates,
        person_id=form.get("person_id") or new_id(),
    )
