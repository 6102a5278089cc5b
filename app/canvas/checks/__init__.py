"""Periksa kanvas: what could still be asked about a canvas (domain.md §6). Hints, never scores. Pure.

Marks on notes and their numbers come first; word lists are weak signals. A canvas without any marks gets
questions from counting alone.
"""

from dataclasses import replace
from functools import cache

from app.canvas.checks import completeness, follow_up, funding, inclusion, links, partnership, voices
from app.canvas.checks.findings import (
    LEVELS,
    ActionItem,
    Area,
    CanvasCheck,
    CheckedCanvas,
    CheckedNote,
    CheckFinding,
    Place,
)
from app.canvas.checks.words import WordLists, read_word_lists
from app.resources import CANVASES

__all__ = [
    "CHECKS",
    "ActionItem",
    "Area",
    "CanvasCheck",
    "CheckFinding",
    "CheckedCanvas",
    "CheckedNote",
    "Place",
    "WordLists",
    "area_of",
    "check_canvas",
    "has_begun",
    "word_lists",
]

FEWEST_FILLED = 3
CHECKS: tuple[CanvasCheck, ...] = (
    *completeness.CHECKS,
    *links.CHECKS,
    *partnership.CHECKS,
    *funding.CHECKS,
    *inclusion.CHECKS,
    *follow_up.CHECKS,
    *voices.CHECKS,
)
# What is asked of a canvas that has hardly begun.
FIRST = ("K01",)


@cache
def word_lists(definition_key: str) -> WordLists:
    """The words by which notes on this kind of canvas are recognised."""
    return read_word_lists(CANVASES / "checks" / f"{definition_key}.toml")


def has_begun(canvas: CheckedCanvas) -> bool:
    """Whether enough blocks have notes for more to be asked than what is missing."""
    keys = {block.key for block in canvas.definition.blocks}
    return len(keys & {note.block for note in canvas.notes}) >= FEWEST_FILLED


def area_of(finding: str) -> Area | None:
    """What the finding with this key is about; None for a key that is none."""
    check_id = finding.partition(":")[0]
    return next((check.area for check in CHECKS if check.id == check_id), None)


def check_canvas(canvas: CheckedCanvas) -> tuple[CheckFinding, ...]:
    """Everything to ask, area by area, the most important first; always in the same order."""
    canvas = replace(canvas, notes=tuple(n for n in canvas.notes if canvas.definition.has_block(n.block)))
    begun = has_begun(canvas)
    checks = [check for check in CHECKS if begun or check.id in FIRST]
    able = [check for check in checks if all(map(canvas.definition.block_in, check.needs))]
    areas = list(Area)
    able.sort(key=lambda check: (areas.index(check.area), LEVELS.index(check.level)))
    return tuple(CheckFinding(check, place) for check in able for place in check.find(canvas))
