"""Canvases for the checks to look at."""

from app.canvas.catalog import Example, definition
from app.canvas.checks import ActionItem, CheckedCanvas, CheckedNote, CheckFinding, check_canvas, word_lists
from app.canvas.definition import Role


def note(role: Role, text: str = "Satu ide", *segments: int, **marks: object) -> CheckedNote:
    """A note in the block with a role; its text is its id unless another is given."""
    block = definition().block_in(role)
    assert block
    fields = {"id": text, **marks}
    return CheckedNote(block=block.key, text=text, segments=segments, **fields)  # type: ignore[arg-type]


def canvas(
    *notes: CheckedNote,
    plan: tuple[ActionItem, ...] | None = None,
    members: tuple[str, ...] | None = None,
) -> CheckedCanvas:
    kind = definition()
    return CheckedCanvas(kind, word_lists(kind.key), notes, plan, members)


def canvas_of(example: Example, *, planned: bool = True) -> CheckedCanvas:
    """A canvas of the catalog, with its follow-up plan or without."""
    notes = (
        CheckedNote(
            id=f"note-{number}",
            block=each.block,
            text=each.text,
            segments=each.segments,
            inclusion=each.inclusion,
            evidence=each.evidence,
            side=each.side,
            gives=each.gives,
            gets=each.gets,
        )
        for number, each in enumerate(example.notes)
    )
    steps = tuple(
        ActionItem(each.activity, each.owner, each.due_days, each.indicator, id=f"step-{number}")
        for number, each in enumerate(example.follow_up)
    )
    return canvas(*notes, plan=steps if planned else None)


def found(checked: CheckedCanvas, *ids: str) -> list[CheckFinding]:
    """The findings, of some checks only when given."""
    return [finding for finding in check_canvas(checked) if not ids or finding.check.id in ids]
