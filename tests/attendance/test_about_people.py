"""What people say about themselves is for the host's eyes, in counts, and for nobody and nothing else."""

import re
from collections import defaultdict

import pytest
from sqlmodel import select

from app.attendance.models import CONSENT_VERSION, AttendanceRecord, Consent, SelfDescription
from tests.attendance.held import hold
from tests.canvas.silence import Watched, reveal, watched_room
from tests.canvas.test_authors import person_id, register
from tests.export.test_archive import exported, imported
from tests.factories import Person, Room
from tests.signal.test_signals import part

UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
# Of what the host gets, only these may tell.
TELLING = re.compile(r"host /workshops/\w+(/events\S*|/attendance)?$")
# A page about the laptop, never the same twice.
OTHERWISE = ("/room", "/room/now", "/healthz", "/clock")
# One moment of a canvas's past is like the others.
PAST = re.compile(r"[?](turned|rev)=\d+$")


def answer(person: Person, **said: str) -> int:
    """Press the button of “Tentang saya”."""
    return person.http.post(f"/canvases/{person.canvas_id}/about-me", data=said).status_code


def page(person: Person) -> str:
    return person.http.get(f"/canvases/{person.canvas_id}/about-me").text


def chosen(text: str) -> list[str]:
    """The answers that a form shows."""
    return re.findall(r'value="(\w+)" checked', text)


def consents(room: Room) -> list[Consent]:
    with room.house.db.read() as session:
        return list(session.exec(select(Consent)).all())


@pytest.fixture
def watched(room: Room) -> Watched:
    watched = watched_room(room)
    reveal(room)
    hold(room)
    return watched


def told(watched: Watched) -> dict[str, str]:
    """Everything that anybody but Sari gets, without what differs each time."""
    found = {}
    asked = [path for path in watched.paths() if not (path.endswith(OTHERWISE) or PAST.search(path))]
    answers = {f"{who} {path}": http.get(path) for who, http in watched.readers.items() for path in asked}
    told = {name: f"{answer.headers}{answer.text}" for name, answer in answers.items()}
    for name, text in {**told, "log": watched.log()}.items():
        if TELLING.match(name):
            continue
        text = re.sub(r'(name="(?:person|step)_id" value=")\w+', r"\1", text)
        text = re.sub(r' data-now="\d+"|\'date\': \'[^\']*\'|content-length[^,]*,', "", text)
        found[name] = re.sub(r"\b[0-9a-f]{8}-\d+\b", "R", UUID.sub("U", text))
    return found


def test_no_byte_that_anybody_else_gets_depends_on_what_somebody_said(watched: Watched) -> None:
    budi = Person(watched.readers["Budi"], watched.sari.canvas_id, "Budi")
    answer(budi, sex="male", origin="industry")
    states = []
    for said in ({"sex": "female", "origin": "alumni"}, {"sex": "male", "origin": "government"}):
        assert answer(watched.sari, **said) == 303
        on_list = {"name": f"Nama {said['origin']}", "phone": f"0812 {len(said['sex'])}00 000", "agrees": "1"}
        address = f"/canvases/{watched.sari.canvas_id}/attendance"
        assert watched.sari.http.post(address, data=on_list | said).status_code == 303
        states.append(told(watched))

    one, other = states
    assert len(one) > 200
    differing = {name for name in one if one[name] != other.get(name)}
    assert differing == set()


def test_the_archive_has_nothing_of_it_and_a_workshop_that_comes_in_neither(room: Room) -> None:
    hold(room)
    sari = room.join("Sari")
    before = exported(room)
    answer(sari, sex="female", origin="alumni")
    listed = {"name": "Sari Dewi", "agrees": "1"}
    assert sari.http.post(f"/canvases/{sari.canvas_id}/attendance", data=listed).status_code == 303

    archive = exported(room)

    assert archive == before
    imported(room, archive)
    with room.house.db.read() as session:
        assert [each.participant_id for each in session.exec(select(SelfDescription))] == [person_id(sari)]
        assert [each.id for each in session.exec(select(AttendanceRecord))] == [person_id(sari)]


def test_somebody_sees_changes_and_takes_back_their_own_answers(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    assert chosen(page(sari)) == []

    answer(sari, sex="female")
    assert chosen(page(sari)) == ["female"] and chosen(page(budi)) == []
    answer(sari, sex="undisclosed", origin="blk")
    answer(sari, sex="undisclosed", origin="blk")
    assert chosen(page(sari)) == ["undisclosed", "blk"]

    answer(sari, withdraw="1")
    assert chosen(page(sari)) == []
    with room.house.db.read() as session:
        assert session.exec(select(SelfDescription)).all() == []
    proof = [(each.version, each.language, each.by_host, bool(each.withdrawn_at)) for each in consents(room)]
    assert proof == [(CONSENT_VERSION, "id", False, True)] * 2


def test_no_answer_at_all_and_one_that_is_none_come_back_with_what_was_chosen(room: Room) -> None:
    sari = room.join("Sari")

    assert answer(sari) == 422
    assert answer(sari, sex="female", origin="moon") == 422
    assert consents(room) == []


def test_the_host_enters_it_for_somebody_without_a_phone_and_nobody_else_does(room: Room) -> None:
    sari = room.join("Sari")
    hasan = register(sari, "Pak Hasan")
    path = f"participants/{hasan}/about"

    assert room.on_desk(path, sex="male", origin="alumni").status_code == 303
    assert chosen(room.facilitator.get(f"/workshops/{room.workshop_id}/{path}").text) == ["male", "alumni"]
    assert [each.by_host for each in consents(room)] == [True]
    for method in ("GET", "POST"):
        refused = sari.http.request(method, f"/workshops/{room.workshop_id}/{path}", data={"sex": "female"})
        assert refused.status_code in (401, 403, 404)
    assert room.facilitator.get(f"/canvases/{sari.canvas_id}/about-me").status_code == 404


def test_the_desk_sees_counts_and_one_hint_a_table(room: Room) -> None:
    assert "Belum ada yang menjawab" in part(room.desk(), "balance")
    people: defaultdict[str, list[Person]] = defaultdict(list)
    for sex in ("female", "male"):
        for number in range(3):
            person = room.join(f"{sex} {number}")
            answer(person, sex=sex, origin="blk")
            people[sex].append(person)
    for person in people["male"]:
        for _ in range(2):
            person.add()

    desk = part(room.desk(), "balance")
    assert "6 dari 6 menjawab" in desk
    assert "Perempuan 3 orang · 0 catatan · 0 suara" in desk
    assert "Laki-laki 3 orang · 6 catatan · 0 suara" in desk
    assert desk.count("Catatan dari perempuan sedikit; ajak bergiliran bicara.") == 1
    assert not any(f"{sex} {number}" in desk for sex in people for number in range(3))


def test_one_woman_among_men_is_in_no_figure_and_no_hint(room: Room) -> None:
    for number in range(4):
        person = room.join(f"Orang {number}")
        answer(person, sex="male" if number else "female")
        for _ in range(3 if number else 0):
            person.add()

    desk = part(room.desk(), "balance")
    assert "Terlalu sedikit orang" in desk
    assert "Perempuan" not in desk and "Laki-laki" not in desk
    assert "Belum semua suara terdengar" in desk
