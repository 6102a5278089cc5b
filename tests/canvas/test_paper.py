"""Typing in from paper: by the table, by the facilitator, and as a plain form."""

import re

from httpx2 import Response

from tests.canvas.test_authors import person_id, register
from tests.factories import Person, Room, new_uuid


def type_in(who: Person, text: str, block: str = "channels", author: str = "") -> Response:
    form = {"op_id": new_uuid(), "note_id": new_uuid(), "block": block, "author_id": author, "text": text}
    return who.http.post(f"/canvases/{who.canvas_id}/paper", data=form)


def page(who: Person) -> str:
    return who.http.get(f"/canvases/{who.canvas_id}/paper").text


def authors(who: Person) -> list[str]:
    select = page(who).split('name="author_id"')[1].split("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]+)<", select)


def test_block_and_author_stay_for_the_next_note(room: Room) -> None:
    wulan = room.join("Wulan")
    sari = register(wulan)

    answer = type_in(wulan, "Radio desa", "key_activities", sari)

    assert answer.headers["location"].endswith(f"/paper?block=key_activities&author={sari}")
    back = wulan.http.get(answer.headers["location"]).text
    assert '<option value="key_activities" selected>' in back
    assert f'<option value="{sari}" selected>' in back
    assert "Radio desa" in back
    assert "· Sari" in back


def test_a_step_of_the_follow_up_plan_is_nothing_typed_in_from_paper(room: Room) -> None:
    wulan = room.join("Wulan")
    wulan.add("Radio desa")
    wulan.add("Surat untuk Apindo", "follow_up")

    assert "Radio desa" in page(wulan)
    assert "Surat untuk Apindo" not in page(wulan)


def test_a_table_types_for_its_people_and_a_facilitator_for_everybody(room: Room) -> None:
    wulan, budi = room.join("Wulan"), room.join("Budi")
    register(wulan)

    assert authors(wulan) == ["Wulan", "Sari"]
    assert authors(room.host()) == ["Fasilitator", "Wulan", "Budi", "Sari"]
    assert type_in(room.host(), "Dari kertas", author=person_id(budi)).status_code == 303
    assert "Dari kertas" in page(room.host())
    assert "Dari kertas" not in page(wulan), "each sees what they typed in themselves"
    assert type_in(wulan, "Dari kertas", author=person_id(budi)).status_code == 422


def test_what_was_typed_in_by_mistake_goes_to_the_trash_and_back_to_the_form(room: Room) -> None:
    wulan = room.join("Wulan")
    type_in(wulan, "Salah ketik")
    (path,) = re.findall(r'action="(/canvases/[^"]+/withdrawal)"', page(wulan).split("<template")[0])

    answer = wulan.http.post(path, data={"op_id": new_uuid()})

    assert "/paper?block=channels" in answer.headers["location"]
    assert "Salah ketik" not in page(wulan)
    assert "Salah ketik" in wulan.http.get(f"/canvases/{wulan.canvas_id}/trash").text


def test_hidden_notes_are_not_among_those_typed_in_last(room: Room) -> None:
    wulan = room.join("Wulan")
    note = wulan.add("Rahasia")
    assert "Rahasia" in page(wulan)
    room.host().post(f"notes/{note['id']}/hiding")
    assert "Rahasia" not in page(wulan)
