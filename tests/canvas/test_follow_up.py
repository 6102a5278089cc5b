"""The follow-up plan: who does what after the workshop, written by several people at once."""

import re
from typing import Any

from tests.canvas.planning import add, edit
from tests.canvas.silence import hide_writing
from tests.canvas.test_api import program
from tests.factories import Person, Room, new_uuid

__all__ = ["program"]


def page(who: Person, **query: str) -> str:
    answer = who.http.get(f"/canvases/{who.canvas_id}/follow-up-plan", params=query)
    assert answer.status_code == 200, answer.text
    return answer.text


def shown(who: Person) -> list[str]:
    """The activities on the page, in order."""
    live = page(who).split('id="plan"')[1].split('id="own"')[0]
    return re.findall(r'data-say="text">([^<]*)<', live)


def test_only_the_activity_is_needed_and_days_are_read_in_indonesian(room: Room) -> None:
    sari = room.join("Sari")
    assert "Apa langkah pertama dalam 30 hari?" in page(sari)

    add(sari)
    add(sari, "Draf PKS", due_on="2026-12-12", partner_owner="HRD mitra", status="under_way")

    assert shown(sari) == ["TNA ke 5 perusahaan", "Draf PKS"]
    assert ">12 Desember 2026<" in page(sari)
    assert ">Berjalan<" in page(sari)


def test_a_step_is_no_note_of_the_canvas(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Radio desa")
    step = add(sari)

    assert step["id"] not in sari.board()
    assert step["block"] == "follow_up"
    assert "TNA" in sari.http.get(f"/canvases/{sari.canvas_id}/history").text
    for path in ("", f"/notes/{step['id']}"):
        answer = sari.http.get(f"/canvases/{sari.canvas_id}{path}", params={"block": "follow_up"})
        assert answer.headers["location"].split("?")[0].endswith("/follow-up-plan")


def test_every_page_about_a_canvas_stands_whatever_is_said_of_a_step(room: Room) -> None:
    sari = room.join("Sari")
    step = add(sari, "Draf PKS")
    edit(sari, step, status="done")
    edit(sari, step, version=2, status="done", due_on="2024-10-10")
    sari.post(f"notes/{step['id']}/comments", kind="ask", text="Kapan?")

    pages = {
        path: sari.http.get(f"/canvases/{sari.canvas_id}/{path}")
        for path in ("paper", "comments", "history", "replay", "versions", "checks", "print", "results")
    }

    assert {path: answer.status_code for path, answer in pages.items()} == dict.fromkeys(pages, 200)
    assert "Status “Draf PKS” menjadi: Selesai" in pages["history"].text
    assert "siapa melakukan “Draf PKS”" in pages["history"].text
    assert "Draf PKS" not in pages["paper"].text


def test_what_two_people_say_of_a_step_at_once_is_put_together(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    step = add(sari)

    edit(sari, step, due_on="2024-10-01", output="Daftar posisi")
    merged = edit(budi, step, centre_owner="Seksi kerja sama", status="done").json()["note"]

    assert merged["id"] == step["id"]
    assert (merged["due_on"], merged["output"]) == ("2024-10-01", "Daftar posisi")
    assert (merged["centre_owner"], merged["status"]) == ("Seksi kerja sama", "done")


def test_of_two_days_for_one_step_both_are_kept(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    step = add(sari)

    edit(sari, step, due_on="2024-10-01")
    other = edit(budi, step, due_on="2024-11-01").json()["note"]

    assert other["id"] != step["id"]
    assert ">1 Oktober 2024<" in page(sari)
    assert ">1 November 2024<" in page(sari)
    assert "Dua orang mengubah kegiatan ini bersamaan" in page(sari)


def test_undo_takes_back_ones_own_part_of_a_step(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    step = add(sari)
    edit(sari, step, due_on="2024-10-01")
    edit(budi, step, version=2, due_on="2024-10-01", centre_owner="Seksi kerja sama")

    undone = sari.post("undo").json()["note"]

    assert "due_on" not in undone
    assert undone["centre_owner"] == "Seksi kerja sama"
    assert undone["version"] == 4


def test_a_step_is_deleted_brought_back_and_stands_in_the_trash_by_its_place(room: Room) -> None:
    sari = room.join("Sari")
    step = add(sari, output="Daftar posisi", due_on="2024-10-01")
    form = {"op_id": new_uuid()}

    gone = sari.http.post(f"/canvases/{sari.canvas_id}/notes/{step['id']}/deletion", data=form)
    board = sari.http.get(gone.headers["location"])
    back = sari.http.get(board.headers["location"]).text
    assert shown(sari) == []
    assert f"/notes/{step['id']}/restoration" in back
    assert "Rencana tindak lanjut" in sari.http.get(f"/canvases/{sari.canvas_id}/trash").text

    assert sari.post(f"notes/{step['id']}/restoration").json()["note"]["output"] == "Daftar posisi"
    assert shown(sari) == ["TNA ke 5 perusahaan"]


def test_steps_go_up_and_down(room: Room) -> None:
    sari = room.join("Sari")
    first, second = add(sari, "Satu"), add(sari, "Dua")

    sari.post(f"notes/{second['id']}/placement", block="follow_up", before=first["id"])

    assert shown(sari) == ["Dua", "Satu"]


def test_without_script_a_form_comes_back_with_what_was_typed(room: Room) -> None:
    sari = room.join("Sari")
    form = {"op_id": new_uuid(), "note_id": new_uuid(), "text": "Draf PKS", "due_on": "besok"}
    path = f"/canvases/{sari.canvas_id}/follow-up-plan"

    refused = sari.http.post(path, data=form)

    assert refused.status_code == 422
    assert ">Draf PKS</textarea>" in refused.text
    assert "Tanggal ditulis seperti 2026-12-31." in refused.text
    assert sari.http.post(path, data=form | {"due_on": "2024-10-01"}).status_code == 303
    step = re.findall(r'data-item="([\w-]{36})"', page(sari))[0]
    assert ">Draf PKS</textarea>" in page(sari, item=step)
    assert 'value="2024-10-01"' in page(sari, item=step)


def test_an_edit_of_before_the_plan_leaves_a_step_as_it_is(room: Room) -> None:
    sari = room.join("Sari")
    step = add(sari, output="Daftar posisi", status="done")

    changed = sari.post(f"notes/{step['id']}", base_version=1, text="TNA ke 6 perusahaan").json()["note"]

    assert changed["text"] == "TNA ke 6 perusahaan"
    assert (changed["output"], changed["status"]) == ("Daftar posisi", "done")


def test_a_plan_is_agreed_upon_aloud_while_notes_are_written_in_silence(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    hide_writing(room)

    add(sari)

    assert shown(budi) == ["TNA ke 5 perusahaan"]


def test_programs_read_and_change_a_step(room: Room, program: Any) -> None:
    note_id = new_uuid()
    added = program.op("add", note_id, block="follow_up", text="TNA", due_on="2024-10-01").json()
    assert added["note"]["due_on"] == "2024-10-01"
    assert "status" not in added["note"]

    edited = program.op("edit", note_id, base_version=1, status="done").json()["note"]
    assert (edited["due_on"], edited["status"], edited["text"]) == ("2024-10-01", "done", "TNA")
    refused = program.op("edit", note_id, base_version=2, due_on="2024-02-30")
    assert refused.json()["error"] == "day_not_valid"
