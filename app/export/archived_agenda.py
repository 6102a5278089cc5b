"""The agenda in an archive: a workshop's steps as its host has put them in order, not where it stood."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from app.canvas import catalog
from app.canvas.voting_models import MAX_BUDGET, MAX_QUESTION
from app.workshop.agenda import MAX_MINUTES, MAX_SCRIPT, MAX_SENTENCE, MAX_STEPS, MAX_TITLE
from app.workshop.agenda_steps import kept_step, plan_of, read_step, row_of, steps_of
from app.workshop.models import Workshop
from app.workshop.stages import Stage, Wall, Writing


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TitleEntry(_Entry):
    """A title in both languages."""

    id: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
    en: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]


class SentenceEntry(_Entry):
    """A sentence in both languages, or none."""

    id: Annotated[str, Field(max_length=MAX_SENTENCE)] = ""
    en: Annotated[str, Field(max_length=MAX_SENTENCE)] = ""


class ScriptEntry(_Entry):
    """What the host says, in both languages."""

    id: Annotated[str, Field(max_length=MAX_SCRIPT)] = ""
    en: Annotated[str, Field(max_length=MAX_SCRIPT)] = ""


class AskedEntry(_Entry):
    """What a vote asks, in both languages."""

    id: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
    en: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]


class StepVoteEntry(_Entry):
    """The vote that a step opens."""

    question: AskedEntry
    budget: Annotated[int, Field(ge=1, le=MAX_BUDGET)] = 3


class StepEntry(_Entry):
    """A step of the agenda."""

    title: TitleEntry
    minutes: Annotated[int, Field(ge=1, le=MAX_MINUTES)]
    stage: Stage
    writing: Writing
    wall: Wall
    day: Annotated[int, Field(ge=1, le=14)] = 1
    blocks: Annotated[list[str], Field(max_length=9)] = []
    task: SentenceEntry = SentenceEntry()
    question: SentenceEntry = SentenceEntry()
    script: ScriptEntry = ScriptEntry()
    vote: StepVoteEntry | None = None
    skipped: bool = False


class AgendaEntry(_Entry):
    """An agenda; `starts` in minutes after midnight, one for each day."""

    starts: Annotated[list[Annotated[int, Field(ge=0, lt=1440)]], Field(max_length=14)] = []
    steps: Annotated[list[StepEntry], Field(max_length=MAX_STEPS)] = []


def agenda_entry(session: Session, workshop: Workshop) -> AgendaEntry:
    """The agenda of a workshop."""
    steps: list[dict[str, Any]] = [
        kept_step(plan_of(step)) | {"skipped": step.is_skipped} for step in steps_of(session, workshop.id)
    ]
    return AgendaEntry.model_validate({"starts": workshop.day_starts, "steps": steps})


def add_agenda(session: Session, workshop: Workshop, entry: AgendaEntry) -> None:
    """Give the agenda to a workshop that has none. A block that is not there is left out."""
    workshop.day_starts = list(entry.starts)
    known = catalog.definition()
    for position, step in enumerate(entry.steps):
        kept = step.model_dump(mode="json", exclude={"skipped"})
        kept["blocks"] = [block for block in step.blocks if known.has_block(block)]
        session.add(row_of(workshop.id, position, read_step(kept), is_skipped=step.skipped))
    session.flush()
