"""Whatever people write comes back from every file as it was (T-TXT-1)."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfWriter

from app.export.archive_entries import Archive, GroupEntry, NoteEntry
from app.export.columns import NOTES
from app.export.csv_file import csv_file
from app.export.listing import Listing
from app.export.workbook import workbook
from app.importing.lists import Lists
from app.importing.reading import read_file
from tests.samples import TEXTS

MOMENT = datetime(2024, 9, 10, 8, tzinfo=UTC)
# How a workbook spells a return; who writes that in a note gets one (export/plain_cells).
SPELLED = "excel escape"


def listing() -> Listing:
    empty = dict.fromkeys((column.key for column in NOTES.columns), "")
    rows = [{**empty, "block": "channels", "text": text, "gives": text} for text in TEXTS.values()]
    return Listing(NOTES, tuple(tuple(row.values()) for row in rows))


def archive() -> bytes:
    notes = [
        NoteEntry(key=f"n{number}", block="channels", text=text, gives=text, created_at=MOMENT)
        for number, text in enumerate(TEXTS.values())
    ]
    whole = Archive(title="x", held_on=date(2024, 9, 10), groups=[GroupEntry(name="", notes=notes)])
    return whole.model_dump_json(indent=2).encode()


def pdf() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("kanvas.json", archive())
    writer.write(file)
    return file.getvalue()


FILES = {
    "csv": lambda: csv_file(listing(), "id"),
    "csv in English": lambda: csv_file(listing(), "en"),
    "xlsx": lambda: workbook((listing(),), "id", "x", "x"),
    "json": archive,
    "pdf": pdf,
}


@pytest.mark.parametrize("kind", FILES)
def test_every_text_comes_back_as_it_was(kind: str) -> None:
    found = read_file(FILES[kind]())
    entries = [note.entry for note in found.notes] if isinstance(found, Lists) else found.groups[0].notes

    wanted = {name: text for name, text in TEXTS.items() if kind != "xlsx" or name != SPELLED}
    came = {name: entry for name, entry in zip(TEXTS, entries, strict=True) if name in wanted}
    assert len(wanted) >= 80
    assert {name: (entry.text, entry.gives) for name, entry in came.items()} == {
        name: (text, text) for name, text in wanted.items()
    }
