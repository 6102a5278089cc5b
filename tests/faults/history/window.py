"""The reading side: a stale copy of one canvas, kept up by stream or long-poll."""

import asyncio
import random
import time

import httpx2

from .adapter import LOST, ProductAdapter
from .model import Event, Read, Seat, Snapshot
from .world import Config, World


class Window:
    """What one person sees: snapshot first, then the stream, resumed by revision, resynchronised on a gap."""

    def __init__(
        self,
        world: World,
        adapter: ProductAdapter,
        name: str,
        seat: Seat,
        config: Config,
        online: asyncio.Event,
    ) -> None:
        self.world, self.adapter, self.name, self.config = world, adapter, name, config
        self.canvas = seat.canvas
        self.online = online
        self.rng = random.Random(f"{config.seed}/{name}/window")
        self.polls = self.rng.random() < config.poll_share
        self.replica = Snapshot(-1, {})
        self.graves: list[str] = []  # deleted notes this window saw vanish
        self.own_ack = 0
        self._fresh = True

    async def follow(self, http: httpx2.AsyncClient) -> None:
        """Keep the replica up to date until cancelled."""
        failures = 0
        while True:
            await self.online.wait()
            try:
                reload = self.rng.random() < 0.05  # some people reload the page now and then
                if self._fresh or reload:
                    await self._open(http)
                before = self.world.counts["live_events"]
                await (self._poll(http) if self.polls else self._stream(http))
                failures = 0 if self.world.counts["live_events"] > before else failures
            except LOST:
                pass
            failures += 1
            self.world.counts["reconnects"] += 1
            await asyncio.sleep(backoff(self.config, failures, self.rng))

    async def read(self, http: httpx2.AsyncClient) -> Snapshot:
        """A fresh snapshot, recorded with what it must show."""
        must_see, own_ack, invoked = self.world.acked[self.canvas], self.own_ack, time.monotonic()
        shown = await self.adapter.snapshot(http, self.canvas)
        self.world.reads.append(
            Read(self.name, self.canvas, invoked, time.monotonic(), shown.rev, shown.epoch, must_see, own_ack)
        )
        return shown

    async def _open(self, http: httpx2.AsyncClient) -> None:
        self.replica = await self.read(http)
        self.world.counts["resyncs"] += 1
        self._fresh = False

    async def _stream(self, http: httpx2.AsyncClient) -> None:
        async for event in self.adapter.events(http, self.canvas, self.replica.place, self.config.idle):
            if not self.online.is_set() or not await self._take(event, http):
                return

    async def _poll(self, http: httpx2.AsyncClient) -> None:
        while self.online.is_set():
            wait = self.config.idle / 3
            for event in await self.adapter.changes(http, self.canvas, self.replica.rev, wait):
                if not await self._take(event, http):
                    return
            self.world.counts["polls"] += 1

    async def _take(self, event: Event, http: httpx2.AsyncClient) -> bool:
        """Apply one message; False when the stream has to be opened again."""
        if event.type == "reset":
            await self._check_reset(http)
            return False
        if event.type == "bye":
            self.world.counts["byes"] += 1
            return False
        if event.type == "hb":
            return event.rev <= self.replica.rev or self._gap(f"heartbeat says revision {event.rev}", event)
        if event.rev <= self.replica.rev:
            return True
        if event.rev != self.replica.rev + 1:
            return self._gap(f"event {event.rev} arrived", event)
        self._apply(event)
        return True

    def _apply(self, event: Event) -> None:
        self.replica.rev = event.rev
        if not event.note_id:
            pass  # a vote, or one that opens or closes: about no note that anybody may know
        elif event.note is None:
            self.replica.notes.pop(event.note_id, None)
            self.graves.append(event.note_id)
        else:
            self.replica.notes[event.note.id] = event.note
        self.world.saw(self.canvas, event.rev, 1.5 * self.config.backoff_max)

    def _gap(self, what: str, event: Event) -> bool:
        self.world.violate(
            "stream_gap",
            f"{self.name} on {self.canvas}: {what}, but it has only {self.replica.rev}",
            [event.op_id],
        )
        self._fresh = True
        return False

    async def _check_reset(self, http: httpx2.AsyncClient) -> None:
        """A reset costs everybody a reload, so it must have a reason."""
        self._fresh = True
        had = self.replica.place
        await self._open(http)
        if had.epoch == self.replica.epoch and had.rev <= self.replica.rev:
            self.world.violate(
                "needless_reset", f"{self.name}: reset at {had}, the server is at {self.replica.place}"
            )


def backoff(config: Config, attempt: int, rng: random.Random) -> float:
    """Seconds to wait before trying again: exponential, capped, with jitter."""
    return float(min(config.backoff_max, 0.05 * 2 ** min(attempt, 6)) * (0.5 + rng.random()))
