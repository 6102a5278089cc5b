"""A phone becomes the remote control by a code on the desk, for one workshop, until it is ended."""

import re
from datetime import timedelta

from sqlmodel import Session, col, select

from app.clock import now
from app.identity.models import Token, TokenKind
from tests.factories import Room, fresh_browser, open_another, write
from tests.identity.hands import offered, paired


def withdrawal(room: Room) -> str:
    """Where the desk ends its only remote control."""
    (path,) = set(re.findall(r'action="(/workshops/\w+/remotes/\w+/withdrawal)"', room.desk()))
    return str(path)


def test_a_scanned_code_makes_one_phone_a_remote_and_only_its_button_uses_it_up(room: Room) -> None:
    link = offered(room)
    for _ in range(2):
        assert "Fasilitator" in fresh_browser(room.facilitator).get(link).text

    phone = fresh_browser(room.facilitator)
    assert phone.post(link).status_code == 303

    assert phone.get(f"/workshops/{room.workshop_id}").status_code == 200
    for taken in (fresh_browser(room.facilitator).get(link), fresh_browser(room.facilitator).post(link)):
        assert taken.status_code == 410 and "Pakai HP sebagai remote" in taken.text


def test_a_newer_code_and_ten_minutes_end_one_that_nobody_took(room: Room) -> None:
    older, newer = offered(room), offered(room)
    assert fresh_browser(room.facilitator).post(older).status_code == 410

    def wait(session: Session) -> None:
        offer = session.exec(select(Token).where(col(Token.kind) == TokenKind.REMOTE_LINK)).one()
        assert timedelta(minutes=9) < offer.expires_at - now() <= timedelta(minutes=10)
        offer.expires_at = now() - timedelta(seconds=1)

    write(room.facilitator, wait)
    assert fresh_browser(room.facilitator).post(newer).status_code == 410


def test_a_remote_runs_its_workshop_under_the_facilitators_name_and_opens_no_other(room: Room) -> None:
    phone, other = paired(room), open_another(room)
    here, there = (f"/workshops/{one.workshop_id}" for one in (room, other))

    assert phone.post(f"{here}/scene", data={"kind": "wall"}).status_code == 303
    assert phone.get(f"/canvases/{room.groups[0]['canvas_id']}").status_code == 200

    assert phone.get(there).status_code == 404
    assert phone.get(f"/canvases/{other.groups[0]['canvas_id']}").status_code == 403
    assert "Lagi" not in phone.get("/").text and "Lagi" in room.facilitator.get("/").text


def test_a_remote_admits_nobody_and_makes_no_workshop(room: Room) -> None:
    phone = paired(room)

    assert phone.post(f"/workshops/{room.workshop_id}/remotes").status_code == 403
    assert phone.get("/workshops/new").status_code == 403
    assert phone.post("/workshops", data={"title": "T"}).status_code == 403
    room_address = f"/workshops/{room.workshop_id}/room/address"
    assert phone.post(room_address, data={"address": "10.0.0.1"}).status_code == 403
    assert "/workshops/new" not in phone.get("/").text and "/workshops/new" in room.facilitator.get("/").text


def test_ending_a_remote_on_the_desk_shuts_it_out_at_once(room: Room) -> None:
    phone = paired(room)
    assert "HP Fasilitator" in room.desk()

    path = withdrawal(room)
    for _ in range(2):
        assert room.facilitator.post(path).status_code == 303

    assert phone.get(f"/workshops/{room.workshop_id}").status_code == 401
    assert "HP Fasilitator" not in room.desk()
    assert room.facilitator.get("/").status_code == 200


def test_a_remote_that_signs_out_leaves_the_list(room: Room) -> None:
    phone = paired(room)

    phone.post("/sign-out")

    assert phone.get(f"/workshops/{room.workshop_id}").status_code == 401
    assert "HP Fasilitator" not in room.desk()


def test_a_remote_of_one_workshop_is_ended_from_no_other(room: Room) -> None:
    phone, other = paired(room), open_another(room)
    remote_id = withdrawal(room).split("/")[4]

    assert other.on_desk(f"remotes/{remote_id}/withdrawal").status_code == 303

    assert phone.get(f"/workshops/{room.workshop_id}").status_code == 200
