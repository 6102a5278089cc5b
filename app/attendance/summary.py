"""Who took part, in numbers that may leave the organiser's team: nobody can be found in them. Pure.

`summarise` counts people by each question and, within it, by sex. A count from 1 to 4 is withheld, and so is
as much beside it as keeps anybody from working it out from the totals: of a line either nothing is withheld,
or two counts or more that together stand for five people at least, and what all lines of a table say together
gives no small count away either. A nought is shown: nobody is found in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

SMALL = 5
TOTAL = "total"
UNDISCLOSED = "undisclosed"
SEX = "sex"

Cell = tuple[str, str]
Line = tuple[list[Cell], Cell]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many people, and of a hundred how many. Both None where the number is withheld."""

    count: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to a question, or TOTAL; `figures` stand in the order of the table's `columns`."""

    answer: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one `question`, each by sex. The last column and the last row are TOTAL."""

    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """`people` is None below five of them: then nothing at all is told. `withheld`: some figure is None."""

    people: int | None
    tables: tuple[Table, ...]

    @property
    def withheld(self) -> bool:
        figures = (each for table in self.tables for row in table.rows for each in row.figures)
        return any(each.count is None for each in figures)


def summarise(people: Sequence[Mapping[str, str]], questions: Mapping[str, Sequence[str]]) -> Summary:
    """Count people (question → answer) by the `questions`, which name their possible answers; SEX is one.

    Whatever is not a possible answer counts as UNDISCLOSED, which has a place only where somebody needs it.
    """
    said = [
        {name: each.get(name, "") for name in questions if each.get(name, "") in questions[name]}
        for each in people
    ]
    sexes = _answers(said, SEX, questions[SEX])
    others = [name for name in questions if name != SEX]
    tables = tuple(_table(said, name, _answers(said, name, questions[name]), sexes) for name in others)
    return Summary(len(people) if len(people) >= SMALL else None, tables)


def _answers(said: Iterable[Mapping[str, str]], name: str, possible: Sequence[str]) -> list[str]:
    found = [answer for answer in possible if answer != UNDISCLOSED]
    is_open = any(each.get(name, UNDISCLOSED) == UNDISCLOSED for each in said)
    return [*found, UNDISCLOSED] if is_open else found


def _table(said: Sequence[Mapping[str, str]], name: str, answers: list[str], sexes: list[str]) -> Table:
    counts: Counter[Cell] = Counter()
    for each in said:
        row, column = each.get(name, UNDISCLOSED), each.get(SEX, UNDISCLOSED)
        counts.update([(row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)])
    hidden = withheld(counts, answers, sexes)
    columns = (*sexes, TOTAL)

    def figure(cell: Cell) -> Figure:
        count, people = counts[cell], len(said)
        return Figure(None, None) if cell in hidden else Figure(count, (200 * count + people) // (2 * people))

    rows = (Row(row, tuple(figure((row, column)) for column in columns)) for row in (*answers, TOTAL))
    return Table(name, columns, tuple(rows))


def withheld(counts: Mapping[Cell, int], answers: Sequence[str], sexes: Sequence[str]) -> set[Cell]:
    """The cells that must not be told, of a table with its totals."""
    rows, columns = (*answers, TOTAL), (*sexes, TOTAL)
    everything = {(row, column) for row in rows for column in columns}
    if counts[TOTAL, TOTAL] < SMALL:
        return everything
    hidden = {cell for cell in everything if 0 < counts[cell] < SMALL}
    # The totals by sex come first and by themselves: they must be the same in every table.
    by_sex = [(TOTAL, sex) for sex in sexes], (TOTAL, TOTAL)
    _hide_along([by_sex], counts, hidden)
    by_answer = [(answer, TOTAL) for answer in answers], (TOTAL, TOTAL)
    lines = [by_answer]
    lines += [([(answer, sex) for sex in sexes], (answer, TOTAL)) for answer in answers]
    lines += [([(answer, sex) for answer in answers], (TOTAL, sex)) for sex in sexes]
    while True:
        _hide_along(lines, counts, hidden)
        inside = [cell for line, _ in lines[1:] for cell in line if cell not in hidden]
        if not inside or not _given_away([*lines, by_sex], counts, hidden):
            return hidden
        hidden.add(_least(inside, counts))


def _hide_along(lines: Sequence[Line], counts: Mapping[Cell, int], hidden: set[Cell]) -> None:
    """Hide more cells until every line by itself is safe."""
    while found := next(_unsafe(lines, counts, hidden), None):
        hidden.add(_least(found, counts))


def _unsafe(lines: Sequence[Line], counts: Mapping[Cell, int], hidden: set[Cell]) -> Iterator[list[Cell]]:
    """What is still shown of each line that tells too much."""
    for cells, total in lines:
        shown = [cell for cell in cells if cell not in hidden]
        unknown = [counts[cell] for cell in cells if cell in hidden]
        if total in hidden:
            too_much = not unknown
        else:
            too_much = bool(unknown) and _tells(unknown)
        if shown and too_much:
            yield shown


def _tells(unknown: Sequence[int]) -> bool:
    """Whether the sum of these counts, which anybody can work out, tells too much of each."""
    together = sum(unknown)
    forced = all(0 < count < SMALL for count in unknown) and together in (
        len(unknown),
        len(unknown) * (SMALL - 1),
    )
    return len(unknown) < 2 or together < SMALL or forced


def _least(cells: Iterable[Cell], counts: Mapping[Cell, int]) -> Cell:
    """The one whose absence costs least; a nought only where there is nothing else."""
    return min(cells, key=lambda cell: (counts[cell] == 0, counts[cell], cell))


def _given_away(lines: Sequence[Line], counts: Mapping[Cell, int], hidden: set[Cell]) -> bool:
    """Whether all lines together have only one solution for a small count (Gauss-Jordan elimination)."""
    names = sorted(hidden)
    equations = [[Fraction((cell in cells) - (cell == total)) for cell in names] for cells, total in lines]
    done = 0
    for column in range(len(names)):
        pivot = next((row for row in range(done, len(equations)) if equations[row][column]), None)
        if pivot is None:
            continue
        equations[done], equations[pivot] = equations[pivot], equations[done]
        first = equations[done]
        first[:] = [value / first[column] for value in first]
        for row, values in enumerate(equations):
            if row != done and values[column]:
                times = values[column]
                values[:] = [value - times * lead for value, lead in zip(values, first, strict=True)]
        done += 1
    alone = [values for values in equations if sum(map(bool, values)) == 1]
    solved = [names[next(at for at, value in enumerate(values) if value)] for values in alone]
    return any(0 < counts[cell] < SMALL for cell in solved)


def kept_summary(summary: Summary) -> dict[str, Any]:
    """A summary as JSON, for when the list itself is gone."""
    return asdict(summary)


def read_summary(kept: Mapping[str, Any]) -> Summary:
    """The summary that `kept_summary` made JSON of."""
    return Summary(
        kept["people"],
        tuple(
            Table(
                table["question"],
                tuple(table["columns"]),
                tuple(
                    Row(row["answer"], tuple(Figure(**figure) for figure in row["figures"]))
                    for row in table["rows"]
                ),
            )
            for table in kept["tables"]
        ),
    )
