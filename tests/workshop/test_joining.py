"""How participants come in and come back."""

import re

import pytest

from app.workshop import actions
from tests.factories import Room, fresh_browser


def test_a_typed_code_leads_to_the_join_form_however_it_is_written(room: Room) -> None:
    phone = fresh_browser(room.facilitator)
    code = room.join_code
    sloppy = f" {code[:4].lower()}-{code[4:].lower()} ".replace("0", "o").replace("1", "l")

    assert phone.post("/join", data={"code": sloppy}).headers["location"] == room.join_path


@pytest.mark.parametrize("code", ["", "123", "ZZZZ ZZZZ", "'; DROP TABLE workshop;--"])
def test_a_wrong_code_is_explained_and_kept(room: Room, code: str) -> None:
    response = fresh_browser(room.facilitator).post("/join", data={"code": code})

    assert response.status_code == 422
    assert 'id="code-error"' in response.text


def test_a_name_and_a_table_are_enough(room: Room) -> None:
    phone = fresh_browser(room.facilitator)
    page = phone.get(room.join_path).text
    assert "BBPVP Serang × Petrokimia" in page

    response = phone.post(room.join_path, data={"name": "Sari", "group": room.groups[1]["id"]})

    assert response.headers["location"] == f"/canvases/{room.groups[1]['canvas_id']}"
    assert phone.get(response.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "", "group": "0"}, "name"),
        ({"name": "Sari", "group": "x"}, "group"),
        ({"name": "Sari"}, "group"),
    ],
)
def test_what_is_missing_is_named(room: Room, form: dict[str, str], field: str) -> None:
    if form.get("group") == "0":
        form["group"] = room.groups[0]["id"]

    response = fresh_browser(room.facilitator).post(room.join_path, data=form)

    assert response.status_code == 422
    assert f"{field}-error" in response.text


def test_the_same_phone_is_the_same_person(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Milik Sari")

    again = sari.http.get(room.join_path).text
    code = sari.http.get("/join")

    assert "Sari" in again and f"/canvases/{sari.canvas_id}" in again
    assert code.headers["location"] == f"/canvases/{sari.canvas_id}"


def test_a_lost_cookie_is_replaced_by_the_facilitators_link(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Sebelum")
    member = re.search(r"/participants/(\w+)/link", room.desk())
    assert member
    page = room.on_desk(f"participants/{member[1]}/link").text
    path = "/p/" + page.split("/p/", 1)[1].split("<", 1)[0]
    new_phone = fresh_browser(room.facilitator)

    asked = new_phone.get(path)
    taken = new_phone.post(path)

    assert "Sari" in asked.text
    assert taken.headers["location"] == f"/canvases/{sari.canvas_id}"
    assert new_phone.get(taken.headers["location"]).status_code == 200
    assert new_phone.get(path).status_code == 410


def test_a_closed_door_lets_nobody_in_but_keeps_those_inside(room: Room) -> None:
    sari = room.join("Sari")
    room.on_desk("joining", open="0")

    late = fresh_browser(room.facilitator).post(
        room.join_path, data={"name": "Budi", "group": room.groups[0]["id"]}
    )

    assert late.status_code == 403
    assert sari.add("Masih menulis")["text"] == "Masih menulis"
    room.on_desk("joining", open="1")
    assert room.join("Budi").canvas_id == sari.canvas_id


def test_a_room_of_thirty_behind_one_address_gets_in(room: Room) -> None:
    wrong = fresh_browser(room.facilitator)
    for _ in range(5):
        wrong.post("/join", data={"code": "ZZZZZZZZ"})

    codes = [
        fresh_browser(room.facilitator).post("/join", data={"code": room.join_code}).status_code
        for _ in range(30)
    ]

    assert codes == [303] * 30


def test_people_sent_out_make_room_for_others(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_PARTICIPANTS", 1)
    room.join("Perusuh")
    form = {"name": "Sari", "group": room.groups[0]["id"]}
    assert fresh_browser(room.facilitator).post(room.join_path, data=form).status_code == 422

    member = re.search(r"/participants/(\w+)/removal", room.desk())
    assert member
    room.on_desk(f"participants/{member[1]}/removal")

    assert room.join("Sari").board()
