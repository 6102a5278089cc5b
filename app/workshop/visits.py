"""Who is at whose canvas: in a gallery walk each group goes round, or the host leads everybody to one.

Where a group is to be follows from the step it is at and from `Workshop.leads_to`; `send_groups` puts them
there. Whoever was sent to a canvas may go on reading it and talking about it: what is said late is not lost.
"""

from datetime import timedelta

from sqlmodel import Session, col, select

from app.clock import steady
from app.workshop.actions import stamp
from app.workshop.models import AgendaStep, StepNow, Workshop
from app.workshop.queries import tables
from app.workshop.stages import Stage, visits_in


def begin_visits(session: Session, row: StepNow, step: AgendaStep) -> None:
    """Set the first visit of a step that is a gallery walk, and its timer; none for another."""
    groups = len(tables(session, row.workshop_id))
    row.visit_count = visits_in(step.minutes, groups) if step.stage == Stage.GALLERY else 0
    row.visit = min(row.visit_count, 1)
    row.ends_at = row.entered_at + length_of(row, step)


def length_of(row: StepNow, step: AgendaStep) -> timedelta:
    """How long its timer runs: that of a visit, or of the whole step."""
    return timedelta(minutes=step.minutes) / max(row.visit_count, 1)


def next_visit(session: Session, workshop_id: str, step_id: str, visit: int, group_id: str = "") -> None:
    """On to the next canvas, from the visit that was seen; the last one does not end by itself."""
    row = session.get(StepNow, (workshop_id, group_id))
    if row is None or (row.step_id, row.visit) != (step_id, visit) or visit >= row.visit_count:
        return
    length = length_of(row, session.get_one(AgendaStep, step_id))
    row.visit += 1
    if row.rest is None:
        row.ends_at = steady() + length
    else:
        row.rest = length.total_seconds()
    workshop = session.get_one(Workshop, workshop_id)
    send_groups(session, workshop)
    stamp(session, workshop)


def send_groups(session: Session, workshop: Workshop) -> None:
    """Put every group where it is to be by now: at a canvas of others, or at its own."""
    session.flush()
    rows = session.exec(select(StepNow).where(StepNow.workshop_id == workshop.id)).all()
    at = {row.group_id: row for row in rows}
    led = (workshop.leads_to or {}).get("canvas")
    all_tables = tables(session, workshop.id)
    canvases = {table.canvas.id: table.canvas for table in all_tables}
    ring = list(canvases)
    for place, table in enumerate(all_tables):
        row = at.get(table.group.id) or at.get("")
        visit = row.visit if row else 0
        wanted = led if led in canvases else ring[(place + visit) % len(ring)]
        table.group.visits = wanted if wanted != table.canvas.id else None
        if table.group.visits and table.group.id not in canvases[wanted].guests:
            canvases[wanted].guests = [*canvases[wanted].guests, table.group.id]


def due_visits(session: Session) -> list[tuple[str, str, int, str]]:
    """What `next_visit` needs for each visit whose time is up while another follows."""
    rows = session.exec(
        select(StepNow).where(
            StepNow.visit > 0, StepNow.visit < StepNow.visit_count, col(StepNow.ends_at) <= steady()
        )
    )
    return [(row.workshop_id, row.step_id, row.visit, row.group_id) for row in rows]
