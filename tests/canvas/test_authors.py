"""In whose name a note is written: one's own, or at a table that of its people without a device."""

import re
from typing import Any

from httpx2 import Response

from tests.export.test_archive import exported, imported
from tests.factories import Person, Room, new_uuid


def person_id(who: Person) -> str:
    """The id of whoever is signed in."""
    found = re.search(r'data-me="(\w+)"', who.board())
    assert found
    return found[1]


def register(who: Person, name: str = "Sari", **fields: str) -> str:
    """Put somebody without a device on the list of the table; their id."""
    form = {"person_id": new_uuid(), "name": name, **fields}
    answer = who.http.post(f"/canvases/{who.canvas_id}/people", data=form)
    assert answer.status_code == 303, answer.text
    return form["person_id"].replace("-", "")


def add_for(who: Person, author_id: str, **fields: Any) -> Response:
    form = {"note_id": new_uuid(), "block": "channels", "text": "Bursa kerja", "author_id": author_id}
    return who.post("notes", **form, **fields)


def refused(answer: Response) -> str:
    assert answer.status_code == 422, answer.text
    return str(answer.json()["error"])


def take_phone(room: Room, participant_id: str) -> Person:
    """The person opens a personal link from the desk on a phone."""
    page = room.on_desk(f"participants/{participant_id}/link").text
    link = re.search(r"/p/[\w-]+", page)
    assert link
    phone = room.join("Tamu").http
    canvas = phone.post(link[0]).headers["location"].split("/")[2]
    return Person(phone, canvas, "Sari")


def test_a_table_writes_for_its_people_without_a_device_and_the_log_keeps_who_did(room: Room) -> None:
    wulan = room.join("Wulan")
    sari = register(wulan)

    note = add_for(wulan, sari).json()["note"]

    assert (note["author_id"], note["author"]) == (sari, "Sari")
    history = wulan.http.get(f"/canvases/{wulan.canvas_id}/history").text
    assert "Wulan" in history
    assert "atas nama Sari" in history
    assert wulan.post("undo").json()["note"]["deleted"], "and whoever did it may undo it"


def test_nobody_writes_for_somebody_who_has_a_device_or_sits_elsewhere(room: Room) -> None:
    wulan, budi, neighbour = room.join("Wulan"), room.join("Budi"), room.join("Citra", group=1)
    elsewhere = register(neighbour, "Dewi")

    assert refused(add_for(wulan, person_id(budi))) == "author_writes"
    assert refused(add_for(wulan, elsewhere)) == "author_writes"
    assert refused(add_for(wulan, "nobody")) == "author_unknown"
    assert add_for(wulan, person_id(wulan)).json()["note"]["author"] == "Wulan"
    assert "Bursa kerja" in wulan.board(), "one's own name is nothing special"


def test_a_facilitator_writes_for_everybody_in_the_workshop_and_nobody_outside(room: Room) -> None:
    budi = room.join("Budi")

    assert add_for(room.host(), person_id(budi)).json()["note"]["author"] == "Budi"
    assert add_for(room.host(group=1), person_id(budi)).json()["note"]["author"] == "Budi"
    assert refused(add_for(room.host(), new_uuid())) == "author_unknown"


def test_whoever_takes_a_phone_goes_on_alone_under_the_same_name(room: Room) -> None:
    wulan = room.join("Wulan")
    sari = register(wulan)
    sent = {
        "op_id": new_uuid(),
        "note_id": new_uuid(),
        "block": "channels",
        "text": "Satu",
        "author_id": sari,
    }
    first = wulan.post("notes", **sent).json()
    assert f'value="{sari}"' in wulan.board()

    phone = take_phone(room, sari)

    assert phone.add("Tulis sendiri")["author_id"] == sari
    assert refused(add_for(wulan, sari)) == "author_writes"
    again = wulan.post("notes", **sent).json()
    assert again | {"live": 0} == first | {"live": 0}, "what was accepted before is answered as before"
    assert f'value="{sari}"' not in wulan.board()


def test_somebody_who_was_sent_out_is_written_for_no_more(room: Room) -> None:
    wulan = room.join("Wulan")
    sari = register(wulan)
    room.on_desk(f"participants/{sari}/removal")
    assert refused(add_for(wulan, sari)) == "author_unknown"


def test_a_program_names_the_author_too(room: Room) -> None:
    wulan = room.join("Wulan")
    sari = register(wulan)
    joined = {"code": room.join_code, "name": "Robot", "group_id": room.groups[0]["id"]}
    token = room.facilitator.post("/api/join", json=joined).json()["token"]
    op = {"op_id": new_uuid(), "kind": "add", "note_id": new_uuid(), "block": "channels", "text": "x"}

    def perform(author_id: str, **headers: str) -> Response:
        body = {**op, "op_id": new_uuid(), "note_id": new_uuid(), "author_id": author_id}
        return room.facilitator.post(f"/api/canvases/{wulan.canvas_id}/ops", json=body, headers=headers)

    assert perform(sari, authorization=f"Bearer {token}").json()["note"]["author"] == "Sari"
    assert refused(perform(person_id(wulan), authorization=f"Bearer {token}")) == "author_writes"
    assert perform(person_id(wulan), **room.bearer()).json()["note"]["author"] == "Wulan"


def test_chips_stand_only_where_there_is_somebody_to_choose(room: Room) -> None:
    wulan = room.join("Wulan")
    chips = re.compile(r"<div[^>]*data-authors[^>]*>")

    def shown(who: Person) -> bool:
        found = chips.search(who.board())
        assert found
        return not found[0].endswith("hidden>")

    assert not shown(wulan)
    register(room.join("Citra", group=1), "Dewi")
    assert not shown(wulan)
    register(wulan)
    assert shown(wulan)
    assert shown(room.host())


def test_a_person_is_registered_once_and_with_what_the_join_form_asks(room: Room) -> None:
    wulan = room.join("Wulan")
    person = new_uuid()
    for _ in range(2):
        register(wulan, person_id=person, institution="BLK Lebak", side="blk")
    path = f"/canvases/{wulan.canvas_id}/people"

    page = wulan.http.get(path).text
    assert page.count("<b>Sari</b>") == 1
    assert "BLK Lebak" in page
    assert "tanpa HP" in room.desk()
    empty = wulan.http.post(path, data={"person_id": new_uuid(), "name": " ", "institution": "BLK Las"})
    assert empty.status_code == 422
    assert "BLK Las" in empty.text, "what was typed is kept"


def test_behind_a_closed_door_only_the_facilitator_registers(room: Room) -> None:
    wulan = room.join("Wulan")
    room.on_desk("joining", open="0")
    path, form = f"/canvases/{wulan.canvas_id}/people", {"person_id": new_uuid(), "name": "Sari"}

    assert "tutup" in wulan.http.get(path).text
    assert wulan.http.post(path, data=form).status_code == 403
    assert register(room.host())


def test_a_person_without_a_device_is_one_in_an_archive_too(room: Room) -> None:

    register(room.join("Wulan"))
    before = exported(room)

    assert [person["has_device"] for person in before["groups"][0]["participants"]] == [True, False]
    assert exported(room, imported(room, before)) == before
