"""Canvases that want too much of a press, asked for by many at once while a room goes on saving (T-PDF-2)."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
import psutil
import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.history.model import block_keys

pytestmark = pytest.mark.nightly

KEYS = tuple(block_keys())
MOMENT = "2024-09-10T08:00:00Z"
# The worst that is let in, and what is not.
BOMBS: tuple[Mapping[str, list[str]], ...] = (
    {key: ["x" * 2000] * 8 for key in KEYS},
    {key: ["kata " * 399] * 8 for key in KEYS},
    {key: ["catatan meja kami"] * 160 for key in KEYS},
    {"channels": ["\n" * 1999 + "x"] * 70},
    {"channels": ["🧵" * 2000] * 40},
    {"channels": ["a" + "\u0301" * 1999] * 70},
    {key: ["x" * 2000] * 30 for key in KEYS},
    {"channels": ["شراكة " * 300] * 60},
    {"key_partnerships": ["LSP"] * 1400},
)
CROWDS: tuple[Mapping[str, list[str]], ...] = ({key: ["ide"] * 220 for key in KEYS},) * 2
PEOPLE, EVERY, ALONE = 8, 0.4, 8.0
PATIENCE = 60.0
# How much slower a save may be while both presses have all they can take: they share two cores with the room.
SLOWER = 16.0
# MB that may stay with the allocator.
GROWTH = 100


@dataclass
class Asked:
    """What became of one request."""

    status: int
    seconds: float
    page: str
    comes_again: bool


@dataclass
class Saving:
    """People who save at a steady pace, whatever else goes on, and how long each save took."""

    room: Room
    guests: list[Guest]
    waits: list[float] = field(default_factory=list)

    async def p95(self, until: asyncio.Future[Any]) -> float:
        self.waits = []
        await asyncio.gather(*(self._one(n, guest, until) for n, guest in enumerate(self.guests)))
        self.waits.sort()
        return self.waits[int(len(self.waits) * 0.95)]

    async def _one(self, number: int, guest: Guest, until: asyncio.Future[Any]) -> None:
        await asyncio.sleep(EVERY * number / len(self.guests))
        while not until.done():
            began = time.monotonic()
            answer = await self.room.change(guest, "add", block="channels", text="Satu ide")
            assert answer.status_code == 200, answer.text
            self.waits.append(time.monotonic() - began)
            await asyncio.sleep(max(0.0, EVERY - self.waits[-1]))


async def bring_in(http: httpx2.AsyncClient, canvases: tuple[Mapping[str, list[str]], ...]) -> list[str]:
    """A workshop with these canvases, by Impor; what can be asked of it as PDF."""
    groups = [
        {
            "name": f"Meja {number}",
            "notes": [
                {"key": f"{key}{n}", "block": key, "text": text, "created_at": MOMENT}
                for key, texts in canvas.items()
                for n, text in enumerate(texts)
            ],
        }
        for number, canvas in enumerate(canvases)
    ]
    whole = {"format": "kanvas-mitra-workshop", "version": 1, "title": "Bom", "held_on": "2024-09-10"}
    body = json.dumps(whole | {"groups": groups}, ensure_ascii=False).encode()
    answer = await http.post(f"/api/imports?op_id={uuid4()}", content=body)
    assert answer.status_code == 200, answer.text
    workshop = answer.json()["workshop_id"]
    desk = (await http.get(f"/workshops/{workshop}")).text
    ids = list(dict.fromkeys(part.split("/")[0].split('"')[0] for part in desk.split('href="/canvases/')[1:]))
    return [f"/canvases/{each}/canvas.pdf" for each in ids[: len(canvases)]]


async def ask(http: httpx2.AsyncClient, path: str) -> Asked:
    began = time.monotonic()
    answer = await http.get(path, headers={"accept": "text/html,application/pdf"})
    page = "" if answer.status_code == 200 else answer.text
    return Asked(answer.status_code, time.monotonic() - began, page, "refresh" in answer.headers)


async def test_bombs_are_answered_or_refused_while_a_room_goes_on_saving(server_process: Product) -> None:
    token = server_process.facilitator_token
    bearer = {"authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(base_url=server_process.url, headers=bearer, timeout=2 * PATIENCE) as http,
        Room(server_process.url, token, groups=PEOPLE) as room,
    ):
        saving = Saving(room, await room.join(PEOPLE))
        bombs = [*await bring_in(http, BOMBS), *await bring_in(http, CROWDS), *await bring_in(http, CROWDS)]
        own = f"/canvases/{room.canvases[0]}/canvas.pdf"
        assert (await ask(http, own)).status == 200
        before = server_process.rss()
        alone = await saving.p95(asyncio.ensure_future(asyncio.sleep(ALONE)))

        paths = [f"{path}?paper={paper}" for paper in ("a4", "a3") for path in bombs][:20]
        asking = asyncio.gather(*(ask(http, path) for path in paths))
        beside = await saving.p95(asking)

        slowest = max(each.seconds for each in asking.result())
        refusals = [each for each in asking.result() if each.status != 200]
        assert slowest < PATIENCE
        assert all(each.status == 503 for each in refusals)
        assert all(each.comes_again or "halaman cetak" in each.page for each in refusals)
        assert beside < SLOWER * alone
        presses = psutil.Process(server_process.pid).children(recursive=True)
        assert all(press.memory_info().rss < 1024**3 for press in presses)
        # Large ones are still in line; the room's own sheet goes past them.
        began = time.monotonic()
        while (after := await ask(http, f"{own}?paper=a4")).status != 200:
            assert after.comes_again and time.monotonic() - began < 100
            await asyncio.sleep(1)
        grown = (server_process.rss() - before) / 2**20
        left = [press.memory_info().rss // 2**20 for press in presses if press.is_running()]
        print(
            f"{20 - len(refusals)} of 20 drawn, the others told what to do, after {slowest:.1f} s at most;"
            f" saves p95 {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside;"
            f" the room's own sheet {after.status} {time.monotonic() - began:.0f} s later;"
            f" server +{grown:.0f} MB, presses {left} MB"
        )
        assert grown < GROWTH
