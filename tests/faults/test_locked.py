"""A database that cannot be written for a while: refused or late, never lost or silent (T-DUR-5).

That a server does not start on such a database, nor beside another server, is in tests/test_storage.py and
tests/test_places.py.
"""

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bench.room import Room
from bench.server import Product
from tests.faults.insisting import Crowd

PEOPLE = 10
BUSY = 5.0  # seconds for which the writer waits for a lock (app/sqlite.py)
HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
database.execute("ROLLBACK")
"""


@contextlib.contextmanager
def held_by_another_program(server: Product) -> Iterator[None]:
    """Another process writes into the database meanwhile, and does not come to an end."""
    command = [sys.executable, "-c", HOLD, str(server.data / "kanvas.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        yield
    assert other.returncode == 0


@contextlib.contextmanager
def refused_by_the_system(server: Product) -> Iterator[None]:
    """No file of this server takes a byte, new or old, as on a disk that turned read-only under it."""
    # A file system cannot be mounted read-only while somebody writes there, so the process is forbidden to.
    import resource

    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


async def reads_for(room: Room, canvas: str, seconds: float) -> float:
    """Read the canvas and its log all the time; the longest a reader waited."""
    slowest, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        assert (await room.snapshot(canvas))["notes"]
        assert (await room.changes(canvas, 0)).json()["changes"]
        slowest = max(slowest, time.monotonic() - began)
        await asyncio.sleep(0.2)
    return slowest


async def nothing_is_lost(
    server: Product, block: str, trouble: contextlib.AbstractContextManager[None], seconds: float
) -> Crowd:
    """Ten people write through `trouble`; when it is over all they wrote is there, once."""
    async with Room(server.url, server.facilitator_token) as room:
        [canvas] = room.canvases
        async with Crowd(room, await room.join(PEOPLE), block) as crowd:
            await asyncio.sleep(1)
            with trouble:
                since = time.monotonic()
                slowest = await reads_for(room, canvas, seconds)
                until = time.monotonic()
            await asyncio.sleep(1)
        await crowd.check_everything_is_there_once(canvas)
    crowd.check_answers()
    refused = len(crowd.told(503, since))
    late = [save for save in crowd.saves if since <= save.answers[0].began < until]
    longest = max(save.answers[-1].ended - save.answers[0].began for save in late)
    print(
        f"{seconds:g} s of trouble, {len(crowd.saves)} saves: {refused} refusals, {len(late)} saves came"
        f" late, by {longest:.1f} s at most; a reader waited {slowest:.2f} s at most"
    )
    assert late and not crowd.told(200, since, until), "something was said to be saved that could not be"
    assert not crowd.told(0, 0), "an answer is missing"
    assert slowest < 3
    server.terminate()
    with contextlib.closing(sqlite3.connect(server.data / "kanvas.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return crowd


async def test_three_seconds_behind_another_program_only_delay_what_people_write(
    server_process: Product, block_key: str
) -> None:
    crowd = await nothing_is_lost(server_process, block_key, held_by_another_program(server_process), 3)

    assert not crowd.told(503, 0)


@pytest.mark.nightly
async def test_thirty_seconds_behind_another_program_refuse_and_then_take_everything(
    server_process: Product, block_key: str
) -> None:
    crowd = await nothing_is_lost(server_process, block_key, held_by_another_program(server_process), 30)

    refusals = crowd.told(503, 0)
    assert len(refusals) >= PEOPLE
    assert max(answer.ended - answer.began for answer in refusals) < 3 * BUSY


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
async def test_a_disk_that_turns_read_only_refuses_what_people_write_and_shows_what_is_there(
    server_process: Product, block_key: str
) -> None:
    crowd = await nothing_is_lost(server_process, block_key, refused_by_the_system(server_process), 3)

    assert crowd.told(503, 0)
