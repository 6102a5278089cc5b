"""What a host does at several tables at once: one operation on each of their canvases."""

from collections.abc import Callable, Iterable

from sqlmodel import Session

from app import errors
from app.canvas.operations import Actor, Operation
from app.errors import N_
from app.ids import new_uuid
from app.workshop.desks import canvas_ids


def at_each_table(
    session: Session,
    workshop_id: str,
    actor: Actor,
    canvases: Iterable[str],
    act: Callable[[Session, Operation], int],
) -> None:
    """Operations on canvases of this workshop. They set a state, so no browser names them. Raises Invalid."""
    known = canvas_ids(session, workshop_id)
    for canvas_id in canvases:
        if canvas_id not in known:
            raise errors.Invalid("unknown_group", N_("Please choose a group."))
        act(session, Operation(canvas_id, "", new_uuid(), actor))
