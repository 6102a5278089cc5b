"""A child process that takes one file from elsewhere apart, under limits of memory and processor time.

`python -m app.importing.unpackwork KIND` reads the file from stdin and writes one JSON object to stdout: what
was in it, or a `problem`. It has no database, no settings and no network, and writes no file.
"""

import io
import json
import os
import sys
import zipfile

from app.export.plain_cells import spelled_out
from app.export.presswork import allow_processor_time, limit_process
from app.importing.bounds import MAX_BYTES, MAX_UNPACKED, MAX_ZIP

MEMORY = 256 * 1024**2
PROCESSOR_SECONDS = 8
MAX_ENTRIES = 500
MAX_SHEETS = 20
# More than a list may have, so that it is the list that is too long.
MAX_ROWS = 6000
MAX_COLUMNS = 60
MAX_CELLS = 300_000
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
_DECLARATION, _HEAD = b"<!DOCTYPE", 4096


class Problem(Exception):
    """What keeps a file from being read, as a code that `unpack` puts into words."""


def read_pdf(document: bytes) -> dict[str, object]:
    """The one JSON file that a PDF of ours carries with it."""
    from pypdf import PdfReader, overwrite_configuration

    overwrite_configuration(zlib_maximum_output_length=MAX_BYTES)
    reader = PdfReader(io.BytesIO(document))
    if reader.is_encrypted:
        raise Problem("encrypted")
    found = [each for each in reader.attachment_list if each.name.endswith(".json")]
    if len(found) != 1:
        raise Problem("plain_pdf")
    content = found[0].content
    if len(content) > MAX_BYTES:
        raise Problem("too_big")
    return {"json": content.decode()}


def read_zip(document: bytes) -> dict[str, object]:
    """The sheets of a workbook, or the one JSON file at the top of a zip that "Download everything" made."""
    if document.count(_ENTRY) > MAX_ENTRIES:
        raise Problem("too_big")
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        entries = packed.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Problem("encrypted")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise Problem("unknown")
        if any(entry.filename == "xl/workbook.xml" for entry in entries):
            if len(document) > MAX_BYTES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Problem("too_big")
            # No spreadsheet program declares entities; who does wants them to multiply.
            if any(_DECLARATION in packed.open(entry).read(_HEAD) for entry in entries):
                raise Problem("damaged")
            return {"sheets": _sheets(document)}
        found = [entry for entry in entries if "/" not in entry.filename and entry.filename.endswith(".json")]
        if len(found) != 1:
            raise Problem("unknown")
        if found[0].file_size > MAX_BYTES:
            raise Problem("too_big")
        with packed.open(found[0]) as entry:
            # Never more than this at once: a directory may lie about what comes out.
            return {"json": entry.read(MAX_BYTES).decode()}


def _sheets(document: bytes) -> list[dict[str, object]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(document), read_only=True, data_only=True)
    sheets: list[dict[str, object]] = []
    left = MAX_CELLS
    for sheet in book.worksheets[:MAX_SHEETS]:
        rows: list[list[object]] = []
        for cells in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
            filled = max((at for at, cell in enumerate(cells, start=1) if cell is not None), default=0)
            rows.append([_plain(cell) for cell in cells[:filled]])
            left -= filled
            if left < 0 or len(rows) >= MAX_ROWS:
                raise Problem("too_big")
        sheets.append({"name": sheet.title, "rows": rows})
    return sheets


def _plain(cell: object) -> object:
    if isinstance(cell, str):
        return spelled_out(cell)
    return cell if cell is None or isinstance(cell, bool | int | float) else str(cell)


READERS = {"zip": read_zip, "pdf": read_pdf}


def taken_apart(kind: str, document: bytes) -> dict[str, object]:
    """What is in a file of this kind, or the problem with it."""
    try:
        return READERS[kind](document)
    except Problem as problem:
        return {"problem": str(problem)}
    except MemoryError:
        return {"problem": "too_big"}
    except Exception as error:
        # Whatever a library makes of a broken file: the words are the same, the log gets the name.
        name = type(error).__name__
        return {"problem": "too_big" if name == "LimitReachedError" else "damaged", "because": name}


def main() -> None:
    # Libraries that print a hint must not write into the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_process(MEMORY)
    allow_processor_time(PROCESSOR_SECONDS)
    document = sys.stdin.buffer.read(MAX_ZIP + 1)
    answers.write(json.dumps(taken_apart(sys.argv[1], document)).encode())
    answers.close()


if __name__ == "__main__":
    main()
