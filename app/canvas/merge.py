"""Three-way merge of a note's text by words. Pure, so that every case can be read in its tests."""

import difflib
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

# Comparing takes time in the square of the words, in the only thread that writes. So long a note is rare.
MAX_WORDS = 400
_WORD = re.compile(r"\s+|[^\s]+")


class _Hunk(NamedTuple):
    """Words `start:end` of the base, replaced by `words`."""

    start: int
    end: int
    words: Sequence[str]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` in one text; None where they touch, so that people must choose."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    words = _WORD.findall(base)
    ours, others = _WORD.findall(mine), _WORD.findall(theirs)
    if max(len(words), len(ours), len(others)) > MAX_WORDS:
        return None
    hunks = sorted({*_hunks(words, ours), *_hunks(words, others)})
    if any(later.start <= earlier.end for earlier, later in itertools.pairwise(hunks)):
        return None
    merged, at = [], 0
    for hunk in hunks:
        merged += [*words[at : hunk.start], *hunk.words]
        at = hunk.end
    return "".join([*merged, *words[at:]])


def _hunks(base: Sequence[str], changed: Sequence[str]) -> list[_Hunk]:
    matcher = difflib.SequenceMatcher(None, base, changed, autojunk=False)
    return [
        _Hunk(start, end, tuple(changed[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]
