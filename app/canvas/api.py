"""Canvases for programs: read one, change it. The same actions as the board's forms."""

from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session

from app import errors
from app.canvas import actions, queries
from app.canvas.forms import request_of
from app.canvas.gathering import cluster_notes, delete_notes, move_notes, rename_cluster
from app.canvas.models import Canvas, Note
from app.canvas.operations import ABOUT_CANVAS, Operation, Outcome, Tags, VersionConflict, Wording
from app.canvas.rewording import revise_note
from app.canvas.schemas import Answer, CanvasOut, OperationIn, needed, note_out, notes_out
from app.canvas.silence import hide_writing, reveal_notes
from app.canvas.trash import clear_block
from app.canvas.undo import redo, undo
from app.canvas.veiled import own_veiled_notes, veiled_counts
from app.canvas.versions import reinstate
from app.canvas.voting_ops import perform_voting, voting_out
from app.errors import N_
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, WriteCanvas, bearer
from app.parts import REFUSALS, ErrorOut, House

router = APIRouter(
    prefix="/api/canvases", tags=["canvases"], dependencies=[Depends(bearer)], responses=REFUSALS
)
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
            wording = Wording(needed(op.text, "text"), op.gives or "", op.gets or "", **op.planned)
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
            version = needed(op.base_version, "base_version")
            return revise_note(session, operation, version, partial(_edited, op))
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


def _edited(op: OperationIn, note: Note) -> tuple[Wording, Tags]:
    """The note with what the operation names, the rest as it is."""
    given = op.model_fields_set
    words = {"text": op.text, "gives": op.gives, "gets": op.gets, **op.planned}
    wording = replace(Wording.of(note), **{name: said for name, said in words.items() if said is not None})
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
            notes=notes_out(queries.visible_notes(session, canvas.id)),
            silent=canvas.is_silent,
            veiled=dict(veiled_counts(session, canvas.id)),
            mine=notes_out(own_veiled_notes(session, canvas.id, access.actor.id)),
            voting=voting_out(session, access.canvas_id, access.actor),
        )


def _answer(outcome: Outcome | int, reader_id: str | None) -> Answer:
    if isinstance(outcome, int):
        return Answer(rev=outcome, note=None, changed=True)
    gone = outcome.note.deleted or outcome.note.hidden or outcome.note.is_veiled_from(reader_id)
    return Answer(
        rev=outcome.revision, note=None if gone else note_out(outcome.note), changed=outcome.changed
    )
