"""What `kanvas demo` shows: a full room, every table at work, and no real person in it."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.attendance.list_queries import is_over, terms_of
from app.canvas.catalog import examples
from app.clock import now
from app.demo import demo_workshop, read_demo
from app.demo_workshop import fill
from app.parts import Parts
from app.resources import CANVASES
from app.toml_table import MalformedFile
from app.workshop.models import Workshop
from tests.factories import write

BANTEN = CANVASES / "demo" / "banten.toml"


def test_twenty_six_people_sit_at_five_tables_of_five_or_six() -> None:
    workshop = demo_workshop()
    assert workshop.expected_participants == 26
    assert [group.number for group in workshop.groups] == [1, 2, 3, 4, 5]
    assert {len(group.participants) for group in workshop.groups} == {5, 6}


def test_the_workshop_is_the_one_of_banten_and_names_no_donor() -> None:
    workshop = demo_workshop()
    assert workshop.province == "Banten"
    assert workshop.organizer == "Panitia lokakarya kemitraan"
    assert "USAID" not in BANTEN.read_text(encoding="utf-8").upper()


def test_every_table_works_on_a_partnership_of_its_own_and_all_examples_are_used() -> None:
    keys = [group.example.key for group in demo_workshop().groups]
    assert sorted(keys) == [example.key for example in examples()]


def test_nobody_shares_a_first_name_and_initials_tell_people_at_a_table_apart() -> None:
    groups = demo_workshop().groups
    names = [person.name for group in groups for person in group.participants]
    assert len(set(names)) == 26
    assert all(name.isalpha() for name in names)
    for group in groups:
        assert len({person.name[0] for person in group.participants}) == len(group.participants)


def test_every_table_mixes_training_centre_industry_and_government() -> None:
    for group in demo_workshop().groups:
        assert {"blk", "industry", "government"} <= {person.side for person in group.participants}


def test_it_is_held_today_so_that_its_attendance_can_be_tried(anonymous: TestClient, house: Parts) -> None:
    made = write(anonymous, fill)
    with house.db.read() as session:
        workshop, terms = session.get_one(Workshop, made.workshop_id), terms_of(session, made.workshop_id)
        assert not is_over(workshop, terms, now().astimezone().date())


@pytest.mark.parametrize(
    "institution",
    [
        "BBPVP Serang",
        "BBPVP Bekasi",
        "UPTD Latihan Kerja Disnakertrans Provinsi Banten",
        "Disnaker Kab. Serang",
        "Disnaker Kota Cilegon",
        "FKLPID Banten",
        "Alumni BLK",
    ],
)
def test_the_institutions_of_the_mission_are_in_the_room(institution: str) -> None:
    people = [person for group in demo_workshop().groups for person in group.participants]
    assert any(person.institution == institution for person in people)


@pytest.mark.parametrize(
    ("passage", "replacement", "complaint"),
    [
        (
            '"north-sumatra-palm-oil"',
            '"no-such-example"',
            "banten.toml, groups 5: there is no example no-such-example",
        ),
        (
            'side = "government"',
            'side = "donor"',
            "groups 1, participants 3: side must be one of blk, industry",
        ),
        ("number = 3", "number = true", "groups 3: number must be a whole number, not True"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(
    tmp_path: Path, passage: str, replacement: str, complaint: str
) -> None:
    text = BANTEN.read_text(encoding="utf-8")
    assert passage in text
    copy = tmp_path / "banten.toml"
    copy.write_text(text.replace(passage, replacement), encoding="utf-8")
    with pytest.raises(MalformedFile, match=re.escape(complaint)):
        read_demo(copy)
