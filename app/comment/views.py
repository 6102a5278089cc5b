"""What templates see of comments. A panel is fetched by one reader, so it knows what this one may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.comment.models import Comment
from app.comment.queries import Talk

Person = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class CommentReader:
    """Who reads: their own comments can be taken back, hidden ones are a facilitator's to see, and whether
    something is settled is for who writes here to say, not for guests.
    """

    locale: str
    person: Person
    moderates: bool
    can_write: bool = True


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment or a reply. Without `text` when it was withdrawn, or hidden from this reader.

    `guest_of`: the other group its author is of; `asks`: whether there is something to settle, and
    `can_settle` whether this reader may; `resolved_by` is who did it.
    """

    id: str
    canvas_id: str
    kind: str
    text: str
    author: str
    guest_of: str
    at: datetime
    asks: bool
    can_settle: bool
    is_open: bool
    resolved_by: str
    resolved_at: datetime | None
    is_withdrawn: bool
    is_hidden: bool
    is_own: bool
    replies: tuple["CommentView", ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """A note or, without `note_id`, a block that is talked about."""

    canvas_id: str
    block: str
    block_name: str
    note_id: str = ""
    note_text: str = ""

    @property
    def key(self) -> str:
        """What scripts call it."""
        return self.note_id or self.block


@dataclass(frozen=True, slots=True)
class PanelView:
    """Everything said about one place."""

    place: CommentPlace
    talk: Talk
    threads: tuple[CommentView, ...]


def thread_views(
    comments: Sequence[Comment],
    reader: CommentReader,
    names: Mapping[Person, str],
    guests: Mapping[Person, str],
) -> tuple[CommentView, ...]:
    """Comments with their replies, oldest first. What is gone stays as a line where others have answered."""
    replies: dict[str, list[CommentView]] = {}
    for comment in comments:
        if comment.reply_to and _is_shown(comment, reader):
            replies.setdefault(comment.reply_to, []).append(_view(comment, reader, names, guests))
    return tuple(
        _view(comment, reader, names, guests, tuple(replies.get(comment.id, ())))
        for comment in comments
        if not comment.reply_to and (comment.id in replies or _is_shown(comment, reader))
    )


def _is_shown(comment: Comment, reader: CommentReader) -> bool:
    """What its author took back is theirs to bring back; what is hidden, a facilitator's to show."""
    if comment.hidden_at:
        return reader.moderates
    return comment.withdrawn_at is None or _is_own(comment, reader)


def _is_own(comment: Comment, reader: CommentReader) -> bool:
    return (comment.author_kind, comment.author_id) == reader.person


def _view(
    comment: Comment,
    reader: CommentReader,
    names: Mapping[Person, str],
    guests: Mapping[Person, str],
    replies: tuple[CommentView, ...] = (),
) -> CommentView:
    is_readable = comment.withdrawn_at is None and (comment.hidden_at is None or reader.moderates)
    resolver = (comment.resolved_by_kind or "", comment.resolved_by_id)
    return CommentView(
        id=comment.id,
        canvas_id=comment.canvas_id,
        kind=comment.kind or "",
        text=comment.text if is_readable else "",
        author=comment.author_name if is_readable or _is_own(comment, reader) else "",
        guest_of=guests.get((comment.author_kind, comment.author_id), "") if is_readable else "",
        at=comment.at,
        asks=comment.asks and comment.is_visible,
        can_settle=comment.asks and comment.is_visible and reader.can_write,
        is_open=comment.is_open,
        resolved_by=names.get(resolver, "") if comment.resolved_at else "",
        resolved_at=comment.resolved_at,
        is_withdrawn=comment.withdrawn_at is not None,
        is_hidden=comment.hidden_at is not None,
        is_own=_is_own(comment, reader),
        replies=replies,
    )
