"""How participants come in: the typed code, the scanned link, the personal link."""

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app import errors
from app.canvas import catalog
from app.errors import N_, Invalid, TooMany
from app.identity import cookies
from app.identity import queries as identity_queries
from app.identity.deps import CurrentViewer, read_viewer
from app.identity.models import TokenKind
from app.identity.permissions import Viewer
from app.ids import CODE_LENGTH, read_code
from app.parts import House, Parts, is_secure
from app.qr import qr_svg
from app.web.forms import field_errors, typed
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop import actions, queries
from app.workshop.actions import Joining
from app.workshop.expected import come_in_as, expected_as, is_guarded
from app.workshop.models import Group, Participant, Workshop
from app.workshop.names import group_name
from app.workshop.views import ExpectedView, ReturningView, group_view, workshop_view

router = APIRouter(include_in_schema=False)
# The answer of whoever has the name of somebody on the list, and is another.
_NEW = "new"
_FIELDS = {"name_missing": "name", "name_too_long": "name", "group_missing": "group"}


@router.get("/join")
def ask_for_code(request: Request, house: House, viewer: CurrentViewer) -> Response:
    """The code form; somebody who is already in goes on to their canvas from there."""
    if viewer.participant_id and not viewer.facilitator_id and "again" not in request.query_params:
        with house.db.read() as session:
            returning = _returning(session, viewer, viewer.participant_workshop_id or "", locale_of(request))
        if returning:
            return RedirectResponse(urls.canvas(returning.canvas_id), 303)
    return house.renderer.page(request, "workshop/join_code.html", form={}, errors={})


@router.post("/join")
async def take_code(request: Request, house: House) -> Response:
    """The workshop behind a typed code."""
    form = await typed(request)
    client = request.client.host if request.client else ""
    try:
        workshop = await find_by_code(house, form.get("code", ""), client)
    except (Invalid, TooMany) as error:
        return house.renderer.page(
            request,
            "workshop/join_code.html",
            error.status,
            form=form,
            errors=field_errors(request, error, {}, "code"),
        )
    return RedirectResponse(urls.join_workshop(workshop.join_token), 303)


async def find_by_code(house: Parts, code: str, client: str) -> Workshop:
    """The workshop a typed code means. Raises Invalid, or TooMany when too many guesses are waiting."""
    meant = read_code(code)
    if len(meant) != CODE_LENGTH:
        raise Invalid(
            "code_wrong", N_("A join code has 8 letters and digits. Please compare it with the big screen.")
        )
    await house.join_throttle.turn(client)
    with house.db.read() as session:
        workshop = queries.workshop_with_code(session, meant)
    if workshop is None:
        raise Invalid(
            "code_unknown", N_("There is no workshop with this code. Please compare it with the big screen.")
        )
    house.join_throttle.succeeded(client)
    return workshop


@router.get("/j/{token}")
def ask_to_join(request: Request, house: House, viewer: CurrentViewer, token: str) -> Response:
    """The join form of a workshop."""
    return _form(request, house, viewer, token, {}, {})


@router.get("/j/{token}/qr.svg")
def join_qr(house: House, token: str) -> Response:
    """The QR code that leads to the join form: another code, another address."""
    with house.db.read() as session:
        join_url = house.desks.join_url(_workshop(session, token))
    return Response(qr_svg(join_url), media_type="image/svg+xml")


@router.post("/j/{token}")
async def join(request: Request, house: House, token: str) -> Response:
    """A participant who is new or was expected, and on to the canvas of their table."""
    form = await typed(request)
    joining = Joining(
        name=form.get("name", ""),
        group_id=form.get("group", ""),
        institution=form.get("institution", ""),
    )
    person = form.get("person", "")
    with house.db.read() as session:
        workshop = _workshop(session, token)
        viewer = read_viewer(session, request)
        known = () if person else _expected(session, workshop, joining.name, locale_of(request))
    if known:
        return house.renderer.form(request, "workshop/expected.html", form, {}, token=token, expected=known)
    come_in = partial(come_in_as, person_id=person) if person not in ("", _NEW) else actions.join_workshop
    try:
        participant, secret = await house.db.write(
            come_in, workshop.id, joining=joining, kind=TokenKind.BROWSER
        )
    except Invalid as error:
        return _form(request, house, viewer, token, form, field_errors(request, error, _FIELDS, "name"))
    if request.client:
        house.join_throttle.vouch(request.client.host)
    return _seat(request, house, participant, secret)


@router.get("/p/{token}")
def ask_who(request: Request, house: House, token: str) -> Response:
    """Behind a personal link. Only the button uses it up, so that a preview of the link cannot."""
    with house.db.read() as session:
        participant = identity_queries.participant_of(session, token, TokenKind.PERSONAL_LINK)
        if participant is None:
            raise errors.Gone(
                "link_used", N_("This link was used already or has expired. Ask for a new one.")
            )
        workshop = session.get_one(Workshop, participant.workshop_id)
        table = queries.table_of(session, participant)
    return house.renderer.page(
        request,
        "identity/personal_link.html",
        token=token,
        name=participant.name,
        group_name=group_name(table.group, locale_of(request)) if table else "",
        workshop_title=workshop.title,
    )


@router.post("/p/{token}")
async def take_link(request: Request, house: House, token: str) -> Response:
    """This device is that person from now on."""
    participant, secret = await house.db.write(actions.use_link, token)
    return _seat(request, house, participant, secret)


def _seat(request: Request, house: Parts, participant: Participant, secret: str) -> Response:
    with house.db.read() as session:
        table = queries.table_of(session, participant)
    response = RedirectResponse(urls.canvas(table.canvas.id) if table else urls.join(), 303)
    cookies.remember(response, cookies.PARTICIPANT, secret, secure=is_secure(request, house))
    return response


def _form(
    request: Request, house: Parts, viewer: Viewer, token: str, form: dict[str, str], problems: dict[str, str]
) -> Response:
    locale = locale_of(request)
    with house.db.read() as session:
        workshop = _workshop(session, token)
        groups = [
            group_view(table, catalog.definition(table.canvas.definition_key), locale, {})
            for table in queries.tables(session, workshop.id)
        ]
        returning = _returning(session, viewer, workshop.id, locale)
    return house.renderer.form(
        request,
        "workshop/join.html",
        form,
        problems,
        workshop=workshop_view(workshop, house.desks.join_url(workshop)),
        token=token,
        groups=groups,
        returning=returning,
    )


def _workshop(session: Session, token: str) -> Workshop:
    workshop = queries.workshop_with_join_token(session, token)
    if workshop is None:
        raise errors.NotFound("join_link_unknown", N_("This link does not lead into a workshop any more."))
    return workshop


def _expected(session: Session, workshop: Workshop, name: str, locale: str) -> list[ExpectedView]:
    if not workshop.joining_open:
        return []
    return [
        ExpectedView(
            person.id,
            person.name,
            person.institution,
            group_name(session.get_one(Group, person.group_id), locale),
            is_guarded(session, person),
        )
        for person in expected_as(session, workshop.id, name)
    ]


def _returning(session: Session, viewer: Viewer, workshop_id: str, locale: str) -> ReturningView | None:
    if not viewer.participant_id or viewer.participant_workshop_id != workshop_id:
        return None
    participant = session.get_one(Participant, viewer.participant_id)
    table = queries.table_of(session, participant)
    if table is None:
        return None
    return ReturningView(participant.name, group_name(table.group, locale), table.canvas.id)
