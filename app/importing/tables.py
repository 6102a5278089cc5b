"""Rows and cells: from CSV, from what is pasted out of a spreadsheet, from a workbook."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_, Invalid, TooLong
from app.export.archive_entries import MAX_NOTES_IN_ARCHIVE
from app.export.plain_cells import unmarked

Cell = str | int | float | bool | None
SEPARATORS = ";,\t|"
MAX_ROWS = MAX_NOTES_IN_ARCHIVE
MAX_COLUMNS = 60
# Those within texts count too: all cells of a line are made before they can be counted.
MAX_SEPARATORS = 1_000_000
# Fields of a pasted list are short; a file may quote a text of any length.
csv.field_size_limit(200_000)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the number it has where it comes from."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that belong together; the first are the headings, if there are any."""

    name: str
    rows: tuple[Row, ...]


def sheet_of_text(document: bytes) -> Sheet:
    """A text file as a table, whatever stands between its columns. Raises Invalid, TooLong."""
    text = _decoded(document)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    if text.count(separator) > MAX_SEPARATORS:
        raise _too_long()
    try:
        read = list(_numbered(text, separator))
    except csv.Error as error:
        raise Invalid("list_damaged", N_("The rows of this list cannot be told apart.")) from error
    return Sheet("", tuple(read))


def check_count(rows: Sequence[Row]) -> None:
    """Raises TooLong."""
    if len(rows) > MAX_ROWS + 1:
        raise _too_long()


def _too_long() -> TooLong:
    return TooLong("list_too_long", N_("This list is too long: at most 5,000 rows."))


def _numbered(text: str, separator: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, tuple(unmarked(cell) for cell in cells[:MAX_COLUMNS])))
        if len(rows) > MAX_ROWS + 1:
            break
    check_count(rows)
    return rows


def _decoded(document: bytes) -> str:
    """UTF-8, or what Excel calls Unicode text, or an old Windows code page."""
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        return document.decode("utf-16", "replace")
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError:
        return document.decode("cp1252", "replace")
