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


def words(reader: PdfReader, page: int = 0) -> str:
    return " ".join(reader.pages[page].extract_text().split())


def travelling(reader: PdfReader) -> Any:
    return json.loads(reader.attachments["canvas.kanvas.json"][0])


def test_names_are_on_paper_and_in_the_file_it_carries_only_where_somebody_wants_them(sari: Person) -> None:
    usual, named = pdf(sari), pdf(sari, names="1")

    assert "Sari" not in words(usual) and "Sari" not in json.dumps(travelling(usual))
    assert "Pertemuan FKLPID – Sari Dewi" in words(named)
    assert travelling(named)["groups"][0]["notes"][0]["author_name"] == "Sari Dewi"


def test_a_blank_sheet_asks_and_holds_nothing_that_was_written(sari: Person) -> None:
    blank = pdf(sari, blank="1", paper="a1")

    (page,) = blank.pages
    question = catalog.definition().block("channels").questions[0].text.id
    assert question in words(blank) and "FKLPID" not in words(blank)
    assert not blank.attachments
    assert abs(float(page.mediabox.width) - 840 * MM) < 1 and abs(float(page.mediabox.height) - 594 * MM) < 1


def test_a_sheet_is_in_one_language_or_names_the_blocks_in_both(sari: Person) -> None:
    english, indonesian, both = (words(pdf(sari, language=chosen)) for chosen in ("en", "id", "both"))

    assert "Channels" in english and "Saluran" not in english and "Designed for" in english
    assert "Saluran" in indonesian and "Channels" not in indonesian and "Disusun untuk" in indonesian
    assert "Channels" in both and "Saluran" in both and "Disusun untuk" in both


def test_a_sheet_comes_with_the_plan_or_alone(sari: Person) -> None:
    assert len(pdf(sari).pages) == 2
    assert len(pdf(sari, plan="0").pages) == 1


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
