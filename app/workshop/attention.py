"""The host calls for attention: all screens go to one place, or what is there stays as it is for a while.

Nobody is taken away from what they write (static/js/attention.js): a screen follows when they have done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app import errors
from app.canvas import catalog
from app.canvas.models import Canvas
from app.errors import N_
from app.workshop.actions import stamp
from app.workshop.models import Group, Workshop
from app.workshop.names import group_name
from app.workshop.visits import send_groups


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a group has been sent to."""

    group_id: str
    canvas_id: str
    host_name: str


@dataclass(frozen=True, slots=True)
class Lock:
    """A canvas that is locked by hand. `block_names` are empty when all of it is."""

    canvas_id: str
    group_name: str
    places: tuple[str, ...]
    block_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttentionView:
    """Where the host leads all screens, who visits whom, and what is locked.

    `block` of one's own canvas, or the canvas with `canvas_id`; `name` is what it is called.
    """

    block: str
    canvas_id: str
    name: str
    visits: tuple[Visit, ...]
    locks: tuple[Lock, ...]

    def visit_of(self, group_id: str) -> Visit | None:
        """Where a group has been sent to."""
        return next((visit for visit in self.visits if visit.group_id == group_id), None)

    def lock_on(self, canvas_id: str) -> Lock | None:
        """What is locked on a canvas."""
        return next((lock for lock in self.locks if lock.canvas_id == canvas_id), None)


def attention_view(session: Session, workshop: Workshop, locale: str) -> AttentionView:
    """What the host asks of all screens of a workshop."""
    rows = session.exec(
        select(Canvas, Group)
        .join(Group, col(Group.id) == Canvas.group_id)
        .where(Canvas.workshop_id == workshop.id)
        .order_by(col(Group.number), col(Canvas.created_at))
    ).all()
    names = {canvas.id: group_name(group, locale) for canvas, group in rows}
    leads = workshop.leads_to or {}
    block, canvas_id = leads.get("block", ""), leads.get("canvas", "")
    name = catalog.definition().block(block).name.of(locale) if block else names.get(canvas_id, "")
    return AttentionView(
        block=block,
        canvas_id=canvas_id,
        name=name,
        visits=tuple(
            Visit(group.id, group.visits, names[group.visits])
            for _, group in rows
            if group.visits and group.visits in names
        ),
        locks=tuple(_lock(canvas, names[canvas.id], locale) for canvas, _ in rows if canvas.locked_places),
    )


def lead_to(session: Session, workshop_id: str, block: str = "", canvas_id: str = "") -> None:
    """Lead all screens to a block of their own canvases, or to one canvas. Raises Invalid."""
    workshop = session.get_one(Workshop, workshop_id)
    if block:
        if not catalog.definition().has_block(block):
            raise errors.Invalid("unknown_block", N_("This canvas has no such block."))
        workshop.leads_to = {"block": block}
    else:
        canvas = session.get(Canvas, canvas_id)
        if canvas is None or canvas.workshop_id != workshop_id:
            raise errors.Invalid("unknown_group", N_("Please choose a group."))
        workshop.leads_to = {"canvas": canvas_id}
    send_groups(session, workshop)
    stamp(session, workshop)


def let_go(session: Session, workshop_id: str) -> None:
    """Let everybody back to where they were. Twice is once."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.leads_to is not None:
        workshop.leads_to = None
        send_groups(session, workshop)
        stamp(session, workshop)


def set_lock(
    session: Session, workshop_id: str, canvas_id: str = "", place: str = "", *, locked: bool
) -> None:
    """Close a place of a canvas to its participants, all of it, or all canvases; or open it again.

    Raises Invalid for what is not there.
    """
    canvases = session.exec(select(Canvas).where(Canvas.workshop_id == workshop_id)).all()
    chosen = [canvas for canvas in canvases if canvas_id in ("", canvas.id)]
    if not chosen:
        raise errors.Invalid("unknown_group", N_("Please choose a group."))
    for canvas in chosen:
        places = [each.key for each in catalog.definition(canvas.definition_key).places]
        if place and place not in places:
            raise errors.Invalid("unknown_block", N_("This canvas has no such block."))
        meant = {place} if place else set(places)
        present = set(canvas.locked_places)
        wanted = present | meant if locked else present - meant
        canvas.locked_places = [key for key in places if key in wanted]
    stamp(session, session.get_one(Workshop, workshop_id))


def _lock(canvas: Canvas, name: str, locale: str) -> Lock:
    places = catalog.definition(canvas.definition_key).places
    shut: Sequence[str] = canvas.locked_places
    names = [each.name.of(locale) for each in places if each.key in shut] if len(shut) < len(places) else []
    return Lock(canvas.id, name, tuple(shut), tuple(names))
