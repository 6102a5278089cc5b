"""Making a workshop and running its desk."""

import re

import pytest
from fastapi.testclient import TestClient

from app.resources import TEMPLATES
from app.workshop.models import SceneKind
from app.workshop.plans import read_partnerships
from tests.factories import Room, open_room, sign_up


@pytest.mark.parametrize(
    "line",
    [
        "BBPVP Serang × Petrokimia Cilegon × Teknik Las",
        "BBPVP Serang x Petrokimia Cilegon X Teknik Las",
        "BBPVP Serang\tPetrokimia Cilegon\tTeknik Las",
        "BBPVP Serang; Petrokimia Cilegon; Teknik Las",
        "BBPVP Serang | Petrokimia Cilegon | Teknik Las",
        "BBPVP Serang – Petrokimia Cilegon – Teknik Las",
        "  BBPVP Serang - Petrokimia Cilegon - Teknik Las  ",
    ],
)
def test_a_pasted_line_is_read_however_it_is_separated(line: str) -> None:
    (group,) = read_partnerships(f"\n{line}\n\n")

    assert (group.training_centre, group.industry_partner, group.vocational_field) == (
        "BBPVP Serang",
        "Petrokimia Cilegon",
        "Teknik Las",
    )


def test_a_hyphen_within_a_name_separates_nothing() -> None:
    (group,) = read_partnerships("BLK-Komunitas × Astra-Daihatsu")

    assert (group.training_centre, group.industry_partner) == ("BLK-Komunitas", "Astra-Daihatsu")


def test_one_form_makes_a_workshop_that_stands(anonymous: TestClient) -> None:
    room = open_room(anonymous, "BBPVP Serang × Petrokimia\nBLK Lebak × Alas kaki\nBLK Cilegon")

    desk = room.desk()

    assert all(f"Kelompok {number}" in desk for number in (1, 2, 3)) and "Kelompok 4" not in desk
    assert "BBPVP Serang × Petrokimia" in desk and "BLK Cilegon" in desk
    assert f"{room.join_code[:4]} {room.join_code[4:]}" in desk
    assert anonymous.get(f"{room.join_path}/qr.svg").headers["content-type"] == "image/svg+xml"


def test_a_workshop_can_start_with_a_number_of_groups(anonymous: TestClient) -> None:
    sign_up(anonymous)

    response = anonymous.post("/workshops", data={"title": "T", "held_on": "2026-11-24", "group_count": "5"})

    assert anonymous.get(response.headers["location"]).text.count("Kelompok 5") > 0


def test_nothing_that_was_pasted_is_dropped_from_a_line() -> None:
    (group,) = read_partnerships("BBPVP Serang × Petrokimia × Teknik Las × 4G; malam")

    assert group.parties == ("BBPVP Serang", "Petrokimia", "Teknik Las – 4G – malam")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "J" * 161}, "title"),
        ({"place": "S" * 161}, "place"),
        ({"province": "B" * 81}, "province"),
        ({"organizer": "P" * 161}, "organizer"),
        ({"partnerships": f"BLK Lebak\n{'B' * 121}"}, "partnerships"),
        ({"partnerships": "BLK Lebak\n" * 41}, "partnerships"),
        ({"held_on": "besok"}, "held_on"),
        ({"expected": "0"}, "expected"),
        ({"group_count": "99"}, "group_count"),
        ({"group_count": "9" * 5000}, "group_count"),
        ({"group_count": ""}, "partnerships"),
    ],
)
def test_a_form_that_cannot_be_accepted_keeps_what_was_typed(
    anonymous: TestClient, changes: dict[str, str], field: str
) -> None:
    sign_up(anonymous)
    form = {"title": "Judul saya", "held_on": "2026-11-24", "place": "Serang", "group_count": "3", **changes}

    response = anonymous.post("/workshops", data=form)

    assert response.status_code == 422
    assert re.findall(r'id="(\w+)-error"', response.text) == [field], "the mistake, and no other"
    assert 'value="Judul saya"' in response.text or field == "title"
    assert 'value="Serang"' in response.text or field == "place"


