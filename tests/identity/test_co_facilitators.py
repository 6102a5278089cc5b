"""A co-facilitator runs one workshop under their own name, and nothing else of this installation."""

import pytest
from sqlmodel import Session

from app.identity.actions import invite_facilitator
from app.identity.queries import facilitator_to_act
from tests.factories import PASSWORD, Room, fresh_browser, new_uuid, open_another, sign_up, write
from tests.identity.hands import co_facilitator, facilitator_id, invitation, offered

PASSWORDS = {"password": "melati putih 7", "password_again": "melati putih 7"}


def test_a_link_lets_one_device_in_under_the_own_name(room: Room) -> None:
    link = invitation(room, "Dewi Lestari")
    assert "Dewi Lestari" in fresh_browser(room.facilitator).get(link).text
    dewi = fresh_browser(room.facilitator)
    assert dewi.post(link).status_code == 303
    assert fresh_browser(room.facilitator).post(link).status_code == 410

    canvas = f"/canvases/{room.groups[0]['canvas_id']}"
    note = {"op_id": new_uuid(), "note_id": new_uuid(), "block": "channels", "text": "Bursa kerja"}
    assert dewi.post(f"{canvas}/notes", data=note).status_code == 303

    assert "Dewi Lestari" in room.facilitator.get(f"{canvas}/history").text
    assert "Dewi Lestari" in room.desk()


def test_a_co_facilitator_runs_the_workshop_and_has_a_remote_of_their_own(room: Room) -> None:
    dewi = co_facilitator(room)
    here = f"/workshops/{room.workshop_id}"

    assert dewi.post(f"{here}/scene", data={"kind": "wall"}).status_code == 303
    assert (
        dewi.post(f"{here}/particulars", data={"title": "Baru", "held_on": "2024-09-10"}).status_code == 303
    )
    assert dewi.post(f"{here}/remotes").status_code == 200


@pytest.mark.parametrize("who", ["co-facilitator", "remote"])
def test_neither_adds_nor_removes_facilitators_makes_workshops_or_sets_up_the_installation(
    room: Room, who: str
) -> None:
    helper = co_facilitator(room)
    dewi_id = facilitator_id(room)
    if who == "remote":
        helper = fresh_browser(room.facilitator)
        helper.post(offered(room))
    here = f"/workshops/{room.workshop_id}"

    for path in ("facilitators", f"facilitators/{dewi_id}/link", f"facilitators/{dewi_id}/removal"):
        assert helper.post(f"{here}/{path}", data={"name": "Orang lain"}).status_code == 403, path
    assert helper.post(f"{here}/room/address", data={"address": "10.0.0.1"}).status_code == 403
    assert helper.get("/workshops/new").status_code == 403
    assert helper.post("/workshops", data={"title": "T"}).status_code == 403
    page = helper.get(f"{here}/facilitators").text
    assert "Dewi" in page and "/removal" not in page


def test_a_co_facilitator_finds_no_other_workshop_of_the_lead(room: Room) -> None:
    other, dewi = open_another(room), co_facilitator(room)

    assert dewi.get(f"/workshops/{other.workshop_id}").status_code == 404
    assert "Lagi" not in dewi.get("/").text


def test_removing_a_co_facilitator_shuts_out_every_device_and_link_of_theirs(room: Room) -> None:
    dewi = co_facilitator(room)
    here = f"/workshops/{room.workshop_id}"
    phone = fresh_browser(room.facilitator)
    remote = dewi.post(f"{here}/remotes").text.split("/remote/")[1].split("<")[0]
    assert phone.post(f"/remote/{remote}").status_code == 303
    dewi_id = facilitator_id(room)
    unused = room.on_desk(f"facilitators/{dewi_id}/link").text.split("/facilitator/")[1].split("<")[0]

    for _ in range(2):
        assert room.on_desk(f"facilitators/{dewi_id}/removal").status_code == 303

    assert dewi.get(here).status_code == 404
    assert phone.get(here).status_code == 401
    assert fresh_browser(room.facilitator).post(f"/facilitator/{unused}").status_code == 410
    assert "Dewi" not in room.desk()
    # And by that road nobody removes the lead.
    with room.house.db.read() as session:
        lead = facilitator_to_act(session, "Fasilitator").id
    assert room.on_desk(f"facilitators/{lead}/removal").status_code == 303
    assert room.facilitator.get(here).status_code == 200


