"""A presentation goes from group to group, a comparison shows two; both go from block to block. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.canvas.views import CanvasView
from app.workshop.views import GroupView


@dataclass(frozen=True, slots=True)
class Walk:
    """Where it stands, and where it may go: groups in the desk's order, blocks in the order of filling.
    No names of people: the wall shows it.

    `block_before` and `block_after` are keys; "" is the whole canvas, None that there is nothing more.
    """

    group: GroupView
    number: int
    count: int
    before: GroupView | None
    after: GroupView | None
    block_before: str | None
    block_after: str | None
    institutions: tuple[str, ...] = ()
    other: GroupView | None = None


def walk(
    groups: Sequence[GroupView], canvas: CanvasView, focus: str | None, other: CanvasView | None
) -> Walk:
    """The walk of whoever's canvas is on the wall, `other` beside it."""
    at = next(number for number, group in enumerate(groups) if group.canvas_id == canvas.id)
    institutions = _institutions(groups[at])
    groups = [replace(group, members=()) for group in groups]
    ways = ["", *(block.key for block in canvas.blocks)]
    place = ways.index(focus or "")
    return Walk(
        group=groups[at],
        number=at + 1,
        count=len(groups),
        before=groups[at - 1] if at else None,
        after=groups[at + 1] if at + 1 < len(groups) else None,
        block_before=ways[place - 1] if place else None,
        block_after=ways[place + 1] if place + 1 < len(ways) else None,
        institutions=institutions,
        other=next((each for each in groups if other and each.canvas_id == other.id), None),
    )


def _institutions(group: GroupView) -> tuple[str, ...]:
    """Where its members come from, each once, but for those that the partnership's title names."""
    said = {member.institution.casefold(): member.institution for member in group.members}
    title = group.partnership.casefold()
    return tuple(name for folded, name in said.items() if folded and folded not in title)
