"""One run: people, windows, nemesis, then the drain and the verdict."""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from .adapter import ProductAdapter
from .checks import check
from .finals import final_state, liveness, statistics
from .model import Op, Seat, Violation
from .nemesis import Nemesis
from .person import Person, watch
from .proxy import ChaosProxy
from .screen import Screen
from .world import Config, World

Crash = Callable[[], Awaitable[None]]


@dataclass
class Report:
    violations: list[Violation]
    stats: dict[str, Any]
    ops: list[Op]

    def kinds(self) -> Counter[str]:
        return Counter(violation.kind for violation in self.violations)

    def __str__(self) -> str:
        shown = [str(violation) for violation in self.violations[:20]]
        return "\n".join(
            [f"{len(self.violations)} violations: {dict(self.kinds())}", *shown, str(self.stats)]
        )


async def run(
    config: Config,
    adapter_for: Callable[[str], ProductAdapter],
    host: str,
    port: int,
    crash: Crash | None = None,
) -> Report:
    """Simulate one workshop against the server at `host:port` and judge it. `crash` kills and restarts it."""
    # Writes to sockets the nemesis cut are expected.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    world, started = World(), time.monotonic()
    proxy = ChaosProxy(host, port, random.Random(config.seed + 1), config.lost_acks)
    await proxy.start()
    direct, shaky = adapter_for(f"http://{host}:{port}"), adapter_for(f"http://127.0.0.1:{proxy.port}")
    seats = await _open_workshop(direct, config)
    people = [Person(world, shaky, f"c{n}", seats[n % len(seats)], config) for n in range(config.clients)]
    places = seats * config.screens
    screens = [Screen(world, shaky, f"screen{n}", seat, config) for n, seat in enumerate(places)]
    watching = [
        asyncio.create_task(watch(screen, seat)) for screen, seat in zip(screens, places, strict=True)
    ]
    nemesis = Nemesis(config, world, people, proxy, crash)
    deaths = await _workshop(world, people, nemesis)
    await _close_votes(direct, seats)
    # Boards show many changes at once a moment later.
    await asyncio.sleep(config.settle)
    finals = {seat.canvas: await final_state(direct, seat.canvas, people, screens) for seat in seats}
    for task in watching:
        task.cancel()
    deaths += await asyncio.gather(*watching, return_exceptions=True)
    await proxy.stop()
    violations = world.violations + check(world.ops, world.reads, finals) + liveness(world, people)
    violations += [Violation("client_died", repr(death)) for death in deaths if isinstance(death, Exception)]
    stats = {"seconds": round(time.monotonic() - started, 1), "lost_acks": proxy.lost} | statistics(
        world, nemesis, finals
    )
    return Report(violations, stats, world.ops)


async def _open_workshop(direct: ProductAdapter, config: Config) -> list[Seat]:
    async with httpx2.AsyncClient(timeout=20) as http:
        direct.observe(http)
        seats = await direct.open_workshop(http, f"History check {config.seed}", config.canvases)
        for seat in seats:
            await direct.open_voting(http, seat.canvas)
        return seats


async def _close_votes(direct: ProductAdapter, seats: Sequence[Seat]) -> None:
    async with httpx2.AsyncClient(timeout=20) as http:
        direct.observe(http)
        for seat in seats:
            await direct.close_voting(http, seat.canvas)


async def _workshop(world: World, people: Sequence[Person], nemesis: Nemesis) -> list[BaseException | None]:
    """Everybody works while the nemesis does; then everybody delivers what is left."""
    lives = [asyncio.create_task(person.live()) for person in people]
    await nemesis.run()
    world.stop.set()
    return await asyncio.gather(*lives, return_exceptions=True)
