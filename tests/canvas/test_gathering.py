"""Several notes at once: moved, deleted, gathered under a name, and every one of them still a note."""

import re

import pytest

from tests.canvas.test_api import Program
from tests.canvas.test_history import lines, page
from tests.export.test_archive import exported, imported
from tests.factories import Person, Room, new_uuid


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


@pytest.fixture
def program(room: Room) -> Program:
    return Program(room)


def add(person: Person, *texts: str, block: str = "channels") -> list[str]:
    return [str(person.add(text, block)["id"]) for text in texts]


def stands(person: Person, block: str = "channels") -> list[str]:
    """What stands in a block from above: names of clusters with a colon, and notes."""
    cell = person.board().split(f'id="block-{block}"')[1].split("</section>")[0]
    found = re.findall(r'cluster__name">([^<]+)<|note__text">.*?</span>([^<]+)</p>', cell, re.DOTALL)
    return [f"{name}:" if name else text for name, text in found]


def gather(person: Person, notes: list[str], name: str, block: str = "channels") -> None:
    answer = person.post("clusters", notes=notes, block=block, name=name)
    assert answer.status_code == 200, answer.text


def test_several_notes_move_in_the_order_they_were_chosen_in_as_one_change(room: Room, sari: Person) -> None:
    one, two, three = add(sari, "satu", "dua", "tiga")
    [other] = add(sari, "empat", block="key_resources")

    sari.post("placement", notes=[three, one], block="key_resources", before=other)

    assert stands(sari) == ["dua"]
    assert stands(sari, "key_resources") == ["tiga", "satu", "empat"]
    assert lines(page(sari, "history"))[0] == "Memindahkan 2 catatan ke Sumber Daya Utama"
    sari.post("undo")
    assert stands(sari) == ["satu", "dua", "tiga"] and two


def test_the_answer_says_from_which_revision_boards_show_it(sari: Person) -> None:
    notes = [sari.add(text)["id"] for text in ("satu", "dua")]

    answer = sari.post("placement", notes=notes, block="value_propositions").json()

    assert re.search(rf'data-since="\w+-{answer["live"]}"', sari.board())


def test_several_notes_are_deleted_and_come_back_by_one_undo(sari: Person) -> None:
    one, _, three = add(sari, "satu", "dua", "tiga")

    sari.post("deletion", notes=[one, three])
    assert stands(sari) == ["dua"]
    assert lines(page(sari, "history"))[0] == "Menghapus 2 catatan"
    sari.post("undo")

    assert stands(sari) == ["satu", "dua", "tiga"]


def test_similar_notes_stand_together_under_a_name_and_stay_notes(sari: Person) -> None:
    one, _, three = add(sari, "satu", "dua", "tiga")

    gather(sari, [one, three], "  Media   sosial ")

    assert stands(sari) == ["Media sosial:", "satu", "tiga", "dua"]
    assert lines(page(sari, "history"))[0] == "Mengelompokkan 2 catatan di Saluran: “Media sosial”"
    sari.post(f"notes/{three}", base_version=1, text="tiga kali")
    assert stands(sari) == ["Media sosial:", "satu", "tiga kali", "dua"]


def test_a_group_of_ideas_is_renamed_grows_shrinks_and_vanishes_without_losing_a_note(sari: Person) -> None:
    one, two, three = add(sari, "satu", "dua", "tiga")
    gather(sari, [one, two], "Media")

    sari.post("clusters/naming", block="channels", cluster="Media", name="Kabar")
    assert stands(sari) == ["Kabar:", "satu", "dua", "tiga"]
    gather(sari, [three], "Kabar")
    assert stands(sari) == ["Kabar:", "satu", "dua", "tiga"]
    sari.post(f"notes/{one}/placement", block="channels", before="", cluster="")
    assert stands(sari) == ["Kabar:", "dua", "tiga", "satu"]
    sari.post("clusters/naming", block="channels", cluster="Kabar", name="")
    assert stands(sari) == ["dua", "tiga", "satu"]
    assert lines(page(sari, "history"))[0] == "Membubarkan kelompok ide “Kabar”"
    assert sari.post("clusters/naming", block="channels", cluster="Kabar", name="X").status_code == 410


def test_the_last_note_takes_the_name_with_it(sari: Person) -> None:
    one, two = add(sari, "satu", "dua")
    gather(sari, [one, two], "Media")

    sari.post(f"notes/{one}/deletion")
    sari.post(f"notes/{two}/placement", block="key_resources")

    assert stands(sari) == []
    assert stands(sari, "key_resources") == ["dua"]


def test_all_of_a_group_of_ideas_move_with_their_name(sari: Person) -> None:
    one, two, _ = add(sari, "satu", "dua", "tiga")
    gather(sari, [one, two], "Media")

    sari.post("placement", notes=[one, two], block="parking", cluster="Media")

    assert stands(sari) == ["tiga"]
    assert stands(sari, "parking") == ["Media:", "satu", "dua"]