def test_all_mistakes_of_a_form_are_marked_at_once_and_the_first_has_the_focus(anonymous: TestClient) -> None:
    sign_up(anonymous)
    form = {
        "title": "Judul saya",
        "held_on": "besok",
        "expected": "900",
        "place": "Serang",
        "organizer": "P" * 161,
        "partnerships": " ",
        "group_count": "99",
    }

    page = anonymous.post("/workshops", data=form).text

    wrong = ["held_on", "expected", "organizer", "group_count"]
    assert re.findall(r'id="(\w+)-error"', page) == wrong
    controls = {name: tag for tag, name in re.findall(r'(<(?:input|textarea)[^>]* id="(\w+)"[^>]*>)', page)}
    assert [name for name, tag in controls.items() if 'aria-invalid="true"' in tag] == wrong
    assert [name for name, tag in controls.items() if re.search(r"\bautofocus\b", tag)] == ["held_on"]
    for name, tag in controls.items():
        described = re.search(r'aria-describedby="([^"]*)"', tag)
        ids = described[1].split() if described else []
        assert (f"{name}-error" in ids) == (name in wrong)
        assert all(page.count(f'id="{one}"') == 1 for one in ids), "nothing is described by what is not there"
    for name in ("title", "held_on", "expected", "place", "organizer", "group_count"):
        assert f'value="{form[name]}"' in controls[name], f"{name} is kept"


def test_an_empty_form_opens_at_the_title(anonymous: TestClient) -> None:
    sign_up(anonymous)

    page = anonymous.get("/workshops/new").text

    assert re.findall(r'<input[^>]* id="(\w+)"[^>]*\bautofocus\b', page) == ["title"]
    assert "aria-invalid" not in page


def test_title_date_and_place_are_corrected_from_the_desk(room: Room) -> None:
    sari = room.join("Sari")
    path = f"/workshops/{room.workshop_id}/particulars"
    assert f'href="{path}"' in room.desk()
    asked = room.facilitator.get(path).text
    assert 'value="2024-09-10"' in asked
    said = {
        "title": " Lokakarya  Serang ",
        "held_on": "2026-12-09",
        "place": "BBPVP Serang",
        "province": "Banten",
        "organizer": "Disnaker",
        "expected": "30",
    }

    assert room.facilitator.post(path, data=said).status_code == 303

    desk = room.desk()
    assert "<h1>Lokakarya Serang</h1>" in desk and "BBPVP Serang · Banten" in desk
    assert "9 Desember 2026" in desk
    assert "Selamat datang di Lokakarya Serang" in room.facilitator.get(room.projector()).text
    assert "Disnaker" in sari.http.get(f"/canvases/{sari.canvas_id}/print").text


def test_a_correction_that_cannot_be_keeps_what_was_typed_and_changes_nothing(room: Room) -> None:
    path = f"/workshops/{room.workshop_id}/particulars"
    before = room.desk()
    answer = room.facilitator.post(
        path, data={"title": "J" * 161, "held_on": "besok", "place": "Serang", "expected": "900"}
    )

    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-error"', answer.text) == ["title", "held_on", "expected"]
    for typed in ("J" * 161, "besok", "Serang", "900"):
        assert f'value="{typed}"' in answer.text
    assert re.findall("<h1>.*</h1>", room.desk()) == re.findall("<h1>.*</h1>", before)


def test_a_program_corrects_a_workshop(room: Room) -> None:
    path, said = f"/api/workshops/{room.workshop_id}", {"title": "Lokakarya Serang", "held_on": "2026-12-09"}
    assert room.facilitator.put(path, json=said, headers=room.bearer()).json()["held_on"] == "2026-12-09"
    refused = room.facilitator.put(path, json=said | {"title": " "}, headers=room.bearer())
    assert (refused.status_code, refused.json()["error"]) == (422, "title_missing")
    assert "<h1>Lokakarya Serang</h1>" in room.desk()


def test_a_program_is_told_of_the_first_mistake(room: Room) -> None:
    wanted = {"title": " ", "place": "S" * 161, "groups": [{"name": "M" * 81}, {}]}
    first = room.facilitator.post("/api/workshops", json=wanted, headers=room.bearer())
    wanted |= {"title": "T", "place": "Serang"}
    second = room.facilitator.post(
        "/api/workshops", json=wanted, headers={**room.bearer(), "accept-language": "en"}
    )

    assert (first.status_code, first.json()["error"]) == (422, "title_missing")
    assert (second.status_code, second.json()["message"]) == (
        422,
        "Group 1: its name may have at most 80 characters.",
    )


