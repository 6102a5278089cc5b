"""One topic on one surface in one language, rendered once for everybody who watches it.

A stage is nudged, not told: it looks at the database, renders what may have changed, and keeps the bytes
of the latest state of each region. Nudges may be merged, late or doubled; a slow watcher skips states
instead of falling behind. It knows nothing of the domain.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)

RETRY_AFTER = 0.5
# Messages for people who come back; most of them ask for the same few.
FRAMES_KEPT = 64
# Looks whose revisions are remembered: those who were there then are told only what differs.
LOOKS_KEPT = 512


class Source(Protocol):
    """Where a stage looks. Called in a worker thread, one call at a time."""

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """The present revision, and the bytes of every region that may differ from the last call."""
        ...


@dataclass(frozen=True, slots=True)
class Region:
    """The latest bytes of one part of the page, and the last looks that read it and that found it changed."""

    touched: int
    changed: int
    body: bytes


class Watcher(Protocol):
    """Somebody who wants to know that a stage has moved on."""

    def wake(self) -> None:
        """Look again. Called on the event loop; must not block."""
        ...


class Stage:
    """Latest state of all regions. `frame(since)` is what a watcher at revision `since` lacks."""

    def __init__(self, source: Source, epoch: str, pause: float = 0.0) -> None:
        self.revision = -1
        self.epoch = epoch
        self.watchers: set[Watcher] = set()
        self._source = source
        self._pause = pause
        self._regions: dict[str, Region] = {}
        self._frames: dict[int, bytes] = {}
        self._looks: deque[int] = deque(maxlen=LOOKS_KEPT)
        self._nudged = asyncio.Event()
        self._looking = asyncio.Lock()

    def nudge(self) -> None:
        """Something was committed."""
        self._nudged.set()

    async def look(self) -> None:
        """Read the source now. The first look renders everything."""
        async with self._looking:
            self.take(*await asyncio.to_thread(self._source.read))

    async def run(self) -> None:
        """Look again after every nudge, for as long as the task lives."""
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            try:
                await self.look()
            except Exception:
                log.exception("A stage could not be rendered; trying again")
                await asyncio.sleep(RETRY_AFTER)
                self._nudged.set()
            if self._pause:
                await asyncio.sleep(self._pause)

    def take(self, revision: int, bodies: Mapping[str, bytes]) -> None:
        """Accept what the source read; wake everybody if it is news."""
        if revision <= self.revision:
            return
        for key, body in bodies.items():
            before = self._regions.get(key)
            changed = before.changed if before and before.body == body else revision
            self._regions[key] = Region(revision, changed, body)
        self.revision = revision
        self._looks.append(revision)
        self._frames.clear()
        for watcher in self.watchers:
            watcher.wake()

    def ready(self, since: int) -> bytes:
        """The message that brings a watcher from `since` to the present; empty when nothing was touched."""
        frame = self._frames.get(since)
        if frame is None:
            touched = [region for region in self._regions.values() if region.touched > since]
            # Whoever is where a look was shows what it saw. Others may have loaded the page between two,
            # with a change on it that was undone before the second.
            newer = [region for region in touched if since not in self._looks or region.changed > since]
            body = b"".join(region.body for region in newer)
            frame = b"id: %s-%d\n%s\n" % (self.epoch.encode(), self.revision, body) if touched else b""
            keep(self._frames, since, frame)
        return frame

    async def frame(self, since: int) -> tuple[int, bytes]:
        """The present revision and `ready(since)`."""
        return self.revision, self.ready(since)


def keep(frames: dict[int, T], since: int, frame: T) -> None:
    """Remember a message, but no more of them than `FRAMES_KEPT`: anybody may ask from any revision."""
    if len(frames) >= FRAMES_KEPT:
        frames.clear()
    frames[since] = frame


def framed(html: str) -> bytes:
    """HTML as `data:` lines of an event-stream message. Only `\\n` ends a line (js/live-link.js)."""
    lines = html.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"data: {line}\n" for line in lines).encode()
