"""Photographs for the report: a few, of people who were asked, and gone when they are deleted."""

import io
import sqlite3
from contextlib import closing
from datetime import timedelta

from PIL import Image
from pypdf import PdfReader

from app.clock import now
from app.photograph.models import MOST
from tests.attendance.held import hold
from tests.export.matterhorn import faults
from tests.factories import Room
from tests.photograph.pictures import add, crowded, kept, page_of, taken, taken_by_a_phone
from tests.report.books import made, outline, words


def shades(count: int) -> list[bytes]:
    """So many small photographs that differ."""
    return [taken((40 + number, 30)) for number in range(count)]


def test_several_are_added_at_once_corrected_and_deleted_without_scripts(room: Room) -> None:
    assert add(room, taken_by_a_phone(), taken((300, 200)), caption="  Pleno   hari 1 ").status_code == 303
    first, second = kept(room)
    page = room.facilitator.get(page_of(room)).text

    assert page.count('value="Pleno hari 1"') == 2 and page.count('alt="Pleno hari 1"') == 2
    picture = room.facilitator.get(f"{page_of(room)}/{first.id}/picture.jpg")
    assert picture.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).size == (first.width, first.height) == (960, 1280)

    path = f"{page_of(room)}/{first.id}"
    assert room.facilitator.post(path, data={"caption": "Kelompok 1"}).status_code == 303
    assert room.facilitator.post(f"{page_of(room)}/{second.id}/deletion").status_code == 303
    assert [each.caption for each in kept(room)] == ["Kelompok 1"]
    assert room.facilitator.get(f"{page_of(room)}/{second.id}/picture.jpg").status_code == 404


def test_the_same_twice_is_one_and_there_is_an_end_to_them(room: Room) -> None:
    add(room, *shades(3))
    add(room, *shades(3))
    assert len(kept(room)) == 3

    answer = add(room, *shades(MOST + 2), b"bukan foto")

    assert answer.status_code == 422 and len(kept(room)) == MOST, "what can be kept is kept"
    assert "foto 13.jpg" in answer.text and "Sudah ada 12 foto" in answer.text
    assert "foto 15.jpg" in answer.text and "Ini bukan foto" in answer.text


def test_nobody_is_shown_who_was_not_asked_and_no_photograph_is_without_words(room: Room) -> None:
    for wrong in ({"agreed": ""}, {"caption": " "}):
        answer = add(room, taken(), **wrong)
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert add(room).status_code == 422
    assert kept(room) == []


def test_they_are_for_whoever_runs_the_workshop_and_on_no_wall(room: Room) -> None:
    add(room, taken(), caption="Foto bersama")
    path = f"{page_of(room)}/{kept(room)[0].id}/picture.jpg"
    sari = room.join("Sari")

    assert sari.http.get(path).status_code in (401, 403, 404)
    for page in (sari.http.get(f"/canvases/{sari.canvas_id}"), room.facilitator.get(room.projector())):
        assert page.status_code == 200 and "Foto bersama" not in page.text and "picture.jpg" not in page.text


def test_the_report_prints_them_with_their_captions_unless_it_is_not_wished(room: Room) -> None:
    add(room, taken(), caption="Foto bersama")

    report = made(room, "report")
    assert faults(report.content) == []

    reader = PdfReader(io.BytesIO(report.content))
    last = reader.pages[-1]
    assert "Foto bersama" in last.extract_text() and "Foto" in outline(reader)
    assert [image.image.size for image in last.images if image.image] == [(1280, 960)]
    assert "Foto bersama" not in words(made(room, "report", "photographs=0").content)
    page = room.facilitator.get(f"/workshops/{room.workshop_id}/report").text
    assert f'src="{page_of(room)}/{kept(room)[0].id}/picture.jpg"' in page and 'alt="Foto bersama"' in page


def test_a_deleted_one_is_in_no_file_of_this_computer_any_more(room: Room) -> None:
    add(room, crowded((300, 200)))
    jpeg = kept(room)[0].jpeg
    made(room, "report")
    folder = room.house.settings.data_dir

    def holders() -> list[str]:
        files = (file for file in folder.rglob("*") if file.is_file() and "backups" not in file.parts)
        pieces = [jpeg[at : at + 32] for at in range(1000, len(jpeg) - 32, 500)]
        return [each.suffix for each in files if any(piece in each.read_bytes() for piece in pieces)]

    assert ".pdf" in holders(), "the report was kept"
    room.facilitator.post(f"{page_of(room)}/{kept(room)[0].id}/deletion")
    assert ".pdf" not in holders()
    with closing(sqlite3.connect(room.house.settings.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    assert holders() == []


def test_they_go_when_their_time_is_over(room: Room) -> None:
    hold(room)
    add(room, taken())
    portal, today = room.facilitator.portal, now().astimezone().date()
    assert portal

    portal.call(room.house.photograph_retention.look, today + timedelta(days=180))
    assert len(kept(room)) == 1
    portal.call(room.house.photograph_retention.look, today + timedelta(days=181))
    assert kept(room) == []
