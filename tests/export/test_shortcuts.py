"""The shortcuts through WeasyPrint change no byte of a paper."""

from collections.abc import Callable

import pytest
import weasyprint

from app.canvas import catalog
from app.canvas.example_views import example_canvas, example_fields
from app.export import shortcuts
from app.export.binding import lay_out
from app.export.composition import Composition, compose
from app.export.sheet import Paper
from app.resources import CANVASES
from tests.export.paper import RENDERER, composed
from tests.export.test_continued_pages import notes_in_all_blocks
from tests.export.test_words_on_paper import LONG, STRANGE, SUPPORTED


def example() -> Composition:
    """Every mark there is, sums, sides and a legend."""
    file = max((CANVASES / "examples").glob("*.toml"), key=lambda file: file.stat().st_size)
    canvas = catalog.example_in_file(file)
    definition = catalog.definition(canvas.definition_key)
    views = example_canvas(canvas, definition, "id"), example_fields(canvas)
    return compose(RENDERER, *views, definition, Paper.A3, "id")


PAPERS: dict[str, Callable[[], Composition]] = {
    "an example": example,
    "words": lambda: composed({"channels": [*SUPPORTED, *STRANGE], "cost_structure": [LONG] * 3}),
    "pages": lambda: composed(notes_in_all_blocks(long=1), Paper.A4),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_the_same_the_long_way(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    composition = PAPERS[name]()

    shorter = drawn(composition)
    for longer in shortcuts.LONG_WAYS:
        monkeypatch.setattr(*longer)

    assert drawn(composition) == shorter


def test_they_are_taken_with_the_release_they_were_written_for() -> None:
    assert weasyprint.__version__ == shortcuts.RELEASE, "see whether they still fit"
    assert all(getattr(owner, name) is shorter for owner, name, shorter in shortcuts.SHORTCUTS)


def drawn(composition: Composition) -> bytes:
    """The PDF, with the pages after the first sheet."""
    proof = lay_out(composition.job())
    return proof.pdf or lay_out(composition.continued(proof.drafts[0])).pdf