def test_the_desk_shows_who_has_joined_and_how_full_the_canvases_are(room: Room) -> None:
    sari = room.join("Sari", institution="BBPVP Serang")
    sari.add()

    desk = room.desk()

    assert "Sari" in desk and "BBPVP Serang" in desk
    assert "1 dari 26 hadir" in desk
    assert desk.count("1 catatan") == 1 and desk.count("0 catatan") == 1


def test_hiding_a_persons_notes_takes_them_off_the_board_and_the_desk_brings_them_back(room: Room) -> None:
    sari = room.join("Sari")
    note = sari.add("Tidak pantas")
    member = re.search(r"/participants/(\w+)/hidden-notes", room.desk())
    assert member
    assert "Tidak pantas" in sari.board()

    room.on_desk(f"participants/{member[1]}/hidden-notes")

    assert "Tidak pantas" not in sari.board()
    assert "Tidak pantas" in room.desk()
    shown = room.facilitator.post(f"/canvases/{sari.canvas_id}/notes/{note['id']}/showing", data={})
    assert shown.headers["location"] == f"/workshops/{room.workshop_id}"
    assert "Tidak pantas" in sari.board()


def test_the_projector_follows_the_desk(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Terlihat dari belakang")
    wall = room.projector()
    code = f"{room.join_code[:4]}"
    assert code in room.facilitator.get(wall).text

    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])
    assert "Terlihat dari belakang" in room.facilitator.get(wall).text
    room.on_desk("scene", kind="block", group=room.groups[0]["id"], block="channels")
    assert "Terlihat dari belakang" in room.facilitator.get(wall).text
    room.on_desk("scene", kind="wall")
    html = room.facilitator.get(wall).text
    assert "Kelompok 1" in html and "Kelompok 2" in html
    assert "CC BY-SA 3.0" in html


def test_the_wall_replays_a_canvas_without_what_is_hidden_now(room: Room) -> None:
    sari = room.join("Sari")
    note = sari.add("Sekarang tersembunyi")
    sari.add("Boleh dilihat")
    scene = {"kind": "replay", "group": room.groups[0]["id"]}
    room.on_desk("scene", rev="1", **scene)
    wall = room.projector()
    html = room.facilitator.get(wall).text
    assert "Sekarang tersembunyi" in html and "Boleh dilihat" not in html

    room.host().post(f"notes/{note['id']}/hiding")
    shown = [room.facilitator.get(wall).text]
    room.on_desk("scene", rev="0", **scene)
    shown.append(room.facilitator.get(wall).text)
    room.on_desk("scene", rev="999", **scene)
    shown.append(room.facilitator.get(wall).text)

    assert not any("Sekarang tersembunyi" in html for html in shown)
    assert ["Boleh dilihat" in html for html in shown] == [False, False, True]
    assert room.on_desk("scene", rev="-1", **scene).status_code == 422


def test_names_of_people_never_reach_the_wall(room: Room) -> None:
    sari = room.join("Namanya Unik", institution="Instansinya Unik")
    sari.add("Isi catatan")
    wall = room.projector()
    seen = ""
    for scene in (
        {"kind": "welcome"},
        {"kind": "wall"},
        {"kind": "canvas"},
        {"kind": "block", "block": "channels"},
        {"kind": "replay", "rev": "1"},
    ):
        room.on_desk("scene", group=room.groups[0]["id"], **scene)
        seen += room.facilitator.get(wall).text

    assert "Isi catatan" in seen
    assert "Namanya Unik" not in seen and "Instansinya Unik" not in seen


def test_the_wall_shows_nothing_of_another_workshop(room: Room) -> None:
    refused = room.on_desk("scene", kind="canvas", group="unknown")

    assert refused.status_code == 422
    assert room.facilitator.get("/projector/guessed").status_code == 404


def test_no_page_offers_a_scene_that_the_wall_does_not_know() -> None:
    pages = {path.name: path.read_text() for path in TEMPLATES.rglob("*.html")}
    offered = {kind for page in pages.values() for kind in re.findall(r'name="kind" value="(\w+)"', page)}

    assert offered == {str(kind) for kind in SceneKind}
