"""Paper through HTTP."""

import io

import pytest
from pypdf import PdfReader

from tests.factories import Room


def test_a_participant_downloads_the_table_canvas_as_pdf(room: Room) -> None:
    sari = room.join("Sari Dewi")
    sari.add("Pertemuan FKLPID", "channels")

    response = sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf", params={"paper": "a4"})

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert "Serang" in response.headers["content-disposition"]
    assert "A4.pdf" in response.headers["content-disposition"]
    assert "Pertemuan FKLPID" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()

    etag = {"if-none-match": response.headers["etag"]}
    assert sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4", headers=etag).status_code == 304
    sari.add("Satu lagi", "channels")
    assert sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4", headers=etag).status_code == 200


@pytest.mark.parametrize("path", ["print", "canvas.pdf"])
def test_paper_is_for_those_who_may_see_the_canvas(room: Room, path: str) -> None:
    address = f"/canvases/{room.groups[0]['canvas_id']}/{path}"
    stranger = room.join(group=0).http
    stranger.cookies.clear()

    assert room.facilitator.get(address).status_code == 200
    assert stranger.get(address).status_code in (303, 401, 403, 404)


def test_a_hidden_note_never_reaches_paper(room: Room) -> None:
    sari = room.join()
    note = sari.add("Bukan untuk umum", "channels")
    assert "Bukan untuk umum" in sari.http.get(f"/canvases/{sari.canvas_id}/print").text

    room.host().post(f"notes/{note['id']}/hiding")

    assert "Bukan untuk umum" not in sari.http.get(f"/canvases/{sari.canvas_id}/print").text


def test_the_print_page_has_no_controls_and_the_attribution(room: Room) -> None:
    page = room.facilitator.get(f"/canvases/{room.groups[0]['canvas_id']}/print?paper=a4").text

    assert "<form" not in page and "<button" not in page and "<script" not in page
    assert "CC BY-SA 3.0" in page
    assert 'data-paper="a4"' in page
    assert "Selasa, 10 September 2024" in page


def test_paper_nobody_has_is_refused(room: Room) -> None:
    address = f"/canvases/{room.groups[0]['canvas_id']}/canvas.pdf?paper=a9"

    assert room.facilitator.get(address).status_code == 422


def test_a_pdf_that_keeps_somebody_waiting_is_a_page_that_comes_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/canvases/{room.join().canvas_id}/canvas.pdf"
    monkeypatch.setattr("app.export.pdf.PROMPT", 0.0)

    page = room.facilitator.get(path)

    assert page.status_code == 503 and page.headers["refresh"] == "10"
    assert "mencoba lagi sendiri" in page.text and f'href="{path}"' in page.text
    monkeypatch.undo()
    assert room.facilitator.get(path).content.startswith(b"%PDF")


def test_what_is_too_much_for_a_press_leads_to_the_browsers_own_print(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = room.join()
    sari.add()
    monkeypatch.setattr("app.export.pdf.MOST_NOTES", 0)

    page = sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4")

    assert page.status_code == 503 and "refresh" not in page.headers
    assert f'href="/canvases/{sari.canvas_id}/print?paper=a4"' in page.text
