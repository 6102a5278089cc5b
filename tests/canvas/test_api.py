"""Canvases through the JSON API."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

from app.db import Topic
from tests.factories import Room, new_uuid


class Program:
    """A participant's program with its bearer token."""

    def __init__(self, room: Room, group: int = 0) -> None:
        self.http = room.facilitator
        wanted = {"code": room.join_code, "name": "Robot", "group_id": room.groups[group]["id"]}
        joined = self.http.post("/api/join", json=wanted)
        assert joined.status_code == 200, joined.text
        self.canvas_id = joined.json()["canvas_id"]
        self.participant_id = joined.json()["participant_id"]
        self.headers = {"authorization": f"Bearer {joined.json()['token']}"}

    def op(self, kind: str, note_id: str, **fields: Any) -> Response:
        body = {"op_id": new_uuid(), "kind": kind, "note_id": note_id, **fields}
        return self.http.post(f"/api/canvases/{self.canvas_id}/ops", json=body, headers=self.headers)

    def get(self, path: str = "", **params: Any) -> Any:
        return self.http.get(
            f"/api/canvases/{self.canvas_id}{path}", params=params, headers=self.headers
        ).json()

    def add(self, text: str = "Ide") -> str:
        note_id = new_uuid()
        assert self.op("add", note_id, block="channels", text=text).status_code == 200
        return note_id


@pytest.fixture
def program(room: Room) -> Program:
    return Program(room)


def test_a_program_adds_edits_moves_deletes_and_restores(program: Program) -> None:
    note = program.add("Satu")

    assert program.op("edit", note, base_version=1, text="Dua").json()["note"]["text"] == "Dua"
    assert program.op("move", note, block="key_resources").json()["note"]["block"] == "key_resources"
    assert program.op("delete", note).json()["note"] is None
    assert program.get()["notes"] == []
    assert program.op("restore", note).json()["note"]["text"] == "Dua"
    assert [one["text"] for one in program.get()["notes"]] == ["Dua"]


def test_every_change_has_one_revision_and_the_log_has_no_holes(program: Program) -> None:
    note = program.add()
    for number in range(5):
        program.op("edit", note, base_version=number + 1, text=f"Ke-{number}")

    changes = program.get("/changes", after=0)

    assert [change["rev"] for change in changes["changes"]] == [1, 2, 3, 4, 5, 6]
    assert changes["rev"] == program.get()["rev"] == 6
    assert changes["changes"][-1]["note"]["text"] == "Ke-4"


def test_an_edit_of_an_old_version_is_answered_with_the_present_note(program: Program) -> None:
    note = program.add("Awal")
    program.op("edit", note, base_version=1, text="Baru")

    response = program.op("edit", note, base_version=1, text="Lain")

    assert response.status_code == 409
    assert response.json()["note"]["text"] == "Baru"
    assert program.get()["rev"] == 2


def test_an_edit_changes_only_what_it_names(program: Program) -> None:
    note = new_uuid()
    program.op("add", note, block="channels", text="A", side="blk", segments=[2], evidence="tested")

    edited = program.op("edit", note, base_version=1, text="B").json()["note"]

    assert (edited["text"], edited["side"], edited["segments"], edited["evidence"]) == (
        "B",
        "blk",
        [2],
        "tested",
    )


def test_a_repeated_partial_edit_is_recognised_after_other_changes(program: Program) -> None:
    note = program.add("A")
    body = {"op_id": new_uuid(), "base_version": 1, "text": "B"}
    first = program.op("edit", note, **body)
    program.op("edit", note, base_version=2, gives="sesuatu")

    again = program.op("edit", note, **body)

    assert again.status_code == 200
    assert again.json() == first.json()


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("add", {"block": "channels"}, 422),
        ("add", {"text": "x"}, 422),
        ("edit", {"text": "x"}, 410),
        ("move", {"block": "nowhere"}, 422),
        ("vote", {}, 422),
        ("add", {"block": "channels", "text": "x", "position": 3}, 422),
    ],
)
def test_incomplete_operations_are_refused(
    program: Program, kind: str, fields: dict[str, Any], status: int
) -> None:
    if kind == "edit":
        fields = {**fields, "base_version": 1}

    response = program.op(kind, new_uuid(), **fields)

    assert response.status_code == status
    assert response.json()["error"]


