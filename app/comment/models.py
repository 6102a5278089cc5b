"""What people say about a note or a block of a canvas, and the log of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.clock import now

MAX_COMMENT = 500
MAX_COMMENTS = 2000


class CommentKind(StrEnum):
    """How a comment begins: "I like", "I suggest", "What if", "I ask"."""

    LIKE = "like"
    SUGGEST = "suggest"
    WHAT_IF = "what_if"
    ASK = "ask"


class Comment(SQLModel, table=True):
    """Feedback on a note or, with `block`, on a block; `id` is the id of the operation that wrote it.

    A reply has no kind and stands where its comment stands. `revision`: of the canvas's comments, when it
    changed last. Withdrawing and hiding leave the row.
    """

    __table_args__ = (
        ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        Index("ix_comment_note", "canvas_id", "note_id"),
        CheckConstraint(f"length(text) <= {MAX_COMMENT}", name="comment_text_length"),
    )

    canvas_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    note_id: str | None = None
    block: str | None = None
    reply_to: str | None = None
    kind: str | None = None
    text: str
    # Not the table of the canvas's group only: visitors of other groups will write here too.
    author_kind: str
    author_id: str | None = Field(default=None, index=True)
    author_name: str = ""
    revision: int = 0
    at: datetime = Field(default_factory=now)
    resolved_at: datetime | None = None
    resolved_by_kind: str | None = None
    resolved_by_id: str | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None

    @property
    def is_visible(self) -> bool:
        """Neither withdrawn by its author nor hidden by a facilitator."""
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def asks(self) -> bool:
        """Whether the table has something to settle: not praise, not a reply."""
        return self.kind is not None and self.kind != CommentKind.LIKE

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer of the table."""
        return self.asks and self.is_visible and self.resolved_at is None


class CommentChange(SQLModel, table=True):
    """What happened to a canvas's comments, once per revision of theirs: who did it, and every op_id once."""

    __tablename__ = "comment_change"
    __table_args__ = (
        UniqueConstraint("canvas_id", "op_id"),
        ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
    )

    canvas_id: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    op_id: str
    deed: str
    comment_id: str
    actor_kind: str
    actor_id: str | None = None
    request_digest: str
    at: datetime = Field(default_factory=now)
