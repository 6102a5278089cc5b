"""The log of a canvas for programs: asked for, waited for, or as a stream."""

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from app.canvas import queries
from app.canvas.forms import LARGEST
from app.canvas.models import Canvas, Change
from app.canvas.operations import NoteState
from app.canvas.schemas import ChangeOut, Changes, note_out
from app.canvas.veiled import secret_note_ids
from app.db import Database
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, bearer
from app.live.log import PAGE, Entry
from app.live.stages import StageKey
from app.parts import REFUSALS, House, Parts

router = APIRouter(
    prefix="/api/canvases", tags=["canvases"], dependencies=[Depends(bearer)], responses=REFUSALS
)
LONGEST_WAIT = 25.0


@router.get("/{canvas_id}/changes")
async def read_changes(
    house: House,
    access: SeeCanvas,
    after: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0,
) -> Changes:
    """The log after a revision, at most 1,000 changes; waits up to `wait` seconds for the first of them."""
    found = await asyncio.to_thread(_changes, house.db, access.canvas_id, after)
    if found.changes or not wait:
        return found
    waiter = _Waiter(access.person, asyncio.get_running_loop().create_future())
    with house.streams.polling(waiter):
        async with house.stages.watch(StageKey("log", access.canvas_id, ""), waiter) as stage:
            if stage.revision <= after:
                await asyncio.wait([waiter.moved], timeout=wait)
    if waiter.closed:
        return found
    return await asyncio.to_thread(_changes, house.db, access.canvas_id, after)


@router.get(
    "/{canvas_id}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
def follow(
    request: Request,
    house: House,
    access: SeeCanvas,
    after: Annotated[int | None, Query(ge=0, le=LARGEST)] = None,
) -> Response:
    """The log as an event stream: `op`, `hb`, `reset` and `bye`. Resume with `Last-Event-ID` or `after`."""
    since = request.headers.get("last-event-id")
    if since is None:
        since = f"{_epoch(house)}-{after or 0}"
    return house.streams.open(StageKey("log", access.canvas_id, ""), since, access.person, share=access.share)


def _epoch(house: Parts) -> str:
    with house.db.read() as session:
        return identity_queries.epoch(session)


class _Waiter:
    """A watcher that only wants to know once, and may be told to go."""

    def __init__(self, person: str, moved: asyncio.Future[None]) -> None:
        self.person = person
        self.moved = moved
        self.closed = False

    def close(self) -> None:
        self.closed = True
        self.wake()

    def wake(self) -> None:
        if not self.moved.done():
            self.moved.set_result(None)


def _changes(db: Database, canvas_id: str, after: int) -> Changes:
    with db.read() as session:
        secret = secret_note_ids(session, canvas_id)
        return Changes(
            epoch=identity_queries.epoch(session),
            rev=session.get_one(Canvas, canvas_id).revision,
            changes=[_change(change, secret) for change in queries.changes_after(session, canvas_id, after)],
        )


def read_log(db: Database, canvas_id: str, epoch: str, after: int) -> tuple[int, Sequence[Entry]]:
    """The present revision, and the log after `after` as event-stream messages; for `live.log.Log`."""
    with db.read() as session:
        revision = session.exec(select(Canvas.revision).where(col(Canvas.id) == canvas_id)).one()
        secret = secret_note_ids(session, canvas_id)
        changes = queries.changes_after(session, canvas_id, after, PAGE) if after < revision else ()
    return revision, [Entry(one.revision, _message(one, secret, epoch), _unsays(one)) for one in changes]


def _unsays(change: Change) -> bool:
    """Whether it changes what the log shows of the past: a note was hidden, is shown again or revealed."""
    before, after = change.before or {}, change.after or {}
    is_revealed = before.get("veiled_by") and not after.get("veiled_by")
    return bool(is_revealed or bool(before.get("hidden")) != bool(after.get("hidden")))


def _message(change: Change, secret: set[str], epoch: str) -> bytes:
    body = json.dumps(_change(change, secret).model_dump(), ensure_ascii=False)
    return f"id: {epoch}-{change.revision}\nevent: op\ndata: {body}\n\n".encode()


def _change(change: Change, secret: set[str]) -> ChangeOut:
    state: dict[str, Any] = change.after or {}
    is_vote = change.kind == "vote"
    shown = state and not (is_vote or state["deleted"] or change.note_id in secret)
    return ChangeOut(
        rev=change.revision,
        op_id=change.op_id,
        kind=change.kind,
        # How often which note is voted for is nobody's to know before the vote is closed.
        note_id="" if is_vote else change.note_id,
        note=note_out(NoteState(**state)) if shown else None,
    )


def workshop_of(session: Session, canvas_id: str) -> str:
    """The workshop a canvas belongs to. Raises NoResultFound."""
    return session.exec(select(Canvas.workshop_id).where(col(Canvas.id) == canvas_id)).one()