def test_only_a_facilitator_hides_and_what_is_hidden_leaves_the_log(room: Room, program: Program) -> None:
    note = program.add("Nomor HP 0812-0000")
    assert "0812" in str(program.get("/changes"))
    assert program.op("hide", note).status_code == 403

    url = f"/api/canvases/{program.canvas_id}/ops"
    body = {"op_id": new_uuid(), "kind": "hide", "note_id": note}
    assert room.facilitator.post(url, json=body, headers=room.bearer()).status_code == 200

    assert "0812" not in str(program.get()) + str(program.get("/changes"))


def test_a_program_waits_for_news_and_gives_up_in_time(program: Program) -> None:
    start = time.monotonic()
    assert program.get("/changes", after=0, wait=0.3)["changes"] == []
    assert time.monotonic() - start >= 0.3

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(program.get, "/changes", after=0, wait=20)
        program.add("Kabar")
        changes = waiting.result(timeout=15)["changes"]
    assert [change["note"]["text"] for change in changes] == ["Kabar"]


def test_the_api_is_documented(room: Room) -> None:
    paths = room.facilitator.get("/api/openapi.json").json()["paths"]

    assert set(paths) == {
        "/api/workshops",
        "/api/workshops/{workshop_id}",
        "/api/join",
        "/api/canvases/{canvas_id}",
        "/api/canvases/{canvas_id}/ops",
        "/api/canvases/{canvas_id}/changes",
        "/api/canvases/{canvas_id}/events",
        "/api/canvases/{canvas_id}/comments",
        "/api/canvases/{canvas_id}/comments/{comment_id}",
        "/api/canvases/{canvas_id}/signals",
        "/api/canvases/{canvas_id}/archive",
        "/api/workshops/{workshop_id}/archive",
        "/api/imports",
        "/api/imports/{workshop_id}",
    }


def test_cookies_do_not_open_the_api_for_a_foreign_bearer(room: Room, program: Program) -> None:
    own = program.http.get(f"/api/canvases/{program.canvas_id}", headers=program.headers)
    forged = program.http.get(
        f"/api/canvases/{program.canvas_id}", headers={"authorization": "Bearer nobody"}
    )

    assert (own.status_code, forged.status_code) == (200, 401)


def test_a_waiting_program_is_sent_away_when_its_access_or_the_server_ends(
    room: Room, program: Program
) -> None:
    assert room.facilitator.portal
    for end in (
        lambda: room.house.streams.revoke([Topic("participant", program.participant_id)]),
        room.house.streams.close_all,
    ):
        with ThreadPoolExecutor(1) as thread:
            asked = time.monotonic()
            waiting = thread.submit(program.get, "/changes", after=0, wait=20)
            time.sleep(0.3)
            room.facilitator.portal.call(end)
            assert waiting.result(timeout=10)["changes"] == []
            assert time.monotonic() - asked < 5


@pytest.mark.parametrize("path", ["/changes", "/events"])
def test_a_revision_beyond_all_numbers_is_refused(program: Program, path: str) -> None:
    answer = program.http.get(
        f"/api/canvases/{program.canvas_id}{path}", params={"after": 10**30}, headers=program.headers
    )
    assert answer.status_code == 422


def test_whoever_follows_the_log_sees_the_order_of_the_canvas_however_close_notes_get(
    program: Program, room: Room
) -> None:
    first, last = program.add("Awal"), program.add("Akhir")
    for number in range(50):
        room.house.throttle._buckets._buckets.clear()
        program.op("move", first if number % 2 else program.add(f"N{number}"), block="channels", before=last)

    replayed: dict[str, Any] = {}
    changes = program.get("/changes", after=0)
    for change in changes["changes"]:
        replayed[change["note_id"]] = change["note"]

    assert [change["rev"] for change in changes["changes"]] == list(range(1, changes["rev"] + 1))
    assert changes["rev"] > 2 + 25 + 50, "no neighbour had to step aside"
    assert (
        sorted(replayed.values(), key=lambda note: (note["position"], note["id"])) == program.get()["notes"]
    )
