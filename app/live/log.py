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
    """One revision as JSON. `unsays`: what was said before must be read anew."""

    revision: int
    told: bytes
    unsays: bool = False


class Page(NamedTuple):
    """Some of the log: the revision it leads to, its changes as JSON, and the messages of a stream."""

    revision: int
    told: Sequence[bytes]
    messages: bytes


class Log:
    """Nudged like a stage. Keeps the tail of the log; who is further behind reads for themselves."""

    def __init__(self, read: Read, epoch: str) -> None:
        self.revision = -1
        self.epoch = epoch
        self.watchers: set[Watcher] = set()
        self._read = read
        self._tail: deque[Entry] = deque(maxlen=KEPT)
        self._pages: dict[int, Page] = {}
        self._reading: dict[int, asyncio.Task[Page]] = {}
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
            self._reading.clear()
        self._tail.extend(entries)
        self._pages.clear()
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

    async def page(self, since: int) -> Page:
        """The first changes after `since`; of very many only so many."""
        if kept := self._kept(since):
            return kept
        # Whoever asks for the same past meanwhile gets the same bytes: many come back at one moment.
        reading = self._reading.get(since)
        if reading is None:
            reading = self._reading[since] = asyncio.create_task(self._read_page(since))
            reading.add_done_callback(lambda done: self._forget(since, done))
        return await asyncio.shield(reading)

    async def frame(self, since: int) -> tuple[int, bytes]:
        """The messages after `since` and the revision they lead to; see `page`."""
        page = await self.page(since)
        return page.revision, page.messages

    def ready(self, since: int) -> bytes | None:
        """The messages from `since` to the present revision; None when they are too many, or not at hand."""
        if self.revision - since > PAGE or not (kept := self._kept(since)):
            return None
        return kept.messages

    def _kept(self, since: int) -> Page | None:
        if not self._tail or self._tail[0].revision > since + 1:
            return None
        page = self._pages.get(since)
        if page is None:
            start = since + 1 - self._tail[0].revision
            page = self._bound(since, list(itertools.islice(self._tail, start, start + PAGE)))
            keep(self._pages, since, page)
        return page

    async def _read_page(self, since: int) -> Page:
        _, entries = await asyncio.to_thread(self._read, since)
        return self._bound(since, entries)

    def _bound(self, since: int, entries: Sequence[Entry]) -> Page:
        epoch = self.epoch.encode()
        messages = (
            b"id: %s-%d\nevent: op\ndata: %s\n\n" % (epoch, one.revision, one.told) for one in entries
        )
        revision = entries[-1].revision if entries else since
        return Page(revision, [one.told for one in entries], b"".join(messages))

    def _forget(self, since: int, reading: asyncio.Task[Page]) -> None:
        if self._reading.get(since) is reading:
            del self._reading[since]
