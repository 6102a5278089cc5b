"""Who is not served yet, and is what opens the door to them paid for?"""

import re
from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, CheckedNote, Place
from app.canvas.definition import Role
from app.errors import N_

FEWEST_BLOCKS = 3
_FIRST: tuple[Role, ...] = ("segments", "values")


def inclusion_missing(canvas: CheckedCanvas) -> Iterator[Place]:
    """One question, about the first block that should have such a note."""
    having = {note.block for note in canvas.notes if note.inclusion}
    needed = [canvas.block(role) for role in _FIRST]
    if len(having) < FEWEST_BLOCKS:
        needed += [block.key for block in canvas.definition.in_order()]
    yield from [Place(block) for block in needed if block not in having][:1]


def inclusion_unpaid(canvas: CheckedCanvas) -> Iterator[Place]:
    if _has_inclusion(canvas.of("resources", "activities", "values")) and not _has_inclusion(
        canvas.of("costs", "income")
    ):
        yield Place(canvas.block("costs"))


def only_generic_groups(canvas: CheckedCanvas) -> Iterator[Place]:
    notes = canvas.of("segments")
    if notes and all(_is_generic(canvas, note.text) for note in notes):
        yield Place(canvas.block("segments"))


def restrictions(canvas: CheckedCanvas) -> Iterator[Place]:
    """A note about inclusion may speak of them: it is there to take them away."""
    for note in canvas.notes:
        if not note.inclusion and canvas.words.restrictions.found_in(note.all_words):
            yield Place(note.block, note.id)


def _has_inclusion(notes: tuple[CheckedNote, ...]) -> bool:
    return any(note.inclusion for note in notes)


def _is_generic(canvas: CheckedCanvas, text: str) -> bool:
    words = canvas.words
    others = words.content(words.generic_groups.without(text))
    return bool(words.generic_groups.found_in(text)) and len(others) <= 2 and not re.search(r"\d", text)


CHECKS = (
    CanvasCheck(
        "G01",
        Area.INCLUSION,
        "high",
        N_("Who is not served yet? Try the GEDSI question in %(block)s."),
        inclusion_missing,
        needs=("segments", "values"),
    ),
    CanvasCheck(
        "G02",
        Area.INCLUSION,
        "medium",
        N_("What pays for these steps towards inclusion?"),
        inclusion_unpaid,
        needs=("values", "resources", "activities", "costs", "income"),
    ),
    CanvasCheck(
        "G03",
        Area.INCLUSION,
        "medium",
        N_("Which group exactly?"),
        only_generic_groups,
        needs=("segments",),
    ),
    CanvasCheck(
        "G04", Area.INCLUSION, "medium", N_("Is this requirement necessary for the work?"), restrictions
    ),
)
