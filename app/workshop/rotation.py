"""The one thing on an agenda that happens by itself: when a visit is over, groups go on to the next."""

import asyncio

from app.db import Database
from app.lookout import Lookout
from app.workshop.visits import due_visits, next_visit


class Rotation(Lookout):
    """Looks every second whether a visit is over. Where it cannot, the host goes on by hand."""

    every = 1.0
    trouble = "Groups could not be sent on to the next canvas"

    def __init__(self, db: Database) -> None:
        self._db = db

    async def look(self) -> None:
        """Send on whoever's time is up."""
        for due in await asyncio.to_thread(self._due):
            await self._db.write(next_visit, *due)

    def _due(self) -> list[tuple[str, str, int, str]]:
        with self._db.read() as session:
            return due_visits(session)
