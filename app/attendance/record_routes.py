"""One line of the attendance list: filled in, corrected, copied and erased by whom it is about."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import errors
from app.attendance.list_actions import enter, erase
from app.attendance.record_forms import read_entry
from app.attendance.record_pages import copy_page, form_page, kept_days
from app.errors import N_
from app.identity.deps import CanvasAccess, SeeCanvas, WriteCanvas
from app.parts import House
from app.web.forms import typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.plans import Mistakes

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/attendance")
def own_record(request: Request, house: House, access: SeeCanvas) -> Response:
    """The notice, and the form with one's own answers."""
    return form_page(request, house, access.place.workshop_id, _self(access), access.canvas_id)


@router.post("/canvases/{canvas_id}/attendance")
async def fill_in(request: Request, house: House, access: WriteCanvas) -> Response:
    """Kept, or the form again with everything typed. No outbox: the phone may be somebody else's."""
    workshop_id, person_id = access.place.workshop_id, _self(access)
    form = await typed(request)
    days = kept_days(house, workshop_id, person_id)
    try:
        entry = read_entry(form, locale_of(request), days)
        await house.db.write(enter, workshop_id, person_id, entry)
    except Mistakes as error:
        return form_page(request, house, workshop_id, person_id, access.canvas_id, form, error)
    return RedirectResponse(urls.own_attendance(access.canvas_id, saved=1), 303)


@router.get("/canvases/{canvas_id}/attendance/copy.txt")
def own_copy(request: Request, house: House, access: SeeCanvas) -> Response:
    """Everything that the list says about whoever asks."""
    return copy_page(request, house, access.place.workshop_id, _self(access))


@router.post("/canvases/{canvas_id}/attendance/erasure")
async def erase_own(house: House, access: WriteCanvas) -> Response:
    """Out of the list, at once."""
    await house.db.write(erase, access.place.workshop_id, _self(access))
    return RedirectResponse(urls.own_attendance(access.canvas_id, saved=1), 303)


def _self(access: CanvasAccess) -> str:
    if access.actor.kind != "participant" or access.actor.id is None:
        raise errors.NotFound("not_at_this_table", N_("Only people at this table can say this."))
    return access.actor.id
