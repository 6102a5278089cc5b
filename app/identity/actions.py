"""Making and ending access: facilitators, tokens, the installation itself."""

import functools
import hashlib
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, delete, select

from app import errors
from app.clock import now
from app.db import Topic, touch
from app.errors import N_
from app.identity.models import Facilitator, Installation, Token, TokenKind
from app.ids import new_token

MIN_PASSWORD, MAX_PASSWORD = 8, 128
MAX_NAME = 60
LIFETIME = {
    TokenKind.BROWSER: timedelta(days=7),
    TokenKind.API: timedelta(days=365),
    TokenKind.PERSONAL_LINK: timedelta(hours=12),
    TokenKind.REMOTE_LINK: timedelta(minutes=10),
    TokenKind.INVITATION: timedelta(days=7),
    TokenKind.SETUP: timedelta(days=7),
}
# A workshop may last three days, and the follow-up is looked at weeks later.
PARTICIPANT_LIFETIME = timedelta(days=90)
_COMMON = frozenset(
    {"password", "12345678", "123456789", "1234567890", "qwertyuiop", "kanvasmitra", "indonesia"}
)
_hasher = PasswordHasher()


def token_hash(secret: str) -> str:
    """How a token is stored: SHA-256. A slow hash adds nothing to 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def found_installation(session: Session) -> Installation:
    """The installation's row, made on the first start."""
    installation = session.get(Installation, 1)
    if installation is None:
        installation = Installation(id=1, epoch=secrets.token_hex(4))
        session.add(installation)
        session.flush()
    return installation


def renew_epoch(session: Session) -> None:
    """Begin another life of this database, so that every browser reads anew: a backup was restored."""
    found_installation(session).epoch = secrets.token_hex(4)


def issue_token(
    session: Session,
    kind: TokenKind,
    *,
    facilitator_id: str | None = None,
    participant_id: str | None = None,
    workshop_id: str | None = None,
) -> str:
    """A new secret for somebody, for one workshop when given. Only its hash is kept: shown now or never."""
    secret = new_token()
    lifetime = PARTICIPANT_LIFETIME if participant_id and kind != TokenKind.PERSONAL_LINK else LIFETIME[kind]
    session.add(
        Token(
            hash=token_hash(secret),
            kind=kind,
            facilitator_id=facilitator_id,
            participant_id=participant_id,
            workshop_id=workshop_id,
            expires_at=now() + lifetime,
        )
    )
    session.flush()
    return secret


def end_access(session: Session, token: Token) -> None:
    """End one access and what is watched with it."""
    session.delete(token)
    close_streams(session, token.facilitator_id)


def revoke_participant(session: Session, participant_id: str) -> None:
    """End every access of a participant and close their streams."""
    session.exec(delete(Token).where(col(Token.participant_id) == participant_id))
    touch(session, Topic("participant", participant_id))


def forget_links(session: Session, participant_id: str) -> None:
    """End a participant's unused personal links."""
    session.exec(
        delete(Token).where(
            col(Token.participant_id) == participant_id, col(Token.kind) == TokenKind.PERSONAL_LINK
        )
    )


def invite_facilitator(session: Session, facilitator_id: str | None = None) -> str:
    """A one-time link secret: for a new facilitator, or for an existing one to set a new password."""
    return issue_token(session, TokenKind.SETUP, facilitator_id=facilitator_id)


def invite_first_facilitator(session: Session) -> str:
    """The link of a first start. Those of earlier first starts, in whatever log they stand, end here."""
    session.exec(delete(Token).where(col(Token.kind) == TokenKind.SETUP, col(Token.facilitator_id).is_(None)))
    return invite_facilitator(session)


