"""Choosing what the projector shows."""

from sqlmodel import Session, select

from app import errors
from app.canvas import catalog
from app.canvas.models import Canvas
from app.errors import N_
from app.workshop.actions import stamp
from app.workshop.models import CANVAS_SCENES, SceneKind, Workshop


def show_scene(
    session: Session,
    workshop_id: str,
    kind: str,
    group_id: str = "",
    block: str = "",
    page: int = 1,
    revision: int = 0,
) -> str:
    """Choose what the projector shows. Returns the canvas's id, empty where none is shown.

    Raises Invalid for a group that is not of this workshop.
    """
    if kind not in set(SceneKind):
        raise errors.Invalid("unknown_scene", N_("The projector cannot show this."))
    scene: dict[str, str | int] = {"kind": kind}
    if kind in CANVAS_SCENES:
        canvas = session.exec(
            select(Canvas).where(Canvas.group_id == group_id, Canvas.workshop_id == workshop_id)
        ).first()
        if canvas is None:
            raise errors.Invalid("unknown_group", N_("The projector cannot show this."))
        scene["canvas_id"] = canvas.id
        if kind == SceneKind.BLOCK:
            if not catalog.definition(canvas.definition_key).has_block(block):
                raise errors.Invalid("unknown_block", N_("This canvas has no such block."))
            scene |= {"block": block, "page": page}
        elif kind == SceneKind.REPLAY:
            scene["revision"] = revision
        elif kind in (SceneKind.VOTES, SceneKind.PLAN):
            scene["page"] = page
    workshop = session.get_one(Workshop, workshop_id)
    workshop.scene = scene
    stamp(session, workshop)
    return str(scene.get("canvas_id", ""))
