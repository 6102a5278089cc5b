"""Does everything that is promised have somebody it is for, a way to them, and something that makes it real?

Segments are the numbers on notes. Where nobody used them, notes are counted instead.
"""

from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, CheckedNote, Place
from app.canvas.definition import Role
from app.errors import N_


def segments(canvas: CheckedCanvas) -> dict[int, CheckedNote]:
    """Each segment, and the first note that names it."""
    named: dict[int, CheckedNote] = {}
    for note in canvas.of("segments"):
        for number in note.segments:
            named.setdefault(number, note)
    return dict(sorted(named.items()))


def without_value(canvas: CheckedCanvas) -> Iterator[Place]:
    yield from _unserved(canvas, "values", N_("What is the value for each segment?"))


def without_channel(canvas: CheckedCanvas) -> Iterator[Place]:
    yield from _unserved(canvas, "channels", N_("How is each segment reached?"))


def without_relationship(canvas: CheckedCanvas) -> Iterator[Place]:
    yield from _unserved(canvas, "relationships", N_("How is the relationship with each segment kept up?"))


def value_for_nobody(canvas: CheckedCanvas) -> Iterator[Place]:
    if segments(canvas):
        yield from (Place(note.block, note.id) for note in canvas.of("values") if not note.segments)


def value_from_nothing(canvas: CheckedCanvas) -> Iterator[Place]:
    values, makers = canvas.of("values"), canvas.of("resources", "activities")
    if not values:
        return
    filled = {note.block for note in makers}
    for role in ("activities", "resources"):
        if canvas.block(role) not in filled:
            yield Place(canvas.block(role))
    made = {number for note in makers for number in note.segments}
    if not made:
        return
    for number in sorted({number for note in values for number in note.segments} - made):
        note = next(note for note in values if number in note.segments)
        yield Place(note.block, note.id, about=f"S{number}")


def _unserved(canvas: CheckedCanvas, role: Role, for_each: str) -> Iterator[Place]:
    serving, named = canvas.of(role), segments(canvas)
    is_short = 0 < len(serving) < len(canvas.of("segments"))
    if is_short if not named else not serving and len(named) > 1:
        yield Place(canvas.block(role), asks=for_each)
        return
    served = {number for note in serving for number in note.segments}
    for number, note in named.items():
        if number not in served:
            # Known by the note that names the segment, and asked where the answer is to be written.
            yield Place(canvas.block(role), about=f"S{number}:{note.id}", name=note.text)


CHECKS = (
    CanvasCheck(
        "H01",
        Area.LINKS,
        "high",
        N_("What is the value for “%(name)s”?"),
        without_value,
        needs=("segments", "values"),
    ),
    CanvasCheck(
        "H02",
        Area.LINKS,
        "high",
        N_("Which segment is this value for?"),
        value_for_nobody,
        needs=("segments", "values"),
    ),
    CanvasCheck(
        "H03",
        Area.LINKS,
        "medium",
        N_("How is “%(name)s” reached?"),
        without_channel,
        needs=("segments", "channels"),
    ),
    CanvasCheck(
        "H04",
        Area.LINKS,
        "low",
        N_("How is the relationship with “%(name)s” kept up?"),
        without_relationship,
        needs=("segments", "relationships"),
    ),
    CanvasCheck(
        "H06",
        Area.LINKS,
        "medium",
        N_("Which activity or resource makes this value real?"),
        value_from_nothing,
        needs=("values", "resources", "activities"),
    ),
)
