"""The access point restarts, everybody reconnects at once: soon all are live again (T-LIV-2)."""

import asyncio
import random
import time
from collections import Counter

import httpx2
import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.streams import Stream, board_path
from tests.faults.test_slow_readers import holds

LIVE_AGAIN = 20.0
WRITERS = 8
CANVASES = 6


class Page:
    """A board that is open on somebody's phone, and comes back as live.js does."""

    def __init__(self, server: Product, guest: Guest) -> None:
        self.server, self.guest = server, guest
        self.place = ""
        self.answers: Counter[int] = Counter()
        self._stream: Stream | None = None
        self._reading: asyncio.Task[None] | None = None

    async def come(self) -> None:
        """Returns when the first message is here."""
        while True:
            await asyncio.sleep(random.uniform(0.25, 0.75))
            stream = Stream(self.server.port, board_path(self.guest), self.guest, self.place)
            try:
                await stream.open()
            except (OSError, asyncio.IncompleteReadError):
                self.answers[0] += 1
                continue
            self.answers[stream.status] += 1
            if stream.status == 200:
                break
        self._stream, self._reading = stream, asyncio.create_task(stream.follow())
        while not stream.seen and stream.ending == "open":
            await asyncio.sleep(0.01)
        assert stream.seen, "the stream ended without a word"

    async def cut(self) -> None:
        assert self._stream and self._reading
        self.place = self._stream.place
        self._stream.close()
        await self._reading


class Writer:
    """Goes on saving through the storm, and remembers how long it took."""

    def __init__(self, room: Room, guest: Guest, block: str) -> None:
        self.room, self.guest, self.block = room, guest, block
        self.waits: list[float] = []
        self.answers: Counter[str] = Counter()

    async def run(self) -> None:
        while True:
            began = time.monotonic()
            try:
                answer = await self.room.change(self.guest, "add", block=self.block, text="Kelas Industri")
                said = str(answer.status_code) if answer.is_success else answer.text
            except httpx2.HTTPError as error:
                said = repr(error)
            self.waits.append(time.monotonic() - began)
            self.answers[said] += 1
            await asyncio.sleep(0.5)


async def everybody_comes_back(server: Product, block: str, people: int, storms: int, saved: float) -> None:
    """`saved`: seconds in which 95 of 100 saves are answered meanwhile."""
    async with Room(server.url, server.facilitator_token, CANVASES) as room:
        guests = await room.join(people)
        writers = [Writer(room, guest, block) for guest in guests[:WRITERS]]
        before = server.sockets()
        pages = [Page(server, guest) for guest in guests]
        await asyncio.gather(*(page.come() for page in pages))
        writing = [asyncio.create_task(writer.run()) for writer in writers]
        slowest = 0.0
        for _ in range(storms):
            await asyncio.sleep(1)
            await asyncio.gather(*(page.cut() for page in pages))
            began = time.monotonic()
            await asyncio.wait_for(asyncio.gather(*(page.come() for page in pages)), LIVE_AGAIN)
            slowest = max(slowest, time.monotonic() - began)
        for task in writing:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
        waits = sorted(wait for writer in writers for wait in writer.waits)
        answers = sum((page.answers for page in pages), Counter())
        p95 = waits[len(waits) * 95 // 100]
        print(f"{people} people live again after {slowest:.1f} s at most; saves meanwhile p95 {p95:.3f} s")
        assert answers.keys() == {200}, answers
        assert {said for writer in writers for said in writer.answers} == {"200"}
        assert p95 <= saved
        await holds(lambda: server.health()["open_streams"] == people, 5)
        await asyncio.gather(*(page.cut() for page in pages))
        await holds(lambda: server.health()["open_streams"] == 0, 5)
        await holds(lambda: server.sockets() <= before + WRITERS, 15)


async def test_a_hundred_people_who_reconnect_at_once_are_soon_live_again(
    server_process: Product, block_key: str
) -> None:
    await everybody_comes_back(server_process, block_key, people=100, storms=3, saved=3)


@pytest.mark.nightly
async def test_five_hundred_people_who_reconnect_at_once_are_soon_live_again(
    server_process: Product, block_key: str
) -> None:
    await everybody_comes_back(server_process, block_key, people=500, storms=20, saved=1)
