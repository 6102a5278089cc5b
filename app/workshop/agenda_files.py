"""The agendas that come with the product (canvases/agendas), checked while reading. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.canvas import catalog
from app.canvas.definition import Text
from app.resources import CANVASES
from app.toml_table import TomlTable
from app.workshop.agenda import (
    MAX_MINUTES,
    MAX_SCRIPT,
    MAX_SENTENCE,
    MAX_TITLE,
    NOTHING,
    Agenda,
    StepPlan,
    StepVote,
    read_time,
)
from app.workshop.stages import Stage, Wall, Writing, usual_wall, usual_writing

HALF_DAY = "half-day"
# From the shortest to the longest.
_KEYS = (HALF_DAY, "two-days", "three-days")
_FOLDER = CANVASES / "agendas"
_TIME = re.compile(r"\d\d\.\d\d")


@cache
def agendas() -> tuple[Agenda, ...]:
    """All of them, the shortest first."""
    return tuple(read_agenda(_FOLDER / f"{key}.toml") for key in _KEYS)


def agenda(key: str) -> Agenda | None:
    """The agenda of a key."""
    return next((each for each in agendas() if each.key == key), None)


def read_agenda(path: Path) -> Agenda:
    """The agenda a file describes; MalformedFile says what is wrong with it."""
    file = TomlTable.of_file(path)
    name = _text(file.table("name"), MAX_TITLE)
    starts = tuple(_start(table) for table in file.tables("days"))
    steps = tuple(_step(table, len(starts)) for table in file.tables("steps"))
    file.refuse_unread()
    if not steps:
        raise file.error("there are no steps")
    if [step.day for step in steps] != sorted(step.day for step in steps):
        raise file.error("the days of the steps are not in order")
    if {step.day for step in steps} != set(range(1, len(starts) + 1)):
        raise file.error("every day needs a start and a step")
    return Agenda(key=path.stem, name=name, starts=starts, steps=steps)


def _start(table: TomlTable) -> int:
    text = table.text("start")
    table.refuse_unread()
    if not _TIME.fullmatch(text):
        raise table.error(f'start must be a time such as "08.30", not {text!r}')
    try:
        return read_time(text)
    except ValueError:
        raise table.error(f"there is no time {text}") from None


def _step(table: TomlTable, days: int) -> StepPlan:
    stage = Stage(table.choice("stage", [each.value for each in Stage]))
    writing = table.optional_choice("writing", [each.value for each in Writing])
    wall = table.optional_choice("wall", [each.value for each in Wall])
    step = StepPlan(
        title=_text(table.table("title"), MAX_TITLE),
        minutes=_minutes(table, table.number("minutes")),
        stage=stage,
        writing=Writing(writing) if writing else usual_writing(stage),
        wall=Wall(wall) if wall else usual_wall(stage),
        script=_text(table.table("script"), MAX_SCRIPT),
        day=table.optional_number("day") or 1,
        blocks=tuple(_blocks(table)),
        task=_optional_text(table, "task"),
        question=_optional_text(table, "question"),
        vote=_vote(table.table("vote")) if stage == Stage.VOTE else None,
        friday_minutes=table.optional_number("friday_minutes"),
    )
    table.refuse_unread()
    _minutes(table, step.friday_minutes or step.minutes)
    if not 1 <= step.day <= days:
        raise table.error(f"there is no day {step.day}")
    if step.writing == Writing.FOCUS and not step.blocks:
        raise table.error("people write in the blocks in focus, and there are none")
    return step


def _minutes(table: TomlTable, minutes: int) -> int:
    if not 1 <= minutes <= MAX_MINUTES:
        raise table.error(f"a step takes 1 to {MAX_MINUTES} minutes, not {minutes}")
    return minutes


def _blocks(table: TomlTable) -> Iterator[str]:
    for key in table.texts("blocks"):
        if not catalog.definition().has_block(key):
            raise table.error(f"unknown block {key}")
        yield key


def _vote(table: TomlTable) -> StepVote:
    vote = StepVote(_text(table.table("question"), 160), table.number("budget"))
    table.refuse_unread()
    if not 1 <= vote.budget <= 20:
        raise table.error("everybody has 1 to 20 votes")
    return vote


def _optional_text(table: TomlTable, key: str) -> Text:
    return _text(table.table(key), MAX_SENTENCE) if key in table.names() else NOTHING


def _text(table: TomlTable, longest: int) -> Text:
    text = Text(id=table.text("id"), en=table.text("en"))
    table.refuse_unread()
    if max(len(text.id), len(text.en)) > longest:
        raise table.error(f"at most {longest} characters")
    return text
