"""The projector: a secret link that shows what the desk chooses, and can do nothing else."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from app import errors
from app.errors import N_
from app.identity import queries as identity_queries
from app.identity.deps import FACILITATOR_SHARE
from app.live.answer import Wait
from app.live.stages import StageKey
from app.parts import House
from app.web.i18n import locale_of
from app.workshop import queries
from app.workshop.models import Workshop

router = APIRouter(include_in_schema=False)


@router.get("/projector/{token}")
def projector(request: Request, house: House, token: str) -> Response:
    """The wall."""
    with house.db.read() as session:
        workshop = _workshop(session, token)
        revision, scene = house.desks.scene(session, workshop.id, locale_of(request))
        epoch = identity_queries.epoch(session)
    return house.renderer.page(
        request, "workshop/projector.html", scene=scene, token=token, since=f"{epoch}-{revision}"
    )


@router.get("/projector/{token}/events")
def projector_events(
    request: Request, house: House, token: str, since: str = "", wait: Wait = None
) -> Response:
    """The wall as an event stream or as one answer."""
    with house.db.read() as session:
        workshop = _workshop(session, token)
    key = StageKey("projector", workshop.id, locale_of(request))
    since = request.headers.get("last-event-id") or since
    return house.streams.follow(key, since, token, share=FACILITATOR_SHARE, wait=wait)


def _workshop(session: Session, token: str) -> Workshop:
    workshop = queries.workshop_with_projector_token(session, token)
    if workshop is None:
        raise errors.NotFound(
            "projector_unknown", N_("This projector link is not valid. Open it from the desk.")
        )
    return workshop
