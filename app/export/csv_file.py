"""A list as CSV that Excel opens by a double click.

UTF-8 with a byte order mark, or Excel reads the bytes in the code page of the computer. Between columns is
what Excel expects there: a semicolon for Indonesian readers, whose Windows writes 1,5 with a comma, else a
comma. The line `sep=;` would settle it too, but makes Excel forget the byte order mark.
"""

import csv
import io
from datetime import date, datetime

from app.export.columns import Cell, in_words
from app.export.listing import Listing
from app.export.plain_cells import fitting, marked

SEPARATORS = {"id": ";", "en": ","}


def csv_file(listing: Listing, locale: str) -> bytes:
    """The bytes of the file. Texts are quoted, all of them: another separator breaks none apart."""
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=SEPARATORS[locale], quoting=csv.QUOTE_NONNUMERIC).writerow
    write([column.heading.of(locale) for column in listing.kind.columns])
    for row in listing.rows:
        write([_plain(cell, locale) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell, locale: str) -> str | int:
    match cell:
        case None:
            return ""
        case bool():
            return in_words(cell, locale)
        case int():
            return cell
        case datetime():
            return cell.isoformat(" ")
        case date():
            return cell.isoformat()
    return marked(fitting(cell))
