"""What somebody may choose for a sheet of paper."""

import io
import json
from typing import Any

import pytest
from pypdf import PdfReader

from app.canvas import catalog
from tests.factories import Person, Room

MM = 72 / 25.4


@pytest.fixture
def sari(room: Room) -> Person:
    sari = room.join("Sari Dewi")
    sari.add("Pertemuan FKLPID", "channels")
    return sari


def pdf(guest: Person, **wishes: str) -> PdfReader:
    response = guest.http.get(f"/canvases/{guest.canvas_id}/canvas.pdf", params=wishes)
    assert response.status_code == 200
    return PdfReader(io.BytesIO(response.content))


def printed(guest: Person, **wishes: str) -> str:
    """The same sheet as a browser prints it."""
    return guest.http.get(f"/canvases/{guest.canvas_id}/print", params=wishes).text


def test_names_are_on_paper_only_where_somebody_wants_them(sari: Person) -> None:
    assert "Sari" not in printed(sari)
    assert '<p class="note__by">–\xa0Sari Dewi</p>' in printed(sari, names="1")


def test_a_blank_sheet_asks_and_holds_nothing_that_was_written(sari: Person) -> None:
    blank = printed(sari, blank="1")

    question = catalog.definition().block("channels").questions[0].text.id
    assert question in blank and "Pertemuan FKLPID" not in blank
    assert question not in printed(sari)


def test_a_sheet_is_in_one_language_or_names_the_blocks_in_both(sari: Person) -> None:
    english, indonesian, both = (printed(sari, language=chosen) for chosen in ("en", "id", "both"))

    assert "Channels" in english and "Saluran" not in english and "Designed for" in english
    assert "Saluran" in indonesian and "Channels" not in indonesian and "Disusun untuk" in indonesian
    assert "Channels" in both and "Saluran" in both and "Disusun untuk" in both


def test_the_pdf_is_as_was_wished_and_so_is_the_canvas_in_it(sari: Person) -> None:
    usual, named, poster = pdf(sari), pdf(sari, names="1", plan="0"), pdf(sari, blank="1", paper="a1")

    assert [len(each.pages) for each in (usual, named, poster)] == [2, 1, 1]
    authors = [_travelling(each)["groups"][0]["notes"][0]["author_name"] for each in (usual, named)]
    assert authors == ["", "Sari Dewi"] and not poster.attachments
    box = poster.pages[0].mediabox
    assert abs(float(box.width) - 840 * MM) < 1 and abs(float(box.height) - 594 * MM) < 1


def _travelling(reader: PdfReader) -> Any:
    return json.loads(reader.attachments["canvas.kanvas.json"][0])


def test_one_form_leads_to_all_of_it_without_a_script(sari: Person) -> None:
    form = sari.http.get(f"/canvases/{sari.canvas_id}/papers").text

    assert f'method="get" action="/canvases/{sari.canvas_id}/canvas.pdf"' in form
    for field in ("paper", "language", "names", "blank", "plan"):
        assert f'name="{field}"' in form
    assert '<input type="hidden" name="plan" value="0">' in form, "an empty box sends nothing"


def test_what_nobody_can_choose_is_refused(sari: Person) -> None:
    address = f"/canvases/{sari.canvas_id}/canvas.pdf"

    assert sari.http.get(f"{address}?paper=a9").status_code == 422
    assert sari.http.get(f"{address}?language=fr").status_code == 422
