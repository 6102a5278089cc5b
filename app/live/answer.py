"""One answer in place of a stream, for networks that hold a stream back until it ends.

Its bytes are those the stream would have sent, from the same stage; the reader asks again with their id.
"""

import asyncio
import contextlib
from contextlib import AbstractContextManager
from typing import Annotated, Protocol

from fastapi import Query
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.live.stages import StageKey, Stages, starting_point
from app.live.stream import BYE, RESET, heartbeat

# For routes: so long the answer may wait for news. Without it the answer is a stream.
Wait = Annotated[float | None, Query(ge=0, le=25)]


class Counter(Protocol):
    """Who counts those that wait, and knows when all have to end."""

    stages: Stages
    closing: bool

    def polling(self, poll: "Answer", share: int) -> AbstractContextManager[None]: ...


class Answer(Response):
    """What is newer than `since`, as soon as there is something; after `wait` seconds `hb`."""

    # Nothing that looks like a stream, so that nobody on the way treats it as one; and it is compressed.
    media_type = "text/plain"

    def __init__(
        self, counter: Counter, key: StageKey, since: str, person: str, share: int, wait: float
    ) -> None:
        super().__init__()
        self.person = person
        self._share = share
        self._counter = counter
        self._key = key
        self._since = since
        self._wait = wait
        self._closed = False
        self._gone = False
        self._woken = asyncio.Event()

    def close(self) -> None:
        """Say bye instead of waiting any longer."""
        self._closed = True
        self.wake()

    def wake(self) -> None:
        """The stage has moved on."""
        self._woken.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Unavailable when too many wait already."""
        # Who does not wait keeps no connection, and is not counted: there is always this way left.
        waiting = self._counter.polling(self, self._share) if self._wait else contextlib.nullcontext()
        with waiting:
            watching = asyncio.create_task(self._watch_connection(receive))
            try:
                self.body = await self._news()
            finally:
                watching.cancel()
        self.init_headers()
        await super().__call__(scope, receive, send)

    async def _news(self) -> bytes:
        until = asyncio.get_running_loop().time() + self._wait
        async with self._counter.stages.watch(self._key, self) as stage:
            since = await starting_point(stage, self._since)
            if since is None:
                return RESET
            while not (self._closed or self._counter.closing):
                self._woken.clear()
                since, news = await stage.frame(since)
                if news:
                    return news
                try:
                    async with asyncio.timeout_at(until):
                        await self._woken.wait()
                except TimeoutError:
                    return heartbeat(since)
                if self._gone:
                    break
        return BYE

    async def _watch_connection(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        self.wake()