def test_every_operation_on_a_group_of_ideas_is_undone_and_done_again(sari: Person) -> None:
    one, two, _ = add(sari, "satu", "dua", "tiga")
    gather(sari, [one, two], "Media")
    sari.post("clusters/naming", block="channels", cluster="Media", name="Kabar")

    sari.post("undo")
    assert stands(sari) == ["Media:", "satu", "dua", "tiga"]
    sari.post("undo")
    assert stands(sari) == ["satu", "dua", "tiga"]
    sari.post("redo")
    assert stands(sari) == ["Media:", "satu", "dua", "tiga"]


def test_of_two_who_gather_the_same_notes_the_later_one_has_them_and_nothing_is_lost(
    room: Room, sari: Person
) -> None:
    one, two, three = add(sari, "satu", "dua", "tiga")
    gather(sari, [one, two], "Media")
    gather(room.join("Budi"), [two, three], "Kabar")

    assert stands(sari) == ["Media:", "satu", "Kabar:", "dua", "tiga"]


def test_a_name_that_is_none_or_too_long_is_refused(sari: Person) -> None:
    notes = add(sari, "satu")

    nameless = sari.post("clusters", notes=notes, block="channels", name="  ")
    endless = sari.post("clusters", notes=notes, block="channels", name="x" * 61)

    assert (nameless.status_code, nameless.json()["error"]) == (422, "cluster_nameless")
    assert (endless.status_code, endless.json()["error"]) == (413, "cluster_name_long")


def test_what_is_gone_or_hidden_is_left_out_of_what_several_notes_do(room: Room, sari: Person) -> None:
    one, two, three = add(sari, "satu", "dua", "tiga")
    room.host().post(f"notes/{two}/hiding")
    sari.post(f"notes/{three}/deletion")

    gather(sari, [one, two, three], "Media")

    assert stands(sari) == ["Media:", "satu"]
    answer = sari.post("deletion", notes=[two, three])
    assert answer.status_code == 410 and "dua" not in answer.text


def test_the_same_operation_again_gathers_nothing_twice(sari: Person) -> None:
    notes = add(sari, "satu", "dua")
    form = {"op_id": new_uuid(), "notes": notes, "block": "channels", "name": "Media"}

    assert sari.post("clusters", **form).json() == sari.post("clusters", **form).json()
    assert sari.post("clusters", **form | {"name": "Lain"}).status_code == 422


def test_a_block_says_which_notes_are_alike_until_they_stand_together(sari: Person) -> None:
    one, _, three = add(sari, "Bursa kerja di SMK", "Radio", "Bursa kerja di SMK!")
    assert "2 catatan mirip. Kelompokkan?" in sari.board() and f'data-pick="{one} {three}"' in sari.board()

    gather(sari, [one, three], "Bursa")

    assert "catatan mirip" not in sari.board()


def test_without_scripts_several_are_chosen_on_a_page(sari: Person) -> None:
    one, two = add(sari, "satu", "dua")
    choosing = page(sari, "selection")
    assert "Pilih beberapa" in choosing

    form = {"op_id": new_uuid(), "notes": [one, two], "block": "channels", "name": "Media"}
    answer = sari.http.post(f"/canvases/{sari.canvas_id}/clusters", data=form)

    assert answer.status_code == 303
    board = sari.http.get(answer.headers["location"]).text
    assert "Mengelompokkan 2 catatan di Saluran: “Media”." in board
    chosen = sari.http.get(f"/canvases/{sari.canvas_id}/selection?block=channels&notes={one}+{two}").text
    assert chosen.count(" checked") == 2 and "Bubarkan kelompok ide" in chosen


def test_groups_of_ideas_go_into_the_archive_and_come_back(room: Room, sari: Person) -> None:
    one, _, three = add(sari, "satu", "dua", "tiga")
    gather(sari, [one, three], "Media")
    before = exported(room)

    assert exported(room, imported(room, before)) == before


def test_a_group_of_ideas_stands_on_the_wall_and_on_paper(room: Room, sari: Person) -> None:
    gather(sari, add(sari, "satu", "dua"), "Media sosial")
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])

    assert "Media sosial" in room.facilitator.get(room.projector()).text
    assert "Media sosial" in page(sari, "print")


def test_programs_gather_rename_and_move_several(program: Program) -> None:
    notes = [program.add(text) for text in ("satu", "dua")]

    def op(kind: str, **fields: object) -> int:
        body = {"op_id": new_uuid(), "kind": kind, **fields}
        url = f"/api/canvases/{program.canvas_id}/ops"
        return program.http.post(url, json=body, headers=program.headers).status_code

    assert op("cluster", note_ids=notes, block="channels", name="Media") == 200
    assert [note["cluster"] for note in program.get()["notes"]] == ["Media", "Media"]
    assert op("rename", block="channels", cluster="Media", name="Kabar") == 200
    assert op("move", note_ids=notes[:1], block="key_resources") == 200
    assert {note["text"]: note["cluster"] for note in program.get()["notes"]} == {"satu": "", "dua": "Kabar"}
    assert op("delete", note_ids=notes) == 200
    assert program.get()["notes"] == []
    assert op("cluster", block="channels", name="Media") == 422
