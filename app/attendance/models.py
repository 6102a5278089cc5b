"""What people say about themselves, apart from everything that a canvas, an archive or a wall may show."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now

# Of the text in templates/attendance/_consent.html: whoever changes what it promises raises it.
CONSENT_VERSION = 1


class Sex(StrEnum):
    """An answer to the first question; declining is one as good as the others."""

    FEMALE = "female"
    MALE = "male"
    UNDISCLOSED = "undisclosed"


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
