"""Texts that nearly say the same. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

# So many tenths of the groups of three letters in two texts are in both.
_ALIKE = 7
_BEGINNING = 200
# Nearly all texts of a block are those of the last look. A long one takes 17 kB here.
_KEPT = 256


class _Grams(NamedTuple):
    """The groups of three letters in a text: as a set, and in the order of the alphabet."""

    all: frozenset[str]
    in_order: tuple[str, ...]


def similar(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of texts that nearly say what an earlier one says: that one's place first, then theirs."""
    grams = [_grams(text) for text in texts]
    common = Counter(chain.from_iterable(mine.all for mine in grams))
    known: dict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(grams):
        # Two sets that share seven tenths share one of the rarest of each: nothing else need be compared.
        rarest = sorted(mine.in_order, key=common.__getitem__)
        rarest = rarest[: len(rarest) + 1 + -_ALIKE * len(rarest) // 10]
        candidates = sorted({earlier for gram in rarest for earlier in known[gram]})
        match = next((earlier for earlier in candidates if _are_alike(grams[earlier].all, mine.all)), None)
        if match is not None:
            yield match, place
            continue
        for gram in rarest:
            known[gram].append(place)


@lru_cache(maxsize=_KEPT)
def _grams(text: str) -> _Grams:
    words = " ".join(re.findall(r"\w+", text[:_BEGINNING].casefold())) or text[:_BEGINNING]
    padded = f" {words} "
    grams = frozenset([padded[start : start + 3] for start in range(max(1, len(padded) - 2))])
    return _Grams(grams, tuple(sorted(grams)))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 10 * len(one & other) >= _ALIKE * len(one | other)
