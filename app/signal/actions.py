"""Saying that one is done, raising a hand, and taking it back. Each press is written down, once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from app import errors
from app.canvas.authors import author_of
from app.canvas.models import Canvas
from app.canvas.operations import Operation
from app.clock import now
from app.db import Topic, touch
from app.errors import N_
from app.ids import new_uuid
from app.signal.models import Signal, SignalKind
from app.signal.queries import latest_signal, signals_at


@dataclass(frozen=True, slots=True)
class Press:
    """What is said. `step` is the one that the page showed; None means the present one."""

    kind: SignalKind
    value: bool
    step: str | None = None


def give_signal(
    session: Session, op: Operation, press: Press, people: Sequence[str] = (), *, moderates: bool = False
) -> int:
    """Whoever acts says this, or people without a device in whose place they press. Twice is once.

    What is about a step that is over is written down, and counts for nothing. Returns the revision of the
    canvas's signals. Raises Invalid.
    """
    canvas = session.get(Canvas, op.canvas_id)
    if canvas is None:
        raise errors.NotFound("canvas_not_found", N_("This canvas does not exist."))
    digest = hashlib.sha256(op.request.encode()).hexdigest()
    done = session.exec(
        select(Signal).where(Signal.canvas_id == op.canvas_id, Signal.op_id == op.op_id)
    ).first()
    if done is not None:
        if done.request_digest != digest:
            raise errors.Invalid("op_id_reused", N_("This operation id was already used for something else."))
        return canvas.signal_revision
    step = _step(session, canvas, press)
    for wanted in dict.fromkeys(people) or (None,):
        author = author_of(session, canvas, op.actor, wanted, moderates)
        if author.id is None:
            raise errors.Invalid("not_at_this_table", N_("Only people at this table can say this."))
        _say(session, canvas, author.id, press.kind, press.value, step, op.op_id, digest)
    _stamp(session, canvas)
    return canvas.signal_revision


def lower_hand(session: Session, workshop_id: str, number: int) -> None:
    """The host has helped whoever raised this hand. A hand that was raised again since stays up."""
    raised = session.get(Signal, number)
    canvas = session.get(Canvas, raised.canvas_id) if raised else None
    if raised is None or canvas is None or canvas.workshop_id != workshop_id:
        return
    latest = latest_signal(session, canvas.id, raised.participant_id, SignalKind.HAND)
    if latest is not None and latest.value and latest.since == raised.since:
        _say(session, canvas, raised.participant_id, SignalKind.HAND, False, "", new_uuid(), "")
        _stamp(session, canvas)


def _step(session: Session, canvas: Canvas, press: Press) -> str:
    if press.kind == SignalKind.HAND:
        return ""
    step = press.step or signals_at(session, canvas).step
    if not step:
        raise errors.Invalid("nothing_to_finish", N_("There is no step to be done with at the moment."))
    return step


def _say(
    session: Session,
    canvas: Canvas,
    person: str,
    kind: SignalKind,
    value: bool,
    step: str,
    op_id: str,
    digest: str,
) -> None:
    before = latest_signal(session, canvas.id, person, kind, step)
    session.add(
        Signal(
            canvas_id=canvas.id,
            participant_id=person,
            op_id=op_id,
            kind=kind,
            value=value,
            step=step,
            request_digest=digest,
            since=before.since if before and before.value == value else now(),
        )
    )


def _stamp(session: Session, canvas: Canvas) -> None:
    canvas.signal_revision += 1
    session.flush()
    touch(session, Topic("canvas", canvas.id))
