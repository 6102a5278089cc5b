"""Examples from `canvases/examples/` as if they stood in a workshop, for `kanvas render`."""

from app.canvas.catalog import Definition, Example, ExampleNote
from app.canvas.drawing import block_view
from app.canvas.segment_names import segment_views
from app.canvas.views import CanvasView, NoteView, PrintFields


def example_canvas(example: Example, definition: Definition, locale: str) -> CanvasView:
    """The filled canvas."""
    notes = [_note(example, number, note) for number, note in enumerate(example.notes)]
    return CanvasView(
        id=example.key,
        title=f"{example.training_centre} × {example.industry_partner}",
        group_name="",
        group_number=0,
        workshop_id="",
        workshop_title="",
        revision=0,
        blocks=tuple(
            block_view(definition, block, locale, [note for note in notes if note.block == block.key])
            for block in definition.in_order()
        ),
        parking=block_view(definition, definition.parking, locale, ()),
        note_count=len(notes),
        segments=segment_views(definition, notes),
    )


def example_fields(example: Example) -> PrintFields:
    """What is known of it for the header; the rest is left for a pen."""
    return PrintFields(
        designed_for="",
        designed_by="",
        date=None,
        version="",
        partnership=f"{example.training_centre} × {example.industry_partner}",
        vocational_field=example.vocational_field,
        perspective=example.perspective,
        status="example" if example.status else "",
    )


def _note(example: Example, number: int, note: ExampleNote) -> NoteView:
    return NoteView(
        id=f"example-{number}",
        canvas_id=example.key,
        block=note.block,
        text=note.text,
        author_id="",
        author="",
        initials="",
        segments=note.segments,
        side=note.side,
        inclusion=note.inclusion,
        evidence=note.evidence,
        gives=note.gives,
        gets=note.gets,
        conflict_of=None,
        version=1,
        amount=note.amount,
        amount_low=note.amount_low,
        amount_high=note.amount_high,
    )
