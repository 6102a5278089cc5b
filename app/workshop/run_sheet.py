"""The agenda as desk, wall and boards show it: where everybody is, what comes next, how much time is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from app.canvas import catalog
from app.canvas.definition import Text
from app.clock import now, steady
from app.errors import N_
from app.web.i18n import translate, translate_plural
from app.workshop.agenda import Zone, planned_starts, spelt, zone_at
from app.workshop.agenda_steps import steps_of
from app.workshop.models import AgendaStep, StepNow, Workshop
from app.workshop.stages import STAGE_NAMES, TASKS, Stage, Writing, open_places


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown by the server's clock, in milliseconds: when it ends, or paused, how much is left.

    `mark` changes whenever somebody changes it.
    """

    ends: int | None
    rest: int | None
    total: int

    @property
    def mark(self) -> str:
        return f"{self.ends}/{self.rest}"


@dataclass(frozen=True, slots=True)
class StageView:
    """The step that a table is at, as everybody may see it: nothing of the host's script is here.

    `open`: the places where participants may write; None for all.
    """

    step_id: str
    title: str
    stage: str
    stage_name: str
    task: str
    question: str
    blocks: tuple[str, ...]
    block_names: tuple[str, ...]
    open: tuple[str, ...] | None
    timer: Timer
    ends_at: str
    visit: int = 0
    visit_count: int = 0

    @property
    def in_focus(self) -> list[tuple[str, str]]:
        """Key and name of each block that the step is about."""
        return list(zip(self.blocks, self.block_names, strict=True))

    @property
    def asked(self) -> str:
        """What the wall asks: the question, or where there is none, what people are to do."""
        return self.question or self.task


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
    zone = _zone(workshop)
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
        ends_at=_ending(everybody, zone) if everybody else "",
        pace=_pace(workshop, steps, everybody, zone, locale),
        previous=by_id[before[-1].id] if everybody and before else None,
        next=by_id[following.id] if following else None,
        own={group: _own_way(row, steps, by_id) for group, row in at.items() if group},
    )


def stage_view(session: Session, workshop: Workshop, group_id: str, locale: str) -> StageView | None:
    """The step that a group is at, or everybody with ""; None before the first and after the last."""
    row = step_now(session, workshop.id, group_id)
    step = session.get(AgendaStep, row.step_id) if row else None
    if row is None or step is None:
        return None
    definition = catalog.definition()
    blocks = [definition.block(key) for key in step.blocks]
    question = Text(**step.question).of(locale)
    if not question and blocks:
        question = blocks[0].questions[0].text.of(locale)
    places = open_places(Writing(step.writing), step.blocks, definition.parking.key)
    return StageView(
        step_id=step.id,
        title=Text(**step.title).of(locale),
        stage=step.stage,
        stage_name=translate(locale, STAGE_NAMES[Stage(step.stage)]),
        task=_task(step, locale),
        question=question,
        blocks=tuple(step.blocks),
        block_names=tuple(block.name.of(locale) for block in blocks),
        open=None if places is None else tuple(places),
        timer=timer_of(row, step),
        ends_at=_ending(row, _zone(workshop)),
        visit=row.visit,
        visit_count=row.visit_count,
    )


def step_now(session: Session, workshop_id: str, group_id: str = "") -> StepNow | None:
    """Where a group is: at a step of its own, or where everybody is."""
    own = session.get(StepNow, (workshop_id, group_id)) if group_id else None
    return own or session.get(StepNow, (workshop_id, ""))


def timer_of(row: StepNow, step: AgendaStep) -> Timer:
    """How its countdown stands."""
    ends = round(row.ends_at.timestamp() * 1000) if row.ends_at else None
    rest = round(row.rest * 1000) if row.rest is not None else None
    return Timer(ends, rest, step.minutes * 60_000 // max(row.visit_count, 1))


def _line(step: AgendaStep, start: int, locale: str, state: str) -> StepLine:
    return StepLine(
        id=step.id,
        title=Text(**step.title).of(locale),
        day=step.day,
        starts=spelt(start),
        minutes=step.minutes,
        stage=step.stage,
        stage_name=translate(locale, STAGE_NAMES[Stage(step.stage)]),
        task=_task(step, locale),
        wall=step.wall,
        script=Text(**step.script).of(locale),
        is_skipped=step.is_skipped,
        state=state,
    )


def _task(step: AgendaStep, locale: str) -> str:
    return Text(**step.task).of(locale) or translate(locale, TASKS[Stage(step.stage)])


def _zone(workshop: Workshop) -> Zone:
    return zone_at(workshop.province, now().astimezone().utcoffset() or timedelta())


def _starts(workshop: Workshop, steps: Sequence[AgendaStep]) -> list[int]:
    return list(planned_starts(workshop.day_starts, steps))


def _place(steps: Sequence[AgendaStep], row: StepNow | None) -> int:
    return next((number for number, step in enumerate(steps) if row and step.id == row.step_id), -1)


def _next(steps: Sequence[AgendaStep], place: int) -> AgendaStep | None:
    return next((step for step in steps[place + 1 :] if not step.is_skipped), None)


def _state(number: int, place: int, is_next: bool) -> str:
    return "past" if number < place else "now" if number == place else "next" if is_next else "later"


def _ends(row: StepNow) -> datetime:
    """When its time is up, as clocks on the wall show it."""
    left = row.ends_at - steady() if row.ends_at else timedelta(seconds=row.rest or 0)
    return now() + left


def _ending(row: StepNow, zone: Zone) -> str:
    return f"{zone.spell(_ends(row))} {zone.name}".strip()


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
    late = round((_ends(row) - planned).total_seconds() / 60)
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
