"""The rows of a canvas's log: what an operation writes down of itself, one for each revision."""

import uuid
from collections.abc import Sequence, Set
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from app.canvas.limits import check_open
from app.canvas.models import Canvas, Change
from app.canvas.operations import Kind, NoteState, Operation
from app.clock import now
from app.db import Topic, touch

_RECORD = insert(Change)


def derived(op: Operation, note_id: str) -> str:
    """The op_id of a part of an operation: always the same for the same note."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{op.op_id}/{note_id}"))


def steps(
    canvas: Canvas,
    op: Operation,
    kind: Kind,
    digest: str,
    changes: Sequence[tuple[NoteState | None, NoteState]],
    target: int | None = None,
) -> list[dict[str, Any]]:
    """The entries of an operation on several notes, each as it was and as it is; the last has its op_id."""
    step = canvas.revision + len(changes)
    entries = []
    for before, after in changes:
        is_last = canvas.revision + 1 == step
        entries.append(
            entry(
                canvas,
                {after.block} | ({before.block} if before else set()),
                after,
                op_id=op.op_id if is_last else derived(op, after.id),
                kind=kind,
                actor_kind=op.actor.kind,
                actor_id=op.actor.id,
                request_digest=digest if is_last else "",
                before=before.as_json() if before else None,
                step=step if len(changes) > 1 else None,
                target=target,
            )
        )
    return entries


def entry(canvas: Canvas, regions: Set[str], after: NoteState | None, **change: Any) -> dict[str, Any]:
    """The next row of the log, for `record`; the canvas counts it."""
    if change["actor_kind"] == "participant" and change["kind"] != "vote":
        check_open(canvas, regions)
    canvas.revision += 1
    canvas.region_revisions = canvas.region_revisions | dict.fromkeys(regions, canvas.revision)
    return {
        "canvas_id": canvas.id,
        "revision": canvas.revision,
        "note_id": after.id if after else "",
        "after": after.as_json() if after else None,
        "at": now(),
        "step": None,
        "target": None,
        **change,
    }


def record(session: Session, canvas: Canvas, entries: Sequence[dict[str, Any]]) -> None:
    """Write what `entry` and `steps` made, without a hole between it and what is there."""
    # Not through the session: nobody reads the rows again, and its bookkeeping would cost more than they do.
    session.connection().execute(_RECORD, entries)
    touch(session, Topic("canvas", canvas.id))
