"""The PDFs of canvases, ready to hand over: each is read and set once a revision, however many phones ask.

What was asked for lately is what ahead.py makes before anybody asks again. Used on the event loop only.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool

from app.canvas.queries import canvas_revisions
from app.db import Database
from app.export.canvas_archive import canvas_archive
from app.export.on_paper import CanvasOnPaper, canvas_on_paper
from app.export.pdf import CanvasPdf, Printer
from app.export.sheet import USUAL, Paper, Wishes
from app.web.i18n import DEFAULT_LOCALE

_KEPT_BYTES = 32 * 1024**2
_REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A way to have a canvas on paper, for readers of a language."""

    paper: Paper
    locale: str
    wishes: Wishes = USUAL


# What the large button of the take-home page asks for, in the language most phones speak.
FIRST = Wanted(Paper.A4, DEFAULT_LOCALE)
# Of a canvas and of the workshop around it: every word on paper is of one of the two.
Counters = tuple[int, int]


class Editions:
    """Keeps the newest PDF of each canvas in each way it was wanted, as long as there is room."""

    def __init__(self, db: Database, printer: Printer) -> None:
        self._db = db
        self._printer = printer
        self._made: OrderedDict[tuple[str, Wanted], tuple[Counters, asyncio.Task[CanvasPdf]]] = OrderedDict()
        self._asked: OrderedDict[Wanted, None] = OrderedDict()

    @property
    def asked(self) -> tuple[Wanted, ...]:
        """What to make ahead: what most phones take, and what was asked for last."""
        return FIRST, *(wanted for wanted in self._asked if wanted != FIRST)

    async def pdf(self, canvas_id: str, wanted: Wanted) -> CanvasPdf:
        """The PDF of a canvas that is there, for somebody. Raises what `Printer.pdf` raises."""
        if not wanted.wishes.blank:
            self._asked[wanted] = None
            self._asked.move_to_end(wanted)
            while len(self._asked) > _REMEMBERED:
                self._asked.popitem(last=False)
        return await self.ready(canvas_id, wanted)

    async def ready(self, canvas_id: str, wanted: Wanted) -> CanvasPdf:
        """The same, though nobody asked yet: what is there is as the canvas is now."""
        key = canvas_id, wanted
        counters = await run_in_threadpool(self._counters, canvas_id)
        known, making = self._made.get(key, (None, None))
        if making is None or known != counters:
            making = asyncio.create_task(self._make(canvas_id, wanted))
            self._made[key] = counters, making
            making.add_done_callback(lambda done: self._tidy(key, done))
        self._made.move_to_end(key)
        # Shielded: one reader who leaves must not take the PDF away from the others who wait for it.
        return await asyncio.shield(making)

    def _tidy(self, key: tuple[str, Wanted], done: asyncio.Task[CanvasPdf]) -> None:
        if not _size(done) and self._made.get(key, (None, None))[1] is done:
            del self._made[key]
        while sum(_size(making) for _, making in self._made.values()) > _KEPT_BYTES:
            self._made.popitem(last=False)

    async def _make(self, canvas_id: str, wanted: Wanted) -> CanvasPdf:
        one = await self._printer.prepare(self._read, canvas_id, wanted)
        return await self._printer.pdf(
            one.canvas, one.fields, one.definition, wanted.paper, wanted.locale, one.archive, wanted.wishes
        )

    def _counters(self, canvas_id: str) -> Counters:
        with self._db.read() as session:
            revisions = canvas_revisions(session, canvas_id)
            return revisions.notes, revisions.workshop

    def _read(self, canvas_id: str, wanted: Wanted) -> CanvasOnPaper:
        wishes = wanted.wishes
        with self._db.read() as session:
            one = canvas_on_paper(session, canvas_id, wishes.locale(wanted.locale), named=wishes.named)
            if wishes.blank:
                return replace(one, archive="")
            if wishes.named:
                archive = canvas_archive(session, canvas_id)
                return replace(one, archive=archive.model_dump_json(indent=2))
            return one


def _size(making: asyncio.Task[CanvasPdf]) -> int:
    """Bytes it holds: none while it is made, nor when that failed."""
    is_made = making.done() and not making.cancelled() and not making.exception()
    return len(making.result().content) if is_made else 0
