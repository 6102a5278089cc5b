"""Who does what to the network and the server, and when."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Protocol

from .proxy import MODES, ChaosProxy
from .world import Config, World


class Offline(Protocol):
    """Somebody whose Wi-Fi can go away."""

    online: asyncio.Event


class Nemesis:
    """Works off the plan of a run, one fault at a time, seeded."""

    def __init__(
        self,
        config: Config,
        world: World,
        people: Sequence[Offline],
        proxy: ChaosProxy,
        crash: Callable[[], Awaitable[None]] | None,
    ) -> None:
        self.config, self.world, self.people, self.proxy, self.crash = config, world, people, proxy, crash
        self.rng = random.Random(f"{config.seed}/nemesis")
        self.done: Counter[str] = Counter()

    async def run(self) -> None:
        end = float("inf") if self.config.plan else time.monotonic() + self.config.duration
        faults = self._schedule()
        while time.monotonic() < end:
            pause = self.rng.uniform(*self.config.fault_gap)
            fault = next(faults, None)
            if fault is None or time.monotonic() + pause >= end:
                await asyncio.sleep(min(pause, max(0.0, end - time.monotonic())))
                break
            await asyncio.sleep(pause)
            await self._hurt(fault)
        self.proxy.mode = "ok"
        for person in self.people:
            person.online.set()

    def _schedule(self) -> Iterator[str]:
        """The plan, or a shuffled deck again and again: every fault is used before one repeats."""
        if self.config.plan:
            yield from self.config.plan
            return
        menu = [fault for fault in self.config.faults if fault != "crash" or self.crash]
        while menu:
            yield from self.rng.sample(menu, len(menu))

    async def _hurt(self, fault: str) -> None:
        self.done[fault] += 1
        self.world.calm = False
        length = self.rng.uniform(*self.config.fault_len)
        if fault == "crash" and self.crash:
            await self.crash()
        elif fault == "offline":
            await self._third_offline(length)
        elif fault == "storm":  # the access point reboots: everybody reconnects at once
            self.proxy.cut()
        elif fault in MODES:
            self.proxy.mode = fault
            await asyncio.sleep(length)
            self.proxy.mode = "ok"
            if fault in ("blackhole", "slow"):
                self.proxy.cut()
        else:
            raise ValueError(f"unknown fault {fault!r}")
        await asyncio.sleep(0.2)
        self.world.calm, self.world.calm_since = True, time.monotonic()

    async def _third_offline(self, length: float) -> None:
        """A third of the room loses Wi-Fi, keeps writing, and comes back together."""
        gone = self.rng.sample(list(self.people), max(1, len(self.people) // 3))
        for person in gone:
            person.online.clear()
        await asyncio.sleep(length)
        for person in gone:
            person.online.set()
