"""One open page: its stream sends what its stage has, and holds no database session and no queue.

When its stage moves on it is woken, takes the one message that brings it from its own revision to the
present, and sends it. A reader that does not read is cut off after `send_timeout`; it comes back with the
id it has and lacks nothing.
"""

import asyncio
import json
import random
from collections.abc import Awaitable
from typing import Protocol

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app.live.stages import StageKey, Stages, Watchable, starting_point

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]
BYE = b"event: bye\ndata: {}\nretry: 1000\n\n"
RESET = b"event: reset\ndata: {}\n\n"
BEGUN = "kanvas.stream"
# What is on its way to one reader at most; more waits until the reader has read on.
PIECE = 64 * 1024


class Keeper(Protocol):
    """Who counts the open streams, and knows when all have to end."""

    stages: Stages
    closing: bool

    def entered(self, stream: "EventStream") -> bool: ...
    def left(self, stream: "EventStream") -> None: ...


class EventStream(Response):
    """One open page. Sends `hb` and updates until the reader, the server or a revocation ends it."""

    def __init__(self, streams: Keeper, key: StageKey, since: str, person: str, share: int = 1) -> None:
        # No super().__init__: this response has no body and no headers of Starlette's making.
        self.status_code = 200
        self.background = None
        self.person = person
        self.share = share
        self._streams = streams
        self._key = key
        self._since = since
        self.is_cut_off = False
        self._beat = True
        self._gone = False
        self._closed = False
        self._sent_at = 0.0
        self._sending_since = 0.0
        self._stage: Watchable | None = None
        self._send_now: Send | None = None
        self._since_revision = -1
        self._wake: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """The stage has moved on: send what is new at once, or have the task do it."""
        if self._wake is not None and not self._wake.done() and not self._sent_at_once():
            self._wake.set_result(None)

    def _sent_at_once(self) -> bool:
        # Waking a task for each of 1,000 readers took 0.038 CPU s per 1,000 messages, this takes 0.027
        # (bench/). While the connection takes bytes, uvicorn's send never waits; if it would, nothing was
        # written.
        if self._closed or self._gone or self._beat or self._stage is None or self._send_now is None:
            return False
        if self._stage.revision <= self._since_revision:
            # It read ahead of its stage, which is still catching up.
            return True
        body = self._stage.ready(self._since_revision)
        if body is None or len(body) > PIECE:
            return False
        if body:
            try:
                if not _completes(self._send_now(_chunk(body))):
                    return False
            except Exception:
                # A broken connection is for its own task to meet: others wait for their turn here.
                return False
            self._sent_at = asyncio.get_running_loop().time()
        self._since_revision = self._stage.revision
        return True

    def close(self) -> None:
        """Say bye and end. A reader that does not read is cut off: it would not hear it."""
        self._closed = True
        if self._sending_since and self._task:
            self._task.cancel()
        self.wake()

    def tick(self, now: float, heartbeat: float, send_timeout: float) -> None:
        """Once a second: send a heartbeat when due, cut off a reader that does not read."""
        if self._sending_since:
            if now - self._sending_since > send_timeout and self._task:
                self._task.cancel()
        elif now - self._sent_at >= heartbeat:
            self._beat = True
            self.wake()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin inside the middlewares, which add their headers; `StreamsOutside` goes on with it."""
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send(_chunk(b"retry: %d\n\n" % random.randint(1000, 3000)))
        scope[BEGUN] = self

    async def run(self, receive: Receive, send: Send) -> None:
        """Send until the reader, the server or a revocation ends it."""
        if not self._streams.entered(self):
            await send(_chunk(BYE, more=False))
            return
        self._task = asyncio.current_task()
        watching = asyncio.create_task(self._watch_connection(receive))
        try:
            async with self._streams.stages.watch(self._key, self) as stage:
                await self._pump(stage, send)
        except (asyncio.CancelledError, OSError):
            # Cut off while sending, or the connection broke: there is nobody to tell.
            self.is_cut_off = True
        finally:
            self._streams.left(self)
            watching.cancel()

    async def _pump(self, stage: Watchable, send: Send) -> None:
        loop = asyncio.get_running_loop()
        since = await starting_point(stage, self._since)
        if since is None:
            return await self._send(send, loop, RESET, more=False)
        if since >= 0:
            # Some virus scanners hold the first event back until a second one comes.
            await self._send(send, loop, heartbeat(since))
        self._stage, self._send_now, self._since_revision = stage, send, since
        while not self._gone:
            if self._closed or self._streams.closing:
                return await self._send(send, loop, BYE, more=False)
            if stage.revision > self._since_revision:
                self._since_revision, body = await stage.frame(self._since_revision)
                if body:
                    await self._send(send, loop, body)
            elif self._beat:
                self._beat = False
                await self._send(send, loop, heartbeat(self._since_revision))
            else:
                self._wake = loop.create_future()
                await self._wake
                self._wake = None
        return None

    async def _send(
        self, send: Send, loop: asyncio.AbstractEventLoop, body: bytes, *, more: bool = True
    ) -> None:
        # In pieces, so that the time limit is one for a piece: who reads slowly is not one who does not read.
        whole = memoryview(body)
        for start in range(0, len(body), PIECE):
            self._sending_since = loop.time()
            piece = bytes(whole[start : start + PIECE]) if len(body) > PIECE else body
            await send(_chunk(piece, more=more or start + PIECE < len(body)))
        self._sent_at, self._sending_since = self._sending_since, 0.0

    async def _watch_connection(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        self.wake()


def _completes(sending: Awaitable[None]) -> bool:
    """Run a send up to its first wait: True when it needed none. A send that would wait is given up."""
    steps = sending.__await__()
    try:
        next(steps)
    except StopIteration:
        return True
    steps.close()
    return False


def _chunk(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


def heartbeat(revision: int) -> bytes:
    """Named, because comments are invisible to JavaScript; the revision tells a reader it is behind."""
    return b"event: hb\ndata: %s\n\n" % json.dumps({"rev": revision}).encode()
