"""Co-facilitators: added to one workshop by its lead, by name; they come in by a link of their own.

Their account is theirs alone: a link is given only for people without a password whom nobody else works with.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.actions import check_name, close_streams, facilitator_named, issue_token, token_hash
from app.identity.models import Facilitator, Token, TokenKind
from app.workshop.actions import stamp
from app.workshop.models import Facilitation, Role, Workshop
from app.workshop.views import FacilitatorView

MAX_CO_FACILITATORS = 20


@dataclass(frozen=True, slots=True)
class Added:
    """A co-facilitator, and the secret of their link; none for somebody who signs in with a password."""

    id: str
    name: str
    secret: str | None


def add_co_facilitator(session: Session, workshop_id: str, name: str) -> Added:
    """Let somebody run this workshop too, under this name. Raises Invalid."""
    facilitator = facilitator_named(session, name := check_name(name))
    if facilitator is None:
        facilitator = Facilitator(name=name, login=name.casefold(), password_hash="", is_guest=True)
        session.add(facilitator)
        session.flush()
    elif session.get(Facilitation, (workshop_id, facilitator.id)):
        raise errors.Invalid("already_here", N_("This person facilitates the workshop already."))
    elif not facilitator.password_hash and _works_with_others(session, workshop_id, facilitator.id):
        raise errors.Invalid("name_taken", N_("Another facilitator already uses this name."))
    if len(co_facilitators(session, workshop_id)) >= MAX_CO_FACILITATORS:
        raise errors.Invalid("too_many_facilitators", N_("A workshop has at most 20 co-facilitators."))
    session.add(Facilitation(workshop_id=workshop_id, facilitator_id=facilitator.id, role=Role.CO))
    stamp(session, session.get_one(Workshop, workshop_id))
    secret = None if facilitator.password_hash else _invite(session, workshop_id, facilitator.id)
    return Added(facilitator.id, facilitator.name, secret)


def invite_again(session: Session, workshop_id: str, facilitator_id: str) -> Added:
    """A fresh link for another device, or in place of a lost one. Raises NotFound."""
    facilitator = _co_facilitator(session, workshop_id, facilitator_id)
    if facilitator.password_hash:
        return Added(facilitator.id, facilitator.name, None)
    return Added(facilitator.id, facilitator.name, _invite(session, workshop_id, facilitator.id))


def remove_co_facilitator(session: Session, workshop_id: str, facilitator_id: str) -> None:
    """They run this workshop no more, from no device. What they did stays under their name. Twice is once."""
    facilitation = session.get(Facilitation, (workshop_id, facilitator_id))
    if facilitation is None or facilitation.role != Role.CO:
        return
    session.delete(facilitation)
    session.exec(
        delete(Token).where(
            col(Token.workshop_id) == workshop_id, col(Token.facilitator_id) == facilitator_id
        )
    )
    close_streams(session, facilitator_id)
    stamp(session, session.get_one(Workshop, workshop_id))


def invited(session: Session, secret: str) -> tuple[Facilitator, Workshop]:
    """Whom a link makes known, and where. Raises Gone."""
    invitation = _invitation(session, secret)
    workshop = session.get_one(Workshop, invitation.workshop_id)
    return session.get_one(Facilitator, invitation.facilitator_id), workshop


def take_invitation(session: Session, secret: str) -> tuple[str, str]:
    """Take a link, once: the workshop's id, and the secret for the device. Raises Gone."""
    invitation = _invitation(session, secret)
    session.delete(invitation)
    workshop = session.get_one(Workshop, invitation.workshop_id)
    stamp(session, workshop)
    return workshop.id, issue_token(session, TokenKind.BROWSER, facilitator_id=invitation.facilitator_id)


def co_facilitators(session: Session, workshop_id: str) -> tuple[FacilitatorView, ...]:
    """Who was added, by name, and whether they have come in."""
    came = select(Token.facilitator_id).where(
        Token.kind == TokenKind.BROWSER, Token.expires_at > now(), col(Token.facilitator_id).is_not(None)
    )
    here = set(session.exec(came))
    people = session.exec(
        select(Facilitator)
        .join(Facilitation, col(Facilitation.facilitator_id) == Facilitator.id)
        .where(Facilitation.workshop_id == workshop_id, Facilitation.role == Role.CO)
        .order_by(col(Facilitator.login))
    )
    return tuple(FacilitatorView(one.id, one.name, bool(one.password_hash), one.id in here) for one in people)


def _works_with_others(session: Session, workshop_id: str, facilitator_id: str) -> bool:
    """Whether this person is known in a workshop that none of ours leads."""
    ours = select(Facilitation.facilitator_id).where(
        Facilitation.workshop_id == workshop_id, Facilitation.role == Role.LEAD
    )
    led = select(Facilitation.workshop_id).where(
        Facilitation.role == Role.LEAD, col(Facilitation.facilitator_id).in_(ours)
    )
    elsewhere = select(Facilitation).where(
        Facilitation.facilitator_id == facilitator_id, col(Facilitation.workshop_id).not_in(led)
    )
    return session.exec(elsewhere).first() is not None


def _invite(session: Session, workshop_id: str, facilitator_id: str) -> str:
    session.exec(
        delete(Token).where(
            col(Token.kind) == TokenKind.INVITATION,
            col(Token.workshop_id) == workshop_id,
            col(Token.facilitator_id) == facilitator_id,
        )
    )
    return issue_token(session, TokenKind.INVITATION, facilitator_id=facilitator_id, workshop_id=workshop_id)


def _invitation(session: Session, secret: str) -> Token:
    token = session.get(Token, token_hash(secret))
    if token is None or token.kind != TokenKind.INVITATION or token.expires_at < now():
        raise errors.Gone(
            "invitation_used", N_("This link was used already or has expired. Ask for a new one.")
        )
    return token


def _co_facilitator(session: Session, workshop_id: str, facilitator_id: str) -> Facilitator:
    facilitation = session.get(Facilitation, (workshop_id, facilitator_id))
    if facilitation is None or facilitation.role != Role.CO:
        raise errors.NotFound("facilitator_not_found", N_("This person does not facilitate the workshop."))
    return session.get_one(Facilitator, facilitator_id)
