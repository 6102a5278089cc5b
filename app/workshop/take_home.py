"""What people take home: behind the code of the last scene, each phone finds its own canvas on paper."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app import errors
from app.clock import now
from app.errors import N_
from app.export.editions import Wanted
from app.export.pdf import promptly
from app.export.sheet import Paper
from app.identity.deps import CurrentViewer
from app.identity.permissions import Place, Verb, may
from app.parts import House, Parts
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop import queries
from app.workshop.models import SceneKind, Workshop
from app.workshop.names import group_name
from app.workshop.queries import Table

router = APIRouter(include_in_schema=False)
# The code is on photographs of the wall too, and the wall says thanks until somebody shows something else.
FAREWELL = timedelta(days=1)


@router.get("/j/{token}/canvas")
def take_home(request: Request, house: House, viewer: CurrentViewer, token: str) -> Response:
    """The canvases this device may see, as PDF. Whoever may see none is asked for their group while the wall
    says thanks, a day long, and otherwise to come in.
    """
    locale = locale_of(request)
    with house.db.read() as session:
        workshop, tables = _workshop(session, token)
        own = [table for table in tables if may(viewer, Verb.SEE, Place(workshop.id, table.group.id))]
    if own:
        return house.renderer.page(
            request,
            "workshop/take_home.html",
            workshop_title=workshop.title,
            canvases=[(table.canvas.id, group_name(table.group, locale)) for table in own],
        )
    if not _says_thanks(workshop):
        return RedirectResponse(urls.join_workshop(token), 303)
    return house.renderer.page(
        request,
        "workshop/whose_canvas.html",
        token=token,
        workshop_title=workshop.title,
        groups=[_choice(table, locale) for table in tables],
    )


@router.get("/j/{token}/canvas/{group_number}")
async def take_by_group(request: Request, house: House, token: str, group_number: int) -> Response:
    """The canvas of a group, without names, for a device that nobody knows (see permissions.py)."""
    canvas_id = await run_in_threadpool(_farewell_canvas, house, token, group_number)
    if canvas_id is None:
        return RedirectResponse(urls.take_home(token), 303)
    pdf = await promptly(house.editions.pdf(canvas_id, Wanted(Paper.A4, locale_of(request))))
    if pdf.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=pdf.headers)
    return Response(pdf.content, media_type="application/pdf", headers=pdf.headers)


def _farewell_canvas(house: Parts, token: str, group_number: int) -> str | None:
    with house.db.read() as session:
        workshop, tables = _workshop(session, token)
        found = [table.canvas.id for table in tables if table.group.number == group_number]
        return found[0] if found and _says_thanks(workshop) else None


def _workshop(session: Session, token: str) -> tuple[Workshop, Sequence[Table]]:
    workshop = queries.workshop_with_join_token(session, token)
    if workshop is None:
        raise errors.NotFound("join_link_unknown", N_("This link does not lead into a workshop any more."))
    return workshop, queries.tables(session, workshop.id)


def _says_thanks(workshop: Workshop) -> bool:
    since = workshop.scene.get("since", "") if workshop.scene["kind"] == SceneKind.THANKS else ""
    return bool(since) and now() - datetime.fromisoformat(since) < FAREWELL


def _choice(table: Table, locale: str) -> tuple[int, str, str]:
    title = table.partnership.title if table.partnership else ""
    return table.group.number, group_name(table.group, locale), title
