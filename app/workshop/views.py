"""What templates see of a workshop. Frozen, free of viewer and request; built from rows, never querying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.canvas.catalog import Definition
from app.canvas.drawing import heat, initials, note_view
from app.canvas.follow_up import NO_PLAN, PlanStanding
from app.canvas.models import Note
from app.canvas.views import NoteView
from app.ids import spell_code
from app.signal.views import Tally
from app.workshop.models import Participant, Workshop
from app.workshop.names import group_name
from app.workshop.queries import Table


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody in the room."""

    id: str
    name: str
    initials: str
    institution: str
    has_device: bool = True


@dataclass(frozen=True, slots=True)
class BlockHeat:
    """A block on a mini canvas: only how full it is."""

    key: str
    area: str
    count: int
    heat: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """A table with its people and how far its canvas and its plan have come; `veiled` of its notes are not
    shown yet.
    """

    id: str
    number: int
    name: str
    partnership: str
    canvas_id: str
    members: tuple[MemberView, ...]
    note_count: int
    blocks: tuple[BlockHeat, ...]
    is_silent: bool = False
    veiled: int = 0
    tally: Tally | None = None
    plan: PlanStanding = NO_PLAN


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """A workshop's heading and how one gets in."""

    id: str
    title: str
    held_on: date
    place: str
    province: str
    join_code: str
    join_url: str
    joining_open: bool
    expected: int | None


@dataclass(frozen=True, slots=True)
class WorkshopSummary:
    """A workshop on its facilitator's home page."""

    id: str
    title: str
    held_on: date
    place: str
    province: str
    join_code: str
    joining_open: bool
    group_count: int
    present: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class ReturningView:
    """Who a device already is in this workshop."""

    name: str
    group_name: str
    canvas_id: str


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """Somebody on the list who may be the person who joins. `is_guarded`: only by a personal link."""

    id: str
    name: str
    institution: str
    group_name: str
    is_guarded: bool


@dataclass(frozen=True, slots=True)
class FacilitatorView:
    """A co-facilitator. `is_here`: a device of theirs has come in."""

    id: str
    name: str
    has_password: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class RemoteView:
    """A phone that is a facilitator's remote control."""

    id: str
    facilitator: str
    since: datetime


def member_view(participant: Participant) -> MemberView:
    """One person."""
    return MemberView(
        id=participant.id,
        name=participant.name,
        initials=initials(participant.name),
        institution=participant.institution,
        has_device=participant.has_device,
    )


def workshop_view(workshop: Workshop, join_url: str) -> WorkshopView:
    """The heading; `join_url` is the address on the QR code."""
    return WorkshopView(
        id=workshop.id,
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        province=workshop.province,
        join_code=spell_code(workshop.join_code),
        join_url=join_url,
        joining_open=workshop.joining_open,
        expected=workshop.expected_participants,
    )


def workshop_summary(workshop: Workshop, group_count: int, present: int) -> WorkshopSummary:
    """A workshop in a list."""
    return WorkshopSummary(
        id=workshop.id,
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        province=workshop.province,
        join_code=spell_code(workshop.join_code),
        joining_open=workshop.joining_open,
        group_count=group_count,
        present=present,
        expected=workshop.expected_participants,
    )


def group_view(
    table: Table,
    definition: Definition,
    locale: str,
    counts: Mapping[str, int],
    veiled: int = 0,
    tally: Tally | None = None,
    plan: PlanStanding = NO_PLAN,
) -> GroupView:
    """A table with its people; what waits in its parking lot does not count."""
    blocks = tuple(
        BlockHeat(block.key, block.area, counts.get(block.key, 0), heat(counts.get(block.key, 0)))
        for block in definition.in_order()
    )
    return GroupView(
        id=table.group.id,
        number=table.group.number,
        name=group_name(table.group, locale),
        partnership=table.partnership.title if table.partnership else "",
        canvas_id=table.canvas.id,
        members=tuple(member_view(member) for member in table.members),
        note_count=sum(block.count for block in blocks),
        blocks=blocks,
        is_silent=table.canvas.is_silent,
        veiled=veiled,
        tally=tally,
        plan=plan,
    )


def hidden_note_views(notes: Sequence[Note]) -> tuple[NoteView, ...]:
    """Notes a facilitator has hidden."""
    return tuple(note_view(note) for note in notes)
