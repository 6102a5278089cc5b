"""Done with a step, and hands that are up: said by people, seen at the desk, counted on the wall."""

import re

import pytest

from tests.canvas.test_api import Program
from tests.canvas.test_authors import person_id, register
from tests.factories import Person, Room, new_uuid
from tests.workshop.running import Leader

ALONE, TALK = "Saluran: tulis sendiri", "Saluran: bahas"


@pytest.fixture
def leader(room: Room) -> Leader:
    return Leader(room)


def said(person: Person) -> dict[str, list[str]]:
    """What the table of this person says, as a board tells its script."""
    found = re.search(
        r'<i id="signals" hidden data-step="([^"]*)" data-done="([^"]*)" data-hand="([^"]*)"', person.board()
    )
    assert found
    return {"step": found[1].split(), "done": found[2].split(), "hands": found[3].split()}


def done(person: Person, value: int = 1, **fields: str) -> dict[str, object]:
    """Press “Selesai”, on the page as it is or was."""
    step = fields.pop("step", "".join(said(person)["step"]))
    answer = person.post("signals", step=step, done=value, **fields)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def hand(person: Person, value: int = 1, **fields: str) -> None:
    """Press “Angkat tangan”."""
    assert person.post("signals", hand=value, **fields).status_code == 200


def part(page: str, name: str) -> str:
    """A region of the desk, without its tags."""
    found = re.search(rf'id="desk-{name}".*?</section>', page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


def lower(room: Room) -> None:
    """The host presses “Sudah dibantu” for whoever waits longest."""
    found = re.search(r'name="number" value="(\d+)"', room.desk())
    assert found
    assert room.on_desk("hands", number=found[1]).status_code == 303


def test_whoever_is_done_is_counted_at_the_desk_and_on_the_wall_until_the_next_step(
    room: Room, leader: Leader
) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    room.join("Cici", group=1)
    leader.enter(ALONE)
    before = "".join(said(sari)["step"])

    done(sari)

    assert said(budi)["done"] == [person_id(sari)]
    assert "1 dari 2 selesai" in part(room.desk(), "signals")
    assert "<b>1</b> dari 3 selesai" in leader.scene()
    room.on_desk("scene", kind="wall")
    assert "1 dari 2 selesai" in leader.scene() and "0 dari 1 selesai" in leader.scene()

    leader.enter(TALK)
    assert said(sari)["done"] == []
    done(budi, step=before)
    assert said(sari)["done"] == [], "what comes late for a step that is over counts for nothing"
    leader.enter(ALONE)
    assert said(sari)["done"] == [], "whoever comes back to a step is not done with it"


def test_done_is_about_the_step_of_ones_own_group(room: Room, leader: Leader) -> None:
    sari, cici = room.join("Sari"), room.join("Cici", group=1)
    leader.enter(ALONE)
    done(cici)
    leader.enter(TALK, group=1)

    done(sari)
    assert said(cici)["done"] == []
    done(cici)

    room.on_desk("scene", kind="prompt")
    assert "<b>1</b> dari 1 selesai" in leader.scene(), "the group that goes its own way is left out"
    room.on_desk("rejoining", group=room.groups[1]["id"])
    assert said(cici)["done"] == [person_id(cici)], "back with the others, what it said there holds"


def test_nobody_is_done_with_a_break_or_without_an_agenda_but_a_hand_is_seen(
    room: Room, leader: Leader
) -> None:
    sari = room.join("Sari")

    for _ in range(2):
        assert said(sari)["step"] == []
        refused = sari.post("signals", done=1)
        assert (refused.status_code, refused.json()["error"]) == (422, "nothing_to_finish")
        hand(sari)
        assert "Sari" in part(room.desk(), "signals")
        leader.enter("Rehat")
    assert "selesai" not in leader.scene()
    assert sari.post("signals", done=1, hand=1).json()["error"] == "signal_unclear"


def test_hands_stand_at_the_desk_by_time_until_they_come_down(room: Room) -> None:
    sari, cici = room.join("Sari"), room.join("Cici", group=1)
    hand(cici)
    hand(sari)
    hand(cici)

    shown = part(room.desk(), "signals")
    assert shown.index("Cici") < shown.index("Sari"), "raising a hand that is up does not lose one's turn"
    lower(room)
    assert said(cici)["hands"] == [] and said(sari)["hands"] == [person_id(sari)]

    hand(sari, 0)
    assert "Sudah dibantu" not in room.desk()


def test_helping_somebody_on_a_page_that_is_behind_lowers_no_hand_that_went_up_since(room: Room) -> None:
    sari = room.join("Sari")
    hand(sari)
    number = re.search(r'name="number" value="(\d+)"', room.desk())
    assert number
    hand(sari, 0)
    hand(sari)

    room.on_desk("hands", number=number[1])

    assert said(sari)["hands"] == [person_id(sari)]


def test_a_press_has_one_effect_however_often_it_arrives(room: Room) -> None:
    sari, op_id = room.join("Sari"), new_uuid()
    hand(sari, op_id=op_id)
    lower(room)

    hand(sari, op_id=op_id)

    assert said(sari)["hands"] == [], "a repetition raises no hand again"
    assert sari.post("signals", op_id=op_id, hand=0).json()["error"] == "op_id_reused"


def test_a_table_with_one_device_says_it_for_everybody_who_writes_there(room: Room, leader: Leader) -> None:
    sari, other = room.join("Sari"), room.join("Budi")
    hasan = register(sari, "Pak Hasan")
    leader.enter(ALONE)

    hand(sari, people=hasan)
    done(sari, people=f"{person_id(sari)} {hasan}")

    assert said(sari)["hands"] == [hasan]
    assert said(sari)["done"] == [person_id(sari), hasan]
    refused = sari.post("signals", hand=1, people=person_id(other))
    assert refused.json()["error"] == "author_writes"
    assert room.host().post("signals", hand=1).json()["error"] == "not_at_this_table"


def test_the_desk_sees_who_has_not_written_and_nobody_else_does(room: Room, leader: Leader) -> None:
    sari = room.join("Sari Dewi")
    room.join("Budi Santoso")
    assert "Belum ada yang menulis" in part(room.desk(), "signals")
    sari.add(block="cost_structure")
    assert "Belum menulis: Budi Santoso" in part(room.desk(), "signals")

    leader.enter(ALONE)
    assert "Belum ada yang menulis" in part(room.desk(), "signals")
    sari.add("Rahasia")

    desk = part(room.desk(), "signals")
    assert "Belum menulis: Budi Santoso" in desk and "Rahasia" not in desk
    hand(sari)
    for kind in ("prompt", "wall", "canvas"):
        room.on_desk("scene", kind=kind, group=room.groups[0]["id"])
        assert "Sari" not in leader.scene() and "Budi" not in leader.scene()
    assert "Budi" not in room.join("Cici", group=1).board()
    room.on_desk(f"participants/{person_id(sari)}/removal")
    assert "Sari" not in part(room.desk(), "signals")


def test_programs_say_the_same(room: Room, leader: Leader) -> None:
    program = Program(room)
    leader.enter(ALONE)
    url = f"/api/canvases/{program.canvas_id}/signals"

    for body in ({"done": True}, {"hand": True}, {"done": False}):
        sent = room.facilitator.post(url, json={"op_id": new_uuid(), **body}, headers=program.headers)
        assert sent.status_code == 200, sent.text

    told = room.facilitator.get(url, headers=program.headers).json()
    assert (told["rev"], told["done"], told["hands"]) == (3, [], [program.participant_id])


def without_script(person: Person, name: str) -> None:
    """Press a button of the form as it stands on the page."""
    page = person.board()
    value = re.search(rf'name="{name}" value="(\d)"', page)
    assert value
    form = {"step": "".join(said(person)["step"]), "people": "", name: value[1]}
    assert person.http.post(f"/canvases/{person.canvas_id}/signals", data=form).status_code == 303


def test_without_scripts_the_buttons_are_a_form(room: Room, leader: Leader) -> None:
    sari = room.join("Sari")
    leader.enter(ALONE)

    for name, there in (("done", "done"), ("hand", "hands")):
        without_script(sari, name)
        assert said(sari)[there] == [person_id(sari)]
        without_script(sari, name)
        assert said(sari)[there] == []
