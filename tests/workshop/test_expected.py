"""Who was on the list before they came does not stand there twice, and is nobody else."""

import re
from html import unescape
from typing import Any

from tests.attendance.held import hold
from tests.attendance.test_list import FILLED, on_list
from tests.canvas.silence import hide_writing, reveal
from tests.canvas.test_authors import add_for, person_id, register
from tests.factories import Person, Room, fresh_browser
from tests.importing.test_importing import counts


def put_on_list(room: Room, pasted: str = "Budi;PT Satu;2") -> None:
    place = room.facilitator.post(f"/imports/into/{room.workshop_id}", data={"people": pasted})
    assert room.facilitator.post(place.headers["location"]).status_code == 303


def answers(page: Any) -> dict[str, str]:
    """What can be pressed, with the person it means."""
    found = re.findall(r'name="person" value="(\w+)">([^<]+)<', page.text)
    return {unescape(words): person for person, words in found}


def test_who_was_imported_is_asked_and_goes_on_at_their_own_table(room: Room) -> None:
    put_on_list(room)
    phone, before = fresh_browser(room.facilitator), counts(room)
    assert "person__bare" in room.desk()
    form = {"name": " budi", "group": room.groups[0]["id"], "institution": "PT Dua"}

    asked = phone.post(room.join_path, data=form)

    assert "Apakah Anda" in asked.text and "PT Satu" in asked.text and "Kelompok 2" in asked.text
    assert counts(room) == before, "nobody has come in yet"
    choice = form | {"person": answers(asked)["Ya, itu saya"]}
    seat = phone.post(room.join_path, data=choice).headers["location"]
    assert seat == f"/canvases/{room.groups[1]['canvas_id']}" and counts(room) == before
    budi = Person(phone, room.groups[1]["canvas_id"], "Budi")
    assert budi.add("Halo")["author"] == "Budi"
    assert "person__bare" not in room.desk()


def test_who_has_come_in_is_nobody_elses_to_be(room: Room) -> None:
    put_on_list(room)
    form = {"name": "Budi", "group": room.groups[0]["id"]}
    first, second = (fresh_browser(room.facilitator) for _ in range(2))
    person = answers(first.post(room.join_path, data=form))["Ya, itu saya"]
    sari = person_id(room.join("Sari"))
    assert first.post(room.join_path, data=form | {"person": person}).status_code == 303

    for taken, name in ((person, "Budi"), (sari, "Sari"), (sari, "Budi"), ("x", "Budi")):
        refused = second.post(room.join_path, data=form | {"person": taken, "name": name})
        assert refused.status_code == 422 and "mintalah tautan pribadi" in refused.text
        assert not refused.headers.get("set-cookie")
    assert second.post(room.join_path, data=form).status_code == 303, "nobody is asked any more"


def test_somebody_of_the_same_name_comes_in_as_themselves(room: Room) -> None:
    put_on_list(room)
    before = counts(room)
    form = {"name": "Budi", "group": room.groups[0]["id"], "person": "new"}

    answer = fresh_browser(room.facilitator).post(room.join_path, data=form)

    assert answer.headers["location"] == f"/canvases/{room.groups[0]['canvas_id']}"
    assert counts(room)[1] == before[1] + 1


def test_nobody_is_asked_who_is_let_in_nowhere(room: Room) -> None:
    put_on_list(room)
    room.on_desk("joining", open="0")
    form = {"name": "Budi", "group": room.groups[1]["id"]}
    phone = fresh_browser(room.facilitator)

    for more in ({}, {"person": "0" * 32}):
        assert phone.post(room.join_path, data=form | more).status_code == 403


def test_what_the_table_may_not_see_opens_by_a_personal_link_alone(room: Room) -> None:
    hold(room)
    sari = room.join("Sari")
    hasan, rina = register(sari, "Hasan"), register(sari, "Rina")
    on_list(room, f"/people/{hasan}", **FILLED | {"name": "H. Hasan Basri"})
    hide_writing(room)
    assert add_for(sari, rina).status_code == 200
    phone = fresh_browser(room.facilitator)

    for name, person in (("Hasan", hasan), ("Rina", rina)):
        form = {"name": name, "group": room.groups[0]["id"]}
        asked = phone.post(room.join_path, data=form)
        assert "mintalah tautan pribadi" in asked.text and answers(asked) == {"Bukan, saya orang lain": "new"}
        assert phone.post(room.join_path, data=form | {"person": person}).status_code == 422
    reveal(room)
    assert phone.post(room.join_path, data=form | {"person": rina}).status_code == 303
