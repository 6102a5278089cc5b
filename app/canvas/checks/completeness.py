"""Is there something in every block, and is each note one idea?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, CheckedNote, Place
from app.canvas.checks.similar import similar
from app.errors import N_

MANY_NOTES = 7
LONG_TEXT = 90
MANY_WORDS = 14
# Of one block: with more notes than that, being alike is the least of its questions.
COMPARED = 300
# A comma within a number separates nothing.
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_NUMBER = re.compile(r"(?<!\w)\d")
_IN_A_PLACE = re.compile(r"\b[Dd]i [A-Z]")


def empty_blocks(canvas: CheckedCanvas) -> Iterator[Place]:
    filled = {note.block for note in canvas.notes}
    yield from (Place(block.key) for block in canvas.definition.in_order() if block.key not in filled)


def crowded_blocks(canvas: CheckedCanvas) -> Iterator[Place]:
    counts = Counter(note.block for note in canvas.notes)
    for block in canvas.definition.in_order():
        if counts[block.key] > MANY_NOTES:
            yield Place(block.key, count=counts[block.key])


def long_notes(canvas: CheckedCanvas) -> Iterator[Place]:
    for note in canvas.notes:
        if len(note.text) > LONG_TEXT or len(note.text.split()) > MANY_WORDS:
            yield Place(note.block, note.id)


def several_ideas(canvas: CheckedCanvas) -> Iterator[Place]:
    for note in canvas.notes:
        text = note.text.strip()
        if ";" in text or "\n" in text or len(_COMMA.findall(text)) >= 3:
            yield Place(note.block, note.id)


def near_duplicates(canvas: CheckedCanvas) -> Iterator[Place]:
    """In one block: an activity and what it costs may well have the same words."""
    blocks: dict[str, list[CheckedNote]] = defaultdict(list)
    for note in canvas.notes:
        blocks[note.block].append(note)
    for notes in blocks.values():
        for earlier, later in similar([note.all_words for note in notes[:COMPARED]]):
            # The pair is known by both, whichever of them is moved ahead of the other.
            first, second = sorted((notes[earlier].id, notes[later].id))
            yield Place(notes[later].block, first, about=second)


def nothing_measured(canvas: CheckedCanvas) -> Iterator[Place]:
    for role in ("values", "income", "costs"):
        notes = canvas.of(role)
        if notes and not any(is_measured(canvas, note.text) for note in notes):
            yield Place(canvas.block(role))


def is_measured(canvas: CheckedCanvas, text: str) -> bool:
    """Whether a text has a number, a time or a place in it."""
    found = _NUMBER.search(text) or _IN_A_PLACE.search(text) or canvas.words.measures.found_in(text)
    return bool(found)


CHECKS = (
    CanvasCheck(
        "K01",
        Area.COMPLETENESS,
        "high",
        N_("Block %(block)s is still empty. What is one thing that is already certain?"),
        empty_blocks,
    ),
    CanvasCheck(
        "K02",
        Area.COMPLETENESS,
        "low",
        N_("There are %(count)s notes in %(block)s. Which 3–5 matter most?"),
        crowded_blocks,
    ),
    CanvasCheck(
        "K03",
        Area.COMPLETENESS,
        "low",
        N_("This note is long. Can it be shortened to one idea?"),
        long_notes,
    ),
    CanvasCheck(
        "K04",
        Area.COMPLETENESS,
        "low",
        N_("This looks like several ideas. Split them?"),
        several_ideas,
    ),
    CanvasCheck("K05", Area.COMPLETENESS, "low", N_("Two notes are alike. Combine them?"), near_duplicates),
    CanvasCheck(
        "U01",
        Area.COMPLETENESS,
        "low",
        N_("Can a number or a time be added?"),
        nothing_measured,
        needs=("values", "income", "costs"),
    ),
)
