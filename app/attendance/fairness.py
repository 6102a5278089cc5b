"""Whether all kinds of people are heard, told so that nobody is singled out. Pure.

Figures are only given for three people or more, and none at all where they would leave a single person over:
whoever knows the sum could take the others away. A kind of two is named in a hint, without a figure; a single
person never is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

COUNTED = 3
NAMED = 2
# Below that nobody can say yet who is quiet.
ENOUGH_NOTES = 6
EXPECTED = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person has said to one question, if anything, and how much they have written and voted."""

    answer: str | None
    notes: int
    votes: int


@dataclass(frozen=True, slots=True)
class Share:
    """The people who gave one answer."""

    answer: str
    people: int
    notes: int
    votes: int


def shares(voices: Sequence[Voice]) -> tuple[Share, ...]:
    """What may be told in figures; empty when that is nothing."""
    shown = tuple(each for each in _all_shares(voices) if each.people >= COUNTED)
    left = len(voices) - sum(each.people for each in shown)
    return () if left == 1 else shown


def quiet(voices: Sequence[Voice]) -> str | None:
    """The answer whose people write less than half of what their number would let expect.

    "" where naming it would single somebody out; None where nothing is to be said.
    """
    found = _all_shares(voices)
    people, notes = sum(each.people for each in found), sum(each.notes for each in found)
    if len(found) < 2 or notes < ENOUGH_NOTES:
        return None
    expected = {each: notes * each.people / people for each in found}
    few = [each for each in found if expected[each] >= EXPECTED and each.notes * 2 < expected[each]]
    if not few:
        return None
    least = min(few, key=lambda each: each.notes / expected[each])
    return least.answer if least.people >= NAMED else ""


def _all_shares(voices: Sequence[Voice]) -> list[Share]:
    answers = dict.fromkeys(sorted(voice.answer for voice in voices if voice.answer))
    return [_share(answer, [each for each in voices if each.answer == answer]) for answer in answers]


def _share(answer: str, voices: Sequence[Voice]) -> Share:
    notes, votes = sum(each.notes for each in voices), sum(each.votes for each in voices)
    return Share(answer, len(voices), notes, votes)
