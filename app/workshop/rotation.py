"""The one thing on an agenda that happens by itself: when a visit is over, groups go on to the next."""

import asyncio
import contextlib
import logging

from app.db import Database
from app.workshop.visits import due_visits, next_visit

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0


class Rotation:
    """Looks every second whether a visit is over."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def turn(self) -> None:
        """Send on whoever's time is up."""
        for due in await asyncio.to_thread(self._due):
            await self._db.write(next_visit, *due)

    def _due(self) -> list[tuple[str, str, int, str]]:
        with self._db.read() as session:
            return due_visits(session)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.turn()
            except Exception:
                # A full disk, say: the next look tries again, and the host can go on by hand.
                log.exception("Groups could not be sent on to the next canvas")