def find_setup(session: Session, secret: str) -> Token:
    """The unused set-up token. Raises Gone when it was used, has expired or never was."""
    token = session.get(Token, token_hash(secret))
    if token is None or token.kind != TokenKind.SETUP:
        raise errors.Gone("setup_link_used", N_("This set-up link was used already."))
    if token.expires_at < now():
        raise errors.Gone("setup_link_expired", N_("This set-up link has expired."))
    return token


def set_up_facilitator(session: Session, secret: str, name: str, password_hash: str) -> str:
    """Use a set-up link, once: name and `hash_password` in, a browser token out.

    The token row is deleted in the same transaction, so two people opening the link make one facilitator.
    """
    token = find_setup(session, secret)
    name = check_name(name)
    if token.facilitator_id:
        facilitator = session.get_one(Facilitator, token.facilitator_id)
        session.exec(delete(Token).where(col(Token.facilitator_id) == facilitator.id))
        close_streams(session, facilitator.id)
    else:
        if facilitator_named(session, name):
            raise errors.Invalid("name_taken", N_("Another facilitator already uses this name."))
        facilitator = Facilitator(name=name, login=name.casefold(), password_hash="")
        session.add(facilitator)
        session.delete(token)
    facilitator.password_hash, facilitator.is_guest = password_hash, False
    session.flush()
    return issue_token(session, TokenKind.BROWSER, facilitator_id=facilitator.id)


def set_password(session: Session, facilitator_id: str, password_hash: str) -> str:
    """Another password; ends every access but the recovery code. A secret for the browser at hand."""
    facilitator = session.get_one(Facilitator, facilitator_id)
    facilitator.password_hash = password_hash
    of_theirs = col(Token.facilitator_id) == facilitator_id
    session.exec(delete(Token).where(of_theirs, col(Token.kind) != TokenKind.RECOVERY))
    close_streams(session, facilitator_id)
    return issue_token(session, TokenKind.BROWSER, facilitator_id=facilitator_id)


def close_streams(session: Session, facilitator_id: str | None) -> None:
    """End what a facilitator watches; whoever still may comes back at once."""
    # All of this person's: a stream does not know its token.
    if facilitator_id:
        touch(session, Topic("facilitator", facilitator_id))


def sign_in(session: Session, facilitator_id: str) -> str:
    """A browser token for a facilitator whose password was right."""
    return issue_token(session, TokenKind.BROWSER, facilitator_id=facilitator_id)


def facilitator_named(session: Session, name: str) -> Facilitator | None:
    """The facilitator with this name, whatever its case."""
    return session.exec(select(Facilitator).where(Facilitator.login == name.strip().casefold())).first()


def password_is_right(facilitator: Facilitator | None, password: str) -> bool:
    """Check a password. Takes as long for nobody as for somebody, so that names cannot be guessed by time."""
    try:
        _hasher.verify(facilitator.password_hash if facilitator else _decoy(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return facilitator is not None


def check_name(name: str) -> str:
    """A name as we keep it. Raises Invalid for an empty or overlong one."""
    tidy = " ".join(name.split())
    if not tidy or not tidy.isprintable():
        raise errors.Invalid("name_missing", N_("Please give a name."))
    if len(tidy) > MAX_NAME:
        raise errors.Invalid("name_too_long", N_("A name may have at most 60 characters."))
    return tidy


def hash_password(password: str, name: str) -> str:
    """The argon2id hash of a password, slow on purpose: never call it in the writer.

    Raises Invalid for a password that is too short, too long or known to everybody (ASVS 6.2).
    """
    if len(password) < MIN_PASSWORD:
        raise errors.Invalid("password_too_short", N_("The password needs at least 8 characters."))
    if len(password) > MAX_PASSWORD:
        raise errors.Invalid("password_too_long", N_("The password may have at most 128 characters."))
    if password.casefold() in _COMMON or password.casefold() == name.casefold() or len(set(password)) < 3:
        raise errors.Invalid(
            "password_too_easy", N_("This password is too easy to guess. Please choose another.")
        )
    return _hasher.hash(password)


@functools.cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
