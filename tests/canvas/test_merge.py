"""Two changes of one text, and what becomes of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas.merge import MAX_WORDS, merge

# Few words, so that changes often meet.
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "  ", "\n"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a b c", "a b c", "a x c", "a x c"),
        ("a b c", "a x c", "a b c", "a x c"),
        ("a b c", "x b c", "a b y", "x b y"),
        ("a b c", "a b c d", "z a b c", "z a b c d"),
        ("a b c", "b c", "a b", "b"),
        ("a b c", "a x c", "a x c", "a x c"),
        ("a\nb", "a\nb\nc", "x\nb", "x\nb\nc"),
        ("👩‍🏭 satu dua", "👩‍🏭 satu tiga", "👨‍🏫 satu dua", "👨‍🏫 satu tiga"),
        ("", "a", "", "a"),
    ],
)
def test_changes_of_different_words_come_together(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge(base, mine, theirs) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("a b c", "a x c", "a y c"),
        ("a", "a b", "a c"),
        ("a b", "b", "x b"),
        ("", "a", "b"),
    ],
)
def test_changes_of_the_same_words_are_for_people_to_choose(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs) is None


def test_very_long_texts_are_not_compared() -> None:
    base = " ".join("ab" for _ in range(MAX_WORDS))
    assert merge(base, f"x {base}", f"{base} y") is None
    short = " ".join("ab" for _ in range(MAX_WORDS // 3))
    assert merge(short, f"x {short}", f"{short} y") == f"x {short} y"


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_came_first(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@given(TEXTS, TEXTS)
def test_one_change_alone_is_taken_whole(base: str, changed: str) -> None:
    assert (
        merge(base, changed, base) == merge(base, base, changed) == merge(base, changed, changed) == changed
    )


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=8), st.data())
def test_no_new_word_of_either_is_lost(words: list[str], data: st.DataObject) -> None:
    base = " ".join(words)
    mine, theirs = (
        " ".join([*words[:at], word, *words[at:]])
        for word, at in ((w, data.draw(st.integers(0, len(words)))) for w in ("mine", "theirs"))
    )
    merged = merge(base, mine, theirs)
    if merged is not None:
        assert set(re.split(" ", merged)) == {*words, "mine", "theirs"}
        assert len(merged.split()) == len(words) + 2
