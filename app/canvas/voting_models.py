"""Questions that a table votes on, and its votes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from app.clock import now

MAX_BUDGET = 20
MAX_QUESTION = 160
MAX_ROUNDS = 200


class VotingRound(SQLModel, table=True):
    """A question on which everybody at the table has `budget` votes; `id` is the operation that opened it.

    `opened` and `closed` are the revisions at which that was done. `result` is written when it closes: until
    then there are only the single votes, and no count that could be shown.
    """

    __tablename__ = "voting_round"
    __table_args__ = (ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),)

    canvas_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    question: str = Field(max_length=MAX_QUESTION)
    budget: int
    block: str | None = None
    is_named: bool = False
    opened: int
    closed: int | None = None
    opened_at: datetime = Field(default_factory=now)
    closed_at: datetime | None = None
    result: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class Vote(SQLModel, table=True):
    """Somebody's vote for a note; withdrawn, it is not there. `by_host`: for a person without a device."""

    __table_args__ = (
        ForeignKeyConstraint(["canvas_id", "round_id"], ["voting_round.canvas_id", "voting_round.id"]),
        ForeignKeyConstraint(["canvas_id", "note_id"], ["note.canvas_id", "note.id"]),
    )

    canvas_id: str = Field(primary_key=True)
    round_id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key="participant.id", primary_key=True)
    note_id: str = Field(primary_key=True)
    by_host: bool = False
    at: datetime = Field(default_factory=now)
