"""A block shown large on the wall, page by page: every note is on one of them, however many there are."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from app.canvas.follow_up import ActionItemView, PlanView
from app.canvas.results import RankedNote, ResultView
from app.canvas.views import BlockView, NoteView

# What a beamer of 1024×768 shows in letters of 20 points: letters in a line, and lines in a block. A guess is
# enough: js/projector.js makes letters larger while there is room, and shortens texts when there is none.
_LETTERS = 32
_LINES_TALL = 15.2
_LINES_HALF = 10.2
_LINES_WIDE = 12.0
_LINES_OF_PAGE_NUMBER = 1.2
_LINES_OF_TOTALS = 1.2
# A single page is worth a tight fit.
_SQUEEZED = 1.15
_LINES_AROUND_NOTE = 0.4
# Longer than what one idea needs: while others are waiting, such a text is shortened.
_MOST_LINES = 4
_MOST_TRADE_LINES = 2
_TAG_LETTERS = 4
_LETTERS_OF_AMOUNT = 8
# A result has the whole wall under its question: lines, and letters between a note's rank and its votes.
_LINES_OF_RESULT = 15.5
_LETTERS_OF_RESULT = 48
_LETTERS_OF_QUESTION = 38
_LINES_OF_QUESTION = 1.6
_MOST_LINES_OF_RESULT = 2
_LINES_AROUND_RANK = 0.6
# A plan has all of it under its title; a step's people, day and state stand beneath it.
_LINES_OF_PLAN = 17.0
_LETTERS_OF_STEP = 48
_MOST_LINES_OF_STEP = 2
_LETTERS_OF_PEOPLE = 60
T = TypeVar("T")


def pages(block: BlockView, *, beside: bool = False) -> list[tuple[NoteView, ...]]:
    """The notes in their order, as many on a page as the block has room for; at least one page.

    `beside`: in half of the wall, next to the same block of another group.
    """
    room = _LINES_TALL if beside else _room(block)
    if sum(_height(note) for note in block.notes) <= room * _SQUEEZED:
        return [block.notes]
    return list(_divided(block.notes, room - _LINES_OF_PAGE_NUMBER, _height))


def result_pages(result: ResultView) -> list[tuple[RankedNote, ...]]:
    """The notes of a result in their order, as many on a page as the wall has room for; at least one page."""
    more = _lines(result.round.question, 5, _LETTERS_OF_QUESTION) - 1
    return list(_divided(result.notes, _LINES_OF_RESULT - _LINES_OF_QUESTION * more, _height_of_rank))


def plan_pages(plan: PlanView) -> list[tuple[ActionItemView, ...]]:
    """The steps in their order, as many on a page as the wall has room for; at least one page."""
    return list(_divided(plan.items, _LINES_OF_PLAN, _height_of_step))


def _divided(notes: Sequence[T], room: float, height_of: Callable[[T], float]) -> Iterator[tuple[T, ...]]:
    page: list[T] = []
    left = room
    for note in notes:
        height = height_of(note)
        if page and height > left:
            yield tuple(page)
            page, left = [], room
        page.append(note)
        left -= height
    yield tuple(page)


def _room(block: BlockView) -> float:
    if block.shape == "wide":
        return _LINES_WIDE - (_LINES_OF_TOTALS if block.money else 0)
    return _LINES_TALL if block.rows > 1 else _LINES_HALF


def _height(note: NoteView) -> float:
    tags = len(note.segments) + note.inclusion + bool(note.evidence)
    money = _LETTERS_OF_AMOUNT * (note.amount is not None)
    lines = _lines((_TAG_LETTERS * tags + money) * " " + note.text, _MOST_LINES)
    lines += sum(_lines("Mendapat " + said, _MOST_TRADE_LINES) for said in (note.gives, note.gets) if said)
    return lines + _LINES_AROUND_NOTE


def _height_of_rank(note: RankedNote) -> float:
    return 1 + _lines(note.text, _MOST_LINES_OF_RESULT, _LETTERS_OF_RESULT) + _LINES_AROUND_RANK


def _height_of_step(item: ActionItemView) -> float:
    lines = _lines(item.text, _MOST_LINES_OF_STEP, _LETTERS_OF_STEP)
    people = f"{item.centre_owner}    {item.partner_owner}"
    return lines + _lines(people, _MOST_LINES_OF_STEP, _LETTERS_OF_PEOPLE) + _LINES_AROUND_RANK


def _lines(text: str, most: int, letters: int = _LETTERS) -> int:
    return min(most, sum(max(1, -(-len(line) // letters)) for line in text.split("\n")))
