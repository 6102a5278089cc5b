"""The agenda as the desk shows it: where everybody is, what comes next, how late it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from app.canvas.definition import Text
from app.errors import N_
from app.web.i18n import translate, translate_plural
from app.workshop.agenda import Zone, planned_starts, spelt
from app.workshop.agenda_steps import steps_of
from app.workshop.at_step import Timer, ending_of, ends_of, task_of, timer_of, zone_of
from app.workshop.models import AgendaStep, StepNow, Workshop
from app.workshop.stages import STAGE_NAMES, Stage


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on the desk. `state`: past, now, next or later."""

    id: str
    title: str
    day: int
    starts: str
    minutes: int
    stage: str
    stage_name: str
    task: str
    wall: str
    script: str
    is_skipped: bool
    state: str


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A workshop's agenda for whoever runs it. `own`: groups that go their own way, by their id."""

    lines: tuple[StepLine, ...]
    starts: tuple[str, ...]
    zone: str
    now: StepLine | None
    timer: Timer | None
    visit: int
    visit_count: int
    ends_at: str
    pace: str
    previous: StepLine | None
    next: StepLine | None
    own: dict[str, "OwnWay"]


@dataclass(frozen=True, slots=True)
class OwnWay:
    """A group at a step of its own."""

    now: StepLine
    timer: Timer
    next: StepLine | None


def run_sheet(session: Session, workshop: Workshop, at: Mapping[str, StepNow], locale: str) -> RunSheet:
    """A workshop's agenda as it stands; `at`: where everybody is (""), and groups that go their own way."""
    steps = steps_of(session, workshop.id)
    everybody = at.get("")
    zone = zone_of(workshop)
    place = _place(steps, everybody)
    following = _next(steps, place)
    lines = tuple(
        _line(step, start, locale, _state(number, place, step is following))
        for number, (step, start) in enumerate(zip(steps, _starts(workshop, steps), strict=True))
    )
    by_id = {line.id: line for line in lines}
    before = [step for step in steps[: max(place, 0)] if not step.is_skipped]
    return RunSheet(
        lines=lines,
        starts=tuple(spelt(start) for start in workshop.day_starts),
        zone=zone.name,
        now=lines[place] if everybody else None,
        timer=timer_of(everybody, steps[place]) if everybody else None,
        visit=everybody.visit if everybody else 0,
        visit_count=everybody.visit_count if everybody else 0,
        ends_at=ending_of(everybody, zone) if everybody else "",
        pace=_pace(workshop, steps, everybody, zone, locale),
        previous=by_id[before[-1].id] if everybody and before else None,
        next=by_id[following.id] if following else None,
        own={group: _own_way(row, steps, by_id) for group, row in at.items() if group},
    )


def _line(step: AgendaStep, start: int, locale: str, state: str) -> StepLine:
    return StepLine(
        id=step.id,
        title=Text(**step.title).of(locale),
        day=step.day,
        starts=spelt(start),
        minutes=step.minutes,
        stage=step.stage,
        stage_name=translate(locale, STAGE_NAMES[Stage(step.stage)]),
        task=task_of(step, locale),
        wall=step.wall,
        script=Text(**step.script).of(locale),
        is_skipped=step.is_skipped,
        state=state,
    )


def _starts(workshop: Workshop, steps: Sequence[AgendaStep]) -> list[int]:
    return list(planned_starts(workshop.day_starts, steps))


def _place(steps: Sequence[AgendaStep], row: StepNow | None) -> int:
    return next((number for number, step in enumerate(steps) if row and step.id == row.step_id), -1)


def _next(steps: Sequence[AgendaStep], place: int) -> AgendaStep | None:
    return next((step for step in steps[place + 1 :] if not step.is_skipped), None)


def _state(number: int, place: int, is_next: bool) -> str:
    return "past" if number < place else "now" if number == place else "next" if is_next else "later"


def _own_way(row: StepNow, steps: Sequence[AgendaStep], lines: dict[str, StepLine]) -> OwnWay:
    place = _place(steps, row)
    following = _next(steps, place)
    return OwnWay(lines[row.step_id], timer_of(row, steps[place]), lines[following.id] if following else None)


def _pace(
    workshop: Workshop, steps: Sequence[AgendaStep], row: StepNow | None, zone: Zone, locale: str
) -> str:
    """How the end of this step compares with the plan; nothing on another day than the planned one."""
    place = _place(steps, row)
    if row is None or row.ends_at is None or place < 0:
        return ""
    day = workshop.held_on + timedelta(days=steps[place].day - 1)
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone.offset)
    planned = midnight + timedelta(minutes=_starts(workshop, steps)[place] + steps[place].minutes)
    late = round((ends_of(row) - planned).total_seconds() / 60)
    if abs(late) > 12 * 60:
        return ""
    if abs(late) < 2:
        return translate(locale, N_("On time"))
    if late > 0:
        return translate_plural(
            locale, "%(num)s minute behind the plan", "%(num)s minutes behind the plan", late
        )
    return translate_plural(
        locale, "%(num)s minute ahead of the plan", "%(num)s minutes ahead of the plan", -late
    )
