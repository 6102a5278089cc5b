"""What people take home: behind the code of the last scene, each phone finds its own canvas on paper."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app import errors
from app.errors import N_
from app.identity.deps import CurrentViewer
from app.identity.permissions import Place, Verb, may
from app.parts import House
from app.web.i18n import locale_of
from app.web.urls import urls
from app.workshop import queries
from app.workshop.names import group_name

router = APIRouter(include_in_schema=False)


@router.get("/j/{token}/canvas")
def take_home(request: Request, house: House, viewer: CurrentViewer, token: str) -> Response:
    """The canvases this device may see, as PDF; whoever may see none is asked to come in first."""
    with house.db.read() as session:
        workshop = queries.workshop_with_join_token(session, token)
        if workshop is None:
            raise errors.NotFound(
                "join_link_unknown", N_("This link does not lead into a workshop any more.")
            )
        tables = [
            table
            for table in queries.tables(session, workshop.id)
            if may(viewer, Verb.SEE, Place(workshop.id, table.group.id))
        ]
    if not tables:
        return RedirectResponse(urls.join_workshop(token), 303)
    return house.renderer.page(
        request,
        "workshop/take_home.html",
        workshop_title=workshop.title,
        canvases=[(table.canvas.id, group_name(table.group, locale_of(request))) for table in tables],
    )
