"""Finding out who a secret belongs to. Every request asks, so the statements are built only once."""

from typing import NamedTuple

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.actions import token_hash
from app.identity.models import Facilitator, Installation, Token, TokenKind
from app.workshop.models import Facilitation, Participant


def epoch(session: Session) -> str:
    """The installation's epoch, part of every event id."""
    return session.exec(select(Installation.epoch)).one()


def chosen_address(session: Session) -> str:
    """Which of this machine's addresses a host chose for the QR codes; empty for none."""
    return session.exec(select(Installation.address)).one()


def has_facilitator(session: Session) -> bool:
    """Whether anybody has set up this installation."""
    return bool(session.exec(select(func.count()).select_from(Facilitator)).one())


class Sitter(NamedTuple):
    """What permissions ask of a participant: half the time of a whole `Participant`."""

    id: str
    name: str
    workshop_id: str
    group_id: str


_LIVE_TOKEN = (
    col(Token.hash) == bindparam("hash"),
    col(Token.kind) == bindparam("kind"),
    col(Token.expires_at) > bindparam("now"),
)
_FACILITATOR = (
    select(Facilitator, Token.workshop_id)
    .join(Token, col(Token.facilitator_id) == Facilitator.id)
    .where(*_LIVE_TOKEN)
)
_IS_THEIRS = col(Token.participant_id) == col(Participant.id)
_IS_HERE = (*_LIVE_TOKEN, col(Participant.removed_at).is_(None))
_PARTICIPANT = select(Participant).join(Token, _IS_THEIRS).where(*_IS_HERE)
_SITTER = (
    sqlalchemy.select(*(getattr(Participant, name) for name in Sitter._fields))
    .join(Token, _IS_THEIRS)
    .where(*_IS_HERE)
)
_FACILITATED = select(Facilitation.workshop_id, Facilitation.role).where(
    Facilitation.facilitator_id == bindparam("facilitator_id")
)


def facilitator_of(
    session: Session, secret: str, kind: TokenKind
) -> tuple[Facilitator, str | None] | tuple[None, None]:
    """The facilitator a live token belongs to, and the only workshop it is for, if it is for one only."""
    row = session.exec(_FACILITATOR, params=_token(secret, kind)).first()
    return (row[0], row[1]) if row else (None, None)


def participant_of(session: Session, secret: str, kind: TokenKind) -> Participant | None:
    """The participant a live token belongs to, unless they were removed."""
    return session.exec(_PARTICIPANT, params=_token(secret, kind)).first()


def sitter_of(session: Session, secret: str, kind: TokenKind) -> Sitter | None:
    """`participant_of`, for every request."""
    row = session.connection().execute(_SITTER, _token(secret, kind)).first()
    return Sitter._make(row) if row else None


def _token(secret: str, kind: TokenKind) -> dict[str, object]:
    return {"hash": token_hash(secret), "kind": kind, "now": now()}


def facilitated_by(session: Session, facilitator_id: str) -> dict[str, str]:
    """Ids of the workshops a facilitator may run, and their part in each."""
    return dict(session.exec(_FACILITATED, params={"facilitator_id": facilitator_id}).all())


def facilitator_to_act(session: Session, name: str | None) -> Facilitator:
    """The facilitator of this name, or the only one there is beside guests. Raises NotFound."""
    facilitators = session.exec(select(Facilitator).order_by(col(Facilitator.created_at))).all()
    if name is not None:
        facilitators = [one for one in facilitators if one.login == name.strip().casefold()]
    else:
        facilitators = [one for one in facilitators if not one.is_guest]
    if len(facilitators) != 1:
        raise errors.NotFound(
            "which_facilitator", N_("Name one facilitator; there is none of this name, or several.")
        )
    return facilitators[0]
