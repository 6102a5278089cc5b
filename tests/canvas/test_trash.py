"""The trash of a canvas."""

import re

import pytest

from app.canvas import trash_list
from tests.canvas.test_notes import texts
from tests.factories import Person, Room, new_uuid


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


def trash(person: Person, **query: int) -> str:
    response = person.http.get(f"/canvases/{person.canvas_id}/trash", params=query)
    assert response.status_code == 200
    return response.text


def operations(page: str) -> list[str]:
    return re.findall(r'name="operation" value="(\d+)"', page)


def restore(person: Person, operation: str) -> int:
    form = {"op_id": new_uuid(), "operation": operation}
    return person.http.post(f"/canvases/{person.canvas_id}/trash", data=form).status_code


def test_a_deleted_note_is_there_with_who_deleted_it_and_anybody_at_the_table_brings_it_back(
    room: Room, sari: Person
) -> None:
    assert "Sampah kosong." in trash(sari)
    note = sari.add("Terhapus")
    sari.post(f"notes/{note['id']}/deletion")
    budi = room.join("Budi")

    page = trash(budi)
    assert "Terhapus" in page and "Sari Dewi" in page and "Saluran" in page
    assert restore(budi, operations(page)[0]) == 303

    assert texts(sari.board(), "channels") == ["Terhapus"]
    assert "Terhapus" not in trash(sari)


def test_a_cleared_block_comes_back_in_one_press_without_what_was_restored_before(
    room: Room, sari: Person
) -> None:
    notes = [sari.add(text) for text in ("Satu", "Dua", "Tiga")]
    sari.post("clearing", block="channels")
    sari.post(f"notes/{notes[1]['id']}/restoration")
    sari.post(f"notes/{notes[1]['id']}/deletion")

    page = trash(sari)
    assert "Pulihkan 2 catatan" in page
    one, cleared = operations(page)
    assert restore(sari, cleared) == 303

    assert texts(sari.board(), "channels") == ["Satu", "Tiga"]
    assert operations(trash(sari)) == [one]
    assert restore(sari, cleared) == 410


def test_participants_see_no_hidden_note_in_the_trash_and_facilitators_do(room: Room, sari: Person) -> None:
    note, host = sari.add("Rahasia"), room.host()
    host.post(f"notes/{note['id']}/hiding")
    body = {"op_id": new_uuid(), "kind": "delete", "note_id": note["id"]}
    # A facilitator who deletes a hidden note; the board does not offer it.
    room.facilitator.post(f"/api/canvases/{sari.canvas_id}/ops", json=body, headers=room.bearer())

    assert "Rahasia" not in trash(sari)
    (operation,) = operations(trash(host))
    assert "Rahasia" in trash(host) and "disembunyikan" in trash(host)
    assert restore(sari, operation) == 410


def test_a_long_trash_comes_in_pages(room: Room, sari: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash_list, "PAGE", 2)
    for number in range(3):
        note = sari.add(f"Catatan {number}")
        sari.post(f"notes/{note['id']}/deletion")

    first = trash(sari)
    older = re.search(r'<a class="btn" href="[^"]+trash\?before=(\d+)"', first)

    assert older and "Catatan 0" not in first
    assert "Catatan 0" in trash(sari, before=int(older[1]))


def test_a_neighbour_gets_no_trash(room: Room, sari: Person) -> None:
    neighbour = room.join("Budi", group=1)

    assert neighbour.http.get(f"/canvases/{sari.canvas_id}/trash").status_code == 403
