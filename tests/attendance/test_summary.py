"""What may leave the organiser's team tells how many took part, and nobody's answer."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from app.attendance.summary import SMALL, TOTAL, Cell, Figure, Row, Summary, Table, summarise, withheld

QUESTIONS = {"sex": ["female", "male"], "age": ["18-24", "25-30", "31-40"]}


def people(**groups: int) -> list[dict[str, str]]:
    """So many people for "sex of age"."""
    return [
        {"sex": sex, "age": age.replace("_", "-")}
        for group, count in groups.items()
        for sex, age in [group.split("_", 1)]
        for _ in range(count)
    ]


def told(summary: Summary) -> dict[str, list[int | None]]:
    """The only table, by its rows."""
    return {row.answer: [each.count for each in row.figures] for row in summary.tables[0].rows}


def test_large_counts_are_told_with_their_share_and_noughts_too() -> None:
    summary = summarise(people(female_18_24=6, male_18_24=10, male_25_30=8), QUESTIONS)

    assert summary.people == 24 and not summary.withheld
    assert summary.tables == (
        Table(
            "age",
            ("female", "male", TOTAL),
            (
                Row("18-24", (Figure(6, 25), Figure(10, 42), Figure(16, 67))),
                Row("25-30", (Figure(0, 0), Figure(8, 33), Figure(8, 33))),
                Row("31-40", (Figure(0, 0), Figure(0, 0), Figure(0, 0))),
                Row(TOTAL, (Figure(6, 25), Figure(18, 75), Figure(24, 100))),
            ),
        ),
    )


def test_a_small_count_is_withheld_with_as_much_as_would_give_it_away() -> None:
    summary = summarise(people(female_18_24=3, male_18_24=9, female_25_30=7, male_25_30=11), QUESTIONS)

    assert summary.withheld
    assert told(summary) == {
        "18-24": [None, None, 12],
        "25-30": [None, None, 18],
        "31-40": [0, 0, 0],
        TOTAL: [10, 20, 30],
    }


def test_the_totals_by_sex_are_the_same_in_every_table() -> None:
    some = people(female_18_24=3, male_18_24=9, male_25_30=11)
    everybody = [{**each, "place": str(number % 2)} for number, each in enumerate(some)]
    summary = summarise(everybody, {**QUESTIONS, "place": ["0", "1"]})

    assert len({table.rows[-1] for table in summary.tables}) == 1
    assert summary.tables[0].rows[-1].figures[0].count is None


def test_below_five_people_nothing_is_told_and_of_nobody_neither() -> None:
    for count in (0, 1, 4):
        summary = summarise(people(female_18_24=count), QUESTIONS)
        assert summary.people is None
        figures = [each for table in summary.tables for row in table.rows for each in row.figures]
        assert {each.count for each in figures} == {None}


def test_what_nobody_answered_has_a_place_only_where_somebody_needs_it() -> None:
    assert [row.answer for row in summarise(people(female_18_24=9), QUESTIONS).tables[0].rows] == [
        *QUESTIONS["age"],
        TOTAL,
    ]
    unsaid = summarise([{"sex": "female"}] * 9 + [{"age": "unheard of"}] * 9, QUESTIONS)
    assert told(unsaid)["undisclosed"] == [9, 0, 9, 18]


def tables_of_chance() -> Iterator[tuple[Counter[Cell], Sequence[str]]]:
    """Always the same three hundred: two columns, two or three rows, many small counts among them."""
    dice = random.Random(6)
    for _ in range(300):
        answers = ["a", "b", "c"][: dice.choice((2, 3))]
        counts: Counter[Cell] = Counter()
        for row, column in product(answers, ("f", "m")):
            count = dice.choice((0, 0, 1, 2, 3, 4, 5, 6, 8))
            for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                counts[cell] += count
        yield counts, answers


def worlds(counts: Counter[Cell], answers: Sequence[str], hidden: set[Cell]) -> Iterator[Mapping[Cell, int]]:
    """Every room that somebody who has only what is told must reckon with."""
    inside = list(product(answers, ("f", "m")))
    most = counts[TOTAL, TOTAL]
    for said in product(*(range(most + 1) if cell in hidden else (counts[cell],) for cell in inside[:-1])):
        if sum(said) > most:
            continue
        world: Counter[Cell] = Counter()
        for (row, column), count in zip(inside, (*said, most - sum(said)), strict=True):
            for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                world[cell] += count
        if all(world[cell] == counts[cell] for cell in counts if cell not in hidden):
            yield world


def test_no_small_count_can_be_worked_out_from_what_is_told() -> None:
    tried = 0
    for counts, answers in tables_of_chance():
        hidden = withheld(counts, answers, ("f", "m"))
        small = {cell for cell in counts if 0 < counts[cell] < SMALL}
        assert small <= hidden
        if not SMALL <= counts[TOTAL, TOTAL] <= 12:
            continue
        possible: dict[Cell, set[int]] = {cell: set() for cell in small}
        for world in worlds(counts, answers, hidden):
            for cell in small:
                possible[cell].add(world[cell])
        assert all(len(values) > 1 for values in possible.values()), (counts, hidden, possible)
        tried += bool(small)
    assert tried > 20


def test_nor_from_several_lines_together() -> None:
    inside = {("a", "f"): 2, ("a", "u"): 1, ("b", "f"): 6, ("b", "u"): 6}
    inside |= {("c", "f"): 9, ("c", "m"): 2, ("c", "u"): 8}
    counts: Counter[Cell] = Counter()
    for (row, column), count in inside.items():
        for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            counts[cell] += count

    # Else: women in a and b are 17 - 9 = 8, everybody there is 34 - 19 = 15, and 15 - 8 - 6 = 1 is the last.
    assert ("b", "u") in withheld(counts, ("a", "b", "c"), ("f", "m", "u"))


@pytest.mark.parametrize(
    "groups", [{"female_18_24": 1, "male_18_24": 40}, {"female_18_24": 5, "male_25_30": 4}]
)
def test_one_person_among_many_is_not_left_over(groups: dict[str, int]) -> None:
    figures = told(summarise(people(**groups), QUESTIONS))

    assert None in figures[TOTAL] and figures[TOTAL].count(None) >= 2
