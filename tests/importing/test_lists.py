"""Lists from spreadsheets and from the clipboard: what is understood, what is said about the rest."""

import io
import re
from html import unescape
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from app.canvas.models import Note
from app.canvas.past import states_at
from app.factory import ROOM_PAUSE
from app.workshop.models import Participant
from tests.attendance.held import hold
from tests.attendance.test_list import fill_in
from tests.canvas.planning import add as add_step
from tests.comment.test_comments import say
from tests.factories import Room, room_of
from tests.identity.hands import co_facilitator
from tests.importing.test_importing import counts, upload
from tests.live.test_answers import ask
from tests.live.test_answers import place as since

NOTES = (
    "Kelompok;Blok;Note;Warna;Segmen;Sisi;Keyakinan;Nilai;Inklusi (GEDSI);Ditulis oleh\n"
    'Kelompok 1;Saluran;"WA grup\nalumni";biru;S1, S2;Bersama;Asumsi;Rp 1.500.000;ya;Sari\n'
    "Group 2;Dapur;Tanpa blok;;S9;entah;;;;\n"
    "Meja 9;Saluran;Tanpa kelompok;;;;;;;\n"
    ";;;;;;;;;\n"
)


def into(room: Room) -> str:
    return f"/imports/into/{room.workshop_id}"


def proposed(room: Room, answer: Any) -> tuple[str, str]:
    """Where something waits, and what is said about it."""
    assert answer.status_code == 303, answer.text
    page = room.facilitator.get(answer.headers["location"])
    words = unescape(re.sub(r"<[^>]+>", " ", page.text.split("<main")[1].split("</main")[0]))
    return answer.headers["location"], re.sub(r"\s+", " ", words)


def notes_of(room: Room, group: int) -> list[Note]:
    with room.house.db.read() as session:
        found = select(Note).where(Note.canvas_id == room.groups[group]["canvas_id"])
        return list(session.exec(found.order_by(col(Note.block), col(Note.position))).all())


