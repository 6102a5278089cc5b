"""What people say about themselves, apart from everything that a canvas, an archive or a wall may show."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from app.attendance.answers import ID_BANDS
from app.clock import now

# Of the text in templates/attendance/_consent.html: whoever changes what it promises raises it.
CONSENT_VERSION = 1
# The same of templates/attendance/_notice.html.
NOTICE_VERSION = 1
KEEP_DAYS = 180


class Origin(StrEnum):
    """An answer to the second question."""

    BLK = "blk"
    INDUSTRY = "industry"
    GOVERNMENT = "government"
    ALUMNI = "alumni"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class SelfDescription(SQLModel, table=True):
    """What somebody has said about themselves, of their own accord; gone when they take it back.

    For the host's eyes, in counts. No archive, export, API, wall or page of others ever reads it.
    """

    __tablename__ = "self_description"

    participant_id: str = Field(foreign_key="participant.id", primary_key=True)
    sex: str | None = None
    origin: str | None = None


class Consent(SQLModel, table=True):
    """That somebody agreed, to which version of the text, in which language and when. Kept as proof.

    `by_host`: the text was read to them, and the host entered what they said.
    """

    number: int | None = Field(default=None, primary_key=True)
    participant_id: str = Field(foreign_key="participant.id", index=True)
    version: int
    language: str
    by_host: bool = False
    given_at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None


class AttendanceTerms(SQLModel, table=True):
    """What a workshop promises about its attendance list. Without a row: as a new one.

    `summary`: what is left when the list is erased, at `erased_at` (`summary.Summary` as JSON).
    """

    __tablename__ = "attendance_terms"

    workshop_id: str = Field(foreign_key="workshop.id", primary_key=True)
    contact: str = Field(default="", max_length=160)
    keep_days: int = KEEP_DAYS
    bands: str = ID_BANDS
    erased_at: datetime | None = None
    summary: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class AttendanceRecord(SQLModel, table=True):
    """A line of the attendance list, under the name that is in somebody's papers.

    `id` is the participant's, or one of its own for somebody who is in the room without having joined:
    nothing else leads from a name on a canvas to this. `days` of the workshop, from 1; `keep_days` as they
    were promised; `guardian` agreed for somebody below 18. Gone when it is taken back or its time is over.
    """

    __tablename__ = "attendance_record"

    id: str = Field(primary_key=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    name: str = Field(max_length=120)
    institution: str = Field(default="", max_length=160)
    institution_type: str = ""
    role: str = Field(default="", max_length=120)
    sex: str = ""
    age_band: str = ""
    disability: str = ""
    needs: str = Field(default="", max_length=400)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=160)
    guardian: str = Field(default="", max_length=120)
    days: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    keep_days: int = KEEP_DAYS
    entered_at: datetime = Field(default_factory=now)


class AttendanceConsent(SQLModel, table=True):
    """That somebody agreed to be on the list: to which version of the notice, in which language and when.

    `to_disability`, `to_contact`: to what else. Kept as proof when the record itself is gone.
    """

    __tablename__ = "attendance_consent"

    number: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(index=True)
    version: int
    language: str
    to_disability: bool = False
    to_contact: bool = False
    by_host: bool = False
    given_at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None
