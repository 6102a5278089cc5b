"""People who save, each on a connection of its own, at a steady rate, stamped as the request leaves."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import uvloop

from .crowd import HOST

Answer = dict[str, Any]


@dataclass
class Saves:
    """When each revision was asked for, and when it was acknowledged."""

    asked: dict[int, float] = field(default_factory=dict)
    acknowledged: dict[int, float] = field(default_factory=dict)
    refused: int = 0


class Saver:
    """Somebody who rewrites own notes in turn. `request` makes the bytes from a note's state and a number."""

    def __init__(self, request: Callable[[Answer, int], bytes], notes: list[Answer]) -> None:
        self.request, self.notes = request, notes
        self.count = 0

    async def run(self, port: int, first: float, every: float, until: float, saves: Saves) -> None:
        source, sink = await asyncio.open_connection(HOST, port)
        due = first
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            turn = self.count % len(self.notes)
            request = self.request(self.notes[turn], self.count)
            self.count += 1
            asked = time.monotonic()
            sink.write(request)
            status, told = await _read_answer(source)
            if status == 200:
                saves.asked[told["rev"]] = asked
                saves.acknowledged[told["rev"]] = time.monotonic()
                self.notes[turn] = told.get("note") or self.notes[turn]
            else:
                saves.refused += 1
            due += every
        sink.close()


async def _read_answer(source: asyncio.StreamReader) -> tuple[int, Answer]:
    head = (await source.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    told: Answer = json.loads(await source.readexactly(length))
    return int(head.split(b" ", 2)[1]), told


def savers_process(pipe: Connection, port: int, savers: list[Saver]) -> None:
    """Reads commands from `pipe`: ("save", rate, seconds) and ("leave",)."""
    uvloop.run(_attend(pipe, port, savers))


async def _attend(pipe: Connection, port: int, savers: list[Saver]) -> None:
    while (command := await asyncio.to_thread(pipe.recv))[0] != "leave":
        _, rate, seconds = command
        saves, start = Saves(), time.monotonic() + 0.2
        every = len(savers) / rate
        await asyncio.gather(
            *(
                saver.run(port, start + number / rate, every, start + seconds, saves)
                for number, saver in enumerate(savers)
            )
        )
        pipe.send(saves)