def workbook(*rows: list[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def test_a_list_of_notes_goes_to_the_groups_it_names_and_what_is_not_understood_is_said(room: Room) -> None:
    before = counts(room)
    place, said = proposed(room, upload(room.facilitator, NOTES.encode(), "catatan.csv", into(room)))

    assert "Kelompok 1 : 1 catatan" in said and "Kelompok 2 : 1 catatan" in said
    for remark in (
        "Baris 3 Blok “Dapur” tidak dikenal",
        "Baris 3 Segmen bernomor 1 sampai 6",
        "Baris 3 Tidak dipahami dan dikosongkan: “entah”",
        "Baris 4 Tidak diimpor: di sini tidak ada kelompok “Meja 9”",
        "Kolom yang tidak dibaca: Warna",
    ):
        assert remark in said, said
    assert counts(room) == before

    for _ in range(2):
        done = room.facilitator.post(place)
        assert done.headers["location"] == f"/workshops/{room.workshop_id}#desk-groups"
    (note,), (other,) = notes_of(room, 0), notes_of(room, 1)
    assert (note.block, note.text, note.segments, note.side) == (
        "channels",
        "WA grup\nalumni",
        [1, 2],
        "joint",
    )
    assert (note.evidence, note.amount, note.inclusion, note.author_name) == (
        "assumption",
        1_500_000,
        True,
        "Sari",
    )
    assert (other.block, other.text) == ("parking", "Tanpa blok")


def test_what_was_imported_stands_in_the_history_and_one_undo_takes_it_back(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Sudah ada")
    rows = [["Blok", "Catatan"], *(["Saluran", f"Nomor {n}"] for n in range(3))]
    form = {"group_id": room.groups[0]["id"]}
    answer = room.facilitator.post(into(room), files={"file": ("x.xlsx", workbook(*rows))}, data=form)
    place, said = proposed(room, answer)
    assert "Kelompok 1 : 3 catatan" in said
    room.facilitator.post(place)

    canvas = room.groups[0]["canvas_id"]
    assert "Menambahkan 3 catatan" in room.facilitator.get(f"/canvases/{canvas}/history").text
    assert "Nomor 2" in sari.board()
    assert [note.text for note in notes_of(room, 0)] == ["Sudah ada", "Nomor 0", "Nomor 1", "Nomor 2"]
    with room.house.db.read() as session:
        now = states_at(session, canvas, 4)
    assert sorted(state.text for state in now.values() if not state.deleted)[0] == "Nomor 0"
    room.host().post("undo")
    assert [note.text for note in notes_of(room, 0) if not note.deleted_at] == ["Sudah ada"]
    room.host().post("redo")
    assert len([note for note in notes_of(room, 0) if not note.deleted_at]) == 4


def test_pasted_names_sit_at_their_tables_and_nobody_sits_there_twice(room: Room) -> None:
    room.join("Sari")
    pasted = "Sari;BLK Lebak;1\nBudi;PT Satu;Kelompok 2\nAni;;Meja 7"

    place, said = proposed(room, room.facilitator.post(into(room), data={"people": pasted}))
    assert "“Sari” sudah ada di meja ini" in said and "tidak ada kelompok “Meja 7”" in said
    assert "Kelompok 2 : 1 orang" in said
    done = room.facilitator.post(place)
    assert done.headers["location"].endswith("#desk-people")

    with room.house.db.read() as session:
        (budi,) = session.exec(select(Participant).where(Participant.name == "Budi"))
    assert (budi.group_id, budi.institution, budi.has_device) == (room.groups[1]["id"], "PT Satu", False)
    _, said = proposed(room, room.facilitator.post(into(room), data={"people": pasted}))
    assert "Tidak ada isi yang akan ditambahkan" in said


def test_pasted_partnerships_become_groups_where_everybody_is_by_now(room: Room) -> None:
    pasted = "BLK Cilegon × galangan kapal; Teknik Las\nBPVP Pandeglang × hotel"
    desk = f"/workshops/{room.workshop_id}"
    assert ask(room.facilitator, desk, "", 0.1).status_code == 200, "a desk is open meanwhile"
    place, said = proposed(room, room.facilitator.post(into(room), data={"partnerships": pasted}))
    assert "2 kelompok baru" in said and "Kelompok 3 BLK Cilegon × galangan kapal" in said
    room.facilitator.post(place)
    room.facilitator.post(place)

    wide = room_of(room.facilitator, room.workshop_id)
    assert len(wide.groups) == 4
    budi = wide.join("Budi", group=3)
    seen = since(room.desk())
    ask(room.facilitator, desk, seen, 3 * ROOM_PAUSE)  # until it has looked at all that was before
    assert budi.add("Halo")["text"] == "Halo"
    assert "<hx-partial" in ask(room.facilitator, desk, seen, 5).text, "it hears of canvases that are new"
    assert "BPVP Pandeglang × hotel" in room.desk()


def test_lists_from_a_file_make_a_workshop_with_a_group_for_each_that_is_named(room: Room) -> None:
    rows: list[list[Any]] = [
        ["Group", "Partnership", "Block", "Note"],
        ["Meja Las", "BBPVP Serang × petrokimia", "Channels", "Jejaring"],
        ["Meja Las", "", "Channels", "=1+1"],
        ["Kelompok 2", "", "Channels", 2026],
    ]
    place, said = proposed(room, upload(room.facilitator, workbook(*rows), "Lokakarya Serang.xlsx"))
    assert "Baris 3 Tidak diimpor: teksnya kosong" in said, "a formula that no program has worked out"
    assert "Lokakarya Serang" in said and "Meja Las BBPVP Serang × petrokimia" in said
    new = room_of(room.facilitator, room.facilitator.post(place).headers["location"].rsplit("/", 1)[1])

    assert [group["name"] for group in new.groups] == ["Meja Las", ""]
    assert [note.text for note in notes_of(new, 1)] == ["2026"]


def test_a_list_as_we_name_it_makes_a_workshop_of_the_name_behind_it(room: Room) -> None:
    rows = ["Catatan", "Blok"], ["Grup WA alumni", "Saluran"]

    _, said = proposed(room, upload(room.facilitator, workbook(*rows), "Catatan – Lokakarya Serang.xlsx"))

    assert "Lokakarya Serang" in said and "Catatan – Lokakarya Serang" not in said


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_the_lists_of_a_workshop_say_comes_back_as_it_was(room: Room, kind: str) -> None:
    sari = room.join("Sari")
    texts = [
        "=1+1",
        "'@kutip",
        'dua\nbaris; "kutip"',
        "  tepi  ",
        "👩‍🔧 لا\u202e x",
        "a\tb",
        "-5",
        "'=x",
        "<b>{{7*7}}</b>",
    ]
    for text in texts:
        sari.add(text, segments=["1", "3"], assumption="on", side="blk", amount="1500000")
    add_step(sari, "Rapat", output="MoU", due_on="2026-12-31", status="done", linked_block="channels")
    say(sari, "blocks/channels", "Bukan catatan")
    name = "workshop.xlsx" if kind == "xlsx" else "notes.csv"
    document = room.facilitator.get(f"/workshops/{room.workshop_id}/files/{name}").content

    place, _ = proposed(room, upload(room.facilitator, document, f"x.{kind}"))
    new = room_of(room.facilitator, room.facilitator.post(place).headers["location"].rsplit("/", 1)[1])

    def told(of: Room) -> list[Any]:
        return [
            (
                note.block,
                note.text,
                note.segments,
                note.side,
                note.evidence,
                note.amount,
                note.due_on,
                note.status,
            )
            for note in notes_of(of, 0)
            if kind == "xlsx" or note.block == "channels"
        ]

    assert told(new) == told(room)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"satu\ndua", "Baris pertama perlu judul"),
        (b"Blok;Catatan\n" + b"Saluran;x\n" * 5001, "paling banyak 5.000 baris"),
        (b"Blok;Catatan\n" + b"Saluran;x\n" * 2001, "paling banyak 2.000 catatan"),
        (b"%PDF-1.7\n%%EOF", "rusak"),
        (b"Blok;Catatan\n", "tanpa baris di bawahnya"),
        (b"Blok;Catatan;Jenis penanda\nSaluran;x;Segmen", "daftar penanda"),
        (b"Pertanyaan;Catatan;Suara\nApa?;x;3", "Suara tidak ikut diimpor"),
    ],
)
def test_a_list_that_cannot_be_taken_is_answered_in_words(room: Room, document: bytes, said: str) -> None:
    form = {"group_id": room.groups[0]["id"]}
    answer = room.facilitator.post(into(room), files={"file": ("x", document)}, data=form)

    assert answer.status_code == 422 and said in answer.text


