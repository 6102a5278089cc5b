"""A hidden note is out of reach for everybody but the facilitators, in every way there is to ask for it."""

from collections.abc import Iterable

import pytest
from sqlmodel import select

from app.canvas.models import Canvas
from app.db import Topic
from app.live.stages import StageKey
from app.workshop.models import Participant
from tests.canvas.test_api import Program
from tests.factories import Room

SECRET = "Kata yang disembunyikan"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("", {"base_version": 1, "text": SECRET + " lagi"}),
        ("", {"base_version": 0, "text": SECRET + " lagi"}),
        ("/placement", {"block": "key_resources"}),
        ("/deletion", {}),
        ("/restoration", {}),
    ],
)
def test_no_form_of_the_board_reaches_a_hidden_note(room: Room, path: str, fields: dict[str, object]) -> None:
    sari = room.join()
    note = sari.add(SECRET)
    assert room.host().post(f"notes/{note['id']}/hiding").status_code == 200

    answer = sari.post(f"notes/{note['id']}{path}", **fields)

    assert answer.status_code == 410
    assert SECRET not in answer.text
    assert SECRET not in sari.board()
    # The facilitator brings it back as it was.
    assert room.host().post(f"notes/{note['id']}/showing").json()["note"]["text"] == SECRET
    assert sari.board().count(SECRET) > 0


def test_a_facilitator_who_also_sits_at_the_table_still_shows_what_was_hidden(room: Room) -> None:
    note = room.join().add(SECRET)
    form = {"name": "Fasilitator", "group": room.groups[0]["id"]}
    assert room.facilitator.post(room.join_path, data=form).status_code == 303

    assert room.host().post(f"notes/{note['id']}/hiding").status_code == 200
    assert room.host().post(f"notes/{note['id']}/showing").json()["note"]["hidden"] is False


@pytest.mark.parametrize("kind", ["edit", "move", "delete", "restore"])
def test_no_operation_of_the_api_reaches_a_hidden_note(room: Room, program: Program, kind: str) -> None:
    note = program.add(SECRET)
    room.host().post(f"notes/{note}/hiding")

    answer = program.op(kind, note, block="key_resources", base_version=0, text="x")

    assert answer.status_code == 410
    assert SECRET not in answer.text


def test_a_hidden_note_leaves_the_log_for_those_who_come_back_to_a_running_stream(
    room: Room, program: Program
) -> None:
    stages, portal = room.house.stages, room.facilitator.portal
    assert portal
    key = StageKey("log", program.canvas_id, "")

    async def said_since(since: int) -> str:
        async with stages.watch(key, Watching()) as log:
            await log.look()
            return str((await log.frame(since))[1], "utf-8")

    portal.call(said_since, 0)
    note = program.add(SECRET)
    assert SECRET in portal.call(said_since, 0)

    room.host().post(f"notes/{note}/hiding")
    assert SECRET not in portal.call(said_since, 0)

    room.host().post(f"notes/{note}/showing")
    assert SECRET in portal.call(said_since, 0)


class Watching:
    """Keeps a stage open."""

    def wake(self) -> None:
        pass


@pytest.fixture
def program(room: Room) -> Program:
    return Program(room)


def test_hiding_somebodys_notes_is_one_step(room: Room) -> None:
    sari = room.join("Sari")
    for number in range(3):
        sari.add(f"{SECRET} {number}")
    before = revision(room, sari.canvas_id)
    commits: list[int] = []
    on_commit = room.house.db.on_commit

    def count(topics: Iterable[Topic]) -> None:
        commits.append(1)
        on_commit(topics)

    room.house.db.on_commit = count

    assert room.on_desk(f"participants/{person_id(room)}/hidden-notes").status_code == 303

    assert SECRET not in sari.board()
    assert revision(room, sari.canvas_id) == before + 3
    assert len(commits) == 1


def revision(room: Room, canvas_id: str) -> int:
    with room.house.db.read() as session:
        return session.get_one(Canvas, canvas_id).revision


def person_id(room: Room) -> str:
    with room.house.db.read() as session:
        return session.exec(select(Participant.id)).one()
