"""Segments are made by writing them down: a note in Segmen Pelanggan is one, and lends it its name."""

import re

import pytest

from app.canvas import catalog
from app.canvas.segment_names import LONGEST, SegmentView, on_a_line, segment_views
from tests.export.paper import canvas_of
from tests.factories import Person, Room

HOME = "customer_segments"


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


def legend(person: Person) -> dict[str, str]:
    return dict(re.findall(r'data-named="(\d)">([^<]*)<', person.board()))


def test_who_writes_a_segment_down_gets_the_next_free_number(sari: Person) -> None:
    first, second = sari.add("Pabrik sepatu", HOME), sari.add("Lulusan SMK", HOME)
    elsewhere = sari.add("Pameran", "channels")

    assert [note["segments"] for note in (first, second, elsewhere)] == [[1], [2], []]
    assert legend(sari) == {"1": "Pabrik sepatu", "2": "Lulusan SMK"}


def test_a_number_that_somebody_chose_is_kept(sari: Person) -> None:
    chosen, after = sari.add("Pabrik", HOME, segments=["3", "1"]), sari.add("Lulusan", HOME)

    assert (chosen["segments"], after["segments"]) == ([1, 3], [2])


def test_the_number_of_a_deleted_segment_is_free_again_and_tags_that_name_it_stay(sari: Person) -> None:
    gone = sari.add("Pabrik sepatu", HOME)
    value = sari.add("Operator siap", "value_propositions", segments=["1"])
    sari.post(f"notes/{gone['id']}/deletion")

    assert legend(sari) == {}
    assert 'data-k="S1"' in sari.board(), "the number without its name"
    assert sari.add("Lulusan SMK", HOME)["segments"] == [1]
    assert value["segments"] == [1]


def test_a_seventh_segment_is_written_without_a_number_and_told_why(sari: Person) -> None:
    for number in range(6):
        sari.add(f"Segmen ke-{number}", HOME)
    seventh = sari.add("Yang ketujuh", HOME)

    editor = sari.http.get(f"/canvases/{sari.canvas_id}/notes/{seventh['id']}").text
    assert seventh["segments"] == []
    assert "Keenam nomor segmen sudah terpakai" in editor and 'name="as_segment"' not in editor


def test_a_note_that_was_moved_here_becomes_a_segment_by_one_tap(sari: Person) -> None:
    sari.add("Pabrik sepatu", HOME)
    moved = sari.add("Alumni", "channels")
    sari.post(f"notes/{moved['id']}/placement", block=HOME, before="")
    path = f"notes/{moved['id']}"
    assert 'name="as_segment"' in sari.http.get(f"/canvases/{sari.canvas_id}/{path}").text

    answer = sari.post(path, base_version=1, text="Alumni", as_segment="1").json()

    assert answer["note"]["segments"] == [2]
    assert legend(sari)["2"] == "Alumni"


def test_a_hidden_segment_keeps_its_number_and_tells_nobody_its_name(sari: Person, room: Room) -> None:
    note = sari.add("Rahasia", HOME)
    room.host().post(f"notes/{note['id']}/hiding")

    assert sari.add("Lulusan", HOME)["segments"] == [2]
    assert legend(sari) == {"2": "Lulusan"}


def test_every_button_that_chooses_a_segment_says_its_name(sari: Person) -> None:
    sari.add("Perusahaan alas kaki", HOME)
    note = sari.add()
    editor = sari.http.get(f"/canvases/{sari.canvas_id}/notes/{note['id']}").text

    for page in (sari.board(), editor):
        assert 'data-name-of="1">Perusahaan alas kaki<' in page and 'data-name-of="2"><' in page


def test_names_are_short_and_the_first_note_of_a_number_gives_it() -> None:
    canvas = canvas_of({HOME: ["Perusahaan petrokimia dan kontraktor fabrikasi", "Kedua"]}, segments=(4,))
    long = canvas_of({HOME: ["x" * 90]}, segments=(1,)).block(HOME).notes

    named = segment_views(catalog.definition(), canvas.block(HOME).notes)

    assert named == (SegmentView(4, "Perusahaan petrokimia dan kontraktor fabrikasi"),)
    assert named[0].name == "Perusahaan petrokimia dan…"
    assert [segment.name for segment in on_a_line(named)] == [named[0].text]
    assert segment_views(catalog.definition(), long)[0].name == "x" * LONGEST + "…"
