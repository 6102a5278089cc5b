"""What is written on the attendance list goes when the notice says so, and the numbers stay."""

from datetime import date, timedelta

from sqlmodel import Session

from app.attendance.list_queries import attendance_summary
from app.attendance.models import AttendanceRecord
from app.clock import now
from app.ids import new_id
from tests.attendance.held import hold
from tests.attendance.test_list import FILLED, consents, on_list, records
from tests.factories import Room, write


def today() -> date:
    return now().astimezone().date()


def look(room: Room, days_ahead: int = 0) -> None:
    """What the server does every hour, so many days from now."""
    portal = room.facilitator.portal
    assert portal
    portal.call(room.house.retention.look, today() + timedelta(days=days_ahead))


def enter_people(room: Room, count: int = 6) -> None:
    for number in range(count):
        said = FILLED | {"name": f"Orang {number}", "needs": "Juru bahasa isyarat", "day_1": "1"}
        assert on_list(room, f"/people/{new_id()}", **said).status_code == 303


def test_what_somebody_needs_is_forgotten_when_the_event_is_over(room: Room) -> None:
    hold(room, days=2)
    enter_people(room, 1)

    look(room, days_ahead=1)
    assert [record.needs for record in records(room)] == ["Juru bahasa isyarat"]
    look(room, days_ahead=2)
    assert [(record.needs, record.name) for record in records(room)] == [("", "Orang 0")]


def test_the_list_is_erased_when_its_time_is_over_and_its_numbers_stay(room: Room) -> None:
    hold(room)
    enter_people(room)
    with room.house.db.read() as session:
        before = attendance_summary(session, room.workshop_id)

    look(room, days_ahead=180)
    assert len(records(room)) == 6
    look(room, days_ahead=181)

    assert records(room) == [] and len(consents(room)) == 6
    with room.house.db.read() as session:
        assert attendance_summary(session, room.workshop_id) == before
    page = on_list(room).text
    assert "sesuai janji" in page and "6 orang ada di daftar" in page and "Orang 0" not in page


def test_more_days_do_not_hold_for_those_who_were_promised_fewer_and_fewer_hold_for_all(room: Room) -> None:
    hold(room)
    enter_people(room, 1)
    terms = {"contact": "", "bands": "id"}
    on_list(room, "/terms", **terms, keep_days="300")
    enter_people(room, 1)

    look(room, days_ahead=180)
    assert len(records(room)) == 2
    on_list(room, "/terms", **terms, keep_days="10")
    look(room, days_ahead=11)
    assert records(room) == []


def test_a_date_that_is_mistyped_erases_nothing(room: Room) -> None:
    hold(room)
    enter_people(room, 1)
    hold(room, days_ago=365)

    look(room)
    look(room, days_ahead=180)
    assert [record.name for record in records(room)] == ["Orang 0"]
    assert "Ubah data lokakarya" in on_list(room).text
    look(room, days_ahead=181)
    assert records(room) == []


def test_the_server_looks_when_it_starts(room: Room) -> None:
    hold(room, days_ago=400)
    late = AttendanceRecord(
        id=new_id(), workshop_id=room.workshop_id, name="Lama", entered_at=now() - timedelta(days=400)
    )
    write(room.facilitator, lambda session: _add(session, late))
    portal = room.facilitator.portal
    assert portal

    async def start_again() -> None:
        await room.house.retention.stop()
        room.house.retention.start()

    portal.call(start_again)
    deadline = now() + timedelta(seconds=20)
    while records(room) and now() < deadline:
        pass
    assert records(room) == []


def _add(session: Session, record: AttendanceRecord) -> None:
    session.add(record)
