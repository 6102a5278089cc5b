"""Who may do what. The only file that decides it; pure, so that the whole table can be read and tested.

A facilitator may do everything in the workshops they facilitate, and nothing elsewhere. Who made a workshop
leads it: only they add co-facilitators, who run it like them, and remove them. A co-facilitator who is a
guest here makes no workshops and leaves alone what all of them share. A phone that is a remote control runs
one workshop; being easily lost, it lets nobody else in, changes nobody's password and does not get at the
attendance list, with everybody's name and number. A participant writes
on the own group's canvas, and sees it; a canvas to which their group was sent as a guest they see and talk
about. A projector link only reads what its workshop shows. While that is thanks, for a day at most, the code
on the wall is enough to take a canvas home on paper, without names: phones forget who they are
(workshop/take_home.py).

Notes carry the name of whoever writes, or of somebody they are written for. A table writes for its people
without a device, and for nobody who has one; a facilitator types for everybody in the workshop.
"""

from dataclasses import dataclass
from enum import Enum


class Verb(Enum):
    """What somebody wants to do with a canvas or a workshop."""

    SEE = "see"
    TALK = "talk"
    WRITE = "write"
    MODERATE = "moderate"
    RUN = "run"
    ENROL = "enrol"
    ADMIT = "admit"
    LEAD = "lead"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everybody a request may speak for: one browser can hold a facilitator and a participant."""

    facilitator_id: str | None = None
    facilitator_name: str = ""
    facilitates: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    is_guest: bool = False
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
    """What is asked for: a workshop, or one group's canvas in it, with the groups that were sent to it."""

    workshop_id: str
    group_id: str | None = None
    guests: frozenset[str] = frozenset()


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
        is_own = verb is not Verb.LEAD or place.workshop_id in viewer.leads
        return is_own and not (viewer.is_remote and verb in (Verb.ENROL, Verb.ADMIT, Verb.LEAD))
    match verb:
        case Verb.SEE | Verb.TALK:
            return sits_at(viewer, place) or is_guest_at(viewer, place)
        case Verb.WRITE:
            return sits_at(viewer, place)
        case Verb.SHOW:
            return viewer.projects == place.workshop_id
        case Verb.MODERATE | Verb.RUN | Verb.ENROL | Verb.ADMIT | Verb.LEAD:
            return False


def may_host(viewer: Viewer) -> bool:
    """Whether `viewer` may make workshops, and set up what all workshops of the installation share."""
    return has_account(viewer) and not viewer.is_guest


def has_account(viewer: Viewer) -> bool:
    """Whether `viewer` may change how a facilitator signs in: their own password."""
    return viewer.facilitator_id is not None and not viewer.is_remote


def sits_at(viewer: Viewer, place: Place) -> bool:
    """Whether the viewer is a participant at this very table."""
    return bool(
        viewer.participant_id
        and place.group_id is not None
        and viewer.participant_workshop_id == place.workshop_id
        and viewer.participant_group_id == place.group_id
    )


def is_guest_at(viewer: Viewer, place: Place) -> bool:
    """Whether the viewer's group was sent to this table's canvas."""
    return bool(
        viewer.participant_id
        and viewer.participant_workshop_id == place.workshop_id
        and viewer.participant_group_id in place.guests
    )
