"""Writing alone first: while a canvas is silent, what others write reaches nobody (issue 5, T-AUT-3).

Looked for in every byte that others get: by every GET route of the application, by the streams, and in the
answers to everything that they may try.
"""

from typing import Any, get_args

import pytest

from app.canvas.operations import Kind
from tests.canvas.ballots import round_of
from tests.canvas.silence import SECRET, Watched, hide_writing, reveal, watched_room
from tests.canvas.test_authors import person_id
from tests.export.test_archive import exported, imported
from tests.factories import Person, Room, new_uuid
from tests.identity.test_every_door import doors

# What others may try on a note, by the route of the form; `NOTE` is the note.
ATTEMPTS: dict[str, dict[str, Any]] = {
    "/canvases/{canvas_id}/notes": {"note_id": "NOTE", "block": "channels", "text": "x"},
    "/canvases/{canvas_id}/notes/{note_id}": {"base_version": 1, "text": "x"},
    "/canvases/{canvas_id}/notes/{note_id}/comments": {"kind": "ask", "text": "Kapan?"},
    "/canvases/{canvas_id}/notes/{note_id}/deletion": {},
    "/canvases/{canvas_id}/notes/{note_id}/hiding": {},
    "/canvases/{canvas_id}/notes/{note_id}/placement": {"block": "cost_structure"},
    "/canvases/{canvas_id}/notes/{note_id}/restoration": {},
    "/canvases/{canvas_id}/notes/{note_id}/showing": {},
    "/canvases/{canvas_id}/follow-up-plan": {"note_id": "NOTE", "text": "x"},
    "/canvases/{canvas_id}/follow-up-plan/{note_id}": {"base_version": 1, "text": "x"},
    "/canvases/{canvas_id}/paper": {"note_id": "NOTE", "block": "channels", "text": "x"},
    "/canvases/{canvas_id}/paper/{note_id}/withdrawal": {},
    "/canvases/{canvas_id}/clusters": {"notes": ["NOTE"], "block": "channels", "name": "x"},
    "/canvases/{canvas_id}/deletion": {"notes": ["NOTE"]},
    "/canvases/{canvas_id}/placement": {"notes": ["NOTE"], "block": "cost_structure"},
    "/canvases/{canvas_id}/votes": {"note_id": "NOTE", "round_id": "ROUND", "value": "1"},
    "/canvases/{canvas_id}/trash": {"operation": "LAST"},
    "/canvases/{canvas_id}/undo": {},
    "/canvases/{canvas_id}/redo": {},
    "/canvases/{canvas_id}/clearing": {"block": "channels"},
    "/canvases/{canvas_id}/reinstatement": {"revision": 1},
    "/canvases/{canvas_id}/versions": {"name": "Pagi"},
}


@pytest.fixture
def watched(room: Room) -> Watched:
    return watched_room(room)


def test_no_byte_that_others_get_holds_a_word_of_what_is_veiled(watched: Watched) -> None:
    told = watched.told()

    assert len(told) > 200
    assert [name for name, text in told.items() if SECRET in text] == []


def test_looking_for_it_would_find_it_wherever_it_could_be(watched: Watched) -> None:
    reveal(watched.room)

    told = {name for name, text in watched.told().items() if SECRET in text}

    canvas = f"/canvases/{watched.sari.canvas_id}"
    pages = ["", "/history", "/print", "/host-votes", "/events?wait=0&since=", f"/notes/{watched.note}"]
    pages += ["/selection", f"/notes/{watched.note}/comments", "/replay"]
    projector = f"{watched.room.projector()}/events?wait=0&since="
    looked = {f"host {canvas}{page}" for page in pages}
    looked |= {f"program /api{canvas}", f"program /api{canvas}/changes", f"nobody {projector}", "log"}
    assert looked <= told, looked - told


