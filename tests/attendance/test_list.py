"""The attendance list: filled in of one's own accord, corrected, copied, taken back; kept by the host."""

import hashlib
import re

import pytest
from httpx2 import Response
from sqlmodel import select

from app.attendance.list_queries import attendance_summary
from app.attendance.listing import NoticeView
from app.attendance.models import (
    NOTICE_VERSION,
    AttendanceConsent,
    AttendanceRecord,
    AttendanceTerms,
)
from app.ids import new_id
from tests.attendance.held import hold
from tests.canvas.test_authors import person_id, register
from tests.factories import Person, Room, open_another, write
from tests.identity.hands import paired

FILLED = {
    "name": "Sari Dewi, S.T.",
    "institution": "BBPVP Serang",
    "institution_type": "blk",
    "role": "Instruktur",
    "sex": "female",
    "age_band": "31-40",
    "phone": "0812 3456 7890",
    "agrees": "1",
}
# Of the words in either language. Whoever changes what they promise raises NOTICE_VERSION too.
NOTICES = {1: "a64c644d1c42"}


@pytest.fixture(autouse=True)
def held_today(room: Room) -> None:
    hold(room)


def fill_in(person: Person, **fields: str) -> Response:
    return person.http.post(f"/canvases/{person.canvas_id}/attendance", data=FILLED | fields)


def own_page(person: Person) -> str:
    return person.http.get(f"/canvases/{person.canvas_id}/attendance").text


def on_list(room: Room, path: str = "", **form: str) -> Response:
    """Look at the host's list; with a form, post it."""
    address = f"/workshops/{room.workshop_id}/attendance{path}"
    return room.facilitator.post(address, data=form) if form else room.facilitator.get(address)


def records(room: Room) -> list[AttendanceRecord]:
    with room.house.db.read() as session:
        return list(session.exec(select(AttendanceRecord)))


def consents(room: Room) -> list[AttendanceConsent]:
    with room.house.db.read() as session:
        return list(session.exec(select(AttendanceConsent)))


def test_somebody_fills_it_in_corrects_it_and_agrees_once(room: Room) -> None:
    sari = room.join("Sari")
    assert 'name="agrees" value="1">' in own_page(sari)

    assert fill_in(sari).status_code == 303
    assert fill_in(sari).status_code == 303
    assert fill_in(sari, role="Kepala seksi").status_code == 303

    [record], [consent] = records(room), consents(room)
    assert (record.id, record.name, record.role) == (person_id(sari), "Sari Dewi, S.T.", "Kepala seksi")
    assert (consent.version, consent.language, consent.by_host) == (NOTICE_VERSION, "id", False)
    assert 'value="Kepala seksi"' in own_page(sari) and 'name="agrees" value="1" checked>' in own_page(sari)


def test_a_form_with_mistakes_comes_back_with_everything_typed_and_keeps_nothing(room: Room) -> None:
    sari = room.join("Sari")
    wrong = {"name": " ", "phone": "kantor", "email": "sari@", "agrees": "", "disability": "yes"}

    answer = fill_in(sari, **wrong, needs="Kursi roda")

    assert answer.status_code == 422 and not records(room) and not consents(room)
    assert set(re.findall(r'id="(\w+)-error"', answer.text)) == {
        *("name", "phone", "email", "agrees", "agrees_to_disability")
    }
    for typed in ('value="kantor"', 'value="sari@"', "Kursi roda", 'value="yes" checked', "Instruktur"):
        assert typed in answer.text


def test_a_disability_is_recorded_only_with_an_agreement_of_its_own(room: Room) -> None:
    sari = room.join("Sari")
    fill_in(sari, disability="undisclosed", agrees_to_disability="1", may_be_contacted="1")
    fill_in(sari, disability="yes", agrees_to_disability="1")

    assert [record.disability for record in records(room)] == ["yes"]
    agreed = [(each.to_disability, each.to_contact, bool(each.withdrawn_at)) for each in consents(room)]
    assert agreed == [(False, True, True), (True, False, False)]


def test_nothing_is_kept_of_somebody_below_18_unless_a_guardian_agrees_before_the_host(room: Room) -> None:
    sari = room.join("Sari")
    path = f"/people/{person_id(sari)}"

    refused = fill_in(sari, age_band="-17")
    assert refused.status_code == 422 and "orang tua atau wali" in refused.text
    assert on_list(room, path, **FILLED | {"age_band": "-17"}).status_code == 422
    assert not records(room) and not consents(room)

    assert on_list(room, path, **FILLED | {"age_band": "-17", "guardian": "Ibu Dewi"}).status_code == 303
    assert [(each.guardian, each.age_band) for each in records(room)] == [("Ibu Dewi", "-17")]
    assert [each.by_host for each in consents(room)] == [True]


