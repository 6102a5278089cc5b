"""Correcting what a workshop is called, its date and its place, when it stands already."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.identity.deps import RunWorkshop
from app.parts import House, Parts
from app.web.forms import all_field_errors, typed
from app.web.urls import urls
from app.workshop.actions import correct_workshop
from app.workshop.forms import FIELDS, read_particulars
from app.workshop.models import Workshop
from app.workshop.plans import Mistakes

router = APIRouter(include_in_schema=False)


@router.get("/workshops/{workshop_id}/particulars")
def particulars(request: Request, house: House, access: RunWorkshop) -> Response:
    """The form, as it stands now."""
    with house.db.read() as session:
        workshop = session.get_one(Workshop, access.workshop_id)
    form = {
        "title": workshop.title,
        "held_on": workshop.held_on.isoformat(),
        "place": workshop.place,
        "province": workshop.province,
        "organizer": workshop.organizer,
        "expected": str(workshop.expected_participants or ""),
    }
    return _page(request, house, access.workshop_id, form, {})


@router.post("/workshops/{workshop_id}/particulars")
async def correct(request: Request, house: House, access: RunWorkshop) -> Response:
    """As it was typed; or the form again with everything typed."""
    form = await typed(request)
    try:
        await house.db.write(correct_workshop, access.workshop_id, read_particulars(form))
    except Mistakes as error:
        problems = all_field_errors(request, error.mistakes, FIELDS, "title")
        return _page(request, house, access.workshop_id, form, problems)
    return RedirectResponse(urls.desk(access.workshop_id), 303)


def _page(
    request: Request, house: Parts, workshop_id: str, form: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    return house.renderer.form(
        request,
        "workshop/particulars.html",
        form,
        problems,
        workshop_id=workshop_id,
    )
