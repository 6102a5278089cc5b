"""The artefact: a canvas, its notes, and the log of every change."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from app.clock import now
from app.ids import new_id

MAX_TEXT = 2000
MAX_NOTES = 2000
MAX_VERSION_NAME = 80
MAX_VERSIONS = 500
MAX_CLUSTER_NAME = 60
MAX_FINDING = 200
MAX_REASON = 200
MAX_DISMISSALS = 2000
SEGMENTS = range(1, 7)


class NoteSide(StrEnum):
    """Who brings what a note names."""

    BLK = "blk"
    INDUSTRY = "industry"
    JOINT = "joint"


class Evidence(StrEnum):
    """How sure we are of a note."""

    FACT = "fact"
    ASSUMPTION = "assumption"
    TESTED = "tested"


class ActionStatus(StrEnum):
    """How it stands with a step of the follow-up plan; one that says nothing has not begun."""

    UNDER_WAY = "under_way"
    DONE = "done"
    HELD_UP = "held_up"


class Canvas(SQLModel, table=True):
    """One filled canvas. Each change raises `revision` by one and stamps the regions it touched with it.

    Its comments and signals count for themselves (docs/adr/0018): the log of the notes has no holes.
    `open_places`: where its participants may write during a step of the agenda; everywhere without.
    `locked_places`: where the host has closed it by hand. `guests`: the groups that were sent here, to read
    and talk about it. While it `is_silent` everybody writes alone: new notes are veiled.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    group_id: str = Field(foreign_key="group.id", index=True)
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id", index=True)
    definition_key: str = "business-model"
    perspective: str = Field(default="joint")
    revision: int = 0
    region_revisions: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    comment_revision: int = 0
    comment_stamps: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    signal_revision: int = 0
    open_places: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    locked_places: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    guests: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    is_silent: bool = False
    created_at: datetime = Field(default_factory=now)


class Note(SQLModel, table=True):
    """One sticky note. `version` counts changes of its text; deleting leaves a tombstone. Amounts: rupiah.

    `votes`, and `voters` where names are shown, are those of the canvas's latest vote, once it is closed.
    `cluster`: the name under which it stands together with others of its block, if any.
    `veiled_by`: who wrote it down while the canvas was silent. Until that is revealed, nobody but this person
    and the note's author sees it.
    From `output` on only steps of the follow-up plan say something: `due_on` is a day as 2026-12-31,
    `linked_block` the block that the step helps.
    """

    __table_args__ = (
        Index("ix_note_place", "canvas_id", "block", "position", "id"),
        CheckConstraint(f"length(text) <= {MAX_TEXT}", name="note_text_length"),
    )

    canvas_id: str = Field(foreign_key="canvas.id", primary_key=True)
    id: str = Field(primary_key=True)
    block: str
    text: str
    position: float
    version: int = 1
    # No default_factory=list: pydantic looks at its signature with every note, half the time of an action.
    segments: list[int] = Field(default=[], sa_column=Column(JSON, nullable=False))
    inclusion: bool = False
    evidence: str | None = None
    side: str | None = None
    gives: str = ""
    gets: str = ""
    amount: int | None = Field(default=None, sa_type=BigInteger)
    amount_low: int | None = Field(default=None, sa_type=BigInteger)
    amount_high: int | None = Field(default=None, sa_type=BigInteger)
    author_id: str | None = Field(default=None, foreign_key="participant.id", index=True)
    author_name: str = ""
    created_at: datetime = Field(default_factory=now)
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    hidden_at: datetime | None = None
    conflict_of: str | None = None
    votes: int = 0
    voters: list[str] = Field(default=[], sa_column=Column(JSON, nullable=False))
    cluster: str = Field(default="", max_length=MAX_CLUSTER_NAME)
    veiled_by: str | None = None
    output: str = ""
    centre_owner: str = ""
    partner_owner: str = ""
    due_on: str = ""
    resources: str = ""
    indicator: str = ""
    status: str = ""
    linked_block: str = ""

    @property
    def is_visible(self) -> bool:
        """Neither deleted, nor hidden by a facilitator, nor veiled."""
        return self.deleted_at is None and self.hidden_at is None and self.veiled_by is None

    def is_veiled_from(self, reader_id: str | None) -> bool:
        """Whether this participant or facilitator may not see it yet."""
        return self.veiled_by is not None and (
            reader_id is None or reader_id not in (self.veiled_by, self.author_id)
        )


class Change(SQLModel, table=True):
    """What happened to a canvas, once per revision: for idempotency, history, undo and the change feed.

    An operation on several notes has a revision for each; `step` is the last of them, by which it is known.
    `target`: the operation that an undo takes back or a redo does again, the revision that is reinstated, the
    opening of the vote that is closed or opened again. `note_id` is empty where the canvas itself changes.
    """

    __table_args__ = (
        UniqueConstraint("canvas_id", "op_id"),
        ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        Index("ix_change_note", "canvas_id", "note_id", "revision"),
        Index("ix_change_actor", "canvas_id", "actor_id", "revision"),
        Index("ix_change_step", "canvas_id", "step", sqlite_where=text("step IS NOT NULL")),
    )

    canvas_id: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    op_id: str
    kind: str
    note_id: str
    actor_kind: str
    actor_id: str | None = None
    request_digest: str
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    at: datetime = Field(default_factory=now)
    step: int | None = None
    target: int | None = None

    @property
    def operation(self) -> int:
        """The operation this belongs to; for undo and redo the one they are about."""
        if self.kind in ("undo", "redo") and self.target is not None:
            return self.target
        return self.step or self.revision

    @property
    def is_spread(self) -> bool:
        """A neighbour that only stepped aside (`journal.make_room`): nobody's change."""
        return not self.request_digest and self.step is None


class Version(SQLModel, table=True):
    """A revision of a canvas that was given a name; `id` is the id of the operation that gave it.

    `is_automatic`: saved by the server before something large, under a message that is translated when read.
    """

    __table_args__ = (
        ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        Index("ix_version_revision", "canvas_id", "revision"),
    )

    canvas_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    revision: int
    name: str = Field(max_length=MAX_VERSION_NAME)
    is_automatic: bool = False
    actor_kind: str
    actor_id: str | None = None
    at: datetime = Field(default_factory=now)


class DismissalReason(StrEnum):
    """Why a question of the checks is set aside, for those who would rather not type."""

    DISCUSSED = "discussed"
    NOT_HERE = "not_here"


class Dismissal(SQLModel, table=True):
    """A question of the checks that somebody set aside; `id` is the id of the operation that did.

    `finding` is its `CheckFinding.key`. `preset` or `comment` says why. Taking it back leaves the row: a late
    repetition of the operation must not set the question aside again.
    """

    __table_args__ = (
        ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        Index("ix_dismissal_finding", "canvas_id", "finding"),
    )

    canvas_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    finding: str = Field(max_length=MAX_FINDING)
    preset: str | None = None
    comment: str = Field(default="", max_length=MAX_REASON)
    actor_kind: str
    actor_id: str | None = None
    at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None
