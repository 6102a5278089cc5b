"""The pages of one line of the attendance list, for whom it is about and for the host."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

from app import errors
from app.attendance.entry import FIELDS
from app.attendance.list_queries import consent_now, day_count, day_of, is_over, terms_of
from app.attendance.listing import age_answers, answers, copy_of, days_from, kept_until, notice_of
from app.attendance.models import AttendanceRecord
from app.attendance.record_forms import form_of
from app.clock import now
from app.errors import N_
from app.export.file_names import content_disposition
from app.parts import Parts
from app.web.forms import all_field_errors
from app.web.i18n import locale_of, translate
from app.workshop.models import Participant, Workshop
from app.workshop.plans import Mistakes


def form_page(
    request: Request,
    house: Parts,
    workshop_id: str,
    person_id: str,
    canvas_id: str = "",
    typed: Mapping[str, str] | None = None,
    wrong: Mistakes | None = None,
) -> Response:
    """The form of somebody's line, with what they typed last. Without a canvas it is the host who asks."""
    locale, today = locale_of(request), now().astimezone().date()
    with house.db.read() as session:
        workshop, terms = session.get_one(Workshop, workshop_id), terms_of(session, workshop_id)
        kept, person = session.get(AttendanceRecord, person_id), session.get(Participant, person_id)
        if any(one is not None and one.workshop_id != workshop_id for one in (kept, person)):
            raise errors.NotFound("participant_not_found", N_("This person is not in the workshop."))
        notice = notice_of(session, workshop, terms)
        until = kept_until(workshop, terms, [kept] if kept else [])
        days = range(1, day_count(workshop) + 1)
        said = form_of(kept, consent_now(session, person_id)) if kept else _first(workshop, person)
    problems = all_field_errors(request, wrong.mistakes, FIELDS, "name") if wrong else {}
    return house.renderer.form(
        request,
        "attendance/record.html",
        said if typed is None else typed,
        problems,
        canvas_id=canvas_id,
        workshop_id=workshop_id,
        person_id=person_id,
        joined_as=person.name if person else "",
        notice=notice,
        until=until,
        is_kept=kept is not None,
        is_over=is_over(workshop, terms, today),
        is_saved="saved" in request.query_params,
        days=[(day, day_of(workshop, day)) for day in days] if len(days) > 1 else (),
        ages=age_answers(terms.bands),
        types=answers("institution_type", locale),
        sexes=answers("sex", locale),
        disabilities=answers("disability", locale),
    )


def copy_page(request: Request, house: Parts, workshop_id: str, person_id: str) -> Response:
    """What is kept about somebody, as a file. Raises NotFound where that is nothing."""
    locale = locale_of(request)
    with house.db.read() as session:
        kept = session.get(AttendanceRecord, person_id)
        if kept is None or kept.workshop_id != workshop_id:
            raise errors.NotFound("nothing_kept", N_("Nothing is kept about this person."))
        text = copy_of(session, kept, session.get_one(Workshop, workshop_id), locale)
    name = translate(locale, N_("My attendance data"))
    headers = {"content-disposition": content_disposition(f"{name}.txt"), "cache-control": "no-store"}
    return PlainTextResponse(text, headers=headers)


def kept_days(house: Parts, workshop_id: str, person_id: str) -> tuple[int, ...]:
    """The days for which somebody is on the list: as the host has it, or those that are left."""
    with house.db.read() as session:
        if kept := session.get(AttendanceRecord, person_id):
            return tuple(kept.days)
        return days_from(session.get_one(Workshop, workshop_id), now().astimezone().date())


def _first(workshop: Workshop, person: Participant | None) -> dict[str, str]:
    """The form of somebody who has not filled it in yet. The name is theirs to write."""
    days = days_from(workshop, now().astimezone().date())
    known = {"institution": person.institution} if person else {}
    return known | {f"day_{day}": "1" for day in days}
