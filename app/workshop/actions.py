"""The verbs of a workshop: making it, letting people in, choosing what the wall shows."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from app import errors
from app.canvas.models import Canvas
from app.clock import now
from app.db import Topic, touch
from app.errors import N_
from app.identity.actions import check_name, forget_links, issue_token, revoke_participant
from app.identity.models import TokenKind
from app.identity.queries import participant_of
from app.ids import new_code, new_id, new_token
from app.partnership.actions import partnership_between
from app.workshop import queries
from app.workshop.agenda_steps import agenda_for
from app.workshop.laying_out import lay_out
from app.workshop.models import (
    Facilitation,
    Group,
    Participant,
    Role,
    Side,
    Workshop,
)
from app.workshop.plans import (
    Mistakes,
    Particulars,
    Plan,
    PlannedGroup,
    mistakes_in,
    mistakes_in_particulars,
)

MAX_PARTICIPANTS = 500


def create_workshop(
    session: Session, facilitator_id: str, plan: Plan, workshop_id: str | None = None
) -> Workshop:
    """A workshop with its groups, partnerships and an empty canvas for each. Raises Mistakes."""
    if mistakes := mistakes_in(plan):
        raise Mistakes(mistakes)
    workshop = Workshop(id=workshop_id or new_id(), **_columns(plan), join_code=_unused_code(session))
    session.add(workshop)
    session.flush()
    session.add(Facilitation(workshop_id=workshop.id, facilitator_id=facilitator_id, role=Role.LEAD))
    for number, planned in enumerate(plan.groups, start=1):
        _add_group(session, workshop, number, planned)
    if agenda := agenda_for(session, facilitator_id, plan.agenda):
        lay_out(session, workshop, agenda)
    session.flush()
    return workshop


def add_group(session: Session, workshop: Workshop, planned: PlannedGroup, group_id: str) -> Group:
    """One more table, after all others. Raises Mistakes."""
    others = session.exec(select(Group.number).where(Group.workshop_id == workshop.id)).all()
    plan = Plan(title="x", held_on=workshop.held_on, groups=(planned,) * (len(others) + 1))
    if mistakes := mistakes_in(plan):
        raise Mistakes(mistakes[:1])
    group = _add_group(session, workshop, max(others, default=0) + 1, planned, group_id)
    stamp(session, workshop)
    return group


def correct_workshop(session: Session, workshop_id: str, said: Particulars) -> None:
    """Have it called, dated and placed like this; desk, wall, boards and paper follow. Raises Mistakes."""
    if mistakes := mistakes_in_particulars(said):
        raise Mistakes(mistakes)
    workshop = session.get_one(Workshop, workshop_id)
    workshop.sqlmodel_update(_columns(said))
    stamp(session, workshop)


def _columns(said: Particulars) -> dict[str, Any]:
    return {
        "title": " ".join(said.title.split()),
        "held_on": said.held_on,
        "place": said.place.strip(),
        "province": said.province.strip(),
        "organizer": said.organizer.strip(),
        "expected_participants": said.expected_participants,
    }


def _add_group(
    session: Session, workshop: Workshop, number: int, planned: PlannedGroup, group_id: str | None = None
) -> Group:
    partnership = None
    if planned.training_centre:
        partnership = partnership_between(
            session,
            planned.training_centre,
            planned.industry_partner,
            planned.vocational_field,
            workshop.province,
        )
    group = Group(
        id=group_id or new_id(),
        workshop_id=workshop.id,
        number=number,
        name=planned.name.strip(),
        partnership_id=partnership.id if partnership else None,
    )
    session.add(group)
    session.flush()
    session.add(Canvas(workshop_id=workshop.id, group_id=group.id, partnership_id=group.partnership_id))
    session.flush()
    return group


def _unused_code(session: Session) -> str:
    while True:
        code = new_code()
        if session.exec(select(Workshop.id).where(Workshop.join_code == code)).first() is None:
            return code


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody's answer to the join form."""

    name: str
    group_id: str
    institution: str = ""
    side: str | None = None


def join_workshop(
    session: Session, workshop_id: str, joining: Joining, kind: TokenKind
) -> tuple[Participant, str]:
    """A new participant at a table, with the secret that makes them known from now on. Raises Refused."""
    workshop = session.get_one(Workshop, workshop_id)
    check_joining(workshop)
    participant = seat(session, workshop, joining)
    return participant, issue_token(session, kind, participant_id=participant.id)


