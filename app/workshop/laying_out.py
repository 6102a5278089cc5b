"""An agenda becomes a workshop's own: rows on certain days of the calendar."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from app.workshop.agenda import Agenda
from app.workshop.agenda_steps import row_of
from app.workshop.models import Workshop


def lay_out(session: Session, workshop: Workshop, agenda: Agenda) -> None:
    """Give a workshop without steps those of an agenda, as long as they take on these days of the week."""
    workshop.day_starts = list(agenda.starts)
    for position, plan in enumerate(agenda.steps):
        day = workshop.held_on + timedelta(days=plan.day - 1)
        session.add(row_of(workshop.id, position, replace(plan, minutes=plan.minutes_on(day))))
    session.flush()
