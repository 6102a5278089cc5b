"""Reading workshops, their groups and people. Short statements on a session of the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.canvas.models import Canvas
from app.partnership.models import Partnership
from app.workshop.models import Facilitation, Group, Participant, Workshop


@dataclass(frozen=True, slots=True)
class Table:
    """A group with its canvas, its partnership and whoever sits there now."""

    group: Group
    canvas: Canvas
    partnership: Partnership | None
    members: tuple[Participant, ...]


def workshop_with_join_token(session: Session, token: str) -> Workshop | None:
    """The workshop a QR code leads to."""
    return session.exec(select(Workshop).where(Workshop.join_token == token)).first()


def workshop_with_code(session: Session, code: str) -> Workshop | None:
    """The workshop a typed code (already read by `ids.read_code`) leads to."""
    return session.exec(select(Workshop).where(Workshop.join_code == code)).first()


def workshop_with_projector_token(session: Session, token: str) -> Workshop | None:
    """The workshop a projector link shows."""
    return session.exec(select(Workshop).where(Workshop.projector_token == token)).first()


def workshops_of(session: Session, facilitator_id: str) -> Sequence[tuple[Workshop, int, int]]:
    """A facilitator's workshops, latest first, each with the number of its groups and of people present."""
    groups = select(func.count()).select_from(Group).where(Group.workshop_id == Workshop.id)
    present = (
        select(func.count())
        .select_from(Participant)
        .where(Participant.workshop_id == Workshop.id, col(Participant.removed_at).is_(None))
    )
    return session.exec(
        select(Workshop, groups.scalar_subquery(), present.scalar_subquery())
        .join(Facilitation, col(Facilitation.workshop_id) == Workshop.id)
        .where(Facilitation.facilitator_id == facilitator_id)
        .order_by(col(Workshop.held_on).desc(), col(Workshop.created_at).desc())
    ).all()


def present_members(session: Session, group_id: str) -> Sequence[Participant]:
    """Who sits at a table, in the order they came."""
    return session.exec(
        select(Participant)
        .where(Participant.group_id == group_id, col(Participant.removed_at).is_(None))
        .order_by(col(Participant.joined_at), col(Participant.id))
    ).all()


def removed_participants(session: Session, workshop_id: str) -> Sequence[Participant]:
    """Who was sent out, latest first."""
    return session.exec(
        select(Participant)
        .where(Participant.workshop_id == workshop_id, col(Participant.removed_at).is_not(None))
        .order_by(col(Participant.removed_at).desc())
    ).all()


def present_count(session: Session, workshop_id: str) -> int:
    """How many people have joined and were not sent out."""
    statement = select(func.count()).select_from(Participant)
    return session.exec(
        statement.where(Participant.workshop_id == workshop_id, col(Participant.removed_at).is_(None))
    ).one()


def tables(session: Session, workshop_id: str, group_id: str | None = None) -> tuple[Table, ...]:
    """The groups of a workshop in order, with their canvases and members; only one of them when given."""
    groups = (
        select(Group, Canvas, Partnership)
        .join(Canvas, col(Canvas.group_id) == Group.id)
        .join(Partnership, col(Partnership.id) == Group.partnership_id, isouter=True)
        .where(Group.workshop_id == workshop_id)
        .order_by(col(Group.number), col(Canvas.created_at))
    )
    people = (
        select(Participant)
        .where(Participant.workshop_id == workshop_id, col(Participant.removed_at).is_(None))
        .order_by(col(Participant.joined_at), col(Participant.id))
    )
    if group_id is not None:
        groups, people = groups.where(Group.id == group_id), people.where(Participant.group_id == group_id)
    members: dict[str, list[Participant]] = {}
    for participant in session.exec(people):
        members.setdefault(participant.group_id, []).append(participant)
    return tuple(
        Table(group, canvas, partnership, tuple(members.get(group.id, ())))
        for group, canvas, partnership in session.exec(groups)
    )


def table_of(session: Session, participant: Participant) -> Table | None:
    """Where a participant sits."""
    return next(iter(tables(session, participant.workshop_id, participant.group_id)), None)


def live_revision(session: Session, workshop_id: str) -> int:
    """What desk and projector count: changes of the workshop, of all its canvases and of what people signal.

    A sum of counters that only rise: it rises with each of them and never stands for two states.
    """
    counted = func.sum(Canvas.revision + Canvas.signal_revision)
    tables = select(func.coalesce(counted, 0)).where(Canvas.workshop_id == workshop_id)
    own = session.exec(select(Workshop.revision).where(Workshop.id == workshop_id)).one()
    return own + session.exec(tables).one()
