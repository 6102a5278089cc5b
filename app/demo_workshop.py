"""Bringing the demonstration workshop to life in a database, through the same actions people use.

It is held on the day it is made, so that whoever looks around can try what belongs to that day, such as
attendance.
"""

import itertools
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from app.canvas.actions import add_note
from app.canvas.catalog import FollowUp, definition
from app.canvas.models import Canvas
from app.canvas.operations import Actor, Operation, Tags, Wording
from app.clock import now
from app.demo import DemoGroup, demo_workshop
from app.identity.actions import facilitator_named, hash_password
from app.identity.models import Facilitator, TokenKind
from app.ids import new_uuid
from app.workshop.actions import Joining, create_workshop, join_workshop
from app.workshop.models import Participant
from app.workshop.plans import Plan, PlannedGroup
from app.workshop.queries import Table, tables

FACILITATOR = "Fasilitator"


@dataclass(frozen=True, slots=True)
class Filled:
    """What was made, and who runs it; a password only for a facilitator who was made with it."""

    workshop_id: str
    title: str
    facilitator: str
    password: str | None


def fill(session: Session) -> Filled:
    """Add the demonstration workshop. The facilitator is found by name, or made with a fresh password."""
    demo, today = demo_workshop(), now().astimezone().date()
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    facilitator, is_new = _facilitator(session, password)
    plan = Plan(
        title=demo.title,
        held_on=today,
        place=demo.place,
        province=demo.province,
        organizer=demo.organizer,
        expected_participants=demo.expected_participants,
        groups=tuple(_planned(group) for group in demo.groups),
    )
    workshop = create_workshop(session, facilitator.id, plan)
    for group, table in zip(demo.groups, tables(session, workshop.id), strict=True):
        _fill_table(session, workshop.id, group, table, today)
    return Filled(workshop.id, workshop.title, facilitator.name, password if is_new else None)


def _facilitator(session: Session, password: str) -> tuple[Facilitator, bool]:
    if known := facilitator_named(session, FACILITATOR):
        return known, False
    made = Facilitator(
        name=FACILITATOR, login=FACILITATOR.casefold(), password_hash=hash_password(password, FACILITATOR)
    )
    session.add(made)
    session.flush()
    return made, True


def _planned(group: DemoGroup) -> PlannedGroup:
    example = group.example
    return PlannedGroup(example.training_centre, example.industry_partner, example.vocational_field)


def _fill_table(session: Session, workshop_id: str, group: DemoGroup, table: Table, held_on: date) -> None:
    members: list[Participant] = []
    for person in group.participants:
        joining = Joining(person.name, table.group.id, person.institution, person.side)
        participant, _ = join_workshop(session, workshop_id, joining, TokenKind.BROWSER)
        members.append(participant)
    canvas = session.get_one(Canvas, table.canvas.id)
    canvas.perspective = group.example.perspective
    authors = itertools.cycle(members)
    for note in group.example.notes:
        author = next(authors)
        operation = Operation(canvas.id, new_uuid(), new_uuid(), Actor("participant", author.id, author.name))
        tags = Tags(
            note.segments,
            note.inclusion,
            note.evidence,
            note.side,
            note.amount,
            note.amount_low,
            note.amount_high,
        )
        add_note(session, operation, note.block, Wording(note.text, note.gives, note.gets), tags)
    for step in group.example.follow_up:
        author = next(authors)
        operation = Operation(canvas.id, new_uuid(), new_uuid(), Actor("participant", author.id, author.name))
        place = definition(canvas.definition_key).plan.key
        add_note(session, operation, place, _planned_step(step, held_on), Tags())


def _planned_step(step: FollowUp, held_on: date) -> Wording:
    return Wording(
        step.activity,
        output=step.output,
        centre_owner=step.owner,
        partner_owner=step.partner_owner,
        due_on=(held_on + timedelta(days=step.due_days)).isoformat(),
        resources=step.resources,
        indicator=step.indicator,
        status=step.status,
        linked_block=step.linked_block,
    )
