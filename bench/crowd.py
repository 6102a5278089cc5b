"""The load, in processes of its own: many connections that only read, and a few people who save.

Arrivals are stamped the moment a message is complete, with the machine's monotonic clock, which all
processes share. Nothing is decoded: a message ends with an empty line and starts with its id.
"""

import asyncio
import contextlib
import time
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TypeAlias, cast

import uvloop

HOST = "127.0.0.1"
Floats: TypeAlias = "array[float]"
Ints: TypeAlias = "array[int]"


@dataclass
class Arrivals:
    """What a crowd saw in one window: which reader got which revision when."""

    when: Floats = field(default_factory=lambda: array("d"))
    rev: Ints = field(default_factory=lambda: array("q"))
    reader: Ints = field(default_factory=lambda: array("i"))
    messages: int = 0
    received: int = 0
    lost: int = 0  # connections that ended

    def delays(self, saved: Mapping[int, float], readers: int) -> tuple[Floats, int]:
        """Seconds from each save to each screen; and how many of them never arrived.

        A message brings its reader to its revision, so it delivers all revisions since the one before.
        """
        first, last = min(saved), max(saved)
        seen = dict.fromkeys(range(readers), first - 1)
        delays = array("d")
        for when, rev, reader in zip(self.when, self.rev, self.reader, strict=True):
            for arrived in range(seen[reader] + 1, min(rev, last) + 1):
                if arrived in saved:
                    delays.append(when - saved[arrived])
            seen[reader] = max(seen[reader], rev)
        return delays, len(saved) * readers - len(delays)


class Reader(asyncio.Protocol):
    """One open page."""

    def __init__(self, number: int, request: bytes, crowd: "Crowd") -> None:
        self.number, self.request, self.crowd = number, request, crowd
        self.rest = b""
        self.rev = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's does not inherit from asyncio's
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        seen = self.crowd.seen
        seen.received += len(data)
        text = self.rest + data if self.rest else data
        end = text.rfind(b"\n\n")
        if end < 0:
            self.rest = text
            return
        self.rest = text[end + 2 :]
        at = text.rfind(b"\nid: ", 0, end)
        if at < 0:
            return
        seen.messages += text.count(b"\nid: ", 0, end)
        line = text[at + 5 : text.index(b"\n", at + 5)]
        self.rev = int(line[line.rindex(b"-") + 1 :])
        seen.when.append(now)
        seen.rev.append(self.rev)
        seen.reader.append(self.number)

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.seen.lost += 1


class Crowd:
    """All readers of one process."""

    def __init__(self) -> None:
        self.seen = Arrivals()
        self.readers: list[Reader] = []

    async def connect(self, port: int, requests: list[bytes], at_once: int = 20) -> int:
        """Open all pages; returns the revision they show once every one has been told."""
        loop = asyncio.get_running_loop()
        for start in range(0, len(requests), at_once):
            batch = [
                Reader(start + n, request, self)
                for n, request in enumerate(requests[start : start + at_once])
            ]
            for reader in batch:
                await loop.create_connection(lambda made=reader: made, HOST, port)  # type: ignore[misc]
            self.readers += batch
            await self._until(lambda shown=batch: all(reader.rev >= 0 for reader in shown))  # type: ignore[misc]
        await asyncio.sleep(0.3)
        newest = max(reader.rev for reader in self.readers)
        await self._until(lambda: all(reader.rev >= newest for reader in self.readers))
        return newest

    async def until(self, rev: int, patience: float) -> None:
        """Wait until every page shows `rev`, or patience ends."""
        await self._until(lambda: all(reader.rev >= rev for reader in self.readers), patience)

    async def _until(self, holds: Callable[[], bool], patience: float = 30.0) -> None:
        deadline = time.monotonic() + patience
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"pages do not show what they should after {patience:g} s")
            await asyncio.sleep(0.02)


def crowd_process(pipe: Connection, port: int, requests: list[bytes]) -> None:
    """Reads commands from `pipe`: ("begin",), ("end", {rev: saved}) and ("leave",)."""
    uvloop.run(_attend(pipe, port, requests))


async def _attend(pipe: Connection, port: int, requests: list[bytes]) -> None:
    crowd = Crowd()
    pipe.send(await crowd.connect(port, requests))
    while (command := await asyncio.to_thread(pipe.recv))[0] != "leave":
        if command[0] == "begin":
            crowd.seen = Arrivals()
            pipe.send(None)
        else:
            saved: dict[int, float] = command[1]
            with contextlib.suppress(TimeoutError):  # then they count as missing
                await crowd.until(max(saved), 15.0)
            delays, missing = crowd.seen.delays(saved, len(crowd.readers))
            pipe.send((delays, missing, crowd.seen.messages, crowd.seen.received, crowd.seen.lost))
