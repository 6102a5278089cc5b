"""Ideas without a block wait in the parking lot: everybody at the table sees them, nothing counts them."""

from pathlib import Path

import pytest

from app.canvas.catalog import definition
from app.canvas.catalog_files import read_definition
from app.resources import CANVASES
from app.toml_table import MalformedFile
from tests.canvas.test_api import Program
from tests.canvas.test_history import lines, page
from tests.export.test_archive import exported, imported
from tests.factories import Room, new_uuid

PARKING = definition().parking.key


def test_the_parking_lot_is_none_of_the_nine_blocks() -> None:
    canvas = definition()

    assert canvas.parking.name.of("id") == "Parkir ide" and canvas.parking.name.of("en") == "Parking lot"
    assert not canvas.has_block(PARKING) and canvas.has_place(PARKING)
    assert len(canvas.places) == 10
    assert all(PARKING not in order.blocks for order in canvas.orders)


@pytest.mark.parametrize(
    ("passage", "replacement", "complaint"),
    [
        ('key = "parking"', 'key = "channels"', "already taken by a block"),
        ('key = "parking"', 'key = "Parkir ide"', "must be small letters"),
        ("[parking]", "[parked]", "parking"),
    ],
)
def test_a_file_without_a_proper_parking_lot_is_refused(
    tmp_path: Path, passage: str, replacement: str, complaint: str
) -> None:
    text = (CANVASES / "business-model.toml").read_text(encoding="utf-8")
    copy = tmp_path / "business-model.toml"
    copy.write_text(text.replace(passage, replacement, 1), encoding="utf-8")

    with pytest.raises(MalformedFile, match=complaint):
        read_definition(copy)


def test_an_idea_is_parked_and_leaves_for_a_block_and_the_history_says_so(room: Room) -> None:
    sari = room.join("Sari")
    note = sari.add("Ide tanpa blok", PARKING)
    assert note["block"] == PARKING
    sari.post(f"notes/{note['id']}/placement", block="channels", before="")
    sari.post(f"notes/{note['id']}/placement", block=PARKING, before="")

    assert lines(page(sari, "history")) == [
        "Memindahkan “Ide tanpa blok” dari Saluran ke Parkir ide",
        "Memindahkan “Ide tanpa blok” dari Parkir ide ke Saluran",
        "Menambah “Ide tanpa blok” di Parkir ide",
    ]


def test_what_is_parked_stands_on_the_board_and_is_counted_nowhere(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Di kanvas")
    sari.add("Ide tanpa blok", PARKING)
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])

    board, wall, desk = sari.board(), room.facilitator.get(room.projector()).text, room.desk()

    assert "Ide tanpa blok" in board and 'data-block="parking"' in board
    assert "Ide tanpa blok" not in wall and "Di kanvas" in wall
    assert "<small>1 catatan</small>" in desk and "<small>2 catatan</small>" not in desk


def test_the_checks_ask_nothing_about_what_is_parked(room: Room) -> None:
    sari = room.join("Sari")
    for text in ("Sama saja; dua ide", "Sama saja; dua ide"):
        sari.add(text, PARKING)

    assert "Sama saja" not in page(sari, "checks")


def test_what_is_parked_goes_into_the_archive_and_comes_back(room: Room) -> None:
    room.join("Sari").add("Ide tanpa blok", PARKING)
    before = exported(room)
    assert before["groups"][0]["notes"][0]["block"] == PARKING

    assert exported(room, imported(room, before)) == before


def test_programs_park_and_read_what_is_parked(room: Room) -> None:
    program = Program(room)
    program.op("add", new_uuid(), block=PARKING, text="Ide")

    assert [note["block"] for note in program.get()["notes"]] == [PARKING]


def test_a_parking_lot_is_cleared_like_a_block(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Ide tanpa blok", PARKING)

    assert sari.post("clearing", block=PARKING).status_code == 303
    assert 'class="note__text"' not in sari.board().split("<template")[0]
