"""What makes a sheet come quickly, and that it changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from weasyprint import HTML

from app.canvas import catalog
from app.canvas.example_views import example_canvas, example_fields
from app.export.binding import lay_out
from app.export.composition import Composition, compose
from app.export.layout import TypesetSheet
from app.export.markup import read_markup
from app.export.sheet import ON_THE_TABLE, Paper
from app.export.styles import worked_out
from app.resources import CANVASES
from tests.export.paper import RENDERER, composed

EXAMPLES = sorted((CANVASES / "examples").glob("*.toml"))


def example_sheet(path: Path, paper: Paper = Paper.A3) -> Composition:
    example, definition = catalog.example_in_file(path), catalog.definition()
    canvas, fields = example_canvas(example, definition, "id"), example_fields(example)
    return compose(RENDERER, canvas, fields, definition, paper, "id")


@pytest.mark.parametrize("paper", ON_THE_TABLE)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_laid_out_once(path: Path, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    layouts: list[float] = []
    lay = TypesetSheet._lay_out

    def counted(sheet: TypesetSheet, html: str, size: float, rules: str) -> object:
        layouts.append(size)
        return lay(sheet, html, size, rules)

    monkeypatch.setattr(TypesetSheet, "_lay_out", counted)
    sheet = example_sheet(path, paper)

    lay_out(sheet.job())

    assert len(layouts) == 1


def test_a_page_of_ours_is_read_as_any_parser_would_read_it() -> None:
    html = example_sheet(EXAMPLES[0]).html

    ours, theirs = read_markup(html), HTML(string=html).etree_element

    assert list(_seen(ours.root)) == list(_seen(theirs))
    assert [address.split("?")[0] for address in ours.stylesheets] == [
        "/static/css/tokens.css",
        "/static-generated/canvas.css",
        "/static/css/print.css",
    ]


@pytest.mark.parametrize(
    "html", ["", "x", "<p>a<b>b</p>c</i></html><p>d", "<li><ul></li>&amp;&lt;", "<br/><p/>"]
)
def test_a_page_with_any_mistake_becomes_a_tree(html: str) -> None:
    assert read_markup(html).root.tag == "html"


def test_no_note_has_styles_of_its_own_to_work_out() -> None:
    root = read_markup(composed({"channels": ["satu"]}).html).root

    assert not [element for element in root.iter("li") if element.get("id")]
    assert root.find(".//li[@data-id='note-channels-0']") is not None


def test_variables_and_sums_are_worked_out_for_one_paper() -> None:
    styles = """
        /* said */
        :root{--ink:red;--edge:2px solid var(--ink)}
        :root[data-contrast=high]{--ink:black}
        [data-paper=a3]{--gap:3mm;font-size:12pt}
        [data-paper=a4]{--gap:2mm}
        .own{--tint:blue}
        p{border:var(--edge);margin:calc(var(--gap)*.5) calc(var(--gap) + 5mm);background:var(--tint)}
        @supports (display:grid){p{color:green}}
        @page a3{margin:calc(var(--gap)/2)}
    """

    text = "".join(worked_out(styles, "a3").split())

    assert "p{border:2pxsolidred;margin:1.5mm8mm;background:var(--tint)}" in text
    assert "@pagea3{margin:1.5mm}" in text and ".own{--tint:blue}" in text
    assert "[data-paper=a3]{font-size:12pt}" in text
    assert "a4" not in text and "contrast" not in text and "green" not in text and "said" not in text


def _seen(element: Element) -> Iterator[tuple[str, str, str, str]]:
    """Every element below the root but links, with its class and the words in it and beside it."""
    for each in element.iter():
        if each.tag != "link" and isinstance(each.tag, str):
            yield (
                each.tag,
                each.get("class", ""),
                each.get("data-k", "") + "".join((each.text or "").split()),
                "".join((each.tail or "").split()),
            )
