"""The PDFs that phones take home, made ahead: when a canvas has been quiet for a while, once per revision.

As A4 in Indonesian, and in whichever ways were asked for lately. At most one is drawn at a time: who asks is
served first.
"""

import logging
import time
from collections.abc import Iterable

from app.db import Topic
from app.errors import Unavailable
from app.export.editions import Editions
from app.lookout import Lookout

log = logging.getLogger(__name__)


class Ahead(Lookout):
    """Draws a canvas `quiet` seconds after its last change; never, if that is 0."""

    every = 1.0
    trouble = "A PDF could not be made ahead"

    def __init__(self, editions: Editions, quiet: float) -> None:
        self._editions = editions
        self._quiet = quiet
        self._changed: dict[str, float] = {}

    def nudge(self, topics: Iterable[Topic]) -> None:
        """These topics changed. Called on the event loop after a commit."""
        if self._quiet:
            self._changed |= {topic.id: time.monotonic() for topic in topics if topic.kind == "canvas"}

    async def look(self) -> None:
        """Draw what has been quiet for long enough."""
        since = time.monotonic() - self._quiet
        for canvas_id in [canvas_id for canvas_id, at in self._changed.items() if at <= since]:
            del self._changed[canvas_id]
            await self._draw(canvas_id)

    async def _draw(self, canvas_id: str) -> None:
        try:
            for wanted in self._editions.asked:
                await self._editions.ready(canvas_id, wanted)
        except Unavailable:
            # No Pango, a full queue, a canvas too large: whoever asks is told what to do.
            log.debug("Not made ahead: %s", canvas_id, exc_info=True)
