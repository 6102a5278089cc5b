"""Following the agenda: entering a step, its timer, and groups that go their own way.

A step is entered by its name, from the step that was on the page: what is pressed twice, or on a page that is
behind, changes nothing. Entering sets all that belongs to a step, in one transaction (`_set_stage`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from app import errors
from app.canvas import catalog
from app.canvas.definition import Text
from app.canvas.models import Canvas
from app.canvas.operations import Actor, Operation
from app.canvas.silence import hide_writing, reveal_notes
from app.canvas.voting import Question, close_voting, latest_round, open_voting, reopen_voting
from app.clock import steady
from app.errors import N_
from app.ids import new_uuid
from app.workshop.actions import stamp
from app.workshop.at_step import step_now, timer_of
from app.workshop.models import STEP_SCENES, AgendaStep, Group, SceneKind, StepNow, Workshop
from app.workshop.scenes import plain_scene, presentation
from app.workshop.stages import Stage, Wall, Writing, open_places
from app.workshop.visits import begin_visits, send_groups

EXTENSION = 120.0
_SCENES = {
    Wall.WELCOME: SceneKind.WELCOME,
    Wall.PROMPT: SceneKind.PROMPT,
    Wall.BREAK: SceneKind.BREAK,
    Wall.CANVASES: SceneKind.WALL,
    Wall.PLANS: SceneKind.PLANS,
    Wall.THANKS: SceneKind.THANKS,
}


@dataclass(frozen=True, slots=True)
class Host:
    """Who leads; what is written for a table on their behalf is in their language."""

    actor: Actor
    locale: str


def enter_step(
    session: Session, workshop_id: str, host: Host, step_id: str, seen: str, group_id: str = ""
) -> None:
    """Bring everybody, or one group, from the step `seen` to this one; `seen` is "" before the first.

    Does nothing when they are somewhere else by now. Raises Gone for a step that is not there.
    """
    workshop = session.get_one(Workshop, workshop_id)
    step = session.get(AgendaStep, step_id)
    if step is None or step.workshop_id != workshop_id:
        raise errors.Gone("step_gone", N_("This step is no longer on the agenda."))
    _check_group(session, workshop_id, group_id)
    present = step_now(session, workshop_id, group_id)
    at = present.step_id if present else ""
    if at != seen or at == step_id:
        return
    step.is_skipped = False
    row = session.get(StepNow, (workshop_id, group_id)) or StepNow(
        workshop_id=workshop_id, group_id=group_id, step_id=step_id
    )
    row.step_id, row.rest = step_id, None
    row.entered_at = steady()
    begin_visits(session, row, step)
    session.add(row)
    for canvas in _canvases(session, workshop_id, group_id):
        _set_stage(session, canvas, session.get(AgendaStep, at), step, host)
    if not group_id and step.wall == Wall.PRESENTATION:
        workshop.scene = presentation(session, workshop_id)
    elif not group_id and step.wall in _SCENES:
        workshop.scene = plain_scene(_SCENES[Wall(step.wall)])
    send_groups(session, workshop)
    stamp(session, workshop)


def end_agenda(session: Session, workshop_id: str, host: Host, seen: str) -> None:
    """Leave the agenda: nobody is at a step, everybody may write everywhere. Not when past `seen`."""
    workshop = session.get_one(Workshop, workshop_id)
    rows = session.exec(select(StepNow).where(StepNow.workshop_id == workshop_id)).all()
    everybody = next((row for row in rows if not row.group_id), None)
    if not rows or (everybody.step_id if everybody else "") != seen:
        return
    groups = {row.group_id: row.step_id for row in rows}
    for canvas in _canvases(session, workshop_id, "", own_ways=True):
        left = groups.get(canvas.group_id, groups.get("", ""))
        _set_stage(session, canvas, session.get(AgendaStep, left), None, host)
    for row in rows:
        session.delete(row)
    if workshop.scene["kind"] in STEP_SCENES:
        workshop.scene = {"kind": SceneKind.WALL}
    send_groups(session, workshop)
    stamp(session, workshop)


def rejoin(session: Session, workshop_id: str, host: Host, group_id: str) -> None:
    """Bring a group back to where everybody is. Twice is once."""
    own = session.get(StepNow, (workshop_id, group_id)) if group_id else None
    if own is None:
        return
    left = session.get(AgendaStep, own.step_id)
    session.delete(own)
    session.flush()
    row = step_now(session, workshop_id)
    step = session.get(AgendaStep, row.step_id) if row else None
    for canvas in _canvases(session, workshop_id, group_id):
        _set_stage(session, canvas, left, step, host)
    workshop = session.get_one(Workshop, workshop_id)
    send_groups(session, workshop)
    stamp(session, workshop)


def bring_to_step(session: Session, canvas: Canvas, host: Host) -> None:
    """Have a canvas that is new be where everybody is."""
    if row := step_now(session, canvas.workshop_id):
        _set_stage(session, canvas, None, session.get(AgendaStep, row.step_id), host)


def extend(session: Session, workshop_id: str, mark: str, group_id: str = "") -> None:
    """Two minutes more, from now when the time is up; only to the timer that was on the page (`mark`)."""
    row = session.get(StepNow, (workshop_id, group_id))
    if row is None or timer_of(row, session.get_one(AgendaStep, row.step_id)).mark != mark:
        return
    if row.rest is not None:
        row.rest = max(row.rest, 0) + EXTENSION
    elif row.ends_at is not None:
        row.ends_at = max(row.ends_at, steady()) + timedelta(seconds=EXTENSION)
    stamp(session, session.get_one(Workshop, workshop_id))


def pause(session: Session, workshop_id: str, group_id: str = "") -> None:
    """Hold a timer; it keeps what is left. Twice is once."""
    row = session.get(StepNow, (workshop_id, group_id))
    if row is not None and row.ends_at is not None:
        row.rest, row.ends_at = (row.ends_at - steady()).total_seconds(), None
        stamp(session, session.get_one(Workshop, workshop_id))


def go_on(session: Session, workshop_id: str, group_id: str = "") -> None:
    """Let a timer run again. Twice is once."""
    row = session.get(StepNow, (workshop_id, group_id))
    if row is not None and row.rest is not None:
        row.ends_at, row.rest = steady() + timedelta(seconds=row.rest), None
        stamp(session, session.get_one(Workshop, workshop_id))


def _set_stage(
    session: Session, canvas: Canvas, left: AgendaStep | None, step: AgendaStep | None, host: Host
) -> None:
    """All that a step is to one canvas: where its people may write, who sees it, and whether they vote."""
    places = (
        open_places(Writing(step.writing), step.blocks, catalog.definition(canvas.definition_key).parking.key)
        if step
        else None
    )
    canvas.open_places = places
    _set_silence(session, canvas, step, host)
    _set_vote(session, canvas, left, step, host)


def _set_silence(session: Session, canvas: Canvas, step: AgendaStep | None, host: Host) -> None:
    # A break reveals nothing: people may be called back to the same question.
    stage = step.stage if step else Stage.OPEN
    if stage == Stage.WRITE_ALONE and not canvas.is_silent:
        hide_writing(session, _operation(canvas, host))
    elif stage not in (Stage.WRITE_ALONE, Stage.BREAK) and canvas.is_silent:
        reveal_notes(session, _operation(canvas, host))


def _set_vote(
    session: Session, canvas: Canvas, left: AgendaStep | None, step: AgendaStep | None, host: Host
) -> None:
    latest = latest_round(session, canvas.id)
    is_open = latest is not None and latest.closed is None
    if left is not None and left.stage == Stage.VOTE and latest is not None and is_open:
        close_voting(session, _operation(canvas, host), latest.id)
        is_open = False
    if step is not None and step.stage == Stage.VOTE and step.vote and not is_open:
        question = Text(**step.vote["question"]).of(host.locale)
        if latest is not None and latest.question == question:
            # Back at a vote that was left too early, its votes are there.
            reopen_voting(session, _operation(canvas, host), latest.id)
        else:
            open_voting(session, _operation(canvas, host), Question(question, step.vote["budget"]))


def _operation(canvas: Canvas, host: Host) -> Operation:
    return Operation(canvas.id, "", new_uuid(), host.actor)


def _canvases(
    session: Session, workshop_id: str, group_id: str, *, own_ways: bool = False
) -> Iterable[Canvas]:
    """Those of one group; of everybody, but for groups that go their own way unless these are wanted too."""
    rows = select(StepNow.group_id).where(StepNow.workshop_id == workshop_id)
    alone = set() if group_id or own_ways else set(session.exec(rows).all()) - {""}
    for canvas in session.exec(select(Canvas).where(Canvas.workshop_id == workshop_id)).all():
        if group_id in ("", canvas.group_id) and canvas.group_id not in alone:
            yield canvas


def _check_group(session: Session, workshop_id: str, group_id: str) -> None:
    group = session.get(Group, group_id) if group_id else None
    if group_id and (group is None or group.workshop_id != workshop_id):
        raise errors.Invalid("unknown_group", N_("Please choose a group."))
