"""Undo and redo of one's own changes, never of another's (ADR 15). Each is a change like every other.

What somebody's last change left and others have changed since stays as it is: the change is passed over, and
the one before it is taken back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, select

from app import errors
from app.canvas.journal import rewrite
from app.canvas.models import Change, Note
from app.canvas.operations import NEVER_UNDONE, Actor, NoteState, Operation, Outcome, Rewriting
from app.canvas.standing import Standing, Trace, taken_back
from app.errors import N_

# How many of one's own changes are looked through; a workshop of three days has fewer.
LOOK_BACK = 300
_LAST = 2**62


class OwnStep(NamedTuple):
    """One of a person's operations on a canvas."""

    revision: int
    kind: str
    target: int | None


class Candidate(NamedTuple):
    """An operation that may be taken back or done again, and the one of its revisions that did it last."""

    operation: int
    revision: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Whether there is anything of one's own to undo, and to do again."""

    undo: bool = False
    redo: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an undo or redo did: to an operation of which kind, whether others' changes kept some of it as it
    is (`left`), and whether they kept later operations from being taken back (`passed`).
    """

    kind: str
    of: str
    left: bool
    passed: bool


_MINE = (
    sqlalchemy.select(col(Change.revision), col(Change.kind), col(Change.target))
    .where(
        col(Change.canvas_id) == bindparam("canvas_id"),
        col(Change.actor_kind) == bindparam("actor_kind"),
        col(Change.actor_id) == bindparam("actor_id"),
        col(Change.revision) < bindparam("before"),
        or_(col(Change.step).is_(None), col(Change.step) == col(Change.revision)),
        col(Change.kind).not_in(NEVER_UNDONE),
        # An edit that changed nothing is nothing to undo.
        col(Change.before).is_distinct_from(col(Change.after)),
    )
    .order_by(col(Change.revision).desc())
    .limit(LOOK_BACK)
)


def undo(session: Session, op: Operation, *, moderates: bool) -> Outcome:
    """Take back the actor's last change that still can be. Raises Invalid when there is none."""
    nothing = errors.Invalid("nothing_to_undo", N_("There is nothing of yours to undo."))
    return rewrite(session, op, "undo", partial(_plan, session, op, moderates, undoable, nothing))


def redo(session: Session, op: Operation, *, moderates: bool) -> Outcome:
    """Do again what the actor undid last, until they change something else. Raises Invalid."""
    nothing = errors.Invalid("nothing_to_redo", N_("There is nothing of yours to redo."))
    return rewrite(session, op, "redo", partial(_plan, session, op, moderates, redoable, nothing))


def steps_of(session: Session, canvas_id: str, actor: Actor) -> Steps:
    """What the buttons of a page show. Others may change the notes before one of them is pressed."""
    mine = _mine(session, canvas_id, actor)
    return Steps(any(undoable(mine)), any(redoable(mine)))


def undoable(mine: Sequence[OwnStep]) -> Iterator[Candidate]:
    """What was done and not undone, latest first. `mine` is latest first as well."""
    seen: dict[int, OwnStep] = {}
    for step in mine:
        if step.target is not None and step.kind in ("undo", "redo"):
            seen.setdefault(step.target, step)
        elif (last := seen.get(step.revision, step)).kind != "undo":
            yield Candidate(step.revision, last.revision)


def redoable(mine: Sequence[OwnStep]) -> Iterator[Candidate]:
    """What was undone since the last change and not done again, latest first."""
    seen: set[int] = set()
    for step in mine:
        if step.target is None or step.kind not in ("undo", "redo"):
            return
        if step.kind == "undo" and step.target not in seen:
            yield Candidate(step.target, step.revision)
        seen.add(step.target)


def tell(session: Session, canvas_id: str, revision: int) -> Told | None:
    """What the undo or redo of this revision did, from the log alone; None when it is neither."""
    change = session.get(Change, (canvas_id, revision))
    if change is None or change.kind not in ("undo", "redo") or change.target is None:
        return None
    done = _traces(session, canvas_id, revision)
    actor = Actor(change.actor_kind, change.actor_id, "")  # type: ignore[arg-type]
    mine = _mine(session, canvas_id, actor, before=done[0].revision)
    found = undoable(mine) if change.kind == "undo" else redoable(mine)
    for passed, candidate in enumerate(found):
        if candidate.operation == change.target:
            whole = _traces(session, canvas_id, candidate.revision)
            left = sum(len(trace.aspects) for trace in whole) > sum(len(trace.aspects) for trace in done)
            of = session.get_one(Change, (canvas_id, change.target)).kind
            return Told(change.kind, of, left, passed > 0)
    return None


def _plan(
    session: Session,
    op: Operation,
    moderates: bool,
    candidates: Callable[[Sequence[OwnStep]], Iterator[Candidate]],
    nothing: errors.Refused,
    _canvas: object,
) -> Rewriting:
    passed = False
    for candidate in candidates(_mine(session, op.canvas_id, op.actor)):
        states = _taken_back(session, op, _traces(session, op.canvas_id, candidate.revision), moderates)
        if states:
            return Rewriting(states, target=candidate.operation)
        passed = True
    if passed:
        raise errors.Invalid(
            "changed_by_others",
            N_("Others have changed these notes since. Nothing was changed, so that their work stays."),
        )
    raise nothing


def _taken_back(session: Session, op: Operation, traces: Sequence[Trace], moderates: bool) -> list[NoteState]:
    ids = [trace.after.id for trace in traces]
    logs: dict[str, list[Trace]] = {}
    for change in session.exec(
        select(Change)
        .where(Change.canvas_id == op.canvas_id, col(Change.note_id).in_(ids))
        .order_by(col(Change.revision))
    ):
        if not change.is_spread:
            logs.setdefault(change.note_id, []).append(Trace.of(change))
    notes = session.exec(select(Note).where(Note.canvas_id == op.canvas_id, col(Note.id).in_(ids)))
    present = {note.id: NoteState.of(note) for note in notes}
    pairs = [
        (
            note := present[trace.after.id],
            taken_back(trace, Standing.after(logs[note.id]), note, moderates=moderates),
        )
        for trace in traces
    ]
    return [state for before, state in pairs if state != before]


def _mine(session: Session, canvas_id: str, actor: Actor, before: int = _LAST) -> list[OwnStep]:
    names = {"canvas_id": canvas_id, "actor_kind": actor.kind, "actor_id": actor.id, "before": before}
    return [OwnStep._make(row) for row in session.connection().execute(_MINE, names)]


def _traces(session: Session, canvas_id: str, revision: int) -> list[Trace]:
    """All revisions of the operation that ended with `revision`."""
    changes = session.exec(
        select(Change)
        .where(
            Change.canvas_id == canvas_id, or_(col(Change.revision) == revision, col(Change.step) == revision)
        )
        .order_by(col(Change.revision))
    )
    return [Trace.of(change) for change in changes]
