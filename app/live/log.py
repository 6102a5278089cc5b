"""The change log of one canvas as an event stream, for programs: every revision once, in order."""

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.live.stage import RETRY_AFTER, Watcher, keep

Read = Callable[[int], tuple[int, Sequence["Entry"]]]
KEPT = 1024
log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """One revision as an event-stream message. `unsays`: what was said before must be read anew."""

    revision: int
    message: bytes
    unsays: bool = False


class Log:
    """Nudged like a stage. Keeps the encoded tail of the log; who is further behind reads for themselves."""

    def __init__(self, read: Read, epoch: str) -> None:
        self.revision = -1
        self.epoch = epoch
        self.watchers: set[Watcher] = set()
        self._read = read
        self._tail: deque[Entry] = deque(maxlen=KEPT)
        self._frames: dict[int, bytes] = {}
        self._nudged = asyncio.Event()
        self._looking = asyncio.Lock()

    def nudge(self) -> None:
        """Something was committed."""
        self._nudged.set()

    async def look(self) -> None:
        """Read on. The first look only learns the present revision: the past is read when somebody asks."""
        async with self._looking:
            first = self.revision < 0
            revision, entries = await asyncio.to_thread(self._read, 2**53 if first else self.revision)
            if first:
                self.revision = revision
            elif entries:
                self._take(revision, entries)

    def _take(self, revision: int, entries: Sequence[Entry]) -> None:
        if any(entry.unsays for entry in entries):
            self._tail.clear()
        self._tail.extend(entries)
        self._frames.clear()
        # A long catch-up comes in pages; the log's revision is what has been read of it.
        self.revision = entries[-1].revision
        if self.revision < revision:
            self._nudged.set()
        for watcher in self.watchers:
            watcher.wake()

    async def run(self) -> None:
        """Look again after every nudge, for as long as the task lives."""
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            try:
                await self.look()
            except Exception:
                log.exception("A change log could not be read; trying again")
                await asyncio.sleep(RETRY_AFTER)
                self._nudged.set()

    async def frame(self, since: int) -> tuple[int, bytes]:
        """The messages after `since` and the revision they lead to; only a page of very many."""
        if (frame := self.ready(since)) is not None:
            return self.revision, frame
        _, entries = await asyncio.to_thread(self._read, since)
        return (
            (entries[-1].revision, b"".join(entry.message for entry in entries)) if entries else (since, b"")
        )

    def ready(self, since: int) -> bytes | None:
        """The messages from `since` to the present revision; None when they have to be read first."""
        if not self._tail or self._tail[0].revision > since + 1:
            return None
        frame = self._frames.get(since)
        if frame is None:
            start = since + 1 - self._tail[0].revision
            frame = b"".join(entry.message for entry in itertools.islice(self._tail, start, None))
            keep(self._frames, since, frame)
        return frame
