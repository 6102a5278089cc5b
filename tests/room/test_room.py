"""The room check over HTTP: what the host's page says, and what a phone sees that opens the test link."""

import re

from fastapi.testclient import TestClient

from app.workshop.models import Workshop
from tests.factories import Room, fresh_browser

HOST = "127.0.0.1:8000"  # by which the QR codes of these tests lead here


def link_of(room: Room) -> str:
    with room.house.db.read() as session:
        return f"/room/{session.get_one(Workshop, room.workshop_id).room_token}"


def came(room: Room, host: str = HOST, client: tuple[str, int] = ("192.168.1.50", 4000)) -> str:
    """The page that a phone gets."""
    phone = TestClient(room.facilitator.app, client=client)
    phone.portal = room.facilitator.portal
    answer = phone.get(link_of(room), headers={"host": host})
    assert answer.status_code == 200
    return answer.text


def page(room: Room) -> str:
    return room.facilitator.get(f"/workshops/{room.workshop_id}/room").text


def phone_says(room: Room) -> str:
    found = re.search(r'role="status">.*?<span>(.*?)</span>', page(room), re.S)
    assert found
    return found[1]


def test_the_page_says_of_each_thing_how_it_is_and_what_to_do(room: Room) -> None:
    html = page(room)

    for name in ("Alamat", "HP", "Listrik", "Jam laptop", "Ruang disk", "Penyimpanan", "Cadangan"):
        assert f"<h3>{name}</h3>" in html
    # The server of these tests is for this machine alone, and the page says what to do about it.
    assert "hal perlu dilihat" in html and "Tutup, lalu jalankan tanpa --host." in html
    assert set(re.findall(r'findings__state">([^<]+)<', html)) <= {"Siap", "Perlu dilihat", "Saran"}


def test_a_phone_that_opens_the_test_link_turns_page_and_desk_green(room: Room) -> None:
    assert "Belum ada HP" in phone_says(room) and "Belum diuji dengan HP" in room.desk()

    assert "Berhasil. HP ini sudah mencapai laptop fasilitator." in came(room)

    assert "HP sudah terhubung" in phone_says(room) and "HP sudah terhubung" in room.desk()
    assert "Belum diuji" not in room.desk()


def test_the_part_that_is_asked_for_again_says_the_same_as_the_page(room: Room) -> None:
    came(room)

    now = room.facilitator.get(f"/workshops/{room.workshop_id}/room/now").text

    assert now.strip() in page(room) and "HP sudah terhubung" in now


def test_the_laptop_itself_says_nothing_about_phones(room: Room) -> None:
    assert "Ini laptopnya sendiri" in came(room, client=("127.0.0.1", 4000))
    assert "Ini laptopnya sendiri" in came(room, client=("testserver", 4000))

    assert "Belum ada HP" in phone_says(room)


def test_a_phone_that_came_by_another_address_is_told_apart(room: Room) -> None:
    came(room, host="192.168.9.9:8000")

    assert "lewat 192.168.9.9:8000" in phone_says(room)
    assert "Belum diuji" in room.desk()


def test_opening_the_link_again_and_again_writes_once(room: Room) -> None:
    def revision() -> int:
        with room.house.db.read() as session:
            return session.get_one(Workshop, room.workshop_id).revision

    before = revision()
    came(room)
    came(room)

    assert revision() == before + 1


def test_a_link_nobody_made_leads_nowhere_and_shows_no_workshop(room: Room) -> None:
    answer = fresh_browser(room.facilitator).get("/room/wrong")

    assert answer.status_code == 404 and "Lokakarya Banten" not in answer.text


def test_the_test_link_opens_nothing_but_the_test(room: Room) -> None:
    secret = link_of(room).rsplit("/", 1)[1]

    assert fresh_browser(room.facilitator).get(f"/j/{secret}").status_code == 404
    assert fresh_browser(room.facilitator).get(f"/projector/{secret}").status_code == 404
