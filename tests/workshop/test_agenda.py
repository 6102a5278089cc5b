"""The agenda: its files, its times, and putting it in order before the day."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from app.resources import CANVASES
from app.toml_table import MalformedFile
from app.workshop.agenda import FRIDAY, planned_starts, read_time, spelt, zone_at
from app.workshop.agenda_files import agenda, agendas, read_agenda
from app.workshop.agenda_steps import steps_of
from app.workshop.models import AgendaStep
from app.workshop.stages import STAGE_NAMES, TASKS, Stage
from tests.factories import Room, new_uuid, open_another, sign_up

HERE = timedelta(hours=7)
HALF_DAY = CANVASES / "agendas" / "half-day.toml"


def steps(room: Room) -> list[AgendaStep]:
    with room.house.db.read() as session:
        return list(steps_of(session, room.workshop_id))


def titles(room: Room) -> list[str]:
    return [step.title["id"] for step in steps(room)]


def test_every_agenda_speaks_both_languages_and_tells_the_host_what_to_say() -> None:
    assert [each.name.id for each in agendas()] == ["Setengah hari", "Dua hari", "Tiga hari"]
    for each in agendas():
        assert len(each.starts) == each.steps[-1].day
        for step in each.steps:
            for text in (step.title, step.script):
                assert (text.id and text.en and text.id != text.en) or text.id == "Pre-test"
            assert bool(step.vote) == (step.stage == Stage.VOTE)
    assert set(STAGE_NAMES) == set(TASKS) == set(Stage)


def test_every_agenda_visits_all_nine_blocks_alone_first() -> None:
    for each in agendas():
        alone = [block for step in each.steps if step.stage == Stage.WRITE_ALONE for block in step.blocks]
        assert len(alone) == len(set(alone)) == 9


def test_lunch_and_prayer_take_longer_on_a_friday() -> None:
    two_days = agenda("two-days")
    assert two_days
    (lunch,) = [step for step in two_days.steps if step.title.id == "ISHOMA" and step.day == 1]
    tuesday = SimpleNamespace(weekday=lambda: 1)
    friday = SimpleNamespace(weekday=lambda: FRIDAY)

    assert lunch.minutes_on(tuesday) == 60 and lunch.minutes_on(friday) == 90  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("passage", "replacement", "complaint"),
    [
        ('stage = "vote"', 'stage = "votee"', "stage must be one of"),
        ("minutes = 30", "minutes = 0", "1 to 600 minutes"),
        ('start = "08.00"', 'start = "25.00"', "no time 25.00"),
        ('start = "08.00"', 'start = "8 pagi"', "such as"),
        ('blocks = ["channels"]', 'blocks = ["chanels"]', "unknown block chanels"),
        ("minutes = 30", "minuts = 30", "minutes is missing"),
        ('title = { id = "Rehat", en = "Break" }', 'title = { id = "Rehat" }', "en is missing"),
        ("vote = { budget = 3,", "vote = { budget = 0,", "1 to 20 votes"),
        ('stage = "write_alone"\nblocks = ["channels"]', 'stage = "write_alone"', "there are none"),
        ('title = { id = "Rehat"', 'day = 2\ntitle = { id = "Rehat"', "no day 2"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(
    tmp_path: Path, passage: str, replacement: str, complaint: str
) -> None:
    text = HALF_DAY.read_text(encoding="utf-8")
    assert passage in text
    copy = tmp_path / "half-day.toml"
    copy.write_text(text.replace(passage, replacement, 1), encoding="utf-8")

    with pytest.raises(MalformedFile, match=complaint):
        read_agenda(copy)


def test_times_follow_from_the_start_of_each_day_and_skipped_steps_take_none() -> None:
    plan = [(1, 30, False), (1, 15, True), (1, 10, False), (2, 5, False)]
    rows = [SimpleNamespace(day=day, minutes=minutes, is_skipped=skipped) for day, minutes, skipped in plan]

    assert [spelt(start) for start in planned_starts([480, 510], rows)] == [
        "08.00",
        "08.30",
        "08.30",
        "08.30",
    ]
    assert [read_time(text) for text in ("8.30", "08:30", " 14.05 ")] == [510, 510, 845]
    for wrong in ("25.00", "8", "jam 8", "08.61", " "):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            read_time(wrong)


@pytest.mark.parametrize(
    ("province", "letters"),
    [
        ("Banten", "WIB"),
        ("Sulawesi Selatan", "WITA"),
        ("sulsel", "WITA"),
        ("Papua Barat Daya", "WIT"),
        ("", "WIB"),
    ],
)
def test_times_are_those_of_the_province(province: str, letters: str) -> None:
    assert zone_at(province, HERE).name == letters


def test_without_a_province_the_clock_of_the_laptop_counts() -> None:
    assert zone_at("", timedelta(hours=8)).name == "WITA"
    assert zone_at("", timedelta(hours=1)).name == ""


def test_a_new_workshop_follows_half_a_day_until_another_agenda_is_chosen(room: Room) -> None:
    assert titles(room)[0] == "Registrasi" and len(titles(room)) == 27

    room.on_desk("agenda", key="three-days")

    assert {step.day for step in steps(room)} == {1, 2, 3}
    assert room.on_desk("agenda", key="four-days").status_code == 422


def test_the_form_offers_agendas_and_lunch_is_longer_when_the_day_is_a_friday(anonymous: TestClient) -> None:
    sign_up(anonymous)
    assert "Dua hari" in anonymous.get("/workshops/new").text
    lengths = []
    for day in ("2024-09-10", "2024-09-13"):
        form = {"title": "Lokakarya", "held_on": day, "group_count": "1", "agenda": "two-days"}
        desk = anonymous.post("/workshops", data=form).headers["location"]
        page = anonymous.get(f"{desk}/agenda").text
        lengths.append(re.findall(r"<b>ISHOMA</b> <small>Rehat · (\d+) menit", page))

    assert lengths == [["60", "60"], ["90", "60"]]


def test_the_desk_shows_the_day_by_the_clock_of_its_province(anonymous: TestClient) -> None:
    sign_up(anonymous)
    form = {"title": "L", "held_on": "2024-09-10", "group_count": "1", "province": "Sulawesi Selatan"}
    desk = anonymous.get(anonymous.post("/workshops", data=form).headers["location"]).text

    assert "Registrasi" in desk and "WITA" in desk
    assert re.search(r'class="times">08\.30</span>\s*<span class="grow">Pembukaan', desk)


def test_steps_are_put_in_order_shortened_renamed_skipped_and_taken_off(room: Room) -> None:
    first, second, third = steps(room)[:3]

    room.on_desk(f"agenda/steps/{third.id}/placement", before=first.id)
    room.on_desk(f"agenda/steps/{third.id}/placement", before=first.id)
    room.on_desk(f"agenda/steps/{second.id}", title="Selamat datang", minutes="5", script=second.script["id"])
    room.on_desk(f"agenda/steps/{first.id}/skipping", skip="1")

    changed = steps(room)
    assert [step.id for step in changed[:3]] == [third.id, first.id, second.id]
    assert changed[1].is_skipped and not changed[2].is_skipped
    assert (changed[2].title, changed[2].minutes) == ({"id": "Selamat datang", "en": "Selamat datang"}, 5)
    assert changed[2].script == second.script, "words that stay keep their other language"
    for _ in range(2):
        assert room.on_desk(f"agenda/steps/{third.id}/removal").status_code == 303
    assert third.id not in [step.id for step in steps(room)]


def test_one_more_step_comes_at_the_end_of_its_day_and_once(room: Room) -> None:
    step_id = new_uuid()
    form = {"step_id": step_id, "title": "Foto", "minutes": "5", "stage": "vote", "script": "Senyum!"}

    for _ in range(2):
        assert room.on_desk("agenda/steps", **form).status_code == 303

    assert titles(room).count("Foto") == 1 and titles(room)[-1] == "Foto"
    assert steps(room)[-1].vote is not None
    page = room.on_desk("agenda/steps", **{**form, "step_id": new_uuid(), "title": " "})
    assert page.status_code == 422 and "Beri judul langkah ini." in page.text


def test_another_start_moves_the_whole_day(room: Room) -> None:
    room.on_desk("agenda/start", day="1", start="9.15")

    assert re.search(r'class="times">09\.45</span>\s*<span class="grow">Pembukaan', room.desk())
    assert room.on_desk("agenda/start", day="1", start="pagi").status_code == 422


def test_an_agenda_saved_under_a_name_is_there_for_the_next_workshop_and_for_nobody_else(room: Room) -> None:
    room.on_desk(f"agenda/steps/{steps(room)[0].id}/removal")
    for _ in range(2):
        assert room.on_desk("agenda/saving", name="Gaya Serang").status_code == 303
    form = room.facilitator.get("/workshops/new").text
    found: Callable[[str], list[str]] = lambda page: re.findall(r'value="(\w+)">Gaya Serang<', page)  # noqa: E731

    (key,) = found(form)
    other = open_another(room)
    other.on_desk("agenda", key=key)

    assert titles(other) == titles(room) and titles(other)[0] == "Pembukaan dan perkenalan"
    assert room.on_desk("agenda/saving", name=" ").status_code == 422
