"""How often the desk, the wall and the home page ask the database: as often for forty groups as for one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.workshop.rotation import Rotation
from tests.factories import Room, open_another, open_room

SCENES = [{"kind": kind} for kind in ("welcome", "wall", "canvas", "presentation", "thanks")]


@pytest.fixture(autouse=True)
def nobody_else_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a look every second whether a visit is over would be counted, now and then."""
    monkeypatch.setattr(Rotation, "every", 3600.0)


@contextmanager
def statements(room: Room) -> Iterator[list[str]]:
    """Filled with what the readers are asked meanwhile."""
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(room.house.db.readers, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(room.house.db.readers, "before_cursor_execute", note)


def asked_for(room: Room, path: str) -> list[str]:
    with statements(room) as asked:
        assert room.facilitator.get(path).status_code == 200
    return asked


def pages(room: Room) -> dict[str, list[str]]:
    """What each page of a workshop asks, the projector in every scene."""
    found = {}
    for scene in SCENES:
        room.on_desk("scene", group=room.groups[0]["id"], **scene)
        found[f"desk, {scene['kind']}"] = asked_for(room, f"/workshops/{room.workshop_id}")
        found[f"wall, {scene['kind']}"] = asked_for(room, room.projector())
    return found


def test_more_groups_and_people_cost_no_more_statements(anonymous: TestClient) -> None:
    small = open_room(anonymous, "BLK Lebak × Alas kaki")
    small.join("Sari").add()
    few = pages(small)
    large = open_another(small, groups=40)
    for group in range(40):
        large.join(f"Orang {group}", group).add()

    many = pages(large)

    assert {page: len(asked) for page, asked in many.items()} == {
        page: len(asked) for page, asked in few.items()
    }


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["kind"])
def test_the_desk_asks_nothing_twice(room: Room, scene: dict[str, str]) -> None:
    room.on_desk("scene", group=room.groups[0]["id"], **scene)

    with statements(room) as asked, room.house.db.read() as session:
        room.house.desks.desk(session, room.workshop_id, "id")

    assert len(asked) > 5
    assert [one for one in set(asked) if asked.count(one) > 1] == []


def test_more_workshops_cost_the_home_page_no_more_statements(room: Room) -> None:
    one = asked_for(room, "/")
    room.join("Sari")
    for groups in (3, 7):
        open_another(room, groups)

    three = asked_for(room, "/")

    assert len(three) == len(one)
    home = room.facilitator.get("/").text
    assert [f"<dd>{groups}</dd>" in home for groups in (2, 3, 7, 4)] == [True, True, True, False]
    assert "1 dari 26" in home
    assert home.count("0 dari 26") == 2
