"""Phones take their canvases home while a table goes on writing: how long writers and phones wait.

    python -m bench.phones
    python -m bench.phones --phones 60 --seconds 10

What the rows mean: bench/README.md.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import uvloop

from tests.faults.history.model import block_keys

from .measure import SPAWN, Staff
from .room import Guest, Room
from .savers import Saver
from .server import HOST, Product
from .table import share
from .targets import WORDS, FormSave, Target, request

GROUPS, WRITERS, NOTES = 5, 4, 40


@dataclass
class Taps:
    """Seconds from each tap to the whole file, and how many taps brought none."""

    delays: list[float] = field(default_factory=list)
    refused: int = 0


class Phones:
    """So many phones, in a process of their own."""

    def __init__(self, port: int, requests: Sequence[bytes]) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.child = SPAWN.Process(target=phones_process, args=(theirs, port, requests), daemon=True)
        self.child.start()
        theirs.close()

    def begin(self, times: int) -> None:
        """Everybody taps at once, so many times, a second between them."""
        self.pipe.send(times)

    def end(self) -> Taps:
        """When the last file is there."""
        taps: Taps = self.pipe.recv()
        self.child.join(5)
        return taps


def phones_process(pipe: Connection, port: int, requests: Sequence[bytes]) -> None:
    """Reads from `pipe` how often all tap; sends what came of it."""
    pipe.send(uvloop.run(_tapping(port, requests, pipe.recv())))


async def _tapping(port: int, requests: Sequence[bytes], times: int) -> Taps:
    taps, start = Taps(), time.monotonic() + 0.5
    for second in range(times):
        await asyncio.gather(*(_tap(port, each, start + second, taps) for each in requests))
    return taps


async def _tap(port: int, tap: bytes, at: float, taps: Taps) -> None:
    source, sink = await asyncio.open_connection(HOST, port)
    await asyncio.sleep(at - time.monotonic())
    asked = time.monotonic()
    sink.write(tap)
    head = (await source.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    body = await source.readexactly(length)
    if body.startswith(b"%PDF"):
        taps.delays.append(time.monotonic() - asked)
    else:
        taps.refused += 1
    sink.close()


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        server = Product(Path(folder))
        server.start()
        try:
            target, guests = asyncio.run(_furnished(server, given.phones))
            _measure(target, guests, given.seconds)
        finally:
            server.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--phones", type=int, default=30, help="phones that tap at once")
    parser.add_argument("--seconds", type=int, default=5, help="length of a round")
    return parser


async def _furnished(server: Product, phones: int) -> tuple[Target, list[Guest]]:
    async with Room(server.url, server.facilitator_token, GROUPS) as room:
        guests = await room.join(phones)
        blocks = block_keys()
        notes = {}
        for number, canvas in enumerate(room.canvases):
            writer = next(guest for guest in guests if guest.canvas == canvas)
            texts = [WORDS.format(note) for note in range(NOTES // len(blocks))]
            notes[number] = [note for block in blocks for note in await room.write(writer, texts, block)]
    table = [guest for guest in guests if guest.canvas == room.canvases[0]][:1]
    savers = [Saver(FormSave(table[0]), notes[0][number::WRITERS]) for number in range(WRITERS)]
    return Target("product", server, savers, b""), guests


def _measure(target: Target, guests: Sequence[Guest], seconds: int) -> None:
    staff, written_on = Staff(target), guests[0].canvas
    quiet = [guest for guest in guests if guest.canvas != written_on]
    # As many phones as there are guests, whichever canvases are theirs.
    quiet = [quiet[number % len(quiet)] for number in range(len(guests))]
    print(f"{len(guests)} phones, {GROUPS} canvases of {NOTES} notes, 20 saves a second on the first of them")
    print(f"  {'':<44}{'save p50':>9}{'p95':>8}{'max':>8}   {'file p50':>9}{'max':>8}  ms  CPU s")
    try:
        _round("nobody downloads", target, staff, seconds, (), 0)
        _round("quiet canvases, drawn for the first time", target, staff, seconds, quiet, 1)
        _round("the same ones, all phones every second", target, staff, seconds, quiet, seconds)
        _round("all canvases, the one written on too", target, staff, seconds, guests, seconds)
    finally:
        staff.leave()


def _round(
    name: str, target: Target, staff: Staff, seconds: int, guests: Sequence[Guest], times: int
) -> None:
    phones = Phones(target.server.port, [_request(guest) for guest in guests])
    phones.begin(times)
    cpu = target.server.cpu_seconds()
    saves = staff.save(20.0, seconds)
    taps = phones.end()
    cpu = target.server.cpu_seconds() - cpu
    acks = [saves.acknowledged[revision] - asked for revision, asked in saves.asked.items()]
    told = "".join(f"{share(acks, part):>8.0f}" for part in (0.5, 0.95, 1))
    files = "".join(f"{share(taps.delays, part):>8.0f}" for part in (0.5, 1))
    print(f"  {name:<44} {told}    {files} {cpu:>8.1f}")
    if saves.refused or taps.refused:
        print(f"  refused: {saves.refused} saves, {taps.refused} files")


def _request(guest: Guest) -> bytes:
    return request("GET", f"/canvases/{guest.canvas}/canvas.pdf?paper=a4", guest.headers)


if __name__ == "__main__":
    raise SystemExit(main())
