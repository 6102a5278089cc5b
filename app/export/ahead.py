"""The PDFs that phones take home, made ahead: when a canvas has been quiet for a while, once per revision.

The Printer keeps them, so that a tap finds a file. At most one is drawn at a time: who asks is served first.
"""

import asyncio
import logging
import time
from collections.abc import Iterable

from app.db import Database, Topic
from app.errors import Unavailable
from app.export.on_paper import CanvasOnPaper, canvas_on_paper
from app.export.pdf import Printer
from app.export.sheet import USUAL, Paper
from app.lookout import Lookout
from app.web.i18n import DEFAULT_LOCALE

log = logging.getLogger(__name__)
# What the large button of the take-home page asks for, in the language most phones speak.
PAPER, LOCALE = Paper.A4, DEFAULT_LOCALE


class Ahead(Lookout):
    """Draws a canvas `quiet` seconds after its last change; never, if that is 0."""

    every = 1.0
    trouble = "A PDF could not be made ahead"

    def __init__(self, db: Database, printer: Printer, quiet: float) -> None:
        self._db = db
        self._printer = printer
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
        one = await asyncio.to_thread(self._read, canvas_id)
        try:
            await self._printer.pdf(one.canvas, one.fields, one.definition, PAPER, LOCALE, one.archive)
        except Unavailable:
            # No Pango, a full queue, a canvas too large: whoever asks is told what to do.
            log.debug("Not made ahead: %s", canvas_id, exc_info=True)

    def _read(self, canvas_id: str) -> CanvasOnPaper:
        with self._db.read() as session:
            return canvas_on_paper(session, canvas_id, LOCALE, named=USUAL.named)
