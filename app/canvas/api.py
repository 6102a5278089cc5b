"""Canvases for programs: read one, change it, follow its log. The same actions as the board's forms."""

import asyncio
import json
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session, col, select

from app import errors
from app.canvas import actions, queries
from app.canvas.forms import LARGEST, request_of
from app.canvas.gathering import cluster_notes, delete_notes, move_notes, rename_cluster
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import ABOUT_CANVAS, NoteState, Operation, Outcome, Tags, VersionConflict, Wording
from app.canvas.schemas import Answer, CanvasOut, ChangeOut, Changes, NoteOut, OperationIn, needed
from app.canvas.silence import hide_writing, reveal_notes
from app.canvas.trash import clear_block
from app.canvas.undo import redo, undo
from app.canvas.veiled import own_veiled_notes, secret_note_ids, veiled_counts
from app.canvas.versions import reinstate
from app.canvas.voting_ops import perform_voting, voting_out
from app.db import Database
from app.errors import N_
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, WriteCanvas, bearer
from app.live.log import PAGE, Entry
from app.live.stages import StageKey
from app.parts import REFUSALS, ErrorOut, House, Parts

router = APIRouter(
    prefix="/api/canvases", tags=["canvases"], dependencies=[Depends(bearer)], responses=REFUSALS
)
LONGEST_WAIT = 25.0
_FOR_FACILITATORS = ("hide", "show", *ABOUT_CANVAS)
_ON_A_NOTE = frozenset({"add", "edit", "move", "delete", "restore", "hide", "show", "vote"})
_ON_SEVERAL = frozenset({"move", "delete"})


@router.post(
    "/{canvas_id}/ops",
    response_model=Answer,
    responses={409: {"model": Answer}, 410: {"model": ErrorOut}, 413: {"model": ErrorOut}},
)
async def perform(house: House, access: WriteCanvas, op: OperationIn) -> Response:
    """Perform one operation. 409: somebody else changed the words first. 410: the note is gone.
    413 and 422: refused for good. 429 and 503: try again with the same op_id.
    """
    if op.kind in _FOR_FACILITATORS and not access.moderates:
        raise errors.Forbidden("not_a_facilitator", N_("Only a facilitator may do this."))
    is_about_one = op.kind in _ON_A_NOTE and not (op.note_ids and op.kind in _ON_SEVERAL)
    note_id = needed(op.note_id, "note_id") if is_about_one else ""
    operation = Operation(access.canvas_id, note_id, op.op_id, access.actor, request_of(op))
    try:
        outcome = await house.db.write(_apply, operation, op, access.moderates)
    except VersionConflict as conflict:
        return JSONResponse(_answer(conflict.outcome, access.actor.id).model_dump(), 409)
    # A response of our own: FastAPI would check what we have just made once more.
    return JSONResponse(_answer(outcome, access.actor.id).model_dump())


def _apply(session: Session, operation: Operation, op: OperationIn, moderates: bool) -> Outcome | int:
    match op.kind:
        case "open_voting" | "close_voting" | "vote":
            return perform_voting(session, operation, op, moderates=moderates)
        case "hide_writing":
            return hide_writing(session, operation)
        case "reveal_notes":
            return reveal_notes(session, operation)
        case "undo":
            return undo(session, operation, moderates=moderates)
        case "redo":
            return redo(session, operation, moderates=moderates)
        case "clear":
            return clear_block(session, operation, needed(op.block, "block"))
        case "reinstate":
            return reinstate(session, operation, needed(op.revision, "revision"))
        case "add":
            wording = Wording(needed(op.text, "text"), op.gives or "", op.gets or "")
            tags = Tags(
                tuple(op.segments or ()),
                bool(op.inclusion),
                op.evidence,
                op.side,
                op.amount,
                op.amount_low,
                op.amount_high,
            )
            add = partial(actions.add_note, author_id=op.author_id, moderates=moderates)
            return add(session, operation, needed(op.block, "block"), wording, tags, op.before)
        case "edit":
            note = session.get(Note, (operation.canvas_id, operation.note_id))
            wording_now, tags_now = _edited(note, op) if note else (None, None)
            version = needed(op.base_version, "base_version")
            return actions.edit_note(session, operation, version, wording_now, tags_now)
        case "move" if op.note_ids:
            block = needed(op.block, "block")
            return move_notes(session, operation, op.note_ids, block, op.before, op.cluster)
        case "move":
            return actions.move_note(session, operation, needed(op.block, "block"), op.before, op.cluster)
        case "cluster":
            chosen, block = needed(op.note_ids, "note_ids"), needed(op.block, "block")
            return cluster_notes(session, operation, chosen, block, needed(op.name, "name"))
        case "rename":
            block, cluster = needed(op.block, "block"), needed(op.cluster, "cluster")
            return rename_cluster(session, operation, block, cluster, needed(op.name, "name"))
        case "delete" if op.note_ids:
            return delete_notes(session, operation, op.note_ids)
        case "delete":
            return actions.delete_note(session, operation)
        case "restore":
            return actions.restore_note(session, operation)
        case "hide":
            return actions.hide_note(session, operation)
        case "show":
            return actions.show_note(session, operation)


def _edited(note: Note, op: OperationIn) -> tuple[Wording, Tags]:
    """The note with what the operation names, the rest as it is."""
    given = op.model_fields_set
    wording = Wording(
        note.text if op.text is None else op.text,
        note.gives if op.gives is None else op.gives,
        note.gets if op.gets is None else op.gets,
    )
    tags = Tags(
        tuple(note.segments if op.segments is None else op.segments),
        note.inclusion if op.inclusion is None else op.inclusion,
        op.evidence if "evidence" in given else note.evidence,
        op.side if "side" in given else note.side,
        op.amount if "amount" in given else note.amount,
        op.amount_low if "amount_low" in given else note.amount_low,
        op.amount_high if "amount_high" in given else note.amount_high,
    )
    return wording, tags


@router.get("/{canvas_id}")
def read_canvas(house: House, access: SeeCanvas) -> CanvasOut:
    """All notes that everybody sees, and the revision they belong to, from one snapshot."""
    with house.db.read() as session:
        canvas = session.get_one(Canvas, access.canvas_id)
        return CanvasOut(
            epoch=identity_queries.epoch(session),
            rev=canvas.revision,
            notes=_notes(queries.visible_notes(session, canvas.id)),
            silent=canvas.is_silent,
            veiled=dict(veiled_counts(session, canvas.id)),
            mine=_notes(own_veiled_notes(session, canvas.id, access.actor.id)),
            voting=voting_out(session, access.canvas_id, access.actor),
        )


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
        note=_note(NoteState(**state)) if shown else None,
    )


def _answer(outcome: Outcome | int, reader_id: str | None) -> Answer:
    if isinstance(outcome, int):
        return Answer(rev=outcome, note=None, changed=True)
    gone = outcome.note.deleted or outcome.note.hidden or outcome.note.is_veiled_from(reader_id)
    return Answer(rev=outcome.revision, note=None if gone else _note(outcome.note), changed=outcome.changed)


def _notes(notes: Sequence[Note]) -> list[NoteOut]:
    return [_note(NoteState.of(note)) for note in notes]


def _note(state: NoteState) -> NoteOut:
    fields = state.as_json()
    del fields["deleted"], fields["hidden"], fields["veiled_by"]
    return NoteOut(**fields)


def workshop_of(session: Session, canvas_id: str) -> str:
    """The workshop a canvas belongs to. Raises NoResultFound."""
    return session.exec(select(Canvas.workshop_id).where(col(Canvas.id) == canvas_id)).one()
