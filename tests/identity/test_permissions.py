"""The whole table of who may do what, and the routes that obey it."""

from collections.abc import Callable

import pytest
from httpx2 import Response
from sqlmodel import select

from app.identity.permissions import Place, Verb, Viewer, has_account, may, may_host
from app.workshop.models import Participant
from tests.factories import Person, Room, fresh_browser, new_uuid, sign_up

HERE = Place("w1", "g1", frozenset({"g3"}))
NOBODY = Viewer()
ONE, TWO = frozenset({"w1"}), frozenset({"w2"})
OWNER = Viewer(facilitator_id="f1", facilitates=ONE, leads=ONE)
CO = Viewer(facilitator_id="f3", facilitates=ONE, is_guest=True)
REMOTE = Viewer(facilitator_id="f1", facilitates=ONE, leads=ONE, is_remote=True)
STRANGER = Viewer(facilitator_id="f2", facilitates=TWO, leads=TWO)
MEMBER = Viewer(participant_id="p1", participant_workshop_id="w1", participant_group_id="g1")
NEIGHBOUR = Viewer(participant_id="p2", participant_workshop_id="w1", participant_group_id="g2")
GUEST = Viewer(participant_id="p3", participant_workshop_id="w2", participant_group_id="g1")
SENT_HERE = Viewer(participant_id="p4", participant_workshop_id="w1", participant_group_id="g3")
PROJECTOR = Viewer(projects="w1")


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [
        (NOBODY, set()),
        (OWNER, set(Verb)),
        (CO, set(Verb) - {Verb.LEAD}),
        (REMOTE, set(Verb) - {Verb.ENROL, Verb.ADMIT, Verb.LEAD}),
        (STRANGER, set()),
        (MEMBER, {Verb.SEE, Verb.TALK, Verb.WRITE}),
        (SENT_HERE, {Verb.SEE, Verb.TALK}),
        (NEIGHBOUR, set()),
        (GUEST, set()),
        (PROJECTOR, {Verb.SHOW}),
    ],
)
def test_everybody_may_do_exactly_what_is_theirs(viewer: Viewer, allowed: set[Verb]) -> None:
    assert {verb for verb in Verb if may(viewer, verb, HERE)} == allowed


def test_only_hosts_make_workshops_and_only_people_change_passwords() -> None:
    everybody = (NOBODY, OWNER, CO, REMOTE, STRANGER, MEMBER, PROJECTOR)

    assert [may_host(one) for one in everybody] == [one in (OWNER, STRANGER) for one in everybody]
    assert [has_account(one) for one in everybody] == [one in (OWNER, CO, STRANGER) for one in everybody]


def test_a_participant_runs_nothing_even_in_the_own_workshop() -> None:
    assert not may(MEMBER, Verb.RUN, Place("w1"))


def test_a_neighbour_neither_reads_nor_writes_another_groups_canvas(room: Room) -> None:
    sari, neighbour = room.join("Sari", group=0), room.join("Budi", group=1)
    note = sari.add("Rahasia meja")
    base = f"/canvases/{sari.canvas_id}"
    at_note = f"{base}/notes/{note['id']}"

    def form(**fields: object) -> dict[str, object]:
        return {"op_id": new_uuid(), **fields}

    attempts: dict[str, Callable[[Person], Response]] = {
        "board": lambda who: who.http.get(base),
        "events": lambda who: who.http.get(f"{base}/events", params={"since": "x-1"}),
        "editor": lambda who: who.http.get(at_note),
        "pdf": lambda who: who.http.get(f"{base}/canvas.pdf"),
        "print": lambda who: who.http.get(f"{base}/print"),
        "add": lambda who: who.http.post(
            f"{base}/notes", data=form(note_id=new_uuid(), block="channels", text="x")
        ),
        "edit": lambda who: who.http.post(at_note, data=form(base_version=1, text="x")),
        "move": lambda who: who.http.post(f"{at_note}/placement", data=form(block="channels")),
        "delete": lambda who: who.http.post(f"{at_note}/deletion", data=form()),
    }
    for name, attempt in attempts.items():
        assert attempt(neighbour).status_code == 403, name
    assert sari.board().count("Rahasia meja") > 0
    # And every one of them works for somebody who sits there.
    for name, attempt in attempts.items():
        if name not in ("pdf", "print"):
            assert attempt(sari).status_code < 400, name


def test_a_participant_neither_moderates_nor_opens_the_desk(room: Room) -> None:
    sari = room.join()
    note = sari.add()

    assert sari.post(f"notes/{note['id']}/hiding").status_code == 403
    assert sari.http.get(f"/workshops/{room.workshop_id}").status_code == 401
    assert sari.http.post(f"/workshops/{room.workshop_id}/joining", data={"open": "0"}).status_code == 401


def test_another_facilitator_finds_nothing_of_a_workshop_that_is_not_theirs(room: Room) -> None:
    other = fresh_browser(room.facilitator)
    sign_up(other, "Orang lain")

    assert other.get("/").status_code == 200
    assert "Lokakarya Banten" not in other.get("/").text
    assert other.get(f"/workshops/{room.workshop_id}").status_code == 404
    assert other.post(f"/workshops/{room.workshop_id}/scene", data={"kind": "wall"}).status_code == 404
    assert other.get(f"/canvases/{room.groups[0]['canvas_id']}").status_code == 403


def test_a_removed_participant_loses_access_at_once_and_comes_back_with_a_link(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Tetap di sini")
    with room.house.db.read() as session:
        person = session.exec(select(Participant)).one()

    room.on_desk(f"participants/{person.id}/removal")

    assert sari.post("notes", note_id=new_uuid(), block="channels", text="Masih?").status_code == 401
    assert "Tetap di sini" in room.host().board()
    room.on_desk(f"participants/{person.id}/restoration")
    page = room.on_desk(f"participants/{person.id}/link").text
    link = page.split("/p/", 1)[1].split("<", 1)[0]
    taken = sari.http.post(f"/p/{link}")
    assert taken.status_code == 303
    assert "Tetap di sini" in sari.board()
    assert fresh_browser(room.facilitator).post(f"/p/{link}").status_code == 410


def test_a_device_nobody_knows_is_shown_the_way_in(room: Room) -> None:
    lost = fresh_browser(room.facilitator)

    page = lost.get(f"/canvases/{room.groups[0]['canvas_id']}")
    program = lost.get(f"/api/canvases/{room.groups[0]['canvas_id']}")

    assert page.status_code == 401
    assert 'href="/"' in page.text and "kode gabung" in page.text
    assert (program.status_code, program.json()["error"]) == (401, "not_joined")
