"""Every note is on exactly one sheet."""

from app.export.sheet import Paper, split_sheet, whole_sheet
from tests.export.paper import FIELDS, canvas_of


def test_a_whole_sheet_has_all_notes_and_continues_nowhere() -> None:
    sheet = whole_sheet(canvas_of({"channels": ["a", "b"]}), FIELDS, Paper.A3, "BMC")

    assert [note.text for cell in sheet.cells for note in cell.block.notes] == ["a", "b"]
    assert sheet.continued == ()


def test_notes_that_moved_continue_and_the_cell_says_how_many() -> None:
    sheet = whole_sheet(
        canvas_of({"channels": ["a", "b", "c"], "cost_structure": ["d"]}), FIELDS, Paper.A3, "BMC"
    )

    split = split_sheet(sheet, {"channels-0", "channels-2"})

    assert [note.text for cell in split.cells for note in cell.block.notes] == ["b", "d"]
    assert {cell.block.key: cell.more for cell in split.cells if cell.more} == {"channels": 2}
    assert [[note.text for note in block.notes] for block in split.continued] == [["a", "c"]]
