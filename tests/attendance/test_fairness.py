"""Whether all kinds of people are heard is told without singling anybody out."""

import pytest

from app.attendance.fairness import Share, Voice, quiet, shares


def voices(*kinds: tuple[str | None, int, int]) -> list[Voice]:
    """Kind of people, how many, and how many notes each has."""
    return [Voice(answer, notes, 1) for answer, people, notes in kinds for _ in range(people)]


def test_figures_are_given_for_three_people_or_more() -> None:
    assert shares(voices(("women", 3, 2), ("men", 4, 1))) == (
        Share("men", 4, 4, 4),
        Share("women", 3, 6, 3),
    )


@pytest.mark.parametrize(
    "others",
    [
        [("women", 1, 5)],
        [(None, 1, 5)],
        [("women", 2, 5), (None, 0, 0)],
    ],
)
def test_no_figure_leaves_a_single_person_over_and_small_kinds_have_none(
    others: list[tuple[str | None, int, int]],
) -> None:
    left = sum(people for _, people, _ in others)
    told = shares(voices(("men", 4, 1), *others))

    assert [share.answer for share in told] == ([] if left == 1 else ["men"])


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([("women", 3, 0), ("men", 3, 4)], "women"),
        ([("women", 2, 0), ("men", 2, 4)], "women"),
        ([("women", 1, 0), ("men", 1, 9)], ""),
        ([("women", 3, 3), ("men", 3, 4)], None),
        ([("women", 3, 0), ("men", 3, 1)], None),
        ([("women", 6, 0)], None),
        ([(None, 3, 0), ("men", 3, 4)], None),
    ],
)
def test_a_hint_names_no_single_person_and_waits_until_there_is_something_to_see(
    people: list[tuple[str | None, int, int]], said: str | None
) -> None:
    assert quiet(voices(*people)) == said
