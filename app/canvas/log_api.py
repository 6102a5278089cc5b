"""The log of a canvas for programs: asked for, waited for, or as a stream."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import sqlalchemy
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy import and_, bindparam, or_
from sqlmodel import Session, col, select

from app.canvas.forms import LARGEST
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import NoteState
from app.canvas.schemas import ChangeOut, Changes, note_out
from app.db import Database
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, bearer
from app.live.log import PAGE, Entry, Log
from app.live.stages import StageKey
from app.parts import REFUSALS, House, Parts

router = APIRouter(
    prefix="/api/canvases", tags=["canvases"], dependencies=[Depends(bearer)], responses=REFUSALS
)
LONGEST_WAIT = 25.0
MOST = 1000


class Logged(NamedTuple):
    """What programs are told of comes from this. `is_secret`: the note's words are for nobody at present."""

    revision: int
    op_id: str
    kind: str
    note_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    is_secret: bool


_REVISION = sqlalchemy.select(col(Canvas.revision)).where(col(Canvas.id) == bindparam("canvas_id"))
_LOGGED = (
    sqlalchemy.select(
        *(getattr(Change, name) for name in Logged._fields[:-1]),
        or_(col(Note.hidden_at).is_not(None), col(Note.veiled_by).is_not(None)),
    )
    .outerjoin(Note, and_(col(Note.canvas_id) == Change.canvas_id, col(Note.id) == Change.note_id))
    .where(col(Change.canvas_id) == bindparam("canvas_id"), col(Change.revision) > bindparam("after"))
    .order_by(col(Change.revision))
    .limit(PAGE)
)


@router.get("/{canvas_id}/changes", response_model=Changes)
async def read_changes(
    house: House,
    access: SeeCanvas,
    after: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0,
) -> Response:
    """The log after a revision, at most 1,000 changes; waits up to `wait` seconds for the first of them."""
    waiter = _Waiter(access.person, asyncio.get_running_loop().create_future())
    waiting = house.streams.polling(waiter) if wait else contextlib.nullcontext()
    with waiting:
        async with house.stages.watch(StageKey("log", access.canvas_id, ""), waiter) as stage:
            assert isinstance(stage, Log)
            if not wait:
                await stage.look()
            elif stage.revision <= after:
                await asyncio.wait([waiter.moved], timeout=wait)
            told: list[bytes] = []
            while after < stage.revision and len(told) < MOST and not waiter.closed:
                page = await stage.page(after)
                after, told = page.revision, [*told, *page.told]
    revision = max(stage.revision, after) if told else stage.revision
    answer = b'{"epoch": "%s", "rev": %d, "changes": [%s]}'
    body = answer % (stage.epoch.encode(), revision, b", ".join(told))
    return Response(body, media_type="application/json")


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


def read_log(db: Database, canvas_id: str, after: int) -> tuple[int, Sequence[Entry]]:
    """The present revision, and the log after `after`; for `live.log.Log`."""
    with db.read() as session:
        connection = session.connection()
        revision: int = connection.execute(_REVISION, {"canvas_id": canvas_id}).scalar_one()
        if after >= revision:
            return revision, ()
        rows = connection.execute(_LOGGED, {"canvas_id": canvas_id, "after": after}).all()
    return revision, [_entry(Logged._make(row)) for row in rows]


def _entry(change: Logged) -> Entry:
    before, after = change.before or {}, change.after or {}
    # A note was hidden, is shown again or revealed: that changes what the log shows of the past.
    is_revealed = before.get("veiled_by") and not after.get("veiled_by")
    unsays = is_revealed or bool(before.get("hidden")) != bool(after.get("hidden"))
    is_vote = change.kind == "vote"
    shown = after and not (is_vote or after["deleted"] or change.is_secret)
    told = ChangeOut(
        rev=change.revision,
        op_id=change.op_id,
        kind=change.kind,
        # How often which note is voted for is nobody's to know before the vote is closed.
        note_id="" if is_vote else change.note_id,
        note=note_out(NoteState(**after)) if shown else None,
    )
    return Entry(change.revision, told.model_dump_json().encode(), bool(unsays))


def workshop_of(session: Session, canvas_id: str) -> str:
    """The workshop a canvas belongs to. Raises NoResultFound."""
    return session.exec(select(Canvas.workshop_id).where(col(Canvas.id) == canvas_id)).one()
