"""A simulated participant: one window, one author, one set of connections."""

import asyncio
import random
import time

import httpx2

from .adapter import LOST, ProductAdapter
from .author import Author
from .model import Seat
from .screen import Screen
from .window import Window, backoff
from .world import Config, World

BROWSER = httpx2.Limits(max_connections=6, max_keepalive_connections=3)


class Person:
    def __init__(self, world: World, adapter: ProductAdapter, name: str, seat: Seat, config: Config) -> None:
        self.world, self.adapter, self.name, self.seat, self.config = world, adapter, name, seat, config
        self.online = asyncio.Event()
        self.online.set()
        self.window = Window(world, adapter, name, seat, config, self.online)
        self.author = Author(world, adapter, self.window, config)

    async def live(self) -> None:
        """Join, take part until the run stops, then deliver what is left and catch up."""
        async with httpx2.AsyncClient(timeout=self.config.timeout, limits=BROWSER) as http:
            self.author.participant = await join(self.adapter, http, self.seat, self.name, self.config)
            following = asyncio.create_task(self.window.follow(http))
            sending = asyncio.create_task(self.author.send(http))
            thinking = asyncio.create_task(self.author.think(http))
            await self.world.stop.wait()
            thinking.cancel()
            self.world.stir()
            await self._catch_up()
            following.cancel()
            sending.cancel()
            ends = await asyncio.gather(following, sending, thinking, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def _catch_up(self) -> None:
        while (self.author.outbox or self.author.sending) and self._is_hopeful():
            await asyncio.sleep(0.05)
        self.world.drained += 1
        while self._is_hopeful() and (
            self.world.drained < self.config.clients  # everybody has sent everything ...
            or self.window.replica.rev < self.world.acked[self.seat.canvas]  # ... and I have seen it
        ):
            await asyncio.sleep(0.05)
        await asyncio.sleep(self.config.settle)

    def _is_hopeful(self) -> bool:
        # Not a time limit: a hundred kills leave more in the outboxes than a slow machine takes in a minute.
        return time.monotonic() - self.world.stirred < self.config.drain


async def watch(screen: Screen, seat: Seat) -> None:
    """Join as somebody who only looks, and follow the board until cancelled."""
    async with httpx2.AsyncClient(timeout=screen.config.timeout, limits=BROWSER) as http:
        await join(screen.adapter, http, seat, screen.name, screen.config)
        await screen.follow(http)


async def join(
    adapter: ProductAdapter, http: httpx2.AsyncClient, seat: Seat, name: str, config: Config
) -> str:
    """Join, and try again until it worked; the participant's id."""
    rng = random.Random(f"{config.seed}/{name}/join")
    for attempt in range(200):
        try:
            return await adapter.join(http, seat, name)
        except LOST:
            await asyncio.sleep(backoff(config, attempt, rng))
    raise RuntimeError(f"{name} could not join")
