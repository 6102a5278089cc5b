"""A facilitator's recovery code: on paper, for a forgotten password or another device.

Twelve characters that survive handwriting are 60 bits: too few to be kept like a token, so their hash is
slow, and every guess waits its turn (`recovery_throttle`). A code works until another one is made (ADR 24).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.actions import issue_token
from app.identity.models import Facilitator, Token, TokenKind
from app.ids import CODE_ALPHABET, read_code
from app.workshop.actions import stamp
from app.workshop.models import Facilitation, Workshop

LENGTH = 12
LIFETIME = timedelta(days=365)
# The desk speaks of it for so long.
NEWS = timedelta(hours=24)
_ROUNDS = 200_000
_SALT = b"kanvas recovery code"


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """A facilitator's code: when it was made, and when it was last used, if ever."""

    facilitator: str
    made_at: datetime
    used_at: datetime | None


def new_recovery_code() -> str:
    """A code as it is printed: three groups of four."""
    groups = ("".join(secrets.choice(CODE_ALPHABET) for _ in range(4)) for _ in range(LENGTH // 4))
    return " ".join(groups)


def code_hash(typed: str) -> str:
    """How a code is stored. Slow on purpose: never call it in the writer."""
    # The salt is the same for all, since a code is looked up by its hash: nobody types a name beside it.
    return hashlib.pbkdf2_hmac("sha256", read_code(typed).encode(), _SALT, _ROUNDS).hex()


def keep_recovery_code(session: Session, facilitator_id: str, hashed: str) -> None:
    """This is the facilitator's code from now on; the one before ends."""
    session.exec(delete(Token).where(*_code_of(facilitator_id)))
    session.add(
        Token(
            hash=hashed, kind=TokenKind.RECOVERY, facilitator_id=facilitator_id, expires_at=now() + LIFETIME
        )
    )


def recover(session: Session, hashed: str) -> str:
    """A browser's secret for whom this code belongs to; their desks say so. Raises Invalid."""
    code = session.get(Token, hashed)
    if code is None or code.kind != TokenKind.RECOVERY or code.expires_at < now():
        raise errors.Invalid(
            "recovery_code_unknown",
            N_("This is no valid recovery code. Please compare it with your paper, letter by letter."),
        )
    code.used_at = now()
    theirs = select(Workshop).join(Facilitation, col(Facilitation.workshop_id) == Workshop.id)
    for workshop in session.exec(theirs.where(Facilitation.facilitator_id == code.facilitator_id)):
        stamp(session, workshop)
    return issue_token(session, TokenKind.BROWSER, facilitator_id=code.facilitator_id)


def is_code_of(session: Session, facilitator_id: str, hashed: str) -> bool:
    """Whether this is the facilitator's code."""
    code = session.exec(select(Token).where(*_code_of(facilitator_id))).first()
    return code is not None and code.hash == hashed and code.expires_at > now()


def recovery_view(session: Session, facilitator_id: str) -> RecoveryView | None:
    """The facilitator's code, if there is one."""
    code = session.exec(select(Token).where(*_code_of(facilitator_id), Token.expires_at > now())).first()
    if code is None:
        return None
    return RecoveryView(session.get_one(Facilitator, facilitator_id).name, code.created_at, code.used_at)


def recent_recoveries(session: Session, workshop_id: str) -> tuple[RecoveryView, ...]:
    """The codes of a workshop's facilitators that were used lately."""
    used = session.exec(
        select(Facilitator.name, Token.created_at, Token.used_at)
        .join(Token, col(Token.facilitator_id) == Facilitator.id)
        .join(Facilitation, col(Facilitation.facilitator_id) == Facilitator.id)
        .where(
            Facilitation.workshop_id == workshop_id,
            Token.kind == TokenKind.RECOVERY,
            col(Token.used_at) > now() - NEWS,
        )
        .order_by(col(Token.used_at))
    )
    return tuple(RecoveryView(*one) for one in used)


def _code_of(facilitator_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Token.kind) == TokenKind.RECOVERY, col(Token.facilitator_id) == facilitator_id
