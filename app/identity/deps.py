"""Who asks, and whether they may: every route that touches a canvas or a workshop declares one of these."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from sqlalchemy import bindparam
from sqlmodel import Session, select

from app import errors
from app.canvas.models import Canvas
from app.canvas.operations import Actor
from app.errors import N_
from app.identity import cookies, queries
from app.identity.models import TokenKind
from app.identity.permissions import Place, Verb, Viewer, has_account, may, may_host, sits_at
from app.parts import House
from app.workshop.models import Role, Workshop


@dataclass(frozen=True, slots=True)
class CanvasAccess:
    """A canvas, and somebody who may do there what the route is for."""

    viewer: Viewer
    place: Place
    canvas_id: str

    @property
    def actor(self) -> Actor:
        """Who acts: the participant at this table, else the facilitator, else a guest."""
        is_hosting = self.viewer.facilitator_id and self.moderates
        if sits_at(self.viewer, self.place) or not is_hosting:
            return Actor("participant", self.viewer.participant_id, self.viewer.participant_name)
        return Actor("facilitator", self.viewer.facilitator_id, self.viewer.facilitator_name)

    @property
    def person(self) -> str:
        """Whose limits count."""
        return self.actor.id or "nobody"

    @property
    def share(self) -> int:
        """How many people's open pages this one may have."""
        return 1 if self.actor.kind == "participant" else FACILITATOR_SHARE

    @property
    def can_write(self) -> bool:
        """Whether notes are this reader's to write; guests only read and talk."""
        return may(self.viewer, Verb.WRITE, self.place)

    @property
    def moderates(self) -> bool:
        return may(self.viewer, Verb.MODERATE, self.place)


@dataclass(frozen=True, slots=True)
class WorkshopAccess:
    """A workshop, and a facilitator who runs it."""

    viewer: Viewer
    workshop_id: str

    @property
    def actor(self) -> Actor:
        return Actor("facilitator", self.viewer.facilitator_id, self.viewer.facilitator_name)


# A desk, a projector and several canvases, on a laptop and a phone.
FACILITATOR_SHARE = 4
_PLACE = select(Canvas.workshop_id, Canvas.group_id, Canvas.guests).where(Canvas.id == bindparam("canvas_id"))
bearer = HTTPBearer(auto_error=False, description="A facilitator's or a participant's token.")


