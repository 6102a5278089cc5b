"""Who may knock: facilitators with a password, and tokens for everything else."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.ids import new_id


class Installation(SQLModel, table=True):
    """The one row about this database. `epoch` changes when a backup is restored: clients read anew.

    `address`: which of this machine's addresses a host chose for the QR codes.
    """

    id: int = Field(default=1, primary_key=True)
    epoch: str
    address: str = ""
    created_at: datetime = Field(default_factory=now)


class Facilitator(SQLModel, table=True):
    """Somebody who runs workshops. `login` is the name in lower case: one person per name.

    A guest was added to a workshop by its lead, as a co-facilitator, and has no password until they want one.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=60)
    login: str = Field(unique=True, max_length=60)
    password_hash: str
    is_guest: bool = False
    created_at: datetime = Field(default_factory=now)


class TokenKind(StrEnum):
    """What a token opens."""

    BROWSER = "browser"
    API = "api"
    PERSONAL_LINK = "personal_link"
    REMOTE_LINK = "remote_link"
    INVITATION = "invitation"
    RECOVERY = "recovery"
    SETUP = "setup"


class Token(SQLModel, table=True):
    """A secret somebody holds; only its SHA-256 is stored. Deleting the row ends the access.

    With `workshop_id` it opens this workshop only: a facilitator's phone that is a remote control. Of a
    recovery code, which is short, the hash is a slow one; `used_at` says when it last let somebody in.
    """

    hash: str = Field(primary_key=True)
    kind: str
    facilitator_id: str | None = Field(default=None, foreign_key="facilitator.id", index=True)
    participant_id: str | None = Field(default=None, foreign_key="participant.id", index=True)
    workshop_id: str | None = Field(default=None, foreign_key="workshop.id", index=True)
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime
    used_at: datetime | None = None