@pytest.mark.parametrize("who", ["host", "Budi"])
@pytest.mark.parametrize("which", ["note", "deleted"])
def test_nothing_others_try_reaches_it_or_tells_of_it(watched: Watched, who: str, which: str) -> None:
    note = getattr(watched, which)
    known = {"NOTE": note, "ROUND": round_of(watched.room).id, "LAST": str(watched.revision)}
    routes = {path for method, path in doors(watched.room.facilitator.app.routes) if method == "POST"}  # type: ignore[attr-defined]
    assert {path for path in routes if "{note_id}" in path} <= ATTEMPTS.keys() <= routes

    def filled(value: Any) -> Any:
        return [filled(each) for each in value] if isinstance(value, list) else known.get(value, value)

    for path, fields in ATTEMPTS.items():
        url = path.format(canvas_id=watched.sari.canvas_id, note_id=note)
        for accept in ("application/json", "text/html"):
            watched.room.house.throttle._buckets._buckets.clear()
            form = {"op_id": new_uuid()} | {name: filled(value) for name, value in fields.items()}
            answer = watched.readers[who].post(url, data=form, headers={"accept": accept})
            assert SECRET not in answer.text, path
    mine = watched.sari.http.get(f"/api/canvases/{watched.sari.canvas_id}").json()["mine"]
    assert {one["text"] for one in mine} == {f"{SECRET} {word}" for word in ("kedua", "segmen", "titipan")}


@pytest.mark.parametrize("path", ["notes/{note}/placement", "notes/{note}/deletion"])
def test_repeating_what_its_writer_did_is_answered_without_it(watched: Watched, path: str) -> None:
    # The log names every operation, and some can be spelt by whoever knows no more than that.
    ops = [change["op_id"] for change in watched.program.get("/changes", after=0)["changes"]]
    fields = {"block": "channels"} if path.endswith("placement") else {}
    form = path.format(note=watched.note if fields else watched.deleted)
    budi = Person(watched.readers["Budi"], watched.sari.canvas_id, "Budi")

    answers = [budi.post(form, op_id=op_id, **fields) for op_id in ops]
    again = [watched.sari.post(form, op_id=op_id, **fields) for op_id in ops]

    assert 200 in {answer.status_code for answer in answers}
    assert SECRET not in "".join(answer.text for answer in answers)
    assert SECRET in "".join(answer.text for answer in again), "to its writer it says the same as before"


def test_no_operation_of_the_api_tells_of_it(watched: Watched) -> None:
    url = f"/api/canvases/{watched.sari.canvas_id}/ops"
    fields = {"block": "channels", "text": "x", "base_version": 1, "revision": 1, "value": False}
    fields |= {"name": "x", "cluster": "x", "question": "?", "round": round_of(watched.room).id}
    for kind in set(get_args(Kind)) - {"reveal_notes"}:
        for headers in (watched.room.bearer(), watched.program.headers):
            for note in (watched.note, watched.deleted):
                for place in ({"note_id": note}, {"note_ids": [note]}):
                    watched.room.house.throttle._buckets._buckets.clear()
                    body = {"op_id": new_uuid(), "kind": kind, **fields, **place}
                    answer = watched.room.facilitator.post(url, json=body, headers=headers)
                    assert SECRET not in answer.text, body


def test_whoever_wrote_it_has_it_in_its_place_and_may_do_everything_with_it(watched: Watched) -> None:
    sari, canvas = watched.sari, f"/canvases/{watched.sari.canvas_id}"
    board = sari.board()

    assert f"{SECRET} kedua" in board and f"{SECRET} segmen" in board
    assert board.count("Yang lain belum melihat ini") == 3
    assert f"{SECRET} titipan" in board, "the table sees what it wrote for somebody without a device"
    assert f"{SECRET} kedua" in sari.http.get(f"{canvas}/notes/{watched.note}").text
    assert f"{SECRET} kedua" in sari.http.get(f"{canvas}/own-notes").text
    assert f"{SECRET} dihapus" in sari.http.get(f"{canvas}/trash").text
    assert f"{SECRET} kedua" in sari.http.get(f"{canvas}/history").text
    assert sari.post("undo").json()["note"]["deleted"], "the note for Pak Hasan"
    assert sari.post("redo").json()["note"]["text"] == f"{SECRET} titipan"
    late = sari.post(f"notes/{watched.note}", base_version=1, text=f"{SECRET} lain sama sekali").json()[
        "note"
    ]
    assert late["id"] != watched.note and late["veiled_by"] == person_id(sari), (
        "a second version is veiled too"
    )
    assert sari.post(f"notes/{watched.note}/deletion").status_code == 200
    assert f"{SECRET} kedua" not in sari.board()


def test_everybody_gets_the_numbers(watched: Watched) -> None:
    board, desk = watched.readers["Budi"].get(f"/canvases/{watched.sari.canvas_id}").text, watched.room.desk()
    wall = watched.readers["nobody"].get(watched.room.projector()).text

    assert "2 belum ditampilkan" in board and "2 belum ditampilkan" in wall
    assert "3 belum ditampilkan" in desk
    assert "Tulis sendiri dulu" in board and "Tulis sendiri dulu" in wall
    api = watched.program.get()
    assert (api["silent"], api["mine"]) == (True, [])
    assert api["veiled"] == {"channels": 2, "customer_segments": 1}


