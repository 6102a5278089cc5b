"""What looks after something again and again, for as long as the server runs."""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from typing import ClassVar

log = logging.getLogger(__name__)


class Lookout(ABC):
    """Looks at the start and then every so many seconds; `trouble` is what the log says when a look fails."""

    every: ClassVar[float]
    trouble: ClassVar[str]
    _task: asyncio.Task[None] | None = None

    @abstractmethod
    async def look(self) -> None:
        """Do what is due now."""

    def start(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                # A full disk, say: the next look tries again.
                log.exception(self.trouble)
            await asyncio.sleep(self.every)
