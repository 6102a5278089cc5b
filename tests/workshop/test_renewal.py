"""Another join code, another projector link: the old ones end at once, and nobody inside is disturbed."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.qr import qr_svg
from app.workshop.models import Workshop
from tests.factories import Room, fresh_browser, open_another


def workshop(room: Room) -> Workshop:
    with room.house.db.read() as session:
        return session.get_one(Workshop, room.workshop_id)


def renew(room: Room, what: str) -> str:
    """Press the button as it stands on the desk now; the answer leads back to that part of the desk."""
    form = room.desk().split(f'action="/workshops/{room.workshop_id}/{what}"', 1)[1]
    old = re.search(r'name="old" value="([^"]+)"', form)
    assert old
    return room.on_desk(what, old=old[1]).headers["location"]


def test_another_join_code_ends_the_old_code_link_and_qr(room: Room) -> None:
    phone, before = fresh_browser(room.facilitator), workshop(room)
    assert phone.post("/join", data={"code": before.join_code}).status_code == 303

    assert renew(room, "join-code") == f"/workshops/{room.workshop_id}#desk-joining"

    after = workshop(room)
    form = {"name": "Sari", "group": room.groups[0]["id"]}
    assert phone.post("/join", data={"code": before.join_code}).status_code == 422
    assert phone.get(f"/j/{before.join_token}").status_code == 404
    assert phone.get(f"/j/{before.join_token}/qr.svg").status_code == 404
    assert phone.post(f"/j/{before.join_token}", data=form).status_code == 404
    assert phone.post("/join", data={"code": after.join_code}).headers["location"] == f"/j/{after.join_token}"
    assert phone.post(f"/j/{after.join_token}", data=form).status_code == 303


def test_desk_and_wall_show_the_new_code_and_its_qr(room: Room) -> None:
    before = workshop(room)
    pages = {"desk": f"/workshops/{room.workshop_id}", "wall": room.projector()}
    assert all(before.join_token in room.facilitator.get(path).text for path in pages.values())

    renew(room, "join-code")

    after = workshop(room)
    for name, path in pages.items():
        page = room.facilitator.get(path).text
        assert after.join_code[:4] in page and before.join_code[:4] not in page, name
        assert before.join_token not in page, name
        picture = re.search(r'class="qr" src="([^"]+)"', page)
        assert picture
        # Another address, or browsers would go on showing the picture they have.
        assert picture[1].split("?")[0] == f"/j/{after.join_token}/qr.svg"
        assert room.facilitator.get(picture[1]).content == qr_svg(
            room.house.address() + f"/j/{after.join_token}"
        )


def test_whoever_has_joined_stays_in_when_the_code_is_changed(room: Room) -> None:
    sari = room.join("Sari")

    renew(room, "join-code")

    assert sari.add("Masih menulis")["text"] == "Masih menulis"
    assert sari.http.get("/join").headers["location"] == f"/canvases/{sari.canvas_id}"


@pytest.mark.parametrize("what", ["join-code", "projector-link"])
def test_pressing_twice_changes_it_once_and_no_other_workshop(room: Room, what: str) -> None:
    other, start = workshop(open_another(room)), workshop(room)
    old = start.join_code if what == "join-code" else start.projector_token

    room.on_desk(what, old=old)
    once = workshop(room)
    again = room.on_desk(what, old=old)

    assert again.status_code == 303
    twice = workshop(room)
    assert (once.join_code, once.join_token, once.projector_token) == (
        twice.join_code,
        twice.join_token,
        twice.projector_token,
    )
    assert (start.join_token != once.join_token) == (what == "join-code")
    assert (start.projector_token != once.projector_token) == (what == "projector-link")
    with room.house.db.read() as session:
        untouched = session.get_one(Workshop, other.id)
    assert (untouched.join_code, untouched.projector_token) == (other.join_code, other.projector_token)


def test_another_projector_link_ends_the_old_one(room: Room) -> None:
    old, guest = room.projector(), fresh_browser(room.facilitator)
    assert guest.get(old).status_code == 200

    assert renew(room, "projector-link") == f"/workshops/{room.workshop_id}#desk-scene"

    new = room.projector()
    assert new != old
    assert guest.get(old).status_code == 404
    assert guest.get(f"{old}/events").status_code == 404
    assert "Buka dari meja fasilitator" in guest.get(old).text
    assert guest.get(new).status_code == 200


def test_a_wall_that_is_open_on_the_old_link_ends_at_once_and_learns_nothing_new(room: Room) -> None:
    old, guest = room.projector(), fresh_browser(room.facilitator)
    since = re.search(r'data-since="([^"]+)"', guest.get(old).text)
    assert since
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(guest.get, f"{old}/events", params={"since": since[1], "wait": "20"})
        while not room.house.streams._polls:
            assert not waiting.done()
            time.sleep(0.01)
        assert not waiting.done()
        began = time.monotonic()

        renew(room, "projector-link")
        answer = waiting.result(timeout=10)

    assert time.monotonic() - began < 5
    assert answer.text.startswith("event: bye")
    assert "id:" not in answer.text


def test_the_new_projector_link_is_on_the_desk_only(room: Room) -> None:
    renew(room, "projector-link")
    token = workshop(room).projector_token

    wall = room.facilitator.get(f"/projector/{token}").text
    scene = wall.split('id="scene"', 1)[1].split("</main>", 1)[0]

    assert token in room.desk()
    assert token not in scene, "every screen gets the same bytes, also one whose link is about to end"
