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
# Changes in one message at most: whoever is far behind holds it until it is sent, and many may come at once.
PAGE = 100
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
        self._pages: dict[int, asyncio.Task[tuple[int, bytes]]] = {}
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
            self._pages.clear()
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
        if (kept := self._kept(since)) is not None:
            return kept
        # Whoever asks for the same past meanwhile gets the same bytes: many come back at one moment.
        page = self._pages.get(since)
        if page is None:
            page = self._pages[since] = asyncio.create_task(self._page(since))
            page.add_done_callback(lambda done: self._forget(since, done))
        return await asyncio.shield(page)

    def ready(self, since: int) -> bytes | None:
        """The messages from `since` to the present revision; None when they are too many, or not at hand."""
        if self.revision - since > PAGE or (kept := self._kept(since)) is None:
            return None
        return kept[1]

    def _kept(self, since: int) -> tuple[int, bytes] | None:
        if not self._tail or self._tail[0].revision > since + 1:
            return None
        frame = self._frames.get(since)
        if frame is None:
            start = since + 1 - self._tail[0].revision
            frame = b"".join(entry.message for entry in itertools.islice(self._tail, start, start + PAGE))
            keep(self._frames, since, frame)
        return min(self.revision, since + PAGE), frame

    async def _page(self, since: int) -> tuple[int, bytes]:
        _, entries = await asyncio.to_thread(self._read, since)
        if not entries:
            return since, b""
        return entries[-1].revision, b"".join(entry.message for entry in entries)

    def _forget(self, since: int, page: asyncio.Task[tuple[int, bytes]]) -> None:
        if self._pages.get(since) is page:
            del self._pages[since]