def check_joining(workshop: Workshop) -> None:
    """Refuse who comes when joining is closed. Raises Forbidden."""
    if not workshop.joining_open:
        raise errors.Forbidden("joining_closed", N_("Joining is closed. Please ask the facilitator."))


def seat(session: Session, workshop: Workshop, joining: Joining, **columns: Any) -> Participant:
    """A new participant at a table. Raises Invalid."""
    group = session.get(Group, joining.group_id)
    if group is None or group.workshop_id != workshop.id:
        raise errors.Invalid("group_missing", N_("Please choose a group."))
    if queries.present_count(session, workshop.id) >= MAX_PARTICIPANTS:
        raise errors.Invalid("workshop_full", N_("This workshop is full."))
    if joining.side is not None and joining.side not in set(Side):
        raise errors.Invalid("unknown_side", N_("Please choose where you come from."))
    participant = Participant(
        workshop_id=workshop.id,
        group_id=group.id,
        name=check_name(joining.name),
        institution=" ".join(joining.institution.split())[:120],
        side=joining.side,
        **columns,
    )
    session.add(participant)
    session.flush()
    stamp(session, workshop)
    return participant


def reopen_link(session: Session, workshop_id: str, participant_id: str) -> str:
    """A fresh personal link for somebody whose phone forgot them. Devices that know them keep working."""
    _participant(session, workshop_id, participant_id)
    forget_links(session, participant_id)
    return issue_token(session, TokenKind.PERSONAL_LINK, participant_id=participant_id)


def use_link(session: Session, secret: str) -> tuple[Participant, str]:
    """Take a personal link, once: the participant, and the secret for the device. Raises Gone."""
    participant = participant_of(session, secret, TokenKind.PERSONAL_LINK)
    if participant is None:
        raise errors.Gone("link_used", N_("This link was used already or has expired. Ask for a new one."))
    forget_links(session, participant.id)
    if not participant.has_device:
        participant.has_device = True
        stamp(session, session.get_one(Workshop, participant.workshop_id))
    return participant, issue_token(session, TokenKind.BROWSER, participant_id=participant.id)


def remove_participant(session: Session, workshop_id: str, participant_id: str) -> Participant:
    """Send somebody out: their devices lose access at once, their notes stay."""
    participant = _participant(session, workshop_id, participant_id)
    participant.removed_at = participant.removed_at or now()
    revoke_participant(session, participant.id)
    stamp(session, session.get_one(Workshop, workshop_id))
    return participant


def restore_participant(session: Session, workshop_id: str, participant_id: str) -> Participant:
    """Let a removed person back; they need a fresh personal link."""
    participant = _participant(session, workshop_id, participant_id)
    participant.removed_at = None
    stamp(session, session.get_one(Workshop, workshop_id))
    return participant


def open_joining(session: Session, workshop_id: str) -> None:
    """Let people in."""
    _set_joining(session, workshop_id, is_open=True)


def close_joining(session: Session, workshop_id: str) -> None:
    """Let nobody else in; whoever is in stays in."""
    _set_joining(session, workshop_id, is_open=False)


def _set_joining(session: Session, workshop_id: str, *, is_open: bool) -> None:
    workshop = session.get_one(Workshop, workshop_id)
    workshop.joining_open = is_open
    stamp(session, workshop)


def renew_join_code(session: Session, workshop_id: str, old_code: str) -> None:
    """Another join code and QR in place of these; whoever has joined stays in. Twice is once."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.join_code == old_code:
        workshop.join_code, workshop.join_token = _unused_code(session), new_token()
        stamp(session, workshop)


def renew_projector_link(session: Session, workshop_id: str, old_token: str) -> None:
    """Another projector link in place of this one, which ends wherever it is open. Twice is once."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.projector_token == old_token:
        touch(session, Topic("projector", old_token))
        workshop.projector_token = new_token()
        stamp(session, workshop)


def stamp(session: Session, workshop: Workshop) -> None:
    """Raise the workshop's revision: its desk, projector and boards look again."""
    workshop.revision += 1
    touch(session, Topic("workshop", workshop.id))


def _participant(session: Session, workshop_id: str, participant_id: str) -> Participant:
    participant = session.exec(
        select(Participant).where(
            col(Participant.id) == participant_id, Participant.workshop_id == workshop_id
        )
    ).first()
    if participant is None:
        raise errors.NotFound("participant_not_found", N_("This person is not in the workshop."))
    return participant
