"""Phones that are a facilitator's remote control: let in by a code on the desk, listed there, ended there."""

from sqlmodel import Session, col, delete, select

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.actions import end_access, issue_token, set_password, token_hash
from app.identity.models import Facilitator, Token, TokenKind
from app.workshop.actions import stamp
from app.workshop.models import Workshop
from app.workshop.views import RemoteView

_LINK_USED = N_("This code was used already, or is older than ten minutes.")


def offer_remote(session: Session, workshop_id: str, facilitator_id: str) -> str:
    """A link by which one phone becomes this facilitator's remote. One that nobody took ends here."""
    session.exec(
        delete(Token).where(
            col(Token.kind) == TokenKind.REMOTE_LINK,
            col(Token.workshop_id) == workshop_id,
            col(Token.facilitator_id) == facilitator_id,
        )
    )
    return issue_token(session, TokenKind.REMOTE_LINK, facilitator_id=facilitator_id, workshop_id=workshop_id)


def remote_offered(session: Session, secret: str) -> tuple[Facilitator, Workshop]:
    """Whose remote a phone becomes by this link, and where. Raises Gone."""
    offer = _offer(session, secret)
    return session.get_one(Facilitator, offer.facilitator_id), session.get_one(Workshop, offer.workshop_id)


def take_remote(session: Session, secret: str) -> tuple[str, str]:
    """Take such a link, once: the workshop's id, and the secret for the phone. Raises Gone."""
    offer = _offer(session, secret)
    session.delete(offer)
    workshop = session.get_one(Workshop, offer.workshop_id)
    stamp(session, workshop)
    return workshop.id, issue_token(
        session, TokenKind.BROWSER, facilitator_id=offer.facilitator_id, workshop_id=workshop.id
    )


def end_remote(session: Session, workshop_id: str, remote_id: str) -> None:
    """This phone is no remote any more. Twice is once."""
    token = session.get(Token, remote_id)
    if token is not None and token.workshop_id == workshop_id and token.kind == TokenKind.BROWSER:
        end_access(session, token)
        stamp(session, session.get_one(Workshop, workshop_id))


def sign_out(session: Session, secret: str) -> None:
    """End the access of a browser, whatever it is. Unknown secrets are already ended."""
    token = session.get(Token, token_hash(secret))
    if token is not None and token.workshop_id:
        end_remote(session, token.workshop_id, token.hash)
    elif token is not None:
        end_access(session, token)


def change_password(session: Session, facilitator_id: str, password_hash: str) -> str:
    """As `set_password`; the desks that list this facilitator's phones look again."""
    phones = select(Token.workshop_id).where(
        Token.facilitator_id == facilitator_id, Token.kind == TokenKind.BROWSER
    )
    for workshop_id in set(session.exec(phones)) - {None}:
        stamp(session, session.get_one(Workshop, workshop_id))
    return set_password(session, facilitator_id, password_hash)


def remote_views(session: Session, workshop_id: str) -> tuple[RemoteView, ...]:
    """The phones that run this workshop now, in the order in which they came."""
    phones = session.exec(
        select(Token.hash, Facilitator.name, Token.created_at)
        .join(Facilitator, col(Facilitator.id) == Token.facilitator_id)
        .where(Token.workshop_id == workshop_id, Token.kind == TokenKind.BROWSER, Token.expires_at > now())
        .order_by(col(Token.created_at), col(Token.hash))
    )
    return tuple(RemoteView(*phone) for phone in phones)


def _offer(session: Session, secret: str) -> Token:
    token = session.get(Token, token_hash(secret))
    if token is None or token.kind != TokenKind.REMOTE_LINK or token.expires_at < now():
        raise errors.Gone("remote_link_used", _LINK_USED)
    return token
