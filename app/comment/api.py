"""Comments for programs: all of a canvas, a new one, and what is done to one."""

from fastapi import APIRouter, Depends
from sqlmodel import Session

from app import errors
from app.canvas.forms import request_of
from app.canvas.models import Canvas
from app.canvas.operations import Operation
from app.comment.actions import Place, Remarked, add_comment, add_reply, change_comment
from app.comment.deeds import check_deed
from app.comment.forms import CommentAnswer, CommentIn, CommentsOut, DeedIn, comment_out
from app.comment.queries import comments_of
from app.errors import N_
from app.identity import queries as identity_queries
from app.identity.deps import SeeCanvas, TalkCanvas, bearer
from app.parts import REFUSALS, ErrorOut, House

router = APIRouter(
    prefix="/api/canvases/{canvas_id}/comments",
    tags=["comments"],
    dependencies=[Depends(bearer)],
    responses={**REFUSALS, 410: {"model": ErrorOut}, 413: {"model": ErrorOut}},
)


@router.get("")
def read_comments(house: House, access: SeeCanvas) -> CommentsOut:
    """What is said about the canvas and the notes on it."""
    with house.db.read() as session:
        return CommentsOut(
            epoch=identity_queries.epoch(session),
            rev=session.get_one(Canvas, access.canvas_id).comment_revision,
            comments=[comment_out(comment) for comment in comments_of(session, access.canvas_id)],
        )


@router.post("")
async def comment(house: House, access: TalkCanvas, sent: CommentIn) -> CommentAnswer:
    """Comment on a note or a block, or reply. Repeat with the same op_id until there is an answer."""
    operation = Operation(access.canvas_id, "", sent.op_id, access.actor, request_of(sent))
    return _answer(await house.db.write(_say, operation, sent))


def _say(session: Session, operation: Operation, sent: CommentIn) -> Remarked:
    if sum(place is not None for place in (sent.note_id, sent.block, sent.reply_to)) != 1:
        raise errors.Invalid(
            "comment_place", N_("A comment is about a note, a block or another comment: name one.")
        )
    if sent.reply_to:
        return add_reply(session, operation, sent.reply_to, sent.text)
    return add_comment(session, operation, Place(sent.note_id, sent.block), sent.kind or "", sent.text)


@router.post("/{comment_id}")
async def change(house: House, access: TalkCanvas, comment_id: str, sent: DeedIn) -> CommentAnswer:
    """Settle a comment, take back one's own, hide one (a facilitator), or the reverse."""
    check_deed(sent.deed, can_write=access.can_write, moderates=access.moderates)
    operation = Operation(access.canvas_id, "", sent.op_id, access.actor, request_of(sent))
    return _answer(await house.db.write(change_comment, operation, comment_id, sent.deed))


def _answer(remarked: Remarked) -> CommentAnswer:
    return CommentAnswer(rev=remarked.revision, comment=comment_out(remarked.comment))
