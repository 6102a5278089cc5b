"""Lanjut: one press sets stage, timer, blocks, writing, voting and wall, never more than once (T-CLK-1)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from sqlmodel import Session

from app import clock
from app.workshop import at_step, running
from app.workshop.models import Workshop
from app.workshop.stages import Stage
from tests.conftest import browser
from tests.factories import Room, new_uuid, room_of, write
from tests.workshop.running import Leader, at_clock

ALONE = "Segmen Pelanggan: tulis sendiri"
TOGETHER = "Segmen Pelanggan: bahas"
VOTE = "Beri suara"
PLENARY = "Presentasi kelompok"


@pytest.fixture
def leader(room: Room) -> Leader:
    """A host in Banten."""

    def move(session: Session) -> None:
        session.get_one(Workshop, room.workshop_id).province = "Banten"

    write(room.facilitator, move)
    return Leader(room)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The server's clock, wherever the run sheet looks at it."""

    def set_to(moment: datetime) -> None:
        for module, name in ((running, "steady"), (at_step, "steady"), (at_step, "now")):
            monkeypatch.setattr(module, name, lambda: moment)

    return set_to


def test_one_press_sets_the_stage_the_timer_the_blocks_and_the_wall(
    leader: Leader, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(at_clock("09:00:00"))

    leader.enter(ALONE)

    stage = leader.at()
    assert stage and (stage.stage, stage.blocks) == (Stage.WRITE_ALONE, ("customer_segments",))
    assert stage.open == ("customer_segments", "parking")
    assert stage.timer.ends == at_clock("09:05:00").timestamp() * 1000
    wall = leader.scene()
    assert 'data-kind="prompt"' in wall and "Tulis sendiri dulu" in wall and stage.question in wall


def test_the_same_press_twice_or_from_a_page_that_is_behind_changes_nothing(leader: Leader) -> None:
    leader.enter(ALONE, seen="")
    first = leader.at()
    assert first

    leader.enter(ALONE, seen="")
    leader.enter(VOTE, seen="")
    leader.enter(VOTE, seen=leader.step(TOGETHER).id)
    leader.enter(ALONE, seen=first.step_id)

    assert leader.at() == first


def test_the_desk_says_what_was_what_is_and_what_comes_and_how_late_it_is(
    leader: Leader, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(at_clock("09:12:00"))
    leader.enter(ALONE)
    desk = leader.room.desk()
    assert "12 menit terlambat dari rencana" in desk
    assert "3 langkah selesai" in desk and f"{TOGETHER} dan kelompokkan · 7 menit" in desk

    set_clock(at_clock("08:50:00"))
    leader.enter(TOGETHER)

    assert "15 menit lebih cepat dari rencana" in leader.room.desk()


def test_the_script_is_the_hosts_alone(leader: Leader) -> None:
    sari = leader.room.join("Sari")
    leader.enter(ALONE)
    script = leader.step(ALONE).script["id"]

    assert script in leader.room.desk()
    live = sari.http.get(f"/canvases/{sari.canvas_id}/events?wait=0&since=x").text
    for page in (sari.board(), live, leader.scene()):
        assert "Bapak/Ibu" not in page and script not in page


def test_two_minutes_more_once_for_each_timer_that_was_seen(
    leader: Leader, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(at_clock("09:00:00"))
    leader.enter(ALONE)
    seen = leader.mark

    leader.timer("extend", seen)
    leader.timer("extend", seen)

    assert leader.at().timer.ends == at_clock("09:07:00").timestamp() * 1000  # type: ignore[union-attr]
    set_clock(at_clock("09:10:00"))
    leader.timer("extend", leader.mark)
    assert leader.at().timer.ends == at_clock("09:12:00").timestamp() * 1000  # type: ignore[union-attr]


def test_a_pause_keeps_what_is_left_however_long_it_takes_and_however_often_it_is_pressed(
    leader: Leader, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(at_clock("09:00:00"))
    leader.enter(ALONE)
    set_clock(at_clock("09:01:00"))
    leader.timer("pause")
    set_clock(at_clock("09:31:00"))
    leader.timer("pause")
    assert leader.at().timer.rest == 240_000  # type: ignore[union-attr]
    leader.timer("extend", leader.mark)

    leader.timer("go_on")
    leader.timer("go_on")

    assert leader.at().timer.ends == at_clock("09:37:00").timestamp() * 1000  # type: ignore[union-attr]


def test_people_write_where_the_step_is_and_park_what_belongs_elsewhere(leader: Leader) -> None:
    sari, host = leader.room.join("Sari"), leader.room.host()
    early = sari.add("Sebelum agenda", "channels")
    leader.enter(ALONE)

    sari.add("Perusahaan galangan", "customer_segments")
    sari.add("Nanti saja", "parking")
    late = sari.post("notes", note_id=new_uuid(), block="channels", text="Lewat WA")
    moved = sari.post(f"notes/{early['id']}/placement", block="customer_segments")

    for refused in (late, moved):
        assert refused.status_code == 423 and refused.json()["error"] == "writing_closed"
        assert refused.json()["message"].startswith("Menulis di sini sedang ditutup.")
    host.add("Dari fasilitator", "channels")
    leader.enter(TOGETHER)
    sari.add("Lewat WA", "channels")


def test_what_was_answered_before_is_answered_again_while_writing_is_closed(leader: Leader) -> None:
    sari = leader.room.join("Sari")
    form = {"op_id": new_uuid(), "note_id": new_uuid(), "block": "channels", "text": "Sekali"}
    assert sari.post("notes", **form).status_code == 200
    leader.enter(PLENARY)

    again = sari.post("notes", **form)

    assert again.status_code == 200, "a lost answer is no new writing"
    assert sari.post("undo").status_code == 423
    assert sari.post("blocks/channels/comments", kind="ask", text="Kapan?").status_code == 200


def test_what_people_write_alone_is_shown_when_the_step_after_begins(leader: Leader) -> None:
    sari, budi = leader.room.join("Sari"), leader.room.join("Budi")
    leader.enter(ALONE)
    sari.add("Perusahaan galangan", "customer_segments")
    assert "Perusahaan galangan" not in budi.board()
    assert "Perusahaan galangan" not in leader.scene() and "<b>1</b> catatan di sini" in leader.scene()

    leader.enter("Rehat")
    assert "Perusahaan galangan" not in budi.board(), "a break reveals nothing"
    leader.enter(ALONE)
    leader.enter(TOGETHER)

    assert "Perusahaan galangan" in budi.board()
    leader.enter(ALONE)
    leader.room.on_desk("step", step="", seen=leader.seen)
    sari.add("Bebas", "channels")
    assert "Bebas" in budi.board(), "the end of the agenda is the end of silence"


def test_a_vote_opens_with_its_step_and_closes_when_it_is_left(leader: Leader) -> None:
    sari = leader.room.join("Sari")
    note = sari.add("Paling penting", "channels")
    leader.enter(VOTE)
    board = sari.board()
    assert "Mana yang paling penting bagi kemitraan ini?" in board
    round_id = board.split('data-round="')[1].split('"')[0]
    assert sari.post("votes", note_id=note["id"], round_id=round_id, value="1").status_code == 200
    assert "<b>1</b> dari 1 sudah memberi suara" in leader.scene()

    leader.enter(PLENARY)
    assert "1 suara" in sari.board()
    assert 'data-kind="presentation"' in leader.scene() and 'role="timer"' in leader.scene(), (
        "who speaks sees the time"
    )

    leader.enter(VOTE)
    again = sari.board()
    assert f'data-round="{round_id}"' in again, "back at the vote, the votes are there"
    leader.enter(PLENARY)
    assert "1 suara" in sari.board()


def test_a_group_goes_its_own_way_until_it_is_brought_back(leader: Leader) -> None:
    sari, budi = leader.room.join("Sari"), leader.room.join("Budi", group=1)
    leader.enter(ALONE)
    leader.enter(PLENARY, group=1)
    assert leader.at(0).stage == Stage.WRITE_ALONE and leader.at(1).stage == Stage.PLENARY  # type: ignore[union-attr]
    assert 'data-kind="prompt"' in leader.scene(), "the wall stays with everybody"

    leader.enter(TOGETHER)
    assert leader.at(1).stage == Stage.PLENARY  # type: ignore[union-attr]
    assert budi.post("notes", note_id=new_uuid(), block="channels", text="x").status_code == 423
    sari.add("Bebas", "channels")
    for _ in range(2):
        leader.room.on_desk("rejoining", group=leader.room.groups[1]["id"])

    assert leader.at(1) == leader.at(0)
    budi.add("Ikut lagi", "channels")
    assert leader.room.on_desk("step", step=leader.step(VOTE).id, seen="", group="x").status_code == 422


def test_a_break_says_when_to_be_back_in_the_time_of_the_province(
    leader: Leader, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(at_clock("09:10:00"))

    leader.enter("Rehat")

    wall = leader.scene()
    assert 'data-kind="break"' in wall and "<b>09.25</b> WIB" in wall


def test_at_the_end_everything_is_open_again_and_an_old_page_does_not_end_it(leader: Leader) -> None:
    sari = leader.room.join("Sari")
    leader.enter(PLENARY)
    leader.room.on_desk("step", step="", seen=leader.step(VOTE).id)
    assert leader.at()

    leader.room.on_desk("step", step="", seen=leader.seen)

    assert leader.at() is None
    sari.add("Bebas", "channels")
    assert 'data-kind="presentation"' in leader.scene()


def test_a_skipped_step_is_passed_by_and_a_step_under_way_stays(leader: Leader) -> None:
    leader.enter(ALONE)
    leader.room.on_desk(f"agenda/steps/{leader.step(TOGETHER).id}/skipping", skip="1", desk="1")
    assert "Proposisi Nilai: tulis sendiri · 5 menit" in leader.room.desk()

    removal = leader.room.on_desk(f"agenda/steps/{leader.step(ALONE).id}/removal")
    other = leader.room.on_desk("agenda", key="two-days")

    assert removal.status_code == 422 and other.status_code == 422
    assert leader.at()


def test_a_restarted_server_is_at_the_same_step_with_the_same_time(leader: Leader) -> None:
    leader.enter(ALONE)
    before = leader.at()

    with browser(leader.room.house.settings) as http:
        again = Leader(room_of(http, leader.room.workshop_id))
        assert again.at() == before and before is not None


@pytest.mark.parametrize("hours", [1, -1])
def test_setting_the_clock_of_the_server_moves_no_timer(
    leader: Leader, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    class Stepped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stepped":
            return super().now(tz) + timedelta(hours=hours)

    leader.enter(ALONE)
    before = leader.room.desk()
    monkeypatch.setattr(clock, "datetime", Stepped)
    assert abs(clock.now() - datetime.now(UTC)) > timedelta(minutes=59)

    left = leader.at().timer.ends / 1000 - leader.room.facilitator.get("/clock").json()["now"] / 1000  # type: ignore[union-attr,operator]

    assert 240 < left <= 300
    until = re.compile(r"sampai (\d\d)\.\d\d WIB")
    then, later = (int(until.findall(page)[0]) for page in (before, leader.room.desk()))
    assert (later - then) % 24 in (hours % 24, (hours + 1) % 24), "what the wall says goes by its clocks"


def test_the_clock_of_the_server_is_told_to_the_millisecond(leader: Leader) -> None:
    answer = leader.room.facilitator.get("/clock")

    assert abs(answer.json()["now"] / 1000 - clock.steady().timestamp()) < 5
    assert answer.headers["cache-control"] == "no-store"
