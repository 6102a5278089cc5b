"""What is to happen in a workshop and when: agendas, their steps, and the times of day. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from app.canvas.definition import Text
from app.room.zones import ZONES, zone_of
from app.workshop.stages import Stage, Wall, Writing

MAX_STEPS = 120
MAX_MINUTES = 600
MAX_TITLE = 120
MAX_SENTENCE = 300
MAX_SCRIPT = 2000
MAX_AGENDA_NAME = 80
FRIDAY = 4
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class StepVote:
    """The vote that a step opens."""

    question: Text
    budget: int = 3


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step. `script` is what the host says, and nobody else reads. On Fridays it may take longer."""

    title: Text
    minutes: int
    stage: Stage
    writing: Writing
    wall: Wall
    script: Text
    day: int = 1
    blocks: tuple[str, ...] = ()
    task: Text = NOTHING
    question: Text = NOTHING
    vote: StepVote | None = None
    friday_minutes: int | None = None

    def minutes_on(self, day: date) -> int:
        """How long it takes on that day of the calendar."""
        return self.friday_minutes if self.friday_minutes and day.weekday() == FRIDAY else self.minutes


@dataclass(frozen=True, slots=True)
class Agenda:
    """A workshop's steps; `starts` says when each of its days begins, in minutes after midnight."""

    key: str
    name: Text
    starts: tuple[int, ...]
    steps: tuple[StepPlan, ...] = field(default=())


class Timed(Protocol):
    """A step, as far as the clock is concerned."""

    day: int
    minutes: int
    is_skipped: bool


def planned_starts(starts: Sequence[int], steps: Iterable[Timed]) -> Iterator[int]:
    """When each step is to begin, in minutes after midnight of its day. Skipped ones take no time."""
    day, clock = 0, 0
    for step in steps:
        if step.day != day:
            day = step.day
            clock = starts[day - 1] if day <= len(starts) else clock
        yield clock
        clock += 0 if step.is_skipped else step.minutes


def spelt(minutes: int) -> str:
    """A time of day as people write it: 09.05."""
    return f"{minutes // 60 % 24:02}.{minutes % 60:02}"


def read_time(text: str) -> int:
    """The minutes after midnight that "8.30" or "08:30" means. Raises ValueError."""
    hours, _, minutes = text.strip().replace(":", ".").partition(".")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of Indonesia, under the letters that stand behind a time. Elsewhere there are none."""

    name: str
    offset: timezone

    def spell(self, moment: datetime) -> str:
        """The time of day there."""
        there = moment.astimezone(self.offset)
        return spelt(there.hour * 60 + there.minute)


def zone_at(province: str, here: timedelta) -> Zone:
    """The zone of a province; where none is given or known, the one of the server's clock, `here`."""
    name = zone_of(province)
    offset = next((offset for offset, letters in ZONES.items() if letters == name), here)
    return Zone(ZONES.get(offset, ""), timezone(offset))
