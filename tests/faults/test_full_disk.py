"""A disk that gets full is told honestly, and nothing breaks (T-DUR-3)."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.insisting import Crowd

PEOPLE = 20
FULL = 30.0  # seconds
ROOMY, SMALL = "100m", "16m"  # a new database wants 50 MB to be free

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux mounts a disk for one program"),
]


class Disk:
    """A small disk that only programs run `within` see; it is gone when its keeper ends."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        alone, own = (
            (["-m"], ["-m"]) if os.geteuid() == 0 else (["-Urm"], ["-U", "--preserve-credentials", "-m"])
        )
        mount = f'mount -t tmpfs -o size={ROOMY} tmpfs "$0" && echo mounted && exec cat'
        self._keeper = subprocess.Popen(
            ["unshare", *alone, "sh", "-c", mount, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._keeper.stdout and self._keeper.stderr
        if self._keeper.stdout.readline() != b"mounted\n":
            pytest.fail(
                f"This machine does not let a test mount a disk: {self._keeper.stderr.read().decode()}"
            )
        self.within = ["nsenter", "-t", str(self._keeper.pid), *own, "--"]
        self._place, self._seen = place, Path(f"/proc/{self._keeper.pid}/root{place}")

    def shrink(self) -> None:
        command = [*self.within, "mount", "-o", f"remount,size={SMALL}", str(self._place)]
        subprocess.run(command, check=True)

    def fill(self) -> None:
        """To the last byte."""
        with contextlib.suppress(OSError), (self._seen / "ballast").open("ab", 0) as ballast:
            while True:
                ballast.write(bytes(4096))

    def clear(self) -> None:
        (self._seen / "ballast").unlink()

    @property
    def free(self) -> int:
        figures = os.statvfs(self._seen)
        return figures.f_bavail * figures.f_frsize

    def integrity(self) -> str:
        with contextlib.closing(sqlite3.connect(self._seen / "kanvas.db")) as database:
            return str(database.execute("PRAGMA integrity_check").fetchone()[0])

    def close(self) -> None:
        self._keeper.communicate()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def server(disk: Disk, tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path, within=disk.within)
    product.start()
    yield product
    product.stop()


class Flood:
    """Fills the disk again as soon as something was deleted there."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    async def __aenter__(self) -> None:
        self._rising = asyncio.create_task(self._rise())

    async def __aexit__(self, *_: object) -> None:
        self._rising.cancel()
        await asyncio.wait([self._rising])

    async def _rise(self) -> None:
        while True:
            await asyncio.to_thread(self._disk.fill)
            await asyncio.sleep(0.05)


async def look_around(server: Product, room: Room, guest: Guest) -> None:
    """Everything that only reads works: boards, exports, health."""
    async with httpx2.AsyncClient(base_url=server.url, timeout=60) as http:
        for who, path in (
            (guest, f"/api/canvases/{guest.canvas}"),
            (guest, f"/api/canvases/{guest.canvas}/changes"),
            (guest, f"/canvases/{guest.canvas}"),
            (guest, f"/canvases/{guest.canvas}/print"),
            (guest, f"/canvases/{guest.canvas}/canvas.pdf"),
            (room.host, f"/workshops/{room.workshop}"),
            (room.host, f"/workshops/{room.workshop}/everything.zip"),
        ):
            answer = await http.get(path, headers=who.headers)
            assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
            assert len(answer.content) > 500
    assert (await asyncio.to_thread(server.health))["status"] == "low_disk"


async def stays_full(
    disk: Disk, server: Product, room: Room, crowd: Crowd, seconds: float
) -> tuple[int, int]:
    """How often everything was read, and how many saves were refused, while nobody was told "saved"."""
    async with Flood(disk):
        full = await crowd.refused(time.monotonic())
        assert disk.free == 0
        looks, end = 0, full + seconds
        while time.monotonic() < end:
            await look_around(server, room, crowd.people[0].guest)
            looks += 1
            await asyncio.sleep(1)
        until = time.monotonic()
        assert disk.free == 0
    taken = crowd.told(200, full, until)
    assert not taken, f"{len(taken)} saves were acknowledged on a full disk"
    return looks, len(crowd.told(503, full, until))


async def test_a_full_disk_refuses_what_people_write_and_loses_nothing(
    disk: Disk, server: Product, block_key: str
) -> None:
    async with Room(server.url, server.facilitator_token) as room:
        [canvas] = room.canvases
        guests = await room.join(PEOPLE)
        disk.shrink()
        assert server.health()["status"] == "low_disk"
        async with Crowd(room, guests, block_key) as crowd:
            await asyncio.sleep(3)
            first = await stays_full(disk, server, room, crowd, FULL / 2)
            began = time.monotonic()
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            back = time.monotonic() - began
            second = await stays_full(disk, server, room, crowd, FULL / 2)
            disk.clear()
            freed = time.monotonic()
            waiting = [save for save in crowd.saves if not save.taken]
            while not all(save.taken for save in waiting):
                await asyncio.sleep(0.05)
            again = time.monotonic() - freed
            await asyncio.sleep(2)
        await crowd.check_everything_is_there_once(canvas)
    crowd.check_answers()
    server.terminate()
    assert disk.integrity() == "ok"
    refused = sum(len(save.answers) > 1 for save in crowd.saves)
    print(
        f"{len(crowd.saves)} saves of {PEOPLE} people, {refused} of them taken only after a refusal;"
        f" {first[1]} + {second[1]} refusals and {first[0]} + {second[0]} rounds of reading in {FULL:g} s"
        f" without room; killed and back after {back:.1f} s; the {len(waiting)} that waited were taken"
        f" {again:.1f} s after there was room"
    )
