"""The attendance list on the desk: who is on it, entering people from paper, and what it promises."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.attendance.list_actions import enter, erase, set_terms
from app.attendance.list_queries import attendance_summary, day_count, is_over, last_day, records_of, terms_of
from app.attendance.listing import days_of, kept_until, list_lines, notice_of
from app.attendance.record_forms import read_days, read_entry
from app.attendance.record_pages import copy_page, form_page
from app.attendance.summary_views import summary_view
from app.clock import now
from app.errors import Invalid, NotFound
from app.identity.deps import EnrolPeople
from app.ids import new_id
from app.parts import House, Parts
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop.models import Workshop
from app.workshop.plans import Mistakes

router = APIRouter(include_in_schema=False)
_FIELDS = {"contact_too_long": "contact", "keep_days_wrong": "keep_days", "bands_in_use": "bands"}


@router.get("/workshops/{workshop_id}/attendance")
def attendance(request: Request, house: House, access: EnrolPeople) -> Response:
    """Everybody in the room, who of them is on the list, and what becomes of it."""
    return _page(request, house, access.workshop_id)


@router.post("/workshops/{workshop_id}/attendance/terms")
async def promise(request: Request, house: House, access: EnrolPeople) -> Response:
    """Whom to ask, for how long it is kept, and which age groups are asked for."""
    form = await typed(request)
    days = form.get("keep_days", "").strip()
    keep_days = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0
    try:
        said = form.get("contact", ""), keep_days, form.get("bands", "")
        await house.db.write(set_terms, access.workshop_id, *said)
    except Invalid as error:
        return _page(request, house, access.workshop_id, form, field_errors(request, error, _FIELDS, "bands"))
    return RedirectResponse(urls.attendance(access.workshop_id, saved=1), 303)


@router.get("/workshops/{workshop_id}/attendance/people/{person_id}")
def person(request: Request, house: House, access: EnrolPeople, person_id: str) -> Response:
    """The line of a participant, or of somebody who has not joined and gets this id."""
    return form_page(request, house, access.workshop_id, _id(person_id))


@router.post("/workshops/{workshop_id}/attendance/people/{person_id}")
async def enter_person(request: Request, house: House, access: EnrolPeople, person_id: str) -> Response:
    """Kept, or the form again."""
    form = await typed(request)
    with house.db.read() as session:
        count = day_count(session.get_one(Workshop, access.workshop_id))
    try:
        entry = read_entry(form, locale_of(request), read_days(form, count), by_host=True)
        await house.db.write(enter, access.workshop_id, _id(person_id), entry)
    except Mistakes as error:
        return form_page(request, house, access.workshop_id, _id(person_id), typed=form, wrong=error)
    return RedirectResponse(urls.attendance(access.workshop_id, saved=1), 303)


@router.get("/workshops/{workshop_id}/attendance/people/{person_id}/copy.txt")
def copy(request: Request, house: House, access: EnrolPeople, person_id: str) -> Response:
    """Everything that the list says about somebody, to be given to them."""
    return copy_page(request, house, access.workshop_id, _id(person_id))


@router.post("/workshops/{workshop_id}/attendance/people/{person_id}/erasure")
async def erase_person(house: House, access: EnrolPeople, person_id: str) -> Response:
    """Out of the list, at once."""
    await house.db.write(erase, access.workshop_id, _id(person_id))
    return RedirectResponse(urls.attendance(access.workshop_id, saved=1), 303)


def _id(person_id: str) -> str:
    """A path may hold anything; ids of people are UUIDs."""
    try:
        return UUID(person_id).hex
    except ValueError:
        raise NotFound from None


def _page(
    request: Request,
    house: Parts,
    workshop_id: str,
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        workshop, terms = session.get_one(Workshop, workshop_id), terms_of(session, workshop_id)
        lines = list_lines(session, workshop, locale)
        records = records_of(session, workshop_id)
        summary = summary_view(attendance_summary(session, workshop_id), locale)
        notice = notice_of(session, workshop, terms)
    said = {"contact": terms.contact, "keep_days": str(terms.keep_days), "bands": terms.bands}
    return house.renderer.form(
        request,
        "attendance/list.html",
        said if form is None else form,
        problems or {},
        workshop_id=workshop_id,
        title=workshop.title,
        organizer=workshop.organizer,
        notice=notice,
        lines=lines,
        recorded=len(records),
        days=days_of(workshop, lines),
        last_day=last_day(workshop),
        until=kept_until(workshop, terms, records),
        is_over=is_over(workshop, terms, now().astimezone().date()),
        erased_at=terms.erased_at if not records else None,
        is_saved="saved" in request.query_params,
        summary=summary,
        new_id=new_id(),
    )
