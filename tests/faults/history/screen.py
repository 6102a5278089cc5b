"""A browser window on the board's HTML stream, without a browser: regions replaced by id.

The board counts revisions of its own (people who come and go raise them too), so its places compare only
with places of the same board.
"""

import asyncio
import random
import re

import httpx2

from tests.patches import taken

from .adapter import LOST, ProductAdapter
from .model import Place, Seat
from .window import backoff
from .world import Config, World

NOTE_ID = re.compile(r'\bdata-note="([^"]+)"')


class Screen:
    """Follows one board; `regions` is what it shows at `place`."""

    def __init__(self, world: World, adapter: ProductAdapter, name: str, seat: Seat, config: Config) -> None:
        self.world, self.adapter, self.name, self.config = world, adapter, name, config
        self.canvas = seat.canvas
        self.rng = random.Random(f"{config.seed}/{name}/screen")
        self.place = Place("", 0)
        self.regions: dict[str, str] = {}

    async def follow(self, http: httpx2.AsyncClient) -> None:
        """Keep the regions up to date until cancelled."""
        failures = 0
        while True:
            messages = self.adapter.screen(http, self.canvas, self.place, self.config.idle)
            try:
                async for kind, id_, patch in messages:
                    failures = 0
                    if not self._take(kind, id_, patch):
                        break
            except LOST:
                pass
            failures += 1
            await asyncio.sleep(backoff(self.config, failures, self.rng))

    def _take(self, kind: str, id_: str, patch: str) -> bool:
        if kind == "reset":
            self.place, self.regions = Place("", 0), {}
        if kind in ("reset", "bye"):
            return False
        if kind == "" and id_:
            epoch, _, rev = id_.rpartition("-")
            if epoch == self.place.epoch and int(rev) < self.place.rev:
                self.world.violate("went_backwards", f"{self.name}: {id_} arrived after {self.place}")
            self.place = Place(epoch, int(rev))
            self.regions = taken(self.regions, patch)
            self.world.counts["screen_messages"] += 1
        return True


def shown_notes(regions: dict[str, str]) -> dict[str, str]:
    """Which block each note on a screen stands in."""
    return {
        note: region.removeprefix("block-")
        for region, html in regions.items()
        if region.startswith("block-")
        for note in NOTE_ID.findall(html)
    }
