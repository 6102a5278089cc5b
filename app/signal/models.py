"""What people tell the host without words."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.clock import now

MAX_STEP = 64


class SignalKind(StrEnum):
    """Done with a step, or a hand that is up."""

    DONE = "done"
    HAND = "hand"


class Signal(SQLModel, table=True):
    """One press of somebody's, or of the host who lowers a hand. Of each kind the latest counts.

    `step`: for a `done`, which entering of which step it is about (`queries.entry_of`); at the next it says
    nothing. `since`: from when it has been as it is.
    """

    __table_args__ = (
        UniqueConstraint("canvas_id", "op_id", "participant_id"),
        Index("ix_signal_latest", "canvas_id", "participant_id", "kind", "step"),
    )

    number: int | None = Field(default=None, primary_key=True)
    canvas_id: str = Field(foreign_key="canvas.id")
    participant_id: str = Field(foreign_key="participant.id")
    op_id: str
    kind: str
    value: bool
    step: str = Field(default="", max_length=MAX_STEP)
    request_digest: str = ""
    since: datetime = Field(default_factory=now)
