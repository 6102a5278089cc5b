"""A phone that stopped reading neither delays the end of the server nor keeps its connection (T-LIV-7)."""

import asyncio
import time

from bench.room import Room
from bench.server import Product
from tests.faults.streams import board_path, log_path, silent_reader

LONG = "x" * 2_000
SILENT = 4


async def test_silent_readers_delay_the_end_of_the_server_by_nothing(
    server_process: Product, block_key: str
) -> None:
    async with Room(server_process.url, server_process.facilitator_token) as room:
        guests = await room.join(SILENT + 1)
        paths = [log_path, board_path] * SILENT
        links = [
            silent_reader(server_process.port, path(guest), guest)
            for guest, path in zip(guests[1:], paths, strict=False)
        ]
        while server_process.health()["open_streams"] < SILENT:
            await asyncio.sleep(0.05)
        # More than the buffers between us hold, so that the server waits for each of these readers.
        began = time.monotonic()
        while time.monotonic() - began < 5:
            for _ in range(10):
                await room.change(guests[0], "add", block=block_key, text=LONG)

        seconds = await asyncio.to_thread(server_process.terminate)
        for link in links:
            link.close()

    assert seconds <= 3, f"{seconds:.1f} s until the process was gone"
