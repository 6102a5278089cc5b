"""The event: a workshop, its facilitators, its groups and the people in the room."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.clock import now
from app.ids import new_code, new_id, new_token


class Role(StrEnum):
    """A facilitator's part in a workshop."""

    LEAD = "lead"
    CO = "co"


class Side(StrEnum):
    """Where a participant comes from."""

    BLK = "blk"
    INDUSTRY = "industry"
    GOVERNMENT = "government"
    OTHER = "other"


class SceneKind(StrEnum):
    """What the projector shows."""

    WELCOME = "welcome"
    PROMPT = "prompt"
    BREAK = "break"
    CANVAS = "canvas"
    BLOCK = "block"
    WALL = "wall"
    REPLAY = "replay"
    VOTES = "votes"
    PATTERN = "pattern"
    PLAN = "plan"
    PLANS = "plans"
    PRESENTATION = "presentation"
    COMPARISON = "comparison"
    THANKS = "thanks"


# They show the step of the agenda that everybody is at.
STEP_SCENES = frozenset({SceneKind.PROMPT, SceneKind.BREAK})
# They go from block to block, or show the whole canvas.
WALKED_SCENES = frozenset({SceneKind.PRESENTATION, SceneKind.COMPARISON})
CANVAS_SCENES = WALKED_SCENES | {
    SceneKind.CANVAS,
    SceneKind.BLOCK,
    SceneKind.REPLAY,
    SceneKind.VOTES,
    SceneKind.PLAN,
}


class Workshop(SQLModel, table=True):
    """One event. `revision` rises with every change of its own rows; canvases have their own.

    `day_starts`: when each day of the agenda begins, in minutes after midnight. `leads_to`: where the host
    has led all screens, a "block" of one's own canvas or one "canvas"; None while nobody is led.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    title: str = Field(max_length=160)
    held_on: date
    place: str = Field(default="", max_length=160)
    province: str = Field(default="", max_length=80)
    organizer: str = Field(default="", max_length=160)
    expected_participants: int | None = None
    join_code: str = Field(default_factory=new_code, unique=True)
    join_token: str = Field(default_factory=new_token, unique=True)
    projector_token: str = Field(default_factory=new_token, unique=True)
    joining_open: bool = True
    # The link by which a phone tests the room's network; when one last came through, by which name of ours.
    room_token: str = Field(default_factory=new_token, unique=True, index=True)
    reached_at: datetime | None = None
    reached_host: str = Field(default="", max_length=120)
    # For everybody in the room: it hangs at the door. Empty for an open Wi-Fi, None while nobody has said it.
    wifi_name: str = Field(default="", max_length=32)
    wifi_password: str | None = Field(default=None, max_length=64)
    scene: dict[str, Any] = Field(
        default_factory=lambda: {"kind": SceneKind.WELCOME}, sa_column=Column(JSON, nullable=False)
    )
    leads_to: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    day_starts: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    revision: int = 0
    created_at: datetime = Field(default_factory=now)


def shows_replay(workshop: Workshop, canvas_id: str) -> bool:
    """Whether the projector replays this canvas."""
    return bool(workshop.scene["kind"] == SceneKind.REPLAY and workshop.scene["canvas_id"] == canvas_id)


class Facilitation(SQLModel, table=True):
    """Which facilitator may do everything in which workshop."""

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    facilitator_id: str = Field(foreign_key="facilitator.id", primary_key=True)
    role: str = Role.LEAD


class Group(SQLModel, table=True):
    """One table of people, working on one partnership. Without a name, its number is its name (`names`).

    `visits`: the canvas of another group that it has been sent to.
    """

    __tablename__ = "group"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    number: int
    name: str = Field(default="", max_length=80)
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id")
    visits: str | None = None


class Participant(SQLModel, table=True):
    """A person in the room, under the name they want on the canvas. What they say about themselves is never
    kept here (`attendance`); `side` comes from programs and archives alone.

    Without a device until they come in on one: the table writes for them (`identity.permissions`).
    """

    __table_args__ = (
        Index("ix_participant_present", "workshop_id", sqlite_where=text("removed_at IS NULL")),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    group_id: str = Field(foreign_key="group.id", index=True)
    name: str = Field(max_length=60)
    institution: str = Field(default="", max_length=120)
    side: str | None = None
    has_device: bool = True
    joined_at: datetime = Field(default_factory=now)
    removed_at: datetime | None = None


class AgendaStep(SQLModel, table=True):
    """A step of one workshop's agenda, the host's to change. Words are kept in both languages (`Text`)."""

    __tablename__ = "agenda_step"

    id: str = Field(default_factory=new_id, primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    position: int
    day: int = 1
    minutes: int
    stage: str
    writing: str
    wall: str
    blocks: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    title: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    task: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    question: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    script: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    vote: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    is_skipped: bool = False


class StepNow(SQLModel, table=True):
    """The step that everybody is at, or with a `group_id` one group by itself.

    Its timer ends at `ends_at`, by the server's clock; paused, it has `rest` seconds left instead. In a
    gallery walk it is that of the `visit`, from 1 to `visit_count`.
    """

    __tablename__ = "step_now"

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    group_id: str = Field(default="", primary_key=True)
    step_id: str = Field(foreign_key="agenda_step.id")
    entered_at: datetime = Field(default_factory=now)
    ends_at: datetime | None = None
    rest: float | None = None
    visit: int = 0
    visit_count: int = 0


class OwnAgenda(SQLModel, table=True):
    """An agenda that a facilitator has saved under a name, for further workshops."""

    __tablename__ = "own_agenda"
    __table_args__ = (UniqueConstraint("facilitator_id", "name"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    facilitator_id: str = Field(foreign_key="facilitator.id", index=True)
    name: str = Field(max_length=80)
    starts: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    saved_at: datetime = Field(default_factory=now)
