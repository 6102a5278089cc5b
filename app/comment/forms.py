"""What browsers and programs send about comments, and what programs are told of them."""

from datetime import datetime

from pydantic import BaseModel

from app.canvas.forms import OperationForm, OptionalId, Words
from app.comment.deeds import Deed
from app.comment.models import Comment, CommentKind


class CommentForm(OperationForm):
    """A new comment. `kind` may be empty: the refusal says so better than a form error would."""

    kind: str = ""
    text: Words


class ReplyForm(OperationForm):
    """An answer to a comment."""

    text: Words


class DeedForm(OperationForm):
    """What is done to a comment; `listed`: from the page with all of them."""

    deed: Deed
    listed: bool = False


class CommentIn(OperationForm):
    """A new comment on a note (`note_id`) or a block, which needs a `kind`; or a reply (`reply_to`)."""

    text: str
    kind: CommentKind | None = None
    note_id: OptionalId = None
    block: str | None = None
    reply_to: OptionalId = None


class DeedIn(OperationForm):
    """What is done to a comment."""

    deed: Deed


class CommentOut(BaseModel):
    """A comment. Withdrawn or hidden ones have no text."""

    id: str
    note_id: str | None
    block: str | None
    reply_to: str | None
    kind: str | None
    text: str
    author_id: str | None
    author: str
    at: datetime
    resolved: bool
    withdrawn: bool
    hidden: bool


class CommentAnswer(BaseModel):
    """The revision of the canvas's comments that an operation got, and the comment."""

    rev: int
    comment: CommentOut


class CommentsOut(BaseModel):
    """All comments of a canvas, oldest first, and the revision they belong to."""

    epoch: str
    rev: int
    comments: list[CommentOut]


def comment_out(comment: Comment) -> CommentOut:
    """A row as programs get it, whoever asks."""
    return CommentOut(
        id=comment.id,
        note_id=comment.note_id,
        block=comment.block,
        reply_to=comment.reply_to,
        kind=comment.kind,
        text=comment.text if comment.is_visible else "",
        author_id=comment.author_id,
        author=comment.author_name,
        at=comment.at,
        resolved=comment.resolved_at is not None,
        withdrawn=comment.withdrawn_at is not None,
        hidden=comment.hidden_at is not None,
    )