def test_without_a_password_until_they_wish_one_and_still_a_guest_with_it(room: Room) -> None:
    dewi = co_facilitator(room)
    assert fresh_browser(room.facilitator).post("/sign-in", data={"name": "Dewi"}).status_code == 422

    assert dewi.post("/password", data=PASSWORDS).status_code == 303

    laptop = fresh_browser(room.facilitator)
    signed_in = laptop.post("/sign-in", data={"name": "Dewi", "password": PASSWORDS["password"]})
    assert signed_in.status_code == 303
    assert laptop.get(f"/workshops/{room.workshop_id}").status_code == 200
    assert laptop.get("/workshops/new").status_code == 403


def test_another_password_needs_the_present_one_and_ends_every_other_device(room: Room) -> None:
    phone, other = fresh_browser(room.facilitator), fresh_browser(room.facilitator)
    other.post("/sign-in", data={"name": "Fasilitator", "password": PASSWORD})
    phone.post(offered(room))
    here = f"/workshops/{room.workshop_id}"

    wrong = room.facilitator.post("/password", data={**PASSWORDS, "current": "tebakan"})
    assert wrong.status_code == 422 and 'id="current-error"' in wrong.text
    assert phone.post("/password", data=PASSWORDS).status_code == 403
    assert room.facilitator.post("/password", data={**PASSWORDS, "current": PASSWORD}).status_code == 303

    assert room.facilitator.get(here).status_code == 200
    assert other.get(here).status_code == 401 and phone.get(here).status_code == 401
    assert "HP Fasilitator" not in room.desk()


def test_who_has_a_password_here_is_added_without_a_link(room: Room) -> None:
    budi = fresh_browser(room.facilitator)
    sign_up(budi, "Budi")

    page = room.on_desk("facilitators", name="budi")

    assert page.status_code == 200 and "/facilitator/" not in page.text
    assert budi.get(f"/workshops/{room.workshop_id}").status_code == 200
    assert room.on_desk("facilitators", name="Budi").status_code == 422
    assert room.on_desk("facilitators", name="Fasilitator").status_code == 422


def test_a_link_never_opens_the_account_of_somebody_elses_co_facilitator(room: Room) -> None:
    invitation(room, "Dewi")
    again = open_another(room)
    assert "/facilitator/" in again.on_desk("facilitators", name="Dewi").text, "the same lead, another day"
    stranger = fresh_browser(room.facilitator)
    sign_up(stranger, "Orang lain")
    form = {"title": "Asing", "held_on": "2026-11-24", "group_count": "1"}
    there = stranger.post("/workshops", data=form).headers["location"]

    taken = stranger.post(f"{there}/facilitators", data={"name": "Dewi"})

    assert taken.status_code == 422 and "/facilitator/" not in taken.text


def test_whoever_runs_the_server_makes_a_full_facilitator_of_a_guest(room: Room) -> None:
    co_facilitator(room)
    dewi = fresh_browser(room.facilitator)

    def invite(session: Session) -> str:
        return invite_facilitator(session, facilitator_to_act(session, "Dewi").id)

    form = {"name": "Dewi", **PASSWORDS}
    assert dewi.post(f"/setup/{write(room.facilitator, invite)}", data=form).status_code == 303

    assert dewi.get("/workshops/new").status_code == 200
    assert dewi.get(f"/workshops/{room.workshop_id}").status_code == 200
