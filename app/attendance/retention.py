"""What the notice promises: needs are forgotten after the event, the list when its time is over."""

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from app.attendance.list_queries import last_day, records_of, summary_of, terms_of
from app.attendance.listing import entered_on, kept_until
from app.attendance.models import AttendanceRecord
from app.attendance.summary import kept_summary
from app.clock import now
from app.db import Database
from app.lookout import Lookout
from app.workshop.models import Workshop


class Retention(Lookout):
    """Looks every hour what is to be forgotten."""

    every = 3600.0
    trouble = "Attendance lists whose time is over could not be erased"

    def __init__(self, db: Database) -> None:
        self._db = db

    async def look(self, today: date | None = None) -> None:
        """Forget what is due on this day."""
        today = today or now().astimezone().date()
        for workshop_id in await asyncio.to_thread(self._due, today):
            await self._db.write(forget, workshop_id, today)

    def _due(self, today: date) -> Sequence[str]:
        with self._db.read() as session:
            return workshops_due(session, today)


def workshops_due(session: Session, today: date) -> Sequence[str]:
    """Workshops with something to forget."""
    listed = select(Workshop).where(col(Workshop.id).in_(select(AttendanceRecord.workshop_id)))
    return [workshop.id for workshop in session.exec(listed) if _is_due(session, workshop, today)]


def forget(session: Session, workshop_id: str, today: date) -> None:
    """After the event, what somebody needs there; after the promised days, everybody. The numbers stay."""
    workshop, terms = session.get_one(Workshop, workshop_id), terms_of(session, workshop_id)
    records = records_of(session, workshop_id)
    for record in records:
        if _is_past(workshop, record, today):
            record.needs = ""
    if records and today > kept_until(workshop, terms, records):
        terms.summary, terms.erased_at = kept_summary(summary_of(records, terms.bands)), now()
        session.add(terms)
        for record in records:
            session.delete(record)


def _is_due(session: Session, workshop: Workshop, today: date) -> bool:
    records = records_of(session, workshop.id)
    has_needs = any(record.needs and _is_past(workshop, record, today) for record in records)
    return has_needs or today > kept_until(workshop, terms_of(session, workshop.id), records)


def _is_past(workshop: Workshop, record: AttendanceRecord, today: date) -> bool:
    """Whether nobody needs anything there any more."""
    return today > max(last_day(workshop), entered_on(record))
