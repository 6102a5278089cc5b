"""The server's clock is set forward and back during a workshop, and nothing comes of it (T-CLK-1)."""

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.room import Room
from bench.server import Product
from tests.faults.history.adapter import ProductAdapter
from tests.faults.history.run import run
from tests.faults.history.world import Config
from tests.faults.streams import Stream, board_path, log_path, mentions

# The server, whose one source of time is as many hours wrong as a file says.
STEPPED = """
import datetime, pathlib, sys
import app.clock, app.cli

class Stepped(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        wrong = float(pathlib.Path(sys.argv[1]).read_text())
        return datetime.datetime.now(zone) + datetime.timedelta(hours=wrong)

app.clock.datetime = Stepped
app.cli.main(sys.argv[2:])
"""
STEPS = (1, -1, 0)  # hours


class ClockedProduct(Product):
    """A server whose clock can be set."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.clock = folder / "hours"
        self.set_clock(0)
        python, _, _, *serve = self.command
        self.command = [python, "-c", STEPPED, str(self.clock), *serve]

    def set_clock(self, hours: float) -> None:
        new = self.clock.with_suffix(".new")
        new.write_text(str(hours))
        new.replace(self.clock)


@pytest.fixture
def clocked(tmp_path: Path) -> Iterator[ClockedProduct]:
    server = ClockedProduct(tmp_path)
    server.start()
    yield server
    server.stop()


async def test_setting_the_clock_loses_and_reorders_nothing(clocked: ClockedProduct) -> None:
    hours = itertools.cycle(STEPS)

    async def step() -> None:
        clocked.set_clock(next(hours))

    token = clocked.facilitator_token
    config = Config(plan=("crash",) * 6, think=0.4, fault_gap=(1, 2), timeout=5)
    report = await run(config, lambda url: ProductAdapter(url, token), "127.0.0.1", clocked.port, step)
    assert not report.violations, str(report)
    assert report.stats["faults"] == {"crash": 6}
    assert report.stats["http"].keys() <= {"200", "409", "410"}, str(report)
    assert hours_between_changes(clocked) > 1.9, "the clock was not set"
    print(report)


def hours_between_changes(server: Product) -> float:
    with sqlite3.connect(server.data / "kanvas.db") as database:
        found = database.execute(
            "SELECT (julianday(max(at)) - julianday(min(at))) * 24 FROM change"
        ).fetchone()
    database.close()
    return float(found[0])


async def test_open_pages_stay_live_and_nobody_is_signed_out(clocked: ClockedProduct, block_key: str) -> None:
    async with Room(clocked.url, clocked.facilitator_token) as room:
        guests = await room.join(6)
        streams = [
            Stream(clocked.port, path(guest), guest) for guest in guests for path in (board_path, log_path)
        ]
        await asyncio.gather(*(stream.open() for stream in streams))
        reading = [asyncio.create_task(stream.follow()) for stream in streams]
        for hours in (*STEPS, 24, -24):
            clocked.set_clock(hours)
            (note,) = await room.write(guests[0], [f"written {hours} hours off"], block_key)
            assert await room.join(1), "the door does not open any more"
            for stream in streams:
                while not any(mentions(note["id"])(message) for message in stream.seen):
                    await asyncio.sleep(0.05)
            assert {stream.ending for stream in streams} == {"open"}
            for guest in guests:
                assert (await room.change(guest, "add", block=block_key, text="still in")).status_code == 200
        for stream in streams:
            stream.close()
        await asyncio.gather(*reading)
        log = [message.rev for message in streams[1].seen if message.kind == "op"]
        assert log == list(range(1, len(log) + 1))
