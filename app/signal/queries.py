"""Reading what people signal, and who has written where."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.canvas.models import Canvas, Note
from app.signal.models import Signal, SignalKind
from app.signal.views import Signals
from app.workshop.models import AgendaStep, Participant, StepNow
from app.workshop.stages import WORKED_ON


def entry_of(row: StepNow) -> str:
    """Names a step as it was entered this time: whoever comes back to it later is not done with it."""
    return f"{row.step_id}-{round(row.entered_at.timestamp() * 1000):x}"


def signals_at(session: Session, canvas: Canvas) -> Signals:
    """What the people of one table say, by their ids."""
    row = rows_of(session, canvas.workshop_id).of(canvas.group_id)
    step = entry_worked_on(session, row)
    standing = standing_signals(session, [canvas.id])
    return Signals(
        step=step,
        done=tuple(each.participant_id for each in standing if step and each.step == step),
        hands=tuple(each.participant_id for each in standing if each.kind == SignalKind.HAND),
    )


def latest_signal(session: Session, canvas_id: str, person: str, kind: str, step: str = "") -> Signal | None:
    """What somebody said last."""
    said = select(Signal).where(
        Signal.canvas_id == canvas_id,
        Signal.participant_id == person,
        Signal.kind == kind,
        Signal.step == step,
    )
    return session.exec(said.order_by(col(Signal.number).desc()).limit(1)).first()


class Rows(dict[str, StepNow]):
    """Where everybody is (""), and the groups that go their own way."""

    def of(self, group_id: str) -> StepNow | None:
        """Where a group is."""
        return self.get(group_id) or self.get("")


def rows_of(session: Session, workshop_id: str) -> Rows:
    """Where everybody is in a workshop's agenda."""
    found = session.exec(select(StepNow).where(StepNow.workshop_id == workshop_id))
    return Rows({row.group_id: row for row in found})


def entry_worked_on(session: Session, row: StepNow | None) -> str:
    """The entry of a step that somebody can be done with; empty in a break, or without an agenda."""
    step = session.get(AgendaStep, row.step_id) if row else None
    return entry_of(row) if row and step and step.stage in WORKED_ON else ""


def standing_signals(session: Session, canvas_ids: Sequence[str]) -> Sequence[Signal]:
    """All that is said at present by people who are here, in the order in which it was said."""
    latest = (
        select(func.max(Signal.number))
        .where(col(Signal.canvas_id).in_(canvas_ids))
        .group_by(col(Signal.participant_id), col(Signal.kind), col(Signal.step))
    )
    return session.exec(
        select(Signal)
        .join(Participant, col(Participant.id) == Signal.participant_id)
        .where(
            col(Signal.number).in_(latest), col(Signal.value).is_(True), col(Participant.removed_at).is_(None)
        )
        .order_by(col(Signal.since), col(Signal.number))
    ).all()


def blocks_written(session: Session, workshop_id: str) -> Mapping[str, Mapping[str, set[str]]]:
    """Canvas → person → blocks in which they have a note, shown or not."""
    rows = session.exec(
        select(Note.canvas_id, Note.author_id, Note.block)
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(
            Canvas.workshop_id == workshop_id,
            col(Note.author_id).is_not(None),
            col(Note.deleted_at).is_(None),
        )
        .distinct()
    )
    found: dict[str, dict[str, set[str]]] = {}
    for canvas_id, author_id, block in rows:
        found.setdefault(canvas_id, {}).setdefault(author_id or "", set()).add(block)
    return found
