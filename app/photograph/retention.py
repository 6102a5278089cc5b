"""What is promised of photographs: they go when the time is over for which the attendance list is kept."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from app.attendance.list_queries import last_day, terms_of
from app.clock import now
from app.db import Database
from app.lookout import Lookout
from app.photograph.actions import delete_photographs
from app.photograph.queries import photographs_of, workshops_with_photographs
from app.workshop.models import Workshop


class PhotographRetention(Lookout):
    """Looks every hour which photographs are to go; `forget_papers` takes away what shows them."""

    every = 3600.0
    trouble = "Photographs whose time is over could not be deleted"

    def __init__(self, db: Database, forget_papers: Callable[[str], None]) -> None:
        self._db = db
        self._forget_papers = forget_papers

    async def look(self, today: date | None = None) -> None:
        """Forget what is due on this day."""
        due = await asyncio.to_thread(self._due, today or now().astimezone().date())
        for workshop_id, ids in due.items():
            await self._db.write(delete_photographs, workshop_id, ids)
            await asyncio.to_thread(self._forget_papers, workshop_id)

    def _due(self, today: date) -> dict[str, list[str]]:
        with self._db.read() as session:
            due = {each: _over(session, each, today) for each in workshops_with_photographs(session)}
        return {workshop_id: ids for workshop_id, ids in due.items() if ids}


def _over(session: Session, workshop_id: str, today: date) -> list[str]:
    workshop = session.get_one(Workshop, workshop_id)
    days = timedelta(days=terms_of(session, workshop_id).keep_days)

    def is_over(added_at: datetime) -> bool:
        # From the day it was added where that is later: a mistyped date deletes nothing.
        return today > max(last_day(workshop), added_at.astimezone().date()) + days

    return [each.id for each in photographs_of(session, workshop_id) if is_over(each.added_at)]
