"""Choosing what the projector shows."""

from sqlmodel import Session, col, select

from app import errors
from app.canvas import catalog
from app.canvas.models import Canvas
from app.clock import now
from app.errors import N_
from app.workshop.actions import stamp
from app.workshop.models import CANVAS_SCENES, WALKED_SCENES, Group, SceneKind, Workshop

Scene = dict[str, str | int]


def show_scene(
    session: Session,
    workshop_id: str,
    kind: str,
    group_id: str = "",
    block: str = "",
    page: int = 1,
    revision: int = 0,
    other_id: str = "",
) -> str:
    """Choose what the projector shows. Returns the canvas's id, empty where none is shown.

    Raises Invalid for a group that is not of this workshop.
    """
    if kind not in set(SceneKind):
        raise errors.Invalid("unknown_scene", N_("The projector cannot show this."))
    workshop = session.get_one(Workshop, workshop_id)
    if kind == SceneKind.PRESENTATION and not group_id:
        workshop.scene = presentation(session, workshop_id)
    else:
        workshop.scene = _scene(session, workshop_id, kind, group_id, block, page, revision)
        if kind == SceneKind.COMPARISON:
            workshop.scene = workshop.scene | {"other_id": _other(session, workshop_id, group_id, other_id)}
    stamp(session, workshop)
    return str(workshop.scene.get("canvas_id", ""))


def presentation(session: Session, workshop_id: str) -> Scene:
    """The groups' presentation, at its first group."""
    first = (
        select(Canvas.id)
        .join(Group, col(Group.id) == Canvas.group_id)
        .where(Canvas.workshop_id == workshop_id)
        .order_by(col(Group.number))
    )
    return {"kind": SceneKind.PRESENTATION, "canvas_id": session.exec(first).first() or ""}


def plain_scene(kind: SceneKind | str) -> Scene:
    """A scene of no canvas. Thanks say since when: what they open does not stay open (take_home)."""
    return {"kind": kind, "since": now().isoformat()} if kind == SceneKind.THANKS else {"kind": kind}


def _scene(
    session: Session, workshop_id: str, kind: str, group_id: str, block: str, page: int, revision: int
) -> Scene:
    scene = plain_scene(kind)
    if kind not in CANVAS_SCENES:
        return scene
    canvas = _canvas(session, workshop_id, group_id)
    scene["canvas_id"] = canvas.id
    if kind == SceneKind.BLOCK or (kind in WALKED_SCENES and block):
        if not catalog.definition(canvas.definition_key).has_block(block):
            raise errors.Invalid("unknown_block", N_("This canvas has no such block."))
        scene |= {"block": block, "page": page}
    elif kind == SceneKind.REPLAY:
        scene["revision"] = revision
    elif kind in (SceneKind.VOTES, SceneKind.PLAN):
        scene["page"] = page
    return scene


def _other(session: Session, workshop_id: str, group_id: str, other_id: str) -> str:
    if other_id == group_id:
        raise errors.Invalid("unknown_group", N_("Please choose two different groups."))
    return _canvas(session, workshop_id, other_id).id


def _canvas(session: Session, workshop_id: str, group_id: str) -> Canvas:
    canvas = session.exec(
        select(Canvas).where(Canvas.group_id == group_id, Canvas.workshop_id == workshop_id)
    ).first()
    if canvas is None:
        raise errors.Invalid("unknown_group", N_("The projector cannot show this."))
    return canvas
