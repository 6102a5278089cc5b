"""The summary in the reader's words, for desk, report and paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.attendance.answers import NAMES, Disability, Sex, band_name
from app.attendance.summary import TOTAL, UNDISCLOSED, Figure, Summary, Table
from app.errors import N_
from app.web.i18n import translate


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """An answer by its name, or the total."""

    name: str
    figures: tuple[Figure, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """One question: the names of its columns, the last of them the total, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """`people` is None below five. A figure without `count` is withheld, whatever it is."""

    people: int | None
    withheld: bool
    tables: tuple[SummaryTable, ...]


_QUESTIONS: Mapping[str, str] = {
    "age_band": N_("Age group"),
    "disability": N_("Disability"),
    "institution_type": N_("Type of institution"),
}
_ANSWERS: Mapping[str, Mapping[str, str]] = {
    "sex": {Sex.FEMALE: N_("Women"), Sex.MALE: N_("Men")},
    "disability": {
        Disability.YES: N_("With a disability"),
        Disability.NO: N_("Without a disability"),
    },
    "institution_type": NAMES["institution_type"],
}
_ALWAYS: Mapping[str, str] = {TOTAL: N_("Total"), UNDISCLOSED: N_("Not said")}


def summary_view(summary: Summary, locale: str) -> SummaryView:
    """The same in words."""
    return SummaryView(
        summary.people, summary.withheld, tuple(_table(each, locale) for each in summary.tables)
    )


def _table(table: Table, locale: str) -> SummaryTable:
    return SummaryTable(
        translate(locale, _QUESTIONS[table.question]),
        tuple(_name("sex", column, locale) for column in table.columns),
        tuple(
            SummaryRow(_name(table.question, row.answer, locale), row.figures, row.answer == TOTAL)
            for row in table.rows
        ),
    )


def _name(question: str, answer: str, locale: str) -> str:
    if found := _ALWAYS.get(answer) or _ANSWERS.get(question, {}).get(answer):
        return translate(locale, found)
    return band_name(answer)
