"""The step that people are at, as boards and the wall show it, and how much time is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.canvas import catalog
from app.canvas.definition import Text
from app.clock import now, steady
from app.web.i18n import translate
from app.workshop.agenda import Zone, zone_at
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

    `open`: the places where participants may write; None for all. `follows_walk`: whether other groups have
    just been guests here.
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
    follows_walk: bool = False

    @property
    def in_focus(self) -> list[tuple[str, str]]:
        """Key and name of each block that the step is about."""
        return list(zip(self.blocks, self.block_names, strict=True))

    @property
    def asked(self) -> str:
        """What the wall asks: the question, or where there is none, what people are to do."""
        return self.question or self.task


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
        task=task_of(step, locale),
        question=question,
        blocks=tuple(step.blocks),
        block_names=tuple(block.name.of(locale) for block in blocks),
        open=None if places is None else tuple(places),
        timer=timer_of(row, step),
        ends_at=ending_of(row, zone_of(workshop)),
        visit=row.visit,
        visit_count=row.visit_count,
        follows_walk=_follows_walk(session, step),
    )


def _follows_walk(session: Session, step: AgendaStep) -> bool:
    before = session.exec(
        select(AgendaStep.stage)
        .where(
            AgendaStep.workshop_id == step.workshop_id,
            AgendaStep.position < step.position,
            col(AgendaStep.is_skipped).is_(False),
        )
        .order_by(col(AgendaStep.position).desc())
        .limit(1)
    ).first()
    return before == Stage.GALLERY


def step_now(session: Session, workshop_id: str, group_id: str = "") -> StepNow | None:
    """Where a group is: at a step of its own, or where everybody is."""
    own = session.get(StepNow, (workshop_id, group_id)) if group_id else None
    return own or session.get(StepNow, (workshop_id, ""))


def timer_of(row: StepNow, step: AgendaStep) -> Timer:
    """How its countdown stands."""
    ends = round(row.ends_at.timestamp() * 1000) if row.ends_at else None
    rest = round(row.rest * 1000) if row.rest is not None else None
    return Timer(ends, rest, step.minutes * 60_000 // max(row.visit_count, 1))


def task_of(step: AgendaStep, locale: str) -> str:
    """What a step asks people to do."""
    return Text(**step.task).of(locale) or translate(locale, TASKS[Stage(step.stage)])


def zone_of(workshop: Workshop) -> Zone:
    """The time zone of the place where it is held."""
    return zone_at(workshop.province, now().astimezone().utcoffset() or timedelta())


def ends_of(row: StepNow) -> datetime:
    """When its time is up, as clocks on the wall show it."""
    left = row.ends_at - steady() if row.ends_at else timedelta(seconds=row.rest or 0)
    return now() + left


def ending_of(row: StepNow, zone: Zone) -> str:
    """The same in words."""
    return f"{zone.spell(ends_of(row))} {zone.name}".strip()
