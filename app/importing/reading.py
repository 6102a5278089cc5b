"""What is in a file from elsewhere, whichever kind it is."""

from app.export.archive_entries import Archive
from app.importing.archives import read_archive
from app.importing.bounds import check_size
from app.importing.lists import Lists, read_lists
from app.importing.recognition import Kind, recognise
from app.importing.tables import Row, Sheet, check_count, sheet_of_text
from app.importing.unpack import unpack


def read_file(document: bytes) -> Archive | Lists:
    """A workshop or canvas as this program wrote it, or the lists of a spreadsheet. Raises Refused."""
    kind = recognise(document)
    if kind is not Kind.ZIP:
        check_size(document)
    match kind:
        case Kind.JSON:
            return read_archive(document)
        case Kind.TEXT:
            return read_lists([sheet_of_text(document)])
        case _:
            found = unpack(document, kind)
    if "json" in found:
        return read_archive(found["json"].encode())
    return read_lists([_sheet(sheet["name"], sheet["rows"]) for sheet in found["sheets"]])


def _sheet(name: str, rows: list[list[object]]) -> Sheet:
    filled = [
        Row(number, tuple(cells))  # type: ignore[arg-type]
        for number, cells in enumerate(rows, start=1)
        if any(str(cell if cell is not None else "").strip() for cell in cells)
    ]
    check_count(filled)
    return Sheet(name, tuple(filled))
