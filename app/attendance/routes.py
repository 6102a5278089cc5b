"""“About me”: two voluntary questions, answered by a person, or by the host for somebody without a phone."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import errors
from app.attendance.actions import Said, describe_self, take_back
from app.attendance.models import SelfDescription
from app.errors import N_, Invalid
from app.identity.deps import CanvasAccess, RunWorkshop, SeeCanvas, WriteCanvas
from app.parts import House, Parts
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.models import Participant

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/about-me")
def about_me(request: Request, house: House, access: SeeCanvas) -> Response:
    """The questions, with one's own answers and nobody else's."""
    return _page(request, house, _self(access), access.place.workshop_id, access.canvas_id)


@router.post("/canvases/{canvas_id}/about-me")
async def say_about_me(request: Request, house: House, access: WriteCanvas) -> Response:
    """Kept, or forgotten; or the form again, and why."""
    here = urls.about_me(access.canvas_id, saved=1)
    person, workshop_id = _self(access), access.place.workshop_id
    return await _keep(request, house, person, workshop_id, here, access.canvas_id)


@router.get("/workshops/{workshop_id}/participants/{participant_id}/about")
def about_person(request: Request, house: House, access: RunWorkshop, participant_id: str) -> Response:
    """The same for the host, who reads it to somebody."""
    return _page(request, house, participant_id, access.workshop_id)


@router.post("/workshops/{workshop_id}/participants/{participant_id}/about")
async def say_about_person(
    request: Request, house: House, access: RunWorkshop, participant_id: str
) -> Response:
    """What this person has answered."""
    here = urls.about_person(access.workshop_id, participant_id, saved=1)
    return await _keep(request, house, participant_id, access.workshop_id, here)


def _self(access: CanvasAccess) -> str:
    if access.actor.kind != "participant" or access.actor.id is None:
        raise errors.NotFound("not_at_this_table", N_("Only people at this table can say this."))
    return access.actor.id


async def _keep(
    request: Request, house: Parts, person_id: str, workshop_id: str, here: str, canvas_id: str = ""
) -> Response:
    form = await typed(request)
    if form.get("withdraw"):
        await house.db.write(take_back, workshop_id, person_id)
        return RedirectResponse(here, 303)
    said = Said(form.get("sex", ""), form.get("origin", ""), locale_of(request), by_host=not canvas_id)
    try:
        await house.db.write(describe_self, workshop_id, person_id, said)
    except Invalid as error:
        problems = field_errors(request, error, {}, "said")
        return _page(request, house, person_id, workshop_id, canvas_id, form, problems)
    return RedirectResponse(here, 303)


def _page(
    request: Request,
    house: Parts,
    person_id: str,
    workshop_id: str,
    canvas_id: str = "",
    form: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    with house.db.read() as session:
        person = session.get(Participant, person_id)
        kept = session.get(SelfDescription, person_id)
    if person is None or person.workshop_id != workshop_id:
        raise errors.NotFound("participant_not_found", N_("This person is not in the workshop."))
    said = {"sex": kept.sex or "", "origin": kept.origin or ""} if kept else {}
    return house.renderer.form(
        request,
        "attendance/about.html",
        said if form is None else form,
        problems or {},
        name=person.name,
        is_kept=kept is not None,
        is_saved="saved" in request.query_params,
        canvas_id=canvas_id,
        workshop_id=workshop_id,
        person_id=person_id,
    )
