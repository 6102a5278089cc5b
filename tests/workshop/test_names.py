"""A group without a name of its own is called by its number, in the language of whoever reads."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from app.export.archive import export_workshop
from app.identity.queries import facilitator_to_act
from app.importing.archives import import_workshop
from app.settings import Settings
from app.storage import alembic_config, migrate
from app.workshop.models import Group
from app.workshop.queries import tables
from tests.factories import Room, open_room, write

IN = {"id": ("Kelompok 1", "Group 1"), "en": ("Group 1", "Kelompok 1")}


def projector(room: Room, **scene: str) -> Callable[[Room], str]:
    def path(room: Room) -> str:
        room.on_desk("scene", group=room.groups[0]["id"], **scene)
        return room.projector()

    return path


def personal_link(room: Room) -> str:
    member = re.search(r"/participants/(\w+)/link", room.desk())
    assert member
    return "/p/" + room.on_desk(f"participants/{member[1]}/link").text.split("/p/", 1)[1].split("<", 1)[0]


SURFACES: dict[str, Callable[[Room], str]] = {
    "desk": lambda room: f"/workshops/{room.workshop_id}",
    "board": lambda room: f"/canvases/{room.groups[0]['canvas_id']}",
    "paper": lambda room: f"/canvases/{room.groups[0]['canvas_id']}/print",
    "join form": lambda room: room.join_path,
    "personal link": personal_link,
    "projector, one canvas": lambda room: projector(room, kind="canvas")(room),
    "projector, a block": lambda room: projector(room, kind="block", block="channels")(room),
    "projector, all": lambda room: projector(room, kind="wall")(room),
}


@pytest.mark.parametrize("maker", IN)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_names_a_group_in_its_readers_language(
    anonymous: TestClient, surface: str, maker: str
) -> None:
    anonymous.cookies.set("language", maker)
    room = open_room(anonymous, "BBPVP Serang\nBLK Lebak")
    room.join("Sari")
    path = SURFACES[surface](room)

    for reader, (expected, other) in IN.items():
        room.facilitator.cookies.set("language", reader)
        page = room.facilitator.get(path).text
        assert expected in page and other not in page, f"{surface} in {reader}"


@pytest.mark.parametrize("reader", IN)
def test_a_phone_that_comes_back_reads_its_table_in_its_own_language(room: Room, reader: str) -> None:
    sari = room.join("Sari")
    sari.http.cookies.set("language", reader)

    again = sari.http.get(room.join_path).text.split("<form", 1)[0]

    assert IN[reader][0] in again


def test_the_api_names_groups_too_and_keeps_a_name_that_was_given(room: Room) -> None:
    wanted = {"title": "T", "groups": [{}, {"name": "Meja Las"}, {"name": "Kelompok 3"}]}
    names = {}
    for reader in IN:
        headers = {**room.bearer(), "accept-language": f"{reader}-XX, fr;q=0.5"}
        answer = room.facilitator.post("/api/workshops", json=wanted, headers=headers)
        names[reader] = [group["name"] for group in answer.json()["groups"]]

    assert names["id"] == ["Kelompok 1", "Meja Las", "Kelompok 3"]
    assert names["en"] == ["Group 1", "Meja Las", "Kelompok 3"]


def test_an_archive_brings_a_group_without_a_name_back_without_one(room: Room) -> None:
    def again(session: Any) -> list[str]:
        document = export_workshop(session, room.workshop_id)
        document.groups[1].name = "Meja Sepatu"
        copy = import_workshop(session, document, facilitator_to_act(session, None).id)
        return [table.group.name for table in tables(session, copy.id)]

    assert write(room.facilitator, again) == ["", "Meja Sepatu"]


def test_names_that_an_earlier_version_made_up_are_forgotten_and_typed_ones_are_not(
    settings: Settings,
) -> None:
    stored = ["Kelompok 1", "Group 2", "Kelompok 4", "Meja Las", "Kelompok 5 ", "Kelompok 60"]
    settings.data_dir.mkdir(parents=True)
    command.upgrade(alembic_config(settings.database), "0001")
    engine = create_engine(f"sqlite:///{settings.database.as_posix()}")
    with engine.begin() as database:
        database.execute(
            text(
                "INSERT INTO workshop (id, title, held_on, place, province, organizer, join_code, join_token,"
                " projector_token, joining_open, scene, revision, created_at)"
                " VALUES ('w', 'T', '2024-09-10', '', '', '', 'c', 'j', 'p', 1, '{}', 0, '2024-09-10')"
            )
        )
        for number, name in enumerate(stored, start=1):
            row = {"id": str(number), "number": number, "name": name}
            database.execute(
                text(
                    "INSERT INTO \"group\" (id, workshop_id, number, name) VALUES (:id, 'w', :number, :name)"
                ),
                row,
            )

    migrate(settings)

    with engine.connect() as database:
        names = database.execute(text('SELECT name FROM "group" ORDER BY number')).scalars().all()
    engine.dispose()
    assert names == ["", "", "Kelompok 4", "Meja Las", "Kelompok 5 ", "Kelompok 60"]
    assert Group(workshop_id="w", number=1).name == ""
