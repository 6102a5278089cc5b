"""Several canvases in one PDF, and the canvas itself in its PDF."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from app.export.booklet import Booklet
from app.export.document import Document
from app.export.press import Press
from tests.export.paper import Printed, composed
from tests.factories import Room

CANVAS = "0123456789abcdef"


def around(*canvases: str) -> Document:
    """A page that tells where each canvas is, and the canvases behind it."""
    links = "".join(f'<li><a href="#{canvas}"><span>{canvas}</span></a></li>' for canvas in canvases)
    places = "".join(
        f'<section id="{canvas}"><i data-inlay="{number}"></i></section>'
        for number, canvas in enumerate(canvases)
    )
    head = '<head><title>Buku kanvas</title><link rel="stylesheet" href="/static/css/report.css"></head>'
    contents = f'<div class="toc"><h1>Isi</h1><ul>{links}</ul></div>'
    return Document(f'<html lang="id">{head}<body data-surface="document">{contents}{places}</body></html>')


@pytest.fixture(scope="module")
def booklet(press: Press) -> Printed:
    """Two canvases, the first with pages that continue it."""
    long = composed({"channels": [f"pertama {number}" for number in range(60)]})
    short = composed({"channels": [f"kedua {number}" for number in range(60)]})
    renamed = replace(short, html=short.html.replace(CANVAS, "second"), sheet=_renamed(short.sheet))
    return Printed(Booklet(around(CANVAS, "second"), (long, renamed)).draw(press))


def _renamed(sheet: Any) -> Any:
    return replace(sheet, canvas=replace(sheet.canvas, id="second"))


def test_the_first_page_says_where_each_canvas_is(booklet: Printed) -> None:
    pages = [page.extract_text() for page in booklet.reader.pages]

    assert len(pages) == 5
    assert f"{CANVAS}2" in pages[0].replace(" ", "") and "second4" in pages[0].replace(" ", "")
    assert "pertama 0" in pages[1] and "kedua 0" in pages[3]


def test_each_canvas_goes_on_behind_itself_and_says_on_which_page(booklet: Printed) -> None:
    pages = [" ".join(page.extract_text().split()) for page in booklet.reader.pages]

    assert " 3" in pages[1].split("+", 1)[1][:40]
    assert " 5" in pages[3].split("+", 1)[1][:40]
    assert "pertama 59" in pages[2] and "kedua 59" in pages[4]
    annotations: Any = booklet.reader.pages[3]["/Annots"]
    assert "1-more-channels" in [annotation.get_object().get("/Dest") for annotation in annotations]


def test_a_booklet_is_one_document_with_one_set_of_letters(booklet: Printed) -> None:
    fonts = {name for page in booklet.reader.pages for name in page["/Resources"]["/Font"]}  # type: ignore[index]

    assert booklet.reader.metadata and booklet.reader.metadata.title == "Buku kanvas"
    assert len(fonts) < 12
    outline: list[Any] = booklet.reader.outline
    assert next(str(entry["/Title"]) for entry in outline if not isinstance(entry, list)) == "Isi"


def test_the_canvas_travels_in_its_pdf_without_names_and_without_what_is_hidden(room: Room) -> None:
    sari = room.join("Sari Dewi")
    sari.add("Pertemuan FKLPID", "channels")
    hidden = sari.add("Bukan untuk umum", "channels")
    room.host().post(f"notes/{hidden['id']}/hiding")

    pdf = sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf").content

    reader = PdfReader(io.BytesIO(pdf))
    (name,) = reader.attachments
    travelling = reader.attachments[name][0]
    archive = json.loads(travelling)
    (group,) = archive["groups"]
    assert name == "canvas.kanvas.json"
    assert [note["text"] for note in group["notes"]] == ["Pertemuan FKLPID"]
    assert b"Sari" not in travelling
    (related,) = reader.trailer["/Root"]["/AF"]  # type: ignore[index]
    assert related.get_object()["/AFRelationship"] == "/Source"
