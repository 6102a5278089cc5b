"""Files of a workshop for other programs, at their doors: what is in them, and who may have them."""

import csv
import functools
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from sqlmodel import Session

from app.canvas.actions import add_note
from app.canvas.operations import Actor, Operation, Tags, Wording
from app.export import picture
from app.export.aside import FileFailed, FileQueueFull, Workbench
from app.export.columns import NOTES
from app.export.plain_cells import spelled_out, unmarked
from tests.attendance.held import hold
from tests.attendance.test_list import fill_in
from tests.canvas.planning import add
from tests.factories import Person, Room, new_uuid, write
from tests.identity.hands import paired
from tests.samples import TEXTS


def get(person: Person | Room, file: str, **query: str) -> Any:
    if isinstance(person, Room):
        return person.facilitator.get(f"/workshops/{person.workshop_id}/files/{file}", params=query)
    return person.http.get(f"/canvases/{person.canvas_id}/files/{file}", params=query)


def test_every_file_that_the_page_offers_is_there_under_a_name_that_says_what_it_is(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Bursa kerja")
    room.join("Budi", group=1).add("Pameran")

    page = room.facilitator.get(f"/workshops/{room.workshop_id}/files").text
    offered = re.findall(r'href="(/\w+/\w+/files/[\w.]+)"', page)
    # One of each: those of the other canvas are made in the same way.
    one_of_each = {path.rsplit("/", 1)[1]: path for path in offered}.values()

    assert len(one_of_each) == 14
    for path in one_of_each:
        answer = room.facilitator.get(path)
        assert answer.status_code == 200 and answer.content
        assert "attachment" in (said := answer.headers["content-disposition"])
        assert ("Lokakarya%20Banten" if "/workshops/" in path else "%C3%97") in said
        if "attendance" in path:
            assert answer.headers["cache-control"] == "no-store"
            continue
        again = room.facilitator.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304, path
    workbook = openpyxl.load_workbook(io.BytesIO(get(room, "workshop.xlsx").content))
    assert [row[4].value for row in workbook["Catatan"].iter_rows(min_row=2)] == ["Bursa kerja", "Pameran"]
    assert f'href="/workshops/{room.workshop_id}/files"' in room.desk()


def test_people_at_a_table_have_their_own_canvas_and_no_other(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi", group=1)
    sari.add("Punya kami")
    elsewhere = Person(budi.http, sari.canvas_id, "Budi")
    for file in ("canvas.json", "canvas.md", "notes.csv"):
        assert "Punya kami" in get(sari, file).text
        assert get(elsewhere, file).status_code in (403, 404)
    assert get(sari, "workshop.json").status_code == 404
    assert get(sari, "people.csv").status_code == 404


def test_programs_read_the_same_archives(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Satu")
    headers = room.bearer()
    for path, file in (
        (f"/api/workshops/{room.workshop_id}/archive", get(room, "workshop.json")),
        (f"/api/canvases/{sari.canvas_id}/archive", get(sari, "canvas.json")),
    ):
        answer = room.facilitator.get(path, headers=headers)
        assert answer.json() == file.json() and answer.json()["version"] == 1
    nameless = room.facilitator.get(path, params={"names": "false"}, headers=headers).json()
    assert nameless["groups"][0]["notes"][0]["author_name"] == ""


def test_names_and_what_is_hidden_or_veiled_stay_out(room: Room) -> None:
    sari = room.join("Sari Wulandari")
    sari.add("Terlihat", segments=["1"])
    hidden, gone = sari.add("Tersembunyi", segments=["1"]), sari.add("Terhapus", segments=["1"])
    room.host().post(f"notes/{hidden['id']}/hiding")
    sari.post(f"notes/{gone['id']}/deletion")
    room.on_desk("silence", on="1")
    sari.add("Terselubung", segments=["1"])

    for file in ("canvas.json", "canvas.md", "notes.csv", "tags.csv"):
        for reader in (sari, room.host()):
            said = get(reader, file, names="0").text
            assert "Terlihat" in said
            assert not re.search("Tersembunyi|Terhapus|Terselubung|Sari|Wulandari", said)


def test_the_file_of_a_workshop_waits_until_all_notes_are_shown_and_the_page_says_so(room: Room) -> None:
    room.on_desk("silence", on="1")
    room.join().add("Nanti")

    page = room.facilitator.get(f"/workshops/{room.workshop_id}/files").text

    assert get(room, "workshop.json").status_code == 422
    assert "workshop.json" not in page and "everything.zip" not in page
    assert "Ada catatan yang belum ditampilkan" in page


def test_every_page_of_a_canvas_is_a_picture_small_enough_to_send_and_large_enough_to_read(
    room: Room,
) -> None:
    sari = room.join("Sari")
    sari.add("Bursa kerja")
    pictures = f"/canvases/{sari.canvas_id}/pictures"
    alone = sari.http.get(pictures)
    add(sari, "Draf PKS")

    page = sari.http.get(pictures).text

    assert alone.status_code == 303 and alone.headers["location"].endswith("/files/canvas.png")
    assert [n in page for n in ("?page=1", "?page=2", "?page=3")] == [True, True, False]
    for answer in (get(sari, "canvas.png"), get(sari, "canvas.png", page="2")):
        assert answer.headers["content-type"] == "image/png" and len(answer.content) < 200_000
        assert Image.open(io.BytesIO(answer.content)).size[0] == 2400
    assert get(sari, "canvas.png", page="9").status_code == 404


def test_a_picture_of_too_many_bytes_is_narrower(monkeypatch: pytest.MonkeyPatch) -> None:
    document, pdf = PdfDocument.new(), io.BytesIO()
    document.new_page(420, 297)
    document.save(pdf)

    def width() -> int:
        return Image.open(io.BytesIO(picture.picture(pdf.getvalue(), 1))).width

    assert width() == 2400
    monkeypatch.setattr(picture, "MOST_BYTES", 0)
    assert width() == 1600


def test_the_attendance_list_as_a_workbook_says_who_was_there_and_not_how_to_reach_them(room: Room) -> None:
    hold(room, days=2)
    sari = room.join("Kenari")
    room.join("Merpati")
    fill_in(sari, days="1")

    answer = get(room, "attendance.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Daftar hadir"]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head[:2] == ["No.", "Nama"] and head[-1] == "Hari 2"
    assert row[:5] == [1, "Sari Dewi, S.T.", "BBPVP Serang", "Instruktur", "P"]
    assert row[5] is True and type(row[6]) is bool
    said = str(row)
    assert room.house.workbench._kept == {}
    assert "0812" not in said and "Kenari" not in said
    assert get(sari, "attendance.xlsx").status_code == 404
    assert paired(room).get(f"/workshops/{room.workshop_id}/files/attendance.xlsx").status_code == 403


def test_markdown_prints_what_was_written_and_follows_none_of_it(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("# bukan judul\n- bukan [butir](http://x)", gives="*Mesin*", segments=["2"], inclusion="on")
    add(sari, "Draf PKS", due_on="2024-10-10", centre_owner="Pak Budi")

    text = get(sari, "canvas.md").text

    assert "- \\# bukan judul\\\n  \\- bukan \\[butir\\](http\\://x)\\\n" in text
    assert r"Memberi: \*Mesin\*" in text and "**S2** · **Inklusi (GEDSI)**" in text
    assert "1. Draf PKS\\\n" in text and "Tenggat: Kamis, 10 Oktober 2024" in text
    assert "CC BY-SA 3.0" in text


def test_every_text_comes_back_from_every_file(room: Room) -> None:
    """T-TXT-1."""
    sari = room.join("Sari")
    write(room.facilitator, functools.partial(_say_all, sari))
    column = [column.key for column in NOTES.columns].index("text")

    entries = json.loads(get(sari, "canvas.json").content)["groups"][0]["notes"]
    rows = csv.reader(io.StringIO(get(sari, "notes.csv").text.lstrip("\ufeff"), newline=""), delimiter=";")
    cells = openpyxl.load_workbook(io.BytesIO(get(sari, "canvas.xlsx").content))["Catatan"]

    said = list(TEXTS.values())
    assert [entry["text"] for entry in entries] == said
    assert [unmarked(row[column]) for row in list(rows)[1:]] == said
    assert [spelled_out(row[column].value) for row in cells.iter_rows(min_row=2)] == [
        text if text != TEXTS["excel escape"] else "\r _" for text in said
    ]


def _say_all(person: Person, session: Session) -> None:
    for text in TEXTS.values():
        operation = Operation(person.canvas_id, new_uuid(), new_uuid(), Actor("system", None, person.name))
        add_note(session, operation, "channels", Wording(text), Tags())


async def test_a_file_that_many_ask_for_is_written_once_and_one_that_breaks_is_refused() -> None:
    workbench = Workbench(waiting=0, patience=20)
    try:
        assert await workbench.make(bytes, 3) == b"\0\0\0"
        assert list(workbench._kept.values()) == [b"\0\0\0"]
        with pytest.raises(FileFailed):
            await workbench.make(bytes, "no bytes")
        workbench._room = 0
        with pytest.raises(FileQueueFull):
            await workbench.make(bytes, 4)
        assert await workbench.make(bytes, 3) == b"\0\0\0", "it was kept"
    finally:
        await workbench.close()
    with pytest.raises(FileFailed):
        await workbench.make(bytes, 5)
