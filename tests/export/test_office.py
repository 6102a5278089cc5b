"""T-CSV-1: what LibreOffice itself makes of our files. Nightly, where it is installed."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.canvas import catalog
from app.canvas.example_views import example_canvas, example_fields
from app.export.columns import NOTES
from app.export.csv_file import csv_file
from app.export.lettering import printable
from app.export.listing import Listing
from app.export.on_paper import CanvasOnPaper
from app.export.picture import picture
from app.export.plain_cells import spelled_out, unmarked
from app.export.slides import presentation
from app.export.workbook import workbook
from tests.samples import FORMULAS

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (soffice)"),
]
TEXT = [column.key for column in NOTES.columns].index("text")


def converted(file: Path, kind: str, *how: str) -> Path:
    """What LibreOffice makes of a file, in a profile of its own."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        *how,
        "--convert-to",
        kind,
        "--outdir",
        str(file.parent / "out"),
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    return file.parent / "out" / f"{file.stem}.{kind.split(':')[0]}"


def formulas() -> Listing:
    row = [None] * len(NOTES.columns)
    return Listing(NOTES, tuple((*row[:TEXT], text, *row[TEXT + 1 :]) for text in FORMULAS))


# Separator 59 or 44, text in quotes, UTF-8, from the first line. LibreOffice is told to look for numbers too.
@pytest.mark.parametrize("told", ["59", "44"])
@pytest.mark.parametrize("locale", ["id", "en"])
def test_no_cell_of_a_csv_file_becomes_a_formula_whichever_separator_it_is_opened_with(
    tmp_path: Path, locale: str, told: str
) -> None:
    file, plain = tmp_path / "catatan.csv", tmp_path / "polos.csv"
    file.write_bytes(csv_file(formulas(), locale))
    plain.write_text("=1+1\n")

    how = f"--infilter=CSV:{told},34,76,1,,1033,false,true"
    could = openpyxl.load_workbook(converted(plain, "xlsx", how)).active
    sheet = openpyxl.load_workbook(converted(file, "xlsx", how)).active
    assert could["A1"].data_type == "f", "as it is, it would be one"

    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert cells and not [cell.value for cell in cells if cell.data_type == "f"]
    if (told == "59") == (locale == "id"):
        read = [unmarked(spelled_out(str(row[TEXT].value))) for row in sheet.iter_rows(min_row=2)]
        # LibreOffice drops controls and makes of every line break its own; the words stay.
        assert [_words(text) for text in read] == [_words(text) for text in FORMULAS]


def test_no_cell_of_a_workbook_becomes_a_formula_and_none_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "catatan.xlsx"
    file.write_bytes(workbook((formulas(),), "id", "Lokakarya", "CC BY-SA"))

    sheet = openpyxl.load_workbook(converted(file, "xlsx")).active

    cells = [row[TEXT] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [_words(spelled_out(cell.value)) for cell in cells] == [_words(text) for text in FORMULAS]


def test_slides_open_and_are_as_many_as_there_are_canvases(tmp_path: Path) -> None:
    kind = catalog.definition()
    canvases = [
        CanvasOnPaper(example_canvas(example, kind, "id"), example_fields(example), kind, "")
        for example in catalog.examples()
    ]
    file = tmp_path / "slide.pptx"
    file.write_bytes(presentation("Contoh", date(2024, 9, 10), canvases, "CC BY-SA 3.0", "id"))

    pdf = converted(file, "pdf").read_bytes()

    assert picture(pdf, len(canvases)) and not picture(pdf, len(canvases) + 1)


def _words(text: str) -> str:
    return "".join(letter for letter in printable(text) if letter.isprintable()).replace(" ", "")
