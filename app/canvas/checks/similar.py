"""Texts that nearly say the same. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

# So many tenths of the groups of three letters in two texts are in both.
_ALIKE = 7
_BEGINNING = 200


def similar(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of texts that nearly say what an earlier one says: that one's place first, then theirs."""
    grams = [_grams(text) for text in texts]
    common = Counter(chain.from_iterable(grams))
    known: dict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(grams):
        # Two sets that share seven tenths share one of the rarest of each: nothing else need be compared.
        rarest = sorted(mine, key=lambda gram: (common[gram], gram))
        rarest = rarest[: len(mine) + 1 + -_ALIKE * len(mine) // 10]
        candidates = sorted({earlier for gram in rarest for earlier in known[gram]})
        match = next((earlier for earlier in candidates if _are_alike(grams[earlier], mine)), None)
        if match is not None:
            yield match, place
            continue
        for gram in rarest:
            known[gram].append(place)


def _grams(text: str) -> frozenset[str]:
    words = " ".join(re.findall(r"\w+", text[:_BEGINNING].casefold())) or text[:_BEGINNING]
    padded = f" {words} "
    return frozenset(padded[start : start + 3] for start in range(max(1, len(padded) - 2)))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 10 * len(one & other) >= _ALIKE * len(one | other)
