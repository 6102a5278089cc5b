"""What all tables of a room signal, put together for desk and wall."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from sqlmodel import Session

from app.signal.models import Signal, SignalKind
from app.signal.queries import Rows, blocks_written, entry_worked_on, standing_signals
from app.signal.views import RaisedHand, TableSignals
from app.workshop.models import AgendaStep
from app.workshop.names import group_name
from app.workshop.queries import Table
from app.workshop.stages import Writing


def room_signals(
    session: Session, workshop_id: str, rows: Rows, tables: Sequence[Table], locale: str
) -> Mapping[str, TableSignals]:
    """What everybody says, who has not written yet, by the canvas of their table. `rows`: who is where."""
    standing = standing_signals(session, [table.canvas.id for table in tables])
    written = blocks_written(session, workshop_id)
    return {
        table.canvas.id: _at_table(session, table, rows, standing, written.get(table.canvas.id, {}), locale)
        for table in tables
    }


def _at_table(
    session: Session,
    table: Table,
    rows: Rows,
    standing: Sequence[Signal],
    written: Mapping[str, AbstractSet[str]],
    locale: str,
) -> TableSignals:
    row = rows.of(table.group.id)
    step = session.get(AgendaStep, row.step_id) if row else None
    entry = entry_worked_on(session, row)
    members = {member.id: member for member in table.members}
    own = [each for each in standing if each.participant_id in members]
    hands = tuple(
        RaisedHand(
            each.number or 0, members[each.participant_id].name, group_name(table.group, locale), each.since
        )
        for each in own
        if each.kind == SignalKind.HAND
    )
    is_closed = step is not None and step.writing == Writing.NOWHERE
    return TableSignals(
        step=entry,
        is_with_all=table.group.id not in rows,
        done=sum(1 for each in own if entry and each.step == entry),
        people=len(members),
        hands=hands,
        unwritten=()
        if is_closed
        else tuple(
            member.name
            for member in table.members
            if not _has_written(written.get(member.id, set()), step.blocks if step else ())
        ),
    )


def _has_written(blocks: AbstractSet[str], about: Sequence[str]) -> bool:
    return bool(blocks & set(about)) if about else bool(blocks)
