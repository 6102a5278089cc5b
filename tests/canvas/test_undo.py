"""Undo and redo from the board, by script and without."""

import re

import pytest

from tests.canvas.test_notes import texts
from tests.factories import Person, Room, fresh_browser, new_uuid


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


def buttons(board: str) -> dict[str, bool]:
    """Which of the two can be pressed."""
    found = re.findall(r'<button class="btn btn--sm btn--quiet" form="(undo|redo)"( disabled)?', board)
    return {kind: not disabled for kind, disabled in found}


def test_the_buttons_can_be_pressed_when_there_is_something_of_ones_own(room: Room, sari: Person) -> None:
    room.join("Budi").add("Bukan milik Sari")
    assert buttons(sari.board()) == {"undo": False, "redo": False}

    sari.add()
    assert buttons(sari.board()) == {"undo": True, "redo": False}

    sari.post("undo")
    assert buttons(sari.board()) == {"undo": False, "redo": True}


def test_a_script_hears_what_was_undone_and_whether_there_is_more(sari: Person) -> None:
    note = sari.add("Satu")
    sari.post(f"notes/{note['id']}/deletion")

    answer = sari.post("undo").json()

    assert answer["note"]["id"] == note["id"]
    assert answer["message"] == "Catatan kembali ada di kanvas."
    assert (answer["undo"], answer["redo"]) == (True, True)
    assert sari.post("redo").json()["message"] == "Perubahan Anda diulangi."


def test_a_browser_without_scripts_is_told_on_the_board(sari: Person) -> None:
    note = sari.add("Satu", "channels")
    sari.post(f"notes/{note['id']}/placement", block="key_resources")

    answer = sari.http.post(f"/canvases/{sari.canvas_id}/undo", data={"op_id": new_uuid()})
    board = sari.http.get(answer.headers["location"]).text

    assert texts(board, "channels") == ["Satu"]
    assert "Catatan kembali ke tempat semula." in board


def test_what_others_changed_is_passed_over_with_a_word(room: Room, sari: Person) -> None:
    sari.add("Satu")
    note = sari.add("Dua")
    room.join("Budi").post(f"notes/{note['id']}", base_version=1, text="Dua, kata Budi")

    answer = sari.post("undo").json()

    assert "sudah diubah orang lain" in answer["message"]
    assert texts(sari.board(), "channels") == ["Dua, kata Budi"]


def test_an_undo_sent_twice_undoes_once_and_says_the_same(sari: Person) -> None:
    sari.add("Satu")
    sari.add("Dua")
    op_id = new_uuid()

    first, again = sari.post("undo", op_id=op_id), sari.post("undo", op_id=op_id)

    assert first.json() == again.json()
    assert texts(sari.board(), "channels") == ["Satu"]


def test_nothing_to_undo_is_refused_in_words(sari: Person) -> None:
    answer = sari.post("undo")

    assert (answer.status_code, answer.json()["error"]) == (422, "nothing_to_undo")


def test_a_facilitator_undoes_their_own_changes_too_and_hiding_is_one_of_them(
    room: Room, sari: Person
) -> None:
    note = sari.add("Kata Sari")
    host = room.host()
    host.add("Kata fasilitator")
    host.post(f"notes/{note['id']}/hiding")

    assert host.post("undo").json()["message"] == "Catatan terlihat lagi."
    assert texts(sari.board(), "channels") == ["Kata Sari", "Kata fasilitator"]
    host.post("undo")

    assert texts(sari.board(), "channels") == ["Kata Sari"]
    assert host.post("undo").status_code == 422


def test_who_no_longer_facilitates_does_not_show_again_what_they_hid(room: Room) -> None:
    """On a phone of their own they are a participant only."""
    form = {"name": "Fasilitator", "group": room.groups[0]["id"]}
    room.facilitator.post(room.join_path, data=form)
    here = room.host()
    note = here.add("Rahasia")
    here.post(f"notes/{note['id']}/hiding")
    phone = Person(fresh_browser(room.facilitator), here.canvas_id, "Fasilitator")
    phone.http.cookies.set("kanvas_participant", room.facilitator.cookies["kanvas_participant"])

    answer = phone.post("undo")

    assert answer.json()["error"] == "changed_by_others"
    assert "Rahasia" not in phone.board()
    assert here.post("undo").status_code == 200


def test_clearing_a_block_asks_first_and_is_undone_in_one_press(room: Room, sari: Person) -> None:
    for text in ("Satu", "Dua"):
        sari.add(text, "channels")
    stays = sari.add("Tetap", "key_resources")
    page = sari.http.get(f"/canvases/{sari.canvas_id}/clearing", params={"block": "channels"}).text
    assert re.search(r'value="channels" required checked', page)
    assert re.search(r'value="cost_structure" required disabled', page)

    form = {"op_id": new_uuid(), "block": "channels"}
    answer = sari.http.post(f"/canvases/{sari.canvas_id}/clearing", data=form)
    board = sari.http.get(answer.headers["location"]).text

    assert texts(board, "channels") == []
    assert texts(board, "key_resources") == [stays["text"]]
    assert "Mengosongkan Saluran: 2 catatan." in board
    sari.post("undo")
    assert texts(sari.board(), "channels") == ["Satu", "Dua"]


def test_clearing_leaves_hidden_notes_and_empty_blocks_alone(room: Room, sari: Person) -> None:
    hidden = sari.add("Rahasia", "channels")
    room.host().post(f"notes/{hidden['id']}/hiding")

    answer = sari.post("clearing", block="channels")

    assert (answer.status_code, answer.json()["error"]) == (422, "block_empty")
    assert room.host().post(f"notes/{hidden['id']}/showing").json()["note"]["deleted"] is False
