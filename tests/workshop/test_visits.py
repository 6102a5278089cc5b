"""Guests at other canvases, and where the host leads everybody: what they may do, and when they go on."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.workshop import visits
from app.workshop.stages import visits_in
from tests.factories import Person, Room, new_uuid, open_room
from tests.workshop.running import Leader

WALK = "Kunjung karya"
PARTNERSHIPS = "BLK Serang × Petrokimia\nBLK Lebak × Alas kaki\nBLK Cilegon × Galangan"


@pytest.fixture
def leader(anonymous: TestClient) -> Leader:
    """Three groups, before their gallery walk."""
    room = open_room(anonymous, PARTNERSHIPS)
    assert room.on_desk("agenda", key="two-days").status_code == 303
    return Leader(room)


@pytest.fixture
def sari(leader: Leader) -> Person:
    """Somebody of the first group."""
    return leader.room.join("Sari")


def canvas(room: Room, group: int) -> str:
    return room.groups[group]["canvas_id"]


def sees(person: Person, room: Room, group: int) -> bool:
    return person.http.get(f"/canvases/{canvas(room, group)}").status_code == 200


def guest(person: Person, room: Room, group: int) -> Person:
    """The same person at the canvas of another group."""
    return Person(person.http, canvas(room, group), person.name)


def on(leader: Leader, visit: int) -> None:
    """Press "on to the next canvas" on a page that shows this visit."""
    answer = leader.room.on_desk("visit", step=leader.step(WALK).id, visit=str(visit))
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("minutes", "groups", "visited"), [(45, 5, 4), (15, 5, 3), (3, 5, 1), (45, 2, 1), (45, 1, 0)]
)
def test_a_walk_has_as_many_visits_as_there_is_time_for(minutes: int, groups: int, visited: int) -> None:
    assert visits_in(minutes, groups) == visited


def test_each_group_goes_round_and_sees_only_where_it_was_sent(leader: Leader, sari: Person) -> None:
    room = leader.room
    assert not sees(sari, room, 1)

    leader.enter(WALK)
    assert sees(sari, room, 1) and not sees(sari, room, 2)
    assert f'data-visits="{room.groups[0]["id"]}:{canvas(room, 1)} ' in sari.board()

    on(leader, 1)
    on(leader, 1)
    stage = leader.at()
    assert stage and (stage.visit, stage.visit_count) == (2, 2)
    assert sees(sari, room, 2)

    leader.enter("Perbaikan kanvas")
    assert "data-visits" not in sari.board()


def test_guests_talk_and_never_write_settle_or_vote(leader: Leader, sari: Person) -> None:
    room = leader.room
    host = room.join("Budi", group=1)
    note = host.add("Bursa kerja")["id"]
    asked = host.post("blocks/channels/comments", kind="ask", text="Kapan?").json()["comment"]["id"]
    leader.enter(WALK)
    there = guest(sari, room, 1)

    said = there.post(f"notes/{note}/comments", kind="suggest", text="Undang alumni")
    assert said.status_code == 200
    assert there.post(f"comments/{said.json()['comment']['id']}", deed="withdraw").status_code == 200
    assert there.post(f"comments/{asked}/replies", text="Bulan depan").status_code == 200

    refused = [
        there.post("notes", note_id=note, block="channels", text="Bukan meja kami"),
        there.post(f"notes/{note}/deletion"),
        there.post(f"comments/{asked}", deed="resolve"),
        there.post(f"comments/{asked}", deed="hide"),
        there.post("undo"),
        there.post("signals", hand=1),
    ]
    assert [answer.status_code for answer in refused] == [403] * 6
    board = there.board()
    assert "data-readonly" in board and 'id="add"' not in board and "Bursa kerja" in board
    assert 'id="sign"' not in board
    assert f'data-home="/canvases/{sari.canvas_id}"' in board


def test_the_owners_go_on_writing_and_what_guests_say_late_is_taken(leader: Leader, sari: Person) -> None:
    host = leader.room.join("Budi", group=1)
    leader.enter(WALK)
    host.add("Ditulis selama kunjungan")
    leader.enter("Perbaikan kanvas")

    late = guest(sari, leader.room, 1).post("blocks/channels/comments", kind="like", text="Jelas sekali")

    assert late.status_code == 200
    board = host.board()
    assert "Masukan para tamu" in board and f'href="/canvases/{host.canvas_id}/comments"' in board
    assert "Sari · Kelompok 1" in host.http.get(f"/canvases/{host.canvas_id}/comments?every=1").text


def test_when_the_time_of_a_visit_is_up_everybody_goes_on(
    leader: Leader, sari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = leader.room
    leader.enter(WALK)
    portal = room.facilitator.portal
    assert portal

    portal.call(room.house.rotation.look)
    assert not sees(sari, room, 2)

    over = clock.steady() + timedelta(minutes=23)
    monkeypatch.setattr(visits, "steady", lambda: over)
    portal.call(room.house.rotation.look)
    portal.call(room.house.rotation.look)

    stage = leader.at()
    assert (
        stage
        and stage.visit == 2
        and stage.timer.ends == pytest.approx((over + timedelta(minutes=22.5)).timestamp() * 1000)
    )
    assert sees(sari, room, 2)


def test_a_paused_walk_stays_where_it_is(leader: Leader, monkeypatch: pytest.MonkeyPatch) -> None:
    leader.enter(WALK)
    leader.timer("pause")
    over = clock.steady() + timedelta(hours=2)
    monkeypatch.setattr(visits, "steady", lambda: over)

    with leader.room.house.db.read() as session:
        assert visits.due_visits(session) == []


def test_the_host_leads_everybody_to_one_canvas_and_back(leader: Leader, sari: Person) -> None:
    room = leader.room
    owner = room.join("Budi", group=2)

    assert room.on_desk("attention", to=f"canvas:{canvas(room, 2)}").status_code == 303
    assert sees(sari, room, 2)
    for person in (sari, owner):
        assert f"{room.groups[0]['id']}:{canvas(room, 2)}" in person.board()
    assert f"{room.groups[2]['id']}:" not in owner.board()

    assert room.on_desk("attention", to="").status_code == 303
    assert "data-visits" not in sari.board()


def test_being_led_away_ends_where_the_gallery_walk_is(leader: Leader, sari: Person) -> None:
    room = leader.room
    leader.enter(WALK)
    room.on_desk("attention", to=f"canvas:{canvas(room, 2)}")
    room.on_desk("attention", to="")

    assert f'data-visits="{room.groups[0]["id"]}:{canvas(room, 1)} ' in sari.board()


@pytest.mark.parametrize("to", ["block:none", "canvas:none", "canvas:", "elsewhere"])
def test_nobody_is_led_to_what_is_not_there(leader: Leader, to: str) -> None:
    assert leader.room.on_desk("attention", to=to).status_code == 422


def test_a_lock_closes_a_block_a_canvas_or_everything_to_participants(leader: Leader, sari: Person) -> None:
    room = leader.room
    budi = room.join("Budi", group=1)

    def answers() -> list[int]:
        written = [(sari, "channels"), (sari, "key_resources"), (budi, "channels"), (room.host(), "channels")]
        return [
            person.post("notes", note_id=new_uuid(), block=block, text="Ide").status_code
            for person, block in written
        ]

    def lock(**which: str) -> list[int]:
        assert room.on_desk("locks", **which).status_code == 303
        return answers()

    assert lock(locked="1", canvas=canvas(room, 0), place="channels") == [423, 200, 200, 200]
    assert "Dikunci fasilitator: Saluran." in sari.board()
    assert lock(locked="1", canvas=canvas(room, 0)) == [423, 423, 200, 200]
    assert lock(locked="1") == [423, 423, 423, 200]
    assert lock(locked="0", place="channels") == [200, 423, 200, 200]
    assert lock(locked="0") == [200] * 4
    assert room.on_desk("locks", locked="1", place="none").status_code == 422