def read_viewer(session: Session, request: Request) -> Viewer:
    """Who a request speaks for: its bearer token's owner, or else its cookies' owners."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    # Another scheme is not for us: a proxy in front may ask for a password of its own.
    if scheme.lower() == "bearer":
        participant = queries.sitter_of(session, token, TokenKind.API)
        facilitator, only = (
            (None, None) if participant else queries.facilitator_of(session, token, TokenKind.API)
        )
    else:
        mine, theirs = request.cookies.get(cookies.PARTICIPANT), request.cookies.get(cookies.FACILITATOR)
        participant = queries.sitter_of(session, mine, TokenKind.BROWSER) if mine else None
        facilitator, only = (
            queries.facilitator_of(session, theirs, TokenKind.BROWSER) if theirs else (None, None)
        )
    parts = queries.facilitated_by(session, facilitator.id) if facilitator else {}
    if only:
        parts = {workshop_id: part for workshop_id, part in parts.items() if workshop_id == only}
    return Viewer(
        facilitator_id=facilitator.id if facilitator else None,
        facilitator_name=facilitator.name if facilitator else "",
        facilitates=frozenset(parts),
        leads=frozenset(workshop_id for workshop_id, part in parts.items() if part == Role.LEAD),
        is_guest=facilitator is not None and facilitator.is_guest,
        is_remote=only is not None,
        participant_id=participant.id if participant else None,
        participant_name=participant.name if participant else "",
        participant_workshop_id=participant.workshop_id if participant else None,
        participant_group_id=participant.group_id if participant else None,
    )


def current_viewer(request: Request, house: House) -> Viewer:
    """Whoever asks; nobody is a viewer too."""
    with house.db.read() as session:
        return read_viewer(session, request)


def current_facilitator(viewer: "CurrentViewer") -> Viewer:
    """A signed-in facilitator. Raises SignInNeeded."""
    if not viewer.facilitator_id:
        raise SignInNeeded
    return viewer


def current_host(viewer: "CurrentFacilitator") -> Viewer:
    """A facilitator who may make workshops and set up what all workshops share."""
    if not may_host(viewer):
        raise NotByRemote if viewer.is_remote else NotByGuest
    return viewer


def own_account(viewer: "CurrentFacilitator") -> Viewer:
    """A facilitator who may change how they sign in."""
    if not has_account(viewer):
        raise NotByRemote
    return viewer


class SignInNeeded(errors.Forbidden):
    """A page for facilitators, asked for by somebody who is not signed in."""

    status = 401
    code = "sign_in_needed"
    message = N_("Please sign in as a facilitator.")


class NotByRemote(errors.Forbidden):
    """What a phone that is easily lost must not do."""

    code = "not_by_remote"
    message = N_("A remote control cannot do this. Please do it on the device where you signed in yourself.")


class NotByGuest(errors.Forbidden):
    """What belongs to those who lead workshops here."""

    code = "not_by_co_facilitator"
    message = N_("A co-facilitator cannot do this. Please ask whoever leads the workshop.")


class NotJoined(errors.Forbidden):
    """A canvas, asked for by a device or token nobody knows: its cookie is lost, or its access has ended."""

    status = 401
    code = "not_joined"
    message = N_("We do not know this device. Please join the workshop again.")


def canvas_access(verb: Verb) -> Callable[..., CanvasAccess]:
    """A dependency: the canvas in the path, for somebody who may do `verb` there. Changes are throttled."""

    def access(request: Request, house: House, canvas_id: str) -> CanvasAccess:
        with house.db.read() as session:
            viewer = read_viewer(session, request)
            row = session.connection().execute(_PLACE, {"canvas_id": canvas_id}).first()
        if not viewer.is_known:
            raise NotJoined
        if row is None:
            raise errors.NotFound("canvas_not_found", N_("This canvas does not exist."))
        workshop_id, group_id, guests = row
        found = CanvasAccess(viewer, Place(workshop_id, group_id, frozenset(guests)), canvas_id)
        if not may(viewer, verb, found.place):
            raise errors.Forbidden("not_your_canvas", N_("This canvas belongs to another group."))
        if verb is not Verb.SEE:
            # What somebody wrote on a shared device is not to become the work of whoever uses it now.
            if request.headers.get("kanvas-person", found.person) != found.person:
                raise errors.Forbidden("another_person", N_("Somebody else is using this device now."))
            house.throttle.check(found.person)
        return found

    return access


def run_workshop(request: Request, house: House, workshop_id: str) -> WorkshopAccess:
    """The workshop in the path, for a facilitator who runs it."""
    with house.db.read() as session:
        viewer = read_viewer(session, request)
        exists = session.get(Workshop, workshop_id) is not None
    if not viewer.facilitator_id:
        raise SignInNeeded
    if not exists or not may(viewer, Verb.RUN, Place(workshop_id)):
        raise errors.NotFound("workshop_not_found", N_("This workshop does not exist, or is not yours."))
    return WorkshopAccess(viewer, workshop_id)


def enrol_people(access: "RunWorkshop") -> WorkshopAccess:
    """The same, for somebody who may read and keep its attendance list."""
    if not may(access.viewer, Verb.ENROL, Place(access.workshop_id)):
        raise NotByRemote
    return access


def admit_to_workshop(access: "RunWorkshop") -> WorkshopAccess:
    """The same, for somebody who may let further devices run it."""
    if not may(access.viewer, Verb.ADMIT, Place(access.workshop_id)):
        raise NotByRemote
    return access


def lead_workshop(access: "RunWorkshop") -> WorkshopAccess:
    """The same, for somebody who leads it."""
    if not may(access.viewer, Verb.LEAD, Place(access.workshop_id)):
        raise NotByRemote if access.viewer.is_remote else NotByGuest
    return access


CurrentViewer = Annotated[Viewer, Depends(current_viewer)]
CurrentFacilitator = Annotated[Viewer, Depends(current_facilitator)]
OwnAccount = Annotated[Viewer, Depends(own_account)]
CurrentHost = Annotated[Viewer, Depends(current_host)]
SeeCanvas = Annotated[CanvasAccess, Depends(canvas_access(Verb.SEE))]
TalkCanvas = Annotated[CanvasAccess, Depends(canvas_access(Verb.TALK))]
WriteCanvas = Annotated[CanvasAccess, Depends(canvas_access(Verb.WRITE))]
ModerateCanvas = Annotated[CanvasAccess, Depends(canvas_access(Verb.MODERATE))]
RunWorkshop = Annotated[WorkshopAccess, Depends(run_workshop)]
EnrolPeople = Annotated[WorkshopAccess, Depends(enrol_people)]
AdmitToWorkshop = Annotated[WorkshopAccess, Depends(admit_to_workshop)]
LeadWorkshop = Annotated[WorkshopAccess, Depends(lead_workshop)]
