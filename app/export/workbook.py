"""The lists of a workshop as an Excel workbook: one sheet each, ready to be filtered and printed."""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter

from app.export.columns import Cell, Column, Kind, in_words
from app.export.listing import Listing
from app.export.plain_cells import fitting

# Nothing that is written becomes a formula, a link or a number by the looks of it.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_FORMATS: Mapping[Kind, Mapping[str, str]] = {
    Kind.NUMBER: {"align": "center"},
    Kind.YES_NO: {"align": "center"},
    Kind.RUPIAH: {"num_format": '"Rp"#,##0', "align": "right", "indent": "1"},
    Kind.DAY: {"num_format": "yyyy-mm-dd", "align": "left"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
_INK, _RULE = "#2A3E84", "#B8C4CF"
_A3, _A4 = 8, 9
# Letters beside each other that one still reads on A4.
_WIDE = 200
_LINE, _TALLEST = 15, 405
_SHEET_NAME = 31
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")


def workbook(listings: tuple[Listing, ...], locale: str, title: str, credit: str) -> bytes:
    """The bytes of the workbook. `title` stands above each printed page, the `credit` of the canvas below."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": fitting(title)[:255], "comments": credit})
        head = book.add_format(
            {
                "bold": True,
                "font_color": "white",
                "bg_color": _INK,
                "border": 1,
                "border_color": _RULE,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        formats = {kind: book.add_format(_format(kind, locale)) for kind in Kind}
        for listing in listings:
            name = listing.kind.name.of(locale).translate(_NOT_IN_NAMES)[:_SHEET_NAME]
            _fill(book.add_worksheet(name), listing, locale, head, formats)
            _set_up_printing(book.worksheets()[-1], listing, title, credit)
    return out.getvalue()


def _format(kind: Kind, locale: str) -> dict[str, object]:
    how: dict[str, object] = {"valign": "top", "text_wrap": kind is Kind.TEXT, **_FORMATS.get(kind, {})}
    if kind is Kind.YES_NO:
        # Excel has words of its own for a truth value; LibreOffice shows some as 1 where nothing says how.
        yes, no = in_words(True, locale), in_words(False, locale)
        how["num_format"] = f'"{yes}";"{yes}";"{no}"'
    return how


def _fill(sheet: Any, listing: Listing, locale: str, head: Any, formats: Mapping[Kind, Any]) -> None:
    columns = listing.kind.columns
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, formats[column.kind])
        sheet.write_string(0, at, column.heading.of(locale), head)
    sheet.set_row(0, 32)
    for number, row in enumerate(listing.rows, start=1):
        # Excel would find the height by itself, LibreOffice does not.
        sheet.set_row(number, min(_TALLEST, _LINE * max(map(_lines, row, columns))))
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, number, at, cell, formats[column.kind])
    sheet.freeze_panes(1, _first_free(columns))
    sheet.autofilter(0, 0, max(1, len(listing.rows)), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _first_free(columns: tuple[Column, ...]) -> int:
    """The group stays in sight while one looks to the right."""
    return next((at + 1 for at, column in enumerate(columns) if column.key == "group"), 0)


def _write(sheet: Any, row: int, at: int, cell: Cell, style: Any) -> None:
    put: Callable[..., object]
    match cell:
        case None | "":
            return
        case bool():
            put = sheet.write_boolean
        case int():
            put = sheet.write_number
        case datetime() | date():
            put = sheet.write_datetime
        case _:
            put, cell = sheet.write_string, fitting(cell)
    put(row, at, cell, style)


def _lines(cell: Cell, column: Column) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(1, -(-len(line) // (column.width - 1))) for line in cell.split("\n"))


def _set_up_printing(sheet: Any, listing: Listing, title: str, credit: str) -> None:
    is_wide = sum(column.width for column in listing.kind.columns) > _WIDE
    sheet.set_paper(_A3 if is_wide else _A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    # In headers & begins a code; a line holds 255 letters.
    sheet.set_header(f"&L{_quoted(title, 120)}&R&A")
    sheet.set_footer(f"&L&7{_quoted(credit, 200)}&R&P/&N")


def _quoted(text: str, most: int) -> str:
    return " ".join(text.split())[:most].replace("&", "&&")
