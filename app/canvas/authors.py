"""In whose name a note is written: the writer's own, or that of somebody without a device."""

from dataclasses import dataclass

from sqlmodel import Session

from app import errors
from app.canvas.models import Canvas
from app.canvas.operations import Actor
from app.errors import N_
from app.identity.permissions import Place, Seat, may_write_for
from app.workshop.models import Participant


@dataclass(frozen=True, slots=True)
class Author:
    """Whose note it is; without an id when it is a facilitator's. The log keeps who wrote it down."""

    id: str | None
    name: str


def author_of(session: Session, canvas: Canvas, actor: Actor, wanted: str | None, moderates: bool) -> Author:
    """The participant `wanted`, or whoever acts. Raises Invalid: a refused text stays on its device."""
    if wanted is None or wanted == actor.id:
        return Author(actor.id if actor.kind == "participant" else None, actor.name)
    person = session.get(Participant, wanted)
    place = Place(canvas.workshop_id, canvas.group_id)
    if person is None or person.removed_at or person.workshop_id != place.workshop_id:
        raise errors.Invalid("author_unknown", N_("This person is not in the workshop."))
    seat = Seat(person.workshop_id, person.group_id, person.has_device)
    if not may_write_for(seat, place, moderates=moderates):
        raise errors.Invalid("author_writes", N_("%(name)s writes on another device."), name=person.name)
    return Author(person.id, person.name)