def test_what_was_seen_before_stays_to_be_seen_and_so_do_its_changes(watched: Watched) -> None:
    watched.sari.post(f"notes/{watched.seen}", base_version=1, text="Terlihat dan diubah")

    assert "Terlihat dan diubah" in watched.readers["Budi"].get(f"/canvases/{watched.sari.canvas_id}").text


def test_after_the_reveal_what_comes_late_is_seen_at_once_and_what_was_deleted_is_not(
    watched: Watched,
) -> None:
    reveal(watched.room, canvas=watched.sari.canvas_id)

    watched.sari.add("Ditulis sebelumnya, dikirim terlambat")
    board = watched.readers["Budi"].get(f"/canvases/{watched.sari.canvas_id}").text

    assert "Ditulis sebelumnya, dikirim terlambat" in board and f"{SECRET} titipan" in board
    assert f"{SECRET} dihapus" not in "".join(watched.told().values())
    watched.sari.post(f"notes/{watched.deleted}/restoration")
    assert f"{SECRET} dihapus" in watched.readers["Budi"].get(f"/canvases/{watched.sari.canvas_id}").text
    # The other table still writes alone.
    assert (
        "Tulis sendiri dulu"
        in watched.readers["Cici"].get(f"/canvases/{watched.room.groups[1]['canvas_id']}").text
    )


def test_hiding_and_revealing_are_set_and_never_toggled(watched: Watched) -> None:
    hide_writing(watched.room)
    hide_writing(watched.room, canvas=watched.sari.canvas_id)
    assert watched.program.get()["silent"]

    op = {"op_id": new_uuid(), "kind": "reveal_notes"}
    url = f"/api/canvases/{watched.sari.canvas_id}/ops"
    revisions = [
        watched.room.facilitator.post(url, json=op, headers=watched.room.bearer()).json()["rev"]
        for _ in range(2)
    ]
    assert revisions[0] == revisions[1]
    hide_writing(watched.room)
    watched.room.facilitator.post(url, json=op, headers=watched.room.bearer())
    assert watched.program.get()["silent"], "a repetition of the old press does not reveal the new notes"


def test_only_the_host_hides_and_reveals(watched: Watched) -> None:
    for path in ("silence", "silence/reveal"):
        answer = watched.sari.http.post(f"/workshops/{watched.room.workshop_id}/{path}")
        assert answer.status_code in (401, 403, 404)
    for kind in ("hide_writing", "reveal_notes"):
        assert watched.program.op(kind, "").status_code == 403
    assert watched.program.get()["silent"]


def test_veiled_notes_are_grouped_and_talked_about_when_everybody_sees_them(watched: Watched) -> None:
    grouped = watched.sari.post("clusters", notes=[watched.note], block="channels", name=SECRET)
    assert (grouped.status_code, grouped.json()["error"]) == (422, "not_revealed_yet")

    assert watched.sari.post(f"notes/{watched.note}/comments", kind="ask", text="?").status_code == 410
    assert (
        watched.sari.post(
            "votes", note_id=watched.note, round_id=round_of(watched.room).id, value=1
        ).status_code
        == 410
    )

    reveal(watched.room)
    assert (
        watched.sari.post("clusters", notes=[watched.note], block="channels", name="Info").status_code == 200
    )


def test_hiding_all_of_somebodys_notes_takes_those_that_would_be_seen_later(watched: Watched) -> None:
    watched.room.on_desk(f"participants/{person_id(watched.sari)}/hidden-notes")
    assert SECRET not in watched.room.desk()

    reveal(watched.room)

    assert f"{SECRET} kedua" in watched.room.desk()
    assert f"{SECRET} kedua" not in watched.sari.board()


def test_an_archive_waits_for_the_reveal_and_then_has_everything_that_was_shown(watched: Watched) -> None:
    refused = watched.room.facilitator.get(f"/workshops/{watched.room.workshop_id}/everything.zip")
    assert refused.status_code == 422 and "belum ditampilkan" in refused.text

    reveal(watched.room)
    archive = exported(watched.room)

    texts = [note["text"] for group in archive["groups"] for note in group["notes"]]
    assert f"{SECRET} kedua" in texts and f"{SECRET} dihapus" not in texts
    assert exported(watched.room, imported(watched.room, archive)) == archive
