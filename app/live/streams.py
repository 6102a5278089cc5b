"""Every open event stream and waiting long-poll of this process: counted, kept alive, and ended in time."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors
from app.db import Topic
from app.errors import N_
from app.live.answer import Answer
from app.live.stages import StageKey, Stages
from app.live.stream import BEGUN, EventStream
from app.web.protocol import ABORT

# Whose access can end while they watch; a projector is known by its link.
_PEOPLE = frozenset({"participant", "facilitator", "projector"})


class Poll(Protocol):
    """A long-poll that waits."""

    person: str

    def close(self) -> None:
        """Wait no longer."""
        ...


class Streams:
    """Every open stream of this process: for limits, heartbeats, revocation and shutdown."""

    def __init__(
        self, stages: Stages, *, limit: int, limit_per_person: int, heartbeat: float, send_timeout: float
    ) -> None:
        self.stages = stages
        self.closing = False
        self._limit = limit
        self._limit_per_person = limit_per_person
        self._heartbeat = heartbeat
        self._send_timeout = send_timeout
        self._open: set[EventStream] = set()
        self._polls: set[Poll] = set()
        self._per_person: Counter[str] = Counter()
        self._ticker: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    def start(self) -> None:
        """Begin heartbeats."""
        self._ticker = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """End what is left after `close_all`."""
        self.close_all()
        if self._ticker:
            self._ticker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticker

    def close_all(self) -> None:
        """Say bye to everybody. uvicorn waits for open responses, so this must come before its shutdown."""
        self.closing = True
        for guest in self._guests():
            guest.close()

    def revoke(self, topics: Iterable[Topic]) -> None:
        """End what people watch whose access has changed; they come back if they still may."""
        people = {topic.id for topic in topics if topic.kind in _PEOPLE}
        if people:
            for guest in self._guests():
                if guest.person in people:
                    guest.close()

    def _guests(self) -> list[EventStream | Poll]:
        return [*self._open, *self._polls]

    def follow(
        self, key: StageKey, since: str, person: str, *, share: int = 1, wait: float | None = None
    ) -> "EventStream | Answer":
        """A page's live regions: a stream or, given `wait`, one answer after at most so many seconds."""
        if wait is None:
            return self.open(key, since, person, share=share)
        if wait:
            self._admit(person, share)
        return Answer(self, key, since, person, share, wait)

    def open(self, key: StageKey, since: str, person: str, *, share: int = 1) -> "EventStream":
        """A response that streams `key` to `person` from `since` ("<epoch>-<revision>", empty: everything).

        `share`: how many people's pages this one may have open; a facilitator watches several canvases.
        Raises Unavailable when the house or the person has too many open.
        """
        self._admit(person, share)
        return EventStream(self, key, since, person, share)

    def _admit(self, person: str, share: int = 1) -> None:
        if not self._has_room(person, share):
            raise errors.Unavailable(
                "too_many_streams", N_("Too many pages are open. Close some and try again."), retry_after=5
            )

    def _has_room(self, person: str, share: int) -> bool:
        return (
            not self.closing
            and len(self._open) + len(self._polls) < self._limit
            and self._per_person[person] < self._limit_per_person * share
        )

    def _release(self, person: str) -> None:
        self._per_person[person] -= 1
        if self._per_person[person] <= 0:
            del self._per_person[person]

    @contextlib.contextmanager
    def polling(self, poll: Poll, share: int = 1) -> Iterator[None]:
        """Count and end a waiting long-poll like a stream. Raises Unavailable."""
        self._admit(poll.person, share)
        self._polls.add(poll)
        self._per_person[poll.person] += 1
        try:
            yield
        finally:
            self._polls.discard(poll)
            self._release(poll.person)

    def entered(self, stream: EventStream) -> bool:
        """Count a stream that begins; False when others, admitted at the same moment, came first."""
        if not self._has_room(stream.person, stream.share):
            return False
        self._open.add(stream)
        self._per_person[stream.person] += 1
        return True

    def left(self, stream: "EventStream") -> None:
        self._open.discard(stream)
        self._release(stream.person)

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(min(1.0, self._heartbeat / 2))
            now = loop.time()
            for stream in list(self._open):
                stream.tick(now, self._heartbeat, self._send_timeout)


class StreamsOutside:
    """The outermost middleware. A stream is open for hours: it leaves the routes and the other middlewares,
    which have done their part, and is sent from here: 17 instead of 24 kB each, with 1,000 of them (bench/).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        stream: EventStream | None = scope.get(BEGUN)
        if stream is None:
            return
        await stream.run(receive, send)
        if stream.is_cut_off and (abort := scope.get("state", {}).get(ABORT)):
            # Closing would wait until the reader has read what is on its way, and this one does not read.
            abort()
