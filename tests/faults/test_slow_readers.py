"""Phones that stopped reading harm nobody (T-LIV-4), and streams hold no database session (T-LIV-6)."""

import asyncio
import contextlib
import itertools
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.streams import Stream, board_path, log_path, silent_reader

WRITERS = 20
LONG = 2_000  # code points, the most a note may have
GROWTH = 30 * 2**20
NOBODY_WAITS = 4.0  # seconds; a server that waited for a silent reader would take its send timeout of 10


class Editor:
    """Rewrites one long note again and again, and remembers how long each answer took."""

    def __init__(self, room: Room, guest: Guest) -> None:
        self.room, self.guest = room, guest
        self.rng = random.Random(guest.token)
        self.waits: list[float] = []
        self.rev = 0

    async def begin(self, block: str) -> None:
        self.note = (await self.room.write(self.guest, [self._words()], block))[0]

    async def rewrite(self, times: int) -> None:
        for _ in range(times):
            text, version = self._words(), self.note["version"]
            began = time.monotonic()
            answer = await self.room.change(
                self.guest, "edit", self.note["id"], text=text, base_version=version
            )
            while answer.status_code == 429:
                await asyncio.sleep(0.2)
                began = time.monotonic()
                answer = await self.room.change(
                    self.guest, "edit", self.note["id"], text=text, base_version=version
                )
            assert answer.status_code == 200, answer.text
            self.waits.append(time.monotonic() - began)
            self.note, self.rev = answer.json()["note"], answer.json()["rev"]

    def _words(self) -> str:
        return "".join(self.rng.choices("abcdefghij klmnop", k=LONG - 2)) + "."


async def holds(condition: Callable[[], bool], seconds: float) -> float:
    """The seconds until `condition` holds; fails after `seconds`."""
    began = time.monotonic()
    while not await asyncio.to_thread(condition):
        assert time.monotonic() - began < seconds, f"still not so after {seconds} s"
        await asyncio.sleep(0.2)
    return time.monotonic() - began


@contextlib.asynccontextmanager
async def reader(server: Product, guest: Guest) -> AsyncIterator[Stream]:
    """Somebody who does read, all the while."""
    stream = await Stream(server.port, log_path(guest), guest).open()
    following = asyncio.create_task(stream.follow())
    try:
        yield stream
    finally:
        stream.close()
        await following


@contextlib.contextmanager
def silent_readers(server: Product, guests: list[Guest]) -> Iterator[None]:
    """One of each two asks for the log, the other for the board; none reads."""
    with contextlib.ExitStack() as stack:
        for guest, path in zip(guests, itertools.cycle([log_path, board_path]), strict=False):
            stack.enter_context(silent_reader(server.port, path(guest), guest))
        yield


async def silent_readers_harm_nobody(
    server: Product, blocks: list[str], silent: int, writes: int, past: int
) -> None:
    """`past` changes happen first: silent readers of the log ask for all of them."""
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(WRITERS + silent)
        editors = [Editor(room, guest) for guest in guests[:WRITERS]]
        for editor, block in zip(editors, itertools.cycle(blocks), strict=False):
            await editor.begin(block)
        async with reader(server, guests[0]) as watcher:
            await asyncio.gather(*(editor.rewrite(past // WRITERS) for editor in editors))
            streams, sockets, memory = server.health()["open_streams"], server.sockets(), server.rss()
            with silent_readers(server, guests[WRITERS:]):
                await holds(lambda: server.health()["open_streams"] == streams + silent, 10)
                for editor in editors:
                    editor.waits.clear()
                await asyncio.gather(*(editor.rewrite(writes // WRITERS) for editor in editors))
                assert max(wait for editor in editors for wait in editor.waits) < NOBODY_WAITS
                await holds(lambda: server.health()["open_streams"] == streams, 45)
                await holds(lambda: server.sockets() <= sockets + 2, 45)
            grown = server.rss() - memory
            assert grown < GROWTH, f"{grown / 2**20:.0f} MB more"
            await nothing_was_missed(watcher, max(editor.rev for editor in editors))


async def nothing_was_missed(watcher: Stream, head: int) -> None:
    await holds(lambda: watcher.place.endswith(f"-{head}"), 10)
    revisions = [message.rev for message in watcher.seen if message.kind == "op"]
    assert revisions == list(range(1, head + 1)), "the one who did read missed something"


async def test_forty_silent_readers_harm_nobody(server: Product, block_names: list[str]) -> None:
    await silent_readers_harm_nobody(server, block_names, silent=40, writes=1_000, past=100)


@pytest.mark.nightly
async def test_a_hundred_silent_readers_harm_nobody(server: Product, block_names: list[str]) -> None:
    await silent_readers_harm_nobody(server, block_names, silent=100, writes=3_000, past=1_100)


async def test_open_streams_hold_no_database_session(server: Product, block_names: list[str]) -> None:
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(30)
        await room.write(guests[0], ["Kelas Industri"], block_names[0])
        streams = [
            Stream(server.port, path(guest), guest) for guest in guests for path in (log_path, board_path)
        ]
        await asyncio.gather(*(stream.open() for stream in streams))
        reading = [asyncio.create_task(stream.follow()) for stream in streams]
        await holds(lambda: server.health()["open_streams"] == len(streams), 10)
        await holds(lambda: all(stream.place for stream in streams), 10)
        assert server.health()["readers_in_use"] == 0
        answer = await room.change(guests[1], "add", block=block_names[0], text="and it still writes")
        assert answer.status_code == 200
        for stream in streams:
            stream.close()
        await asyncio.gather(*reading)
        await holds(lambda: server.health()["open_streams"] == 0, 10)
