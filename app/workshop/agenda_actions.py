"""The verbs of an agenda before and while it is followed: choosing one, and changing its steps."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app import errors
from app.canvas import catalog
from app.canvas.definition import Text
from app.canvas.limits import check_characters
from app.errors import N_
from app.workshop.actions import stamp
from app.workshop.agenda import (
    MAX_AGENDA_NAME,
    MAX_MINUTES,
    MAX_SCRIPT,
    MAX_STEPS,
    MAX_TITLE,
    StepPlan,
    StepVote,
)
from app.workshop.agenda_steps import agenda_for, kept_step, own_agendas, plan_of, row_of, steps_of
from app.workshop.laying_out import lay_out
from app.workshop.models import AgendaStep, OwnAgenda, StepNow, Workshop
from app.workshop.stages import Stage, Writing, usual_wall, usual_writing

MAX_OWN_AGENDAS = 50


@dataclass(frozen=True, slots=True)
class StepWords:
    """What the host says a step is, in the language they read."""

    title: str
    minutes: int
    script: str = ""


def choose_agenda(session: Session, workshop_id: str, facilitator_id: str, key: str) -> None:
    """Put another agenda in the place of this one, which must not be under way. Raises Invalid."""
    if session.exec(select(StepNow).where(StepNow.workshop_id == workshop_id)).first():
        raise errors.Invalid("agenda_under_way", N_("The agenda is under way. End it first."))
    chosen = agenda_for(session, facilitator_id, key)
    if chosen is None:
        raise errors.Invalid("unknown_agenda", N_("There is no such agenda."))
    workshop = session.get_one(Workshop, workshop_id)
    for step in steps_of(session, workshop_id):
        session.delete(step)
    session.flush()
    lay_out(session, workshop, chosen)
    stamp(session, workshop)


def set_start(session: Session, workshop_id: str, day: int, minutes: int) -> None:
    """Say when a day begins. Raises Invalid."""
    workshop = session.get_one(Workshop, workshop_id)
    if not 1 <= day <= len(workshop.day_starts):
        raise errors.Invalid("unknown_day", N_("The agenda has no such day."))
    workshop.day_starts = [
        minutes if number == day else start for number, start in enumerate(workshop.day_starts, 1)
    ]
    stamp(session, workshop)


def add_step(
    session: Session,
    workshop_id: str,
    step_id: str,
    words: StepWords,
    stage: Stage,
    day: int,
    block: str = "",
) -> None:
    """One more step at the end of a day. The form brings its id: sent twice, there is one. Raises Invalid."""
    workshop = session.get_one(Workshop, workshop_id)
    steps = steps_of(session, workshop_id)
    if any(step.id == step_id for step in steps):
        return
    if len(steps) >= MAX_STEPS:
        raise errors.Invalid("too_many_steps", N_("An agenda may have at most 120 steps."))
    if not 1 <= day <= max(len(workshop.day_starts), 1):
        raise errors.Invalid("unknown_day", N_("The agenda has no such day."))
    if block and not catalog.definition().has_block(block):
        raise errors.Invalid("unknown_block", N_("This canvas has no such block."))
    title = Text(_title(words.title), _title(words.title))
    script = Text(_script(words.script), _script(words.script))
    writing = usual_writing(stage)
    plan = StepPlan(
        title=title,
        minutes=_minutes(words.minutes),
        stage=stage,
        writing=Writing.EVERYWHERE if writing == Writing.FOCUS and not block else writing,
        wall=usual_wall(stage),
        script=script,
        day=day,
        blocks=(block,) if block else (),
        vote=StepVote(title) if stage == Stage.VOTE else None,
    )
    position = max((step.position for step in steps), default=0) + 1
    if session.get(AgendaStep, step_id) is None:
        session.add(row_of(workshop_id, position, plan, id=step_id))
        stamp(session, workshop)


def change_step(session: Session, workshop_id: str, step_id: str, words: StepWords, locale: str) -> None:
    """Other words or minutes. Words that stay as they were keep their other language. Raises Refused."""
    step = _step(session, workshop_id, step_id)
    step.minutes = _minutes(words.minutes)
    step.title = _reworded(step.title, _title(words.title), locale)
    step.script = _reworded(step.script, _script(words.script), locale)
    stamp(session, session.get_one(Workshop, workshop_id))


def place_step(session: Session, workshop_id: str, step_id: str, before: str) -> None:
    """Put a step before another of the same day, or with "" at its end. Raises Gone."""
    moved = _step(session, workshop_id, step_id)
    others = [step for step in steps_of(session, workshop_id) if step is not moved and step.day == moved.day]
    place = next((number for number, step in enumerate(others) if step.id == before), len(others))
    for number, step in enumerate([*others[:place], moved, *others[place:]]):
        step.position = number
    stamp(session, session.get_one(Workshop, workshop_id))


def skip_step(session: Session, workshop_id: str, step_id: str) -> None:
    """Leave a step out; it stays on the list."""
    _set_skipped(session, workshop_id, step_id, is_skipped=True)


def keep_step(session: Session, workshop_id: str, step_id: str) -> None:
    """Take a skipped step in again."""
    _set_skipped(session, workshop_id, step_id, is_skipped=False)


def _set_skipped(session: Session, workshop_id: str, step_id: str, *, is_skipped: bool) -> None:
    _step(session, workshop_id, step_id).is_skipped = is_skipped
    stamp(session, session.get_one(Workshop, workshop_id))


def remove_step(session: Session, workshop_id: str, step_id: str) -> None:
    """Take a step off the agenda; not one that somebody is at. Twice is once. Raises Invalid."""
    step = session.get(AgendaStep, step_id)
    if step is None or step.workshop_id != workshop_id:
        return
    if session.exec(select(StepNow).where(StepNow.step_id == step_id)).first():
        raise errors.Invalid("step_under_way", N_("This step is under way. Go on to another one first."))
    session.delete(step)
    session.flush()
    stamp(session, session.get_one(Workshop, workshop_id))


def save_agenda(session: Session, workshop_id: str, facilitator_id: str, name: str) -> None:
    """Keep this workshop's agenda for the facilitator's next ones; under a name once. Raises Refused."""
    name = " ".join(name.split())
    check_characters(name)
    if not name:
        raise errors.Invalid("agenda_name_missing", N_("Please give the agenda a name."))
    if len(name) > MAX_AGENDA_NAME:
        raise errors.TooLong(
            "agenda_name_too_long", N_("The name of an agenda may have at most 80 characters.")
        )
    kept = own_agendas(session, facilitator_id)
    own = next((each for each in kept if each.name == name), None)
    if own is None and len(kept) >= MAX_OWN_AGENDAS:
        raise errors.Invalid("too_many_agendas", N_("You have 50 agendas of your own; that is the most."))
    own = own or OwnAgenda(facilitator_id=facilitator_id, name=name)
    own.starts = list(session.get_one(Workshop, workshop_id).day_starts)
    own.steps = [kept_step(plan_of(step)) for step in steps_of(session, workshop_id) if not step.is_skipped]
    session.add(own)
    session.flush()


def _step(session: Session, workshop_id: str, step_id: str) -> AgendaStep:
    step = session.get(AgendaStep, step_id)
    if step is None or step.workshop_id != workshop_id:
        raise errors.Gone("step_gone", N_("This step is no longer on the agenda."))
    return step


def _reworded(kept: dict[str, str], words: str, locale: str) -> dict[str, str]:
    return kept if Text(**kept).of(locale) == words else {"id": words, "en": words}


def _title(text: str) -> str:
    text = " ".join(text.split())
    check_characters(text)
    if not text:
        raise errors.Invalid("step_title_missing", N_("Please give the step a title."))
    if len(text) > MAX_TITLE:
        raise errors.TooLong("step_title_too_long", N_("A step's title may have at most 120 characters."))
    return text


def _script(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    check_characters(text)
    if len(text) > MAX_SCRIPT:
        raise errors.TooLong("script_too_long", N_("A script may have at most 2,000 characters."))
    return text


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= MAX_MINUTES:
        raise errors.Invalid("minutes_wrong", N_("A step takes 1 to 600 minutes."))
    return minutes
