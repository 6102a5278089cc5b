"""Stopping is quick and loses nothing, however many pages are open (T-LIV-7)."""

import asyncio
from collections import defaultdict

import httpx2

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.streams import Stream, board_path, log_path, mentions

PEOPLE = 150
CANVASES = 6
WRITERS = 12
AT_LEAST = 20  # changes acknowledged before the signal, so that there is something to lose


class Writer:
    """Adds notes until the server is gone; `acknowledged` is what it was promised."""

    def __init__(self, room: Room, guest: Guest, block: str) -> None:
        self.room, self.guest, self.block = room, guest, block
        self.acknowledged: list[str] = []

    async def run(self) -> None:
        while True:
            try:
                answer = await self.room.change(self.guest, "add", block=self.block, text="Kelas Industri")
            except httpx2.HTTPError:
                return
            if answer.status_code == 200:
                self.acknowledged.append(answer.json()["note"]["id"])
            await asyncio.sleep(0.06)


async def opened(server: Product, guests: list[Guest]) -> tuple[list[Stream], list[asyncio.Task[None]]]:
    """For each guest one stream for programs and one for the board, being read."""
    streams = [Stream(server.port, path(guest), guest) for guest in guests for path in (log_path, board_path)]
    await asyncio.gather(*(stream.open() for stream in streams))
    return streams, [asyncio.create_task(stream.follow()) for stream in streams]


async def test_three_hundred_streams_end_within_three_seconds_and_resume_without_a_reset(
    server_process: Product, block_key: str
) -> None:
    async with Room(server_process.url, server_process.facilitator_token, CANVASES) as room:
        guests = await room.join(PEOPLE)
        streams, reading = await opened(server_process, guests)
        assert {stream.status for stream in streams} == {200}
        writers = [Writer(room, guest, block_key) for guest in guests[:WRITERS]]
        writing = [asyncio.create_task(writer.run()) for writer in writers]
        while sum(len(writer.acknowledged) for writer in writers) < AT_LEAST * WRITERS:
            await asyncio.sleep(0.05)

        seconds = await asyncio.to_thread(server_process.terminate)
        assert seconds <= 3, f"{seconds:.1f} s until the process was gone"
        await asyncio.wait_for(asyncio.gather(*reading, *writing), 5)
        assert {stream.ending for stream in streams} == {"clean"}
        assert all(stream.seen[-1].kind == "bye" for stream in streams)
        assert all(stream.place for stream in streams), "a stream had received nothing"

        await asyncio.to_thread(server_process.start)
        await nothing_is_missing(room, writers)
        await everybody_resumes(room, streams, block_key)


async def nothing_is_missing(room: Room, writers: list[Writer]) -> None:
    acknowledged = defaultdict(set)
    for writer in writers:
        acknowledged[writer.guest.canvas].update(writer.acknowledged)
    for canvas, notes in acknowledged.items():
        kept = {note["id"] for note in (await room.snapshot(canvas))["notes"]}
        assert notes <= kept, f"{len(notes - kept)} of {len(notes)} acknowledged notes are gone"


async def everybody_resumes(room: Room, streams: list[Stream], block: str) -> None:
    """A change after the restart reaches every old stream, through its Last-Event-ID, with no hole."""
    writers = {stream.guest.canvas: stream.guest for stream in streams}
    added = {
        canvas: (await room.write(guest, ["after the restart"], block))[0]
        for canvas, guest in writers.items()
    }
    again = [Stream(old.port, old.path, old.guest, old.place) for old in streams]
    await asyncio.gather(*(stream.open() for stream in again))
    arrivals = (stream.until(mentions(added[stream.guest.canvas]["id"])) for stream in again)
    await asyncio.wait_for(asyncio.gather(*arrivals), 20)
    for stream in again:
        assert "reset" not in {message.kind for message in stream.seen}
        assert added[stream.guest.canvas]["id"] in stream.seen[-1].text
    for stream in (stream for stream in again if stream.path == log_path(stream.guest)):
        revisions = [message.rev for message in stream.seen if message.kind == "op"]
        first = int(stream.last_event_id.rpartition("-")[2]) + 1
        assert revisions == list(range(first, first + len(revisions)))