def test_a_co_facilitator_adds_to_the_workshop_and_makes_none(room: Room) -> None:
    helper = co_facilitator(room)
    place = helper.post(into(room), data={"people": "Budi", "group_id": room.groups[0]["id"]}).headers[
        "location"
    ]

    assert helper.post(place).status_code == 303
    assert room.facilitator.post(place).status_code == 410, "it waits for who brought it"


def test_an_attendance_list_makes_nobody_a_participant_and_says_so(room: Room) -> None:
    hold(room)
    fill_in(room.join("Kenari"))
    document = room.facilitator.get(f"/workshops/{room.workshop_id}/files/attendance.xlsx").content
    before, form = counts(room), {"group_id": room.groups[1]["id"]}

    alone = room.facilitator.post(into(room), files={"file": ("hadir.xlsx", document)}, data=form)
    as_workshop = upload(room.facilitator, document, "hadir.xlsx")

    assert alone.status_code == as_workshop.status_code == 422
    assert "Ini daftar hadir" in alone.text and "Ini daftar hadir" in as_workshop.text
    assert counts(room) == before
    book = openpyxl.load_workbook(io.BytesIO(document))
    assert book.worksheets[0]["B2"].value == "Sari Dewi, S.T."

    notes = book.create_sheet("Catatan")
    for row in (["Blok", "Catatan"], ["Saluran", "Satu ide"]):
        notes.append(row)
    file = io.BytesIO()
    book.save(file)
    mixed = room.facilitator.post(into(room), files={"file": ("x.xlsx", file.getvalue())}, data=form)
    place, said = proposed(room, mixed)
    assert "Daftar hadir Ini daftar hadir" in said and "Kelompok 2 : 1 catatan" in said
    room.facilitator.post(place)
    assert [after - was for after, was in zip(counts(room), before, strict=True)] == [0, 0, 1, 1]