def test_somebody_takes_a_copy_and_is_erased_while_the_proof_stays(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    fill_in(sari)
    copy = sari.http.get(f"/canvases/{sari.canvas_id}/attendance/copy.txt")
    assert "attachment" in copy.headers["content-disposition"]
    for word in ("Sari Dewi, S.T.", "BBPVP Serang", "Perempuan", "31–40", "0812 3456 7890", "versi 1"):
        assert word in copy.text
    assert budi.http.get(f"/canvases/{budi.canvas_id}/attendance/copy.txt").status_code == 404

    for _ in range(2):
        assert sari.http.post(f"/canvases/{sari.canvas_id}/attendance/erasure").status_code == 303
    assert records(room) == [] and [bool(each.withdrawn_at) for each in consents(room)] == [True]
    assert "Sari Dewi" not in own_page(sari) + on_list(room).text

    fill_in(sari)
    assert [bool(each.withdrawn_at) for each in consents(room)] == [True, False]


def test_what_is_erased_does_not_stay_behind_in_the_file(room: Room) -> None:
    sari = room.join("Sari")
    file = room.house.settings.database
    fill_in(sari, name="Namayangunik")

    def in_file() -> bool:
        with room.house.db.read() as session:
            session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return b"Namayangunik" in file.read_bytes()

    assert in_file()
    sari.http.post(f"/canvases/{sari.canvas_id}/attendance/erasure")
    assert not in_file()


def test_the_host_keeps_the_list_for_people_with_and_without_a_phone_and_sees_who_is_missing(
    room: Room,
) -> None:
    sari, _ = room.join("Sari"), room.join("Budi")
    hasan, guest = register(sari, "Pak Hasan"), new_id()
    fill_in(sari)
    for person, name in ((hasan, "H. Hasan Basri"), (guest, "Kepala Dinas"), (guest, "Kepala Disnaker")):
        assert on_list(room, f"/people/{person}", **FILLED | {"name": name}).status_code == 303

    page = on_list(room).text
    assert "3 dari 4 sudah mengisi" in page
    for name in ("Sari Dewi, S.T.", "(Sari)", "Budi", "H. Hasan Basri", "(Pak Hasan)", "Kepala Disnaker"):
        assert name in page
    assert "Kepala Dinas<" not in page
    assert on_list(room, f"/people/{guest}/erasure", sure="1").status_code == 303
    assert "Kepala Disnaker" not in on_list(room).text


def test_days_are_those_that_are_left_and_the_hosts_to_change(room: Room) -> None:
    hold(room, days_ago=1, days=3)
    sari = room.join("Sari")
    path = f"/people/{person_id(sari)}"

    fill_in(sari)
    assert [record.days for record in records(room)] == [[2, 3]]
    on_list(room, path, **FILLED | {"day_1": "1", "day_3": "1"})
    assert "Hari 1, 3" in on_list(room).text
    fill_in(sari, role="Ketua")
    assert [record.days for record in records(room)] == [[1, 3]]
    assert on_list(room, path, **FILLED).status_code == 422


def test_nobody_else_gets_at_the_list_not_even_a_remote_control(room: Room) -> None:
    sari, remote = room.join("Sari"), paired(room)
    fill_in(sari)
    other = open_another(room)
    path = f"/workshops/{room.workshop_id}/attendance"

    assert remote.get(f"/workshops/{room.workshop_id}").status_code == 200
    for address in (path, f"{path}/people/{person_id(sari)}", f"{path}/people/{person_id(sari)}/copy.txt"):
        assert remote.get(address).status_code == 403
        assert sari.http.get(address).status_code == 401
    assert on_list(other, f"/people/{person_id(sari)}").status_code == 404
    assert on_list(other, f"/people/{person_id(sari)}", **FILLED).status_code == 404
    assert room.facilitator.get(f"/canvases/{sari.canvas_id}/attendance").status_code == 404


def test_the_host_says_whom_to_ask_how_long_and_in_which_age_groups(room: Room) -> None:
    sari = room.join("Sari")
    terms = {"contact": "Ibu Rina, 0811", "keep_days": "30", "bands": "donor"}

    assert on_list(room, "/terms", **terms | {"keep_days": "0"}).status_code == 422
    assert on_list(room, "/terms", **terms).status_code == 303
    page = own_page(sari)
    assert "<b>Ibu Rina, 0811</b>" in page and "<b>30</b> hari" in page and "≤14" in page
    assert fill_in(sari).status_code == 422
    assert fill_in(sari, age_band="18-19").status_code == 303
    assert on_list(room, "/terms", **terms | {"bands": "id"}).status_code == 422

    on_list(room, "/terms", **terms | {"keep_days": "300"})
    assert [record.keep_days for record in records(room)] == [30]


def test_the_summary_on_the_desk_withholds_small_numbers(room: Room) -> None:
    for number in range(6):
        on_list(room, f"/people/{new_id()}", **FILLED | {"name": f"Orang {number}"})
    on_list(room, f"/people/{new_id()}", **FILLED | {"name": "Budi", "sex": "male"})

    with room.house.db.read() as session:
        summary = attendance_summary(session, room.workshop_id)
    assert summary.people == 7 and summary.withheld
    assert [table.question for table in summary.tables] == ["age_band", "disability", "institution_type"]
    page = on_list(room).text
    assert "7 orang ada di daftar" in page and "tidak ditampilkan" in page


def test_after_its_time_nothing_more_is_kept(room: Room) -> None:
    sari = room.join("Sari")
    write(
        room.facilitator,
        lambda session: session.add(AttendanceTerms(workshop_id=room.workshop_id, keep_days=5)),
    )
    hold(room, days_ago=5)
    assert fill_in(sari).status_code == 303
    hold(room, days_ago=6)
    assert fill_in(sari).status_code == 410


def test_whoever_changes_the_notice_raises_its_version(room: Room) -> None:
    notice = NoticeView("Penyelenggara", "Kontak", 180)
    words = [
        room.house.renderer.render("attendance/_notice.html", language, notice=notice)
        for language in ("id", "en")
    ]
    digest = hashlib.sha256("".join(words).encode()).hexdigest()[:12]

    assert NOTICES[NOTICE_VERSION] == digest
