"""Steps of an agenda as rows and back, and reading a workshop's."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlmodel import Session, col, select

from app.canvas.definition import Text
from app.workshop.agenda import Agenda, StepPlan, StepVote
from app.workshop.agenda_files import agenda, agendas
from app.workshop.models import AgendaStep, OwnAgenda
from app.workshop.stages import Stage, Wall, Writing

_WORDS = ("title", "task", "question", "script")


def steps_of(session: Session, workshop_id: str) -> Sequence[AgendaStep]:
    """The agenda of a workshop, in order; empty where none was chosen."""
    return session.exec(
        select(AgendaStep)
        .where(AgendaStep.workshop_id == workshop_id)
        .order_by(col(AgendaStep.day), col(AgendaStep.position), col(AgendaStep.id))
    ).all()


def own_agendas(session: Session, facilitator_id: str) -> Sequence[OwnAgenda]:
    """What a facilitator has saved, by name."""
    saved = select(OwnAgenda).where(OwnAgenda.facilitator_id == facilitator_id)
    return session.exec(saved.order_by(col(OwnAgenda.name))).all()


def agenda_choices(session: Session, facilitator_id: str, locale: str) -> list[tuple[str, str]]:
    """Key and name of every agenda a facilitator may choose."""
    given = [(each.key, each.name.of(locale)) for each in agendas()]
    return given + [(own.id, own.name) for own in own_agendas(session, facilitator_id)]


def agenda_for(session: Session, facilitator_id: str, key: str) -> Agenda | None:
    """One of these, by its key."""
    own = session.get(OwnAgenda, key)
    if own is None or own.facilitator_id != facilitator_id:
        return agenda(key)
    return Agenda(own.id, Text(own.name, own.name), tuple(own.starts), tuple(map(read_step, own.steps)))


def plan_of(step: AgendaStep) -> StepPlan:
    """A row as the plan it was or has become."""
    return read_step({name: getattr(step, name) for name in kept_step_names()})


def row_of(workshop_id: str, position: int, plan: StepPlan, **columns: Any) -> AgendaStep:
    """A plan as a row of a workshop."""
    return AgendaStep(workshop_id=workshop_id, position=position, **kept_step(plan), **columns)


def kept_step_names() -> Sequence[str]:
    """What is kept of a step, wherever it goes."""
    return ("day", "minutes", "stage", "writing", "wall", "blocks", "vote", *_WORDS)


def kept_step(plan: StepPlan) -> dict[str, Any]:
    """A step as JSON. What it takes on a Friday is decided when a workshop gets it."""
    return {name: value for name, value in asdict(plan).items() if name in kept_step_names()} | {
        "blocks": list(plan.blocks)
    }


def read_step(kept: Mapping[str, Any]) -> StepPlan:
    """The step that `kept_step` made JSON of."""
    vote = kept["vote"]
    plan = StepPlan(
        title=Text(**kept["title"]),
        minutes=kept["minutes"],
        stage=Stage(kept["stage"]),
        writing=Writing(kept["writing"]),
        wall=Wall(kept["wall"]),
        script=Text(**kept["script"]),
        day=kept["day"],
        blocks=tuple(kept["blocks"]),
        task=Text(**kept["task"]),
        question=Text(**kept["question"]),
    )
    return replace(plan, vote=StepVote(Text(**vote["question"]), vote["budget"])) if vote else plan
