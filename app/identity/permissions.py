"""Who may do what. The only file that decides it; pure, so that the whole table can be read and tested.

A facilitator may do everything in the workshops they facilitate, and nothing elsewhere. A phone that is
their remote control runs one workshop; being easily lost, it lets nobody else in and makes no workshops. A
participant writes on the own group's canvas, and sees it. A projector link only reads what its workshop
shows.

Notes carry the name of whoever writes, or of somebody they are written for. A table writes for its people
without a device, and for nobody who has one; a facilitator types for everybody in the workshop.
"""

from dataclasses import dataclass
from enum import Enum


class Verb(Enum):
    """What somebody wants to do with a canvas or a workshop."""

    SEE = "see"
    WRITE = "write"
    MODERATE = "moderate"
    RUN = "run"
    ADMIT = "admit"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everybody a request may speak for: one browser can hold a facilitator and a participant."""

    facilitator_id: str | None = None
    facilitator_name: str = ""
    facilitates: frozenset[str] = frozenset()
    is_remote: bool = False
    participant_id: str | None = None
    participant_name: str = ""
    participant_workshop_id: str | None = None
    participant_group_id: str | None = None
    projects: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether this is somebody at all."""
        return bool(self.facilitator_id or self.participant_id or self.projects)


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked for: a workshop, or one group's canvas in it."""

    workshop_id: str
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits whom others may write for. `has_device`: they have come in on one of their own."""

    workshop_id: str
    group_id: str
    has_device: bool


def may_write_for(seat: Seat, place: Place, *, moderates: bool) -> bool:
    """Whether somebody who may write at `place` may do so in the name of whoever sits at `seat`."""
    if seat.workshop_id != place.workshop_id:
        return False
    return moderates or (seat.group_id == place.group_id and not seat.has_device)


def may(viewer: Viewer, verb: Verb, place: Place) -> bool:
    """Whether `viewer` may do `verb` at `place`."""
    if viewer.facilitator_id and place.workshop_id in viewer.facilitates:
        return verb is not Verb.ADMIT or not viewer.is_remote
    match verb:
        case Verb.SEE | Verb.WRITE:
            return sits_at(viewer, place)
        case Verb.SHOW:
            return viewer.projects == place.workshop_id
        case Verb.MODERATE | Verb.RUN | Verb.ADMIT:
            return False


def may_host(viewer: Viewer) -> bool:
    """Whether `viewer` may make workshops, and set up what all workshops of the installation share."""
    return viewer.facilitator_id is not None and not viewer.is_remote


def sits_at(viewer: Viewer, place: Place) -> bool:
    """Whether the viewer is a participant at this very table."""
    return bool(
        viewer.participant_id
        and place.group_id is not None
        and viewer.participant_workshop_id == place.workshop_id
        and viewer.participant_group_id == place.group_id
    )
