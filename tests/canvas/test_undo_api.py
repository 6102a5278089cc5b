"""Undo, redo, clearing and reinstating through the JSON API."""

import pytest

from app.live.stages import StageKey
from tests.canvas.test_api import Program
from tests.canvas.test_hidden_notes import SECRET, Watching
from tests.factories import Room, new_uuid


@pytest.fixture
def program(room: Room) -> Program:
    return Program(room)


def ask(program: Program, kind: str, **fields: object) -> dict[str, object]:
    body = {"op_id": new_uuid(), "kind": kind, **fields}
    url = f"/api/canvases/{program.canvas_id}/ops"
    answer: dict[str, object] = program.http.post(url, json=body, headers=program.headers).json()
    return answer


def texts(program: Program) -> list[str]:
    return [note["text"] for note in program.get()["notes"]]


def test_a_program_undoes_and_redoes_its_own_changes_one_after_the_other(program: Program) -> None:
    note = program.add("Satu")
    program.op("edit", note, base_version=1, text="Dua")
    program.op("edit", note, base_version=2, text="Tiga")

    seen = []
    for kind in ("undo",) * 3 + ("redo",) * 3:
        ask(program, kind)
        seen.append(texts(program))

    assert seen == [["Dua"], ["Satu"], [], ["Satu"], ["Dua"], ["Tiga"]]
    assert ask(program, "redo")["error"] == "nothing_to_redo"


def test_an_undone_edit_raises_the_version_so_that_no_old_editor_overwrites_it(program: Program) -> None:
    note = program.add("Satu")
    program.op("edit", note, base_version=1, text="Dua")
    ask(program, "undo")

    assert program.op("edit", note, base_version=1, text="Tiga").status_code == 409
    assert program.op("edit", note, base_version=3, text="Tiga").status_code == 200


def test_what_another_program_has_changed_since_stays(room: Room, program: Program) -> None:
    other, note = Program(room), program.add("Satu")
    other.op("edit", note, base_version=1, text="Kata orang lain")

    assert ask(program, "undo")["error"] == "changed_by_others"
    assert texts(program) == ["Kata orang lain"]

    ask(other, "undo")
    assert ask(program, "undo")["changed"]
    assert texts(program) == []


def test_a_change_that_others_built_on_is_passed_over(room: Room, program: Program) -> None:
    other, first, second = Program(room), program.add("Lama"), program.add("Baru")
    other.op("move", second, block="key_resources")

    ask(program, "undo")

    assert texts(program) == ["Baru"]
    assert first not in str(program.get())


def test_clearing_a_block_is_one_operation_and_one_undo_brings_all_of_it_back(program: Program) -> None:
    for text in ("Satu", "Dua", "Tiga"):
        program.add(text)

    assert ask(program, "clear", block="channels")["rev"] == 6
    assert texts(program) == []
    assert ask(program, "undo")["rev"] == 9

    assert texts(program) == ["Satu", "Dua", "Tiga"]
    revisions = [change["rev"] for change in program.get("/changes", after=0)["changes"]]
    assert revisions == list(range(1, 10))


def test_undoing_a_clearing_leaves_alone_what_others_brought_back_and_changed(
    room: Room, program: Program
) -> None:
    other, notes = Program(room), [program.add(text) for text in ("Satu", "Dua")]
    ask(program, "clear", block="channels")
    other.op("restore", notes[0])
    other.op("edit", notes[0], base_version=1, text="Sudah diubah")

    ask(program, "undo")

    assert texts(program) == ["Sudah diubah", "Dua"]


def test_reinstating_a_revision_is_undone_in_one_step(program: Program) -> None:
    first = program.add("Satu")
    program.op("edit", first, base_version=1, text="Satu, diubah")
    program.add("Dua")

    assert ask(program, "reinstate", revision=1)["changed"]
    assert texts(program) == ["Satu"]
    assert ask(program, "reinstate", revision=1)["error"] == "same_as_now"

    ask(program, "undo")
    assert texts(program) == ["Satu, diubah", "Dua"]


def test_an_undo_repeated_has_one_effect_and_one_answer(program: Program) -> None:
    program.add("Satu")
    program.add("Dua")
    op_id = new_uuid()
    url = f"/api/canvases/{program.canvas_id}/ops"
    body = {"op_id": op_id, "kind": "undo"}

    first, again = (program.http.post(url, json=body, headers=program.headers) for _ in range(2))

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert texts(program) == ["Satu"]
    other = program.http.post(url, json={**body, "kind": "redo"}, headers=program.headers)
    assert other.json()["error"] == "op_id_reused"


def test_the_other_kinds_need_their_note(program: Program) -> None:
    assert ask(program, "delete")["error"] == "field_missing"


def test_a_participants_undo_does_not_touch_a_hidden_note(room: Room, program: Program) -> None:
    note = program.add(SECRET)
    room.host().post(f"notes/{note}/hiding")

    answer = ask(program, "undo")

    assert answer["error"] == "changed_by_others"
    assert SECRET not in str(answer)


def test_what_an_undo_hides_again_leaves_the_log_of_a_running_stream(room: Room, program: Program) -> None:
    stages, portal = room.house.stages, room.facilitator.portal
    assert portal
    key = StageKey("log", program.canvas_id, "")

    async def said_since(since: int) -> str:
        async with stages.watch(key, Watching()) as log:
            await log.look()
            return str((await log.frame(since))[1], "utf-8")

    note, url = program.add(SECRET), f"/api/canvases/{program.canvas_id}/ops"
    for path in ("hiding", "showing"):
        assert room.host().post(f"notes/{note}/{path}").status_code == 200
    assert SECRET in portal.call(said_since, 0)

    undone = room.facilitator.post(url, json={"op_id": new_uuid(), "kind": "undo"}, headers=room.bearer())

    assert undone.status_code == 200
    assert SECRET not in portal.call(said_since, 0)
