"""Who reads a board: what a page and its scripts need to know of them."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from app.identity.deps import CanvasAccess
from app.workshop import queries as workshop_queries


@dataclass(frozen=True, slots=True)
class BoardViewer:
    """What a board page knows of its reader. `id` is whose changes a browser keeps.

    A guest of another group cannot write; `home` is the canvas of the own group then.
    """

    id: str | None
    participant_id: str | None
    name: str
    is_facilitator: bool
    can_write: bool = True
    group_id: str = ""
    home: str = ""


def board_viewer(access: CanvasAccess) -> BoardViewer:
    """The reader of a board page."""
    actor = access.actor
    participant_id = actor.id if actor.kind == "participant" else None
    group_id = access.viewer.participant_group_id if participant_id else None
    return BoardViewer(
        actor.id, participant_id, actor.name, access.moderates, access.can_write, group_id or ""
    )


def viewer_at(session: Session, access: CanvasAccess) -> BoardViewer:
    """The reader of a board page, who may be a guest and then has a home elsewhere."""
    viewer = board_viewer(access)
    if viewer.can_write:
        return viewer
    own = workshop_queries.tables(session, access.place.workshop_id, viewer.group_id)
    return replace(viewer, home=own[0].canvas.id)
