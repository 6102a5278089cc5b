"""The room check over HTTP: what the host's page says, and what a phone sees that opens the test link."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.clock import now
from app.export.archive import archive_of
from app.identity.queries import chosen_address, facilitator_to_act
from app.importing.archives import import_workshop, read_archive
from app.workshop.models import Workshop
from tests.factories import Room, fresh_browser, open_room, room_of, write

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


def name_wifi(room: Room, name: str, password: str = "") -> int:
    form = {"wifi_name": name, "wifi_password": password}
    return room.facilitator.post(f"/workshops/{room.workshop_id}/wifi", data=form).status_code


def shown(room: Room) -> dict[str, str]:
    """What the wall and the door sheet say."""
    http = fresh_browser(room.facilitator)
    pages = {"wall": http.get(room.projector()).text}
    pages["door"] = room.facilitator.get(f"/workshops/{room.workshop_id}/door").text
    return {name: unescape(html) for name, html in pages.items()}


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


def test_the_part_that_is_asked_for_again_says_the_same_as_the_page(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    monkeypatch.setattr("app.room.routes.now", lambda: moment)
    monkeypatch.setattr("app.room.routes.free_room", lambda database: 5 * 1024**3)  # others write to it too
    came(room)

    part = room.facilitator.get(f"/workshops/{room.workshop_id}/room/now").text

    assert part.strip() in page(room) and "HP sudah terhubung" in part


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


def test_the_wifi_that_was_named_stands_on_the_wall_and_at_the_door(room: Room) -> None:
    assert not any("serang;2026" in html for html in shown(room).values())

    assert name_wifi(room, " Lokakarya-BLK ", "serang;2026") == 303

    for html in shown(room).values():
        assert "<b" in html and ">Lokakarya-BLK</b>" in html and ">serang;2026</b>" in html
        assert 'alt="Kode QR Wi-Fi"' in html and 'alt="Kode QR untuk bergabung"' in html
    assert 'value="serang;2026"' in page(room)


def test_only_the_welcome_scene_shows_the_wifi(room: Room) -> None:
    name_wifi(room, "Lokakarya-BLK", "serang;2026")

    room.on_desk("scene", kind="wall")

    assert "serang;2026" not in shown(room)["wall"] and "serang;2026" not in room.desk()


def test_an_open_wifi_says_that_it_has_no_password(room: Room) -> None:
    name_wifi(room, "Aula")

    for html in shown(room).values():
        assert "Aula</b>" in html and "tanpa kata sandi" in html and 'alt="Kode QR Wi-Fi"' in html


def test_a_wifi_without_a_name_is_taken_off_again(room: Room) -> None:
    name_wifi(room, "Aula")
    name_wifi(room, "")

    assert not any("Kode QR Wi-Fi" in html for html in shown(room).values())


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("", "rahasia1", "Isi nama Wi-Fi."),
        ("é" * 17, "", "paling banyak 32 huruf"),
        ("Aula", "pendek", "8 sampai 63 huruf"),
        ("Aula", "x" * 65, "8 sampai 63 huruf"),
    ],
)
def test_a_wifi_that_cannot_be_comes_back_with_what_was_typed(
    room: Room, name: str, password: str, message: str
) -> None:
    form = {"wifi_name": name, "wifi_password": password}
    answer = room.facilitator.post(f"/workshops/{room.workshop_id}/wifi", data=form)

    assert answer.status_code == 422 and message in answer.text
    assert f'value="{name}"' in answer.text and f'value="{password}"' in answer.text
    assert not any("Kode QR Wi-Fi" in html for html in shown(room).values())


def test_the_sheet_for_the_door_says_how_to_come_in_in_two_languages(room: Room) -> None:
    door = shown(room)["door"]

    for words in ("Sambungkan Wi-Fi", "Connect to the Wi-Fi", "Pindai untuk gabung", "Scan to join"):
        assert words in door
    assert f"<b>{room.join_code[:4]} {room.join_code[4:]}</b>" in door and HOST in door
    # Without a Wi-Fi there is a line to write its name on.
    assert 'class="value blank"' in door


def test_the_password_of_the_wifi_leaves_this_laptop_by_no_file_and_no_interface(room: Room) -> None:
    name_wifi(room, "Lokakarya-BLK", "serang;2026")

    answer = room.facilitator.get(f"/workshops/{room.workshop_id}/everything.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}

    (archive,) = [json.loads(content) for name, content in files.items() if name.endswith(".json")]
    assert archive["wifi_name"] == "Lokakarya-BLK"
    assert not any(b"serang;2026" in content for content in files.values())


def test_an_imported_workshop_asks_for_the_password_and_shows_no_code_until_then(room: Room) -> None:
    name_wifi(room, "Lokakarya-BLK", "serang;2026")
    with room.house.db.read() as session:
        document = archive_of(session, session.get_one(Workshop, room.workshop_id)).model_dump_json().encode()

    def bring_in(session: Session) -> str:
        return import_workshop(session, read_archive(document), facilitator_to_act(session, None).id).id

    other = room_of(room.facilitator, write(room.facilitator, bring_in))

    assert "Isi sekali lagi" in page(other)
    for html in shown(other).values():
        assert "Lokakarya-BLK</b>" in html and "Kode QR Wi-Fi" not in html
    assert "tanpa kata sandi" not in shown(other)["wall"]


def test_the_pattern_is_shown_from_the_room_check_and_the_host_stays_there(room: Room) -> None:
    def press(kind: str) -> str:
        answer = room.on_desk("room/wall", kind=kind)
        assert answer.status_code == 303
        return answer.headers["location"]

    assert press("pattern") == f"/workshops/{room.workshop_id}/room"
    assert 'data-kind="pattern"' in shown(room)["wall"] and "bacakan baris 4" in shown(room)["wall"]
    assert 'value="pattern" aria-pressed="true"' in room.desk()

    assert "Kembali ke Selamat datang" in page(room)
    press("welcome")
    assert 'data-kind="welcome"' in shown(room)["wall"] and "Tampilkan pola" in page(room)


def test_the_smallest_line_of_the_pattern_is_marked_in_words(room: Room) -> None:
    room.on_desk("scene", kind="pattern")

    (smallest,) = re.findall(r"<li><span>(.*?)</span> <b>paling kecil</b></li>", shown(room)["wall"])

    assert len(smallest) > 40


def test_a_laptop_in_several_networks_lets_the_host_choose_what_the_codes_say(
    anonymous: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.address.own_addresses", lambda: ("192.168.1.20", "192.168.137.1"))
    anonymous.app.state.parts.address.host = "0.0.0.0"  # type: ignore[attr-defined]
    room = open_room(anonymous)
    assert "Pakai 192.168.137.1" in page(room) and "192.168.1.20:8000" in shown(room)["wall"]

    assert room.on_desk("room/address", address="192.168.137.1").status_code == 303

    assert "Pakai 192.168.1.20" in page(room)
    for html in shown(room).values():
        assert "192.168.137.1:8000" in html and "192.168.1.20" not in html
    with room.house.db.read() as session:
        assert chosen_address(session) == "192.168.137.1"


def test_no_code_leads_to_a_machine_that_is_not_this_laptop(room: Room) -> None:
    answer = room.on_desk("room/address", address="203.0.113.9")

    assert answer.status_code == 422 and "203.0.113.9" not in shown(room)["door"]
