"""What a fresh reader sees at the end, and the figures of a run."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from tests.patches import taken

from .adapter import LOST, ProductAdapter
from .model import Event, Finals, Place, Violation
from .nemesis import Nemesis
from .person import Person
from .screen import Screen
from .world import World, percentile

PATIENCE = 10.0


async def final_state(
    direct: ProductAdapter, canvas: str, people: Sequence[Person], screens: Sequence[Screen]
) -> Finals:
    """Snapshot, log, feed and every window of one canvas, once nobody writes any more."""
    async with httpx2.AsyncClient(timeout=20) as http:
        direct.observe(http)
        snapshot = await direct.snapshot(http, canvas)
        mine = [screen for screen in screens if screen.canvas == canvas]
        fresh, head = await _fresh_screen(direct, http, canvas)
        deadline = time.monotonic() + PATIENCE
        while any(screen.place.rev < head for screen in mine) and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        views = {person.name: person.window.replica for person in people if person.seat.canvas == canvas}
        return Finals(
            snapshot,
            await _log(direct, http, canvas, snapshot.place),
            views,
            await _feed(direct, http, canvas, snapshot.rev),
            {screen.name: screen.regions for screen in mine},
            fresh,
        )


async def _log(direct: ProductAdapter, http: httpx2.AsyncClient, canvas: str, head: Place) -> list[Event]:
    """The whole log by the stream: as much of it as comes before a heartbeat or a pause."""
    log: list[Event] = []
    try:
        async for event in direct.events(http, canvas, Place("", 0), PATIENCE):
            if event.type == "op":
                log.append(event)
            if event.rev >= head.rev or event.type == "reset":
                break
    except LOST:
        pass
    return log


async def _feed(direct: ProductAdapter, http: httpx2.AsyncClient, canvas: str, head: int) -> list[Event]:
    """The whole log by long-poll, page by page."""
    feed: list[Event] = []
    while not feed or feed[-1].rev < head:
        page = await direct.changes(http, canvas, feed[-1].rev if feed else 0, 0)
        if not page:
            break
        feed += page
    return feed


async def _fresh_screen(
    direct: ProductAdapter, http: httpx2.AsyncClient, canvas: str
) -> tuple[dict[str, str], int]:
    """What a board opened now shows, and the revision it is at."""
    async for kind, id_, patch in direct.screen(http, canvas, Place("", 0), PATIENCE):
        if kind == "" and id_:
            return taken({}, patch), int(id_.rpartition("-")[2])
    return {}, 0


def liveness(world: World, people: Sequence[Person]) -> list[Violation]:
    """What should have happened by the end and did not."""
    found = [
        Violation("stuck_outbox", f"{person.name} still holds {len(person.author.outbox)} unsent changes")
        for person in people
        if person.author.outbox
    ]
    if len(world.acked) and not world.counts["live_events"]:
        found.append(Violation("no_live_updates", "nobody received a single change of anybody else"))
    return found


def statistics(world: World, nemesis: Nemesis, finals: Mapping[str, Finals]) -> dict[str, Any]:
    """The figures that show whether a run means anything."""
    acked = [op for op in world.ops if op.outcome == "ok"]
    first_try = [op.done - op.invoked for op in acked if op.done and op.attempts == 1]
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {
        "ops": len(world.ops),
        "ok": len(acked),
        "fail": sum(op.outcome == "fail" for op in world.ops),
        "unknown": sum(op.outcome == "unknown" for op in world.ops),
        "by_kind": dict(Counter(op.kind for op in acked)),
        "retried_ok": sum(op.attempts > 1 for op in acked),
        "reads": len(world.reads),
        "faults": dict(nemesis.done),
        "http": {str(code): count for code, count in sorted(world.http.items())},
        "ack_ms_first_try": {name: percentile(first_try, share) for name, share in shares.items()},
        "propagation_ms_calm": {name: percentile(world.propagation, share) for name, share in shares.items()},
        "final_rev": {canvas: end.snapshot.rev for canvas, end in finals.items()},
        "notes": {canvas: len(end.snapshot.notes) for canvas, end in finals.items()},
        **world.counts,
    }
