"""A canvas as slides: shapes and words that can be changed, everything on them, nothing over the edge."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pptx import Presentation

from app.canvas import catalog
from app.canvas.drawing import block_view
from app.canvas.example_views import example_canvas, example_fields
from app.canvas.follow_up import plan_view
from app.canvas.models import Note
from app.canvas.views import NoteView
from app.export.lettering import printable
from app.export.on_paper import CanvasOnPaper
from app.export.slides import presentation
from tests.samples import TEXTS

DEFINITION = catalog.definition()
EXAMPLE = catalog.example("serang-petrochemical-welding")
CANVAS = example_canvas(EXAMPLE, DEFINITION, "id")
NOTE = next(note for block in CANVAS.blocks for note in block.notes)


def deck(*canvases: CanvasOnPaper) -> Any:
    content = presentation("Lokakarya", date(2024, 9, 10), canvases, "CC BY-SA 3.0", "id")
    return Presentation(io.BytesIO(content))


def canvas_of(notes: Iterable[NoteView]) -> CanvasOnPaper:
    """A canvas with these notes, each in its block."""
    notes = list(notes)
    blocks = tuple(
        block_view(DEFINITION, place, "id", [note for note in notes if note.block == place.key])
        for place in DEFINITION.places
    )
    canvas = replace(CANVAS, blocks=blocks[:-1], parking=blocks[-1])
    return CanvasOnPaper(canvas, example_fields(EXAMPLE), DEFINITION, "")


def words(slides: Any) -> str:
    return "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )


def test_a_canvas_is_one_slide_of_nine_blocks_and_notes_that_can_be_changed() -> None:
    one = CanvasOnPaper(CANVAS, example_fields(EXAMPLE), DEFINITION, "")

    slides = deck(one).slides

    (slide,) = slides
    assert slide.shapes.title.text_frame.text == CANVAS.title
    names = [shape.name for shape in slide.shapes]
    assert all(block.name in names for block in CANVAS.blocks)
    said = words(slides)
    for block in CANVAS.blocks:
        for note in block.notes:
            assert note.text in said
    assert "S4 · I" in said and "Memberi: " in said and "CC BY-SA 3.0" in said
    assert not any(shape.shape_type == 13 for shape in slide.shapes), "no pictures"
    runs = [r for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs]
    assert {run.font.name for run in runs} == {"Arial"}


def test_what_has_no_room_continues_and_nothing_stands_over_the_edge() -> None:
    blocks = [block.key for block in DEFINITION.blocks]
    notes = [
        replace(NOTE, id=str(number), block=blocks[number % 9], text=text, author="Sari", author_id="x")
        for number, text in enumerate(TEXTS.values())
    ]
    parked = replace(NOTE, id="p", block=DEFINITION.parking.key, text="Menunggu blok")

    made = deck(canvas_of([*notes, parked]))

    said = words(made.slides)
    for text in TEXTS.values():
        # Over several slides where it is longer than one; there a line may be broken.
        assert printable(text).strip("\n")[:60].split("\n")[0] in said
    assert sum(slide.shapes.title.text_frame.text == CANVAS.title for slide in made.slides) == len(
        made.slides
    )
    assert "Menunggu blok" in said and "Sari" not in said
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_a_plan_is_a_table_on_slides_of_its_own() -> None:
    step = Note(canvas_id="c", id="s", block="follow_up", text="Draf PKS", position=1, due_on="2024-10-10")
    long = {"id": "l", "text": "Rapat dengan HRD " * 118, "output": TEXTS["word of 2,000"]}
    steps = [step, *(Note(**{**step.model_dump(), "id": str(n), "text": "Rapat " * 40}) for n in range(20))]
    steps.append(Note(**{**step.model_dump(), **long, "indicator": "Tepat waktu"}))
    plan = plan_view(DEFINITION, "id", date(2024, 9, 10), steps)
    one = CanvasOnPaper(replace(CANVAS, plan=plan), example_fields(EXAMPLE), DEFINITION, "")

    made = deck(one)

    _canvas, *slides = made.slides
    tables = [shape for slide in slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == len(slides) > 1
    assert all(shape.top + shape.height < made.slide_height for shape in tables)
    rows = [
        [cell.text_frame.text for cell in row.cells] for shape in tables for row in list(shape.table.rows)[1:]
    ]
    assert rows[0][:2] == ["1", "Draf PKS"] and rows[0][5] == "10 Okt 2024"
    assert [row[0] for row in rows[:21]] == [str(number) for number in range(1, 22)]
    # What is longer than a slide goes on beside its number, and nothing of it is lost.
    assert len(rows) > 22 and {row[0] for row in rows[22:]} == {"22 …"}
    for at, said in ((1, long["text"]), (2, long["output"]), (7, "Tepat waktu")):
        assert "".join("".join(row[at] for row in rows[21:]).split()) == "".join(said.split())
