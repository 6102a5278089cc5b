"""The PDF of a canvas: drawn outside this process, at most two at once, kept by revision."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import LifoQueue
from typing import Any, Protocol, TypeVar

from app.canvas import catalog
from app.canvas.definition import Definition
from app.canvas.example_views import example_canvas, example_fields
from app.canvas.views import CanvasView, PrintFields
from app.clock import now
from app.errors import N_, Unavailable
from app.export.canvas_archive import example_archive
from app.export.composition import compose
from app.export.document import Document
from app.export.file_names import content_disposition, pdf_name
from app.export.press import PdfTooBig, PdfUnavailable, Press
from app.export.sheet import USUAL, Paper, Wishes
from app.export.shelf import Edition, Shelf
from app.web.rendering import PRODUCT, Renderer

T = TypeVar("T")
AT_ONCE = 2
WAITING = 10
MOST_NOTES = 1500
MOST_LETTERS = 150_000  # of which a press makes pages for half a minute
# Beyond either of them a canvas is large: those are drawn one after the other.
LARGE_NOTES, LARGE_LETTERS = 300, 20_000
PROMPT = 45.0  # seconds that somebody waits before a page says how it stands
_LOOK_AGAIN = 60.0  # seconds until a missing library is looked for anew


class PdfQueueFull(Unavailable):
    """More PDFs are asked for than the presses can take."""

    code = "pdf_queue_full"
    message = N_("Many PDFs are being made right now.")


class PdfUnderWay(Unavailable):
    """It is in line or on a press, and will lie ready for whoever asks again."""

    code = "pdf_under_way"
    message = N_("This PDF takes longer than usual. It is being made.")


@dataclass(frozen=True, slots=True)
class CanvasPdf:
    """A finished PDF and how to hand it over."""

    content: bytes
    etag: str
    file_name: str

    @property
    def headers(self) -> dict[str, str]:
        """A browser may keep it, but must ask whether it is still the newest."""
        return {
            "content-disposition": content_disposition(self.file_name),
            "etag": self.etag,
            "cache-control": "private, no-cache",
        }


async def promptly(making: Coroutine[Any, Any, CanvasPdf]) -> CanvasPdf:
    """The PDF for somebody who waits before an empty page. Raises PdfUnderWay: it is made all the same."""
    try:
        async with asyncio.timeout(PROMPT):
            return await making
    except TimeoutError:
        raise PdfUnderWay(retry_after=10) from None


class Drawable(Protocol):
    """A paper that a press can draw: a canvas, a document or a booklet."""

    def draw(self, press: Press) -> bytes: ...


class Printer:
    """Makes PDFs, one on each press and `waiting` in line. What two people ask for is drawn once.

    Large canvases take one press and half of the line at most, so that all others go past them.
    """

    def __init__(
        self,
        folder: Path,
        renderer: Renderer,
        *,
        presses: Sequence[Press] = (),
        waiting: int = WAITING,
    ) -> None:
        self._shelf = Shelf(folder)
        self._renderer = renderer
        self._presses = presses or [Press() for _ in range(AT_ONCE)]
        self._room = len(self._presses) + waiting
        self._idle: LifoQueue[Press] = LifoQueue()  # the last one used is warm
        for press in self._presses:
            self._idle.put(press)
        self._threads = ThreadPoolExecutor(len(self._presses), thread_name_prefix="press")
        self._large_ones = ThreadPoolExecutor(1, thread_name_prefix="large")
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="setting")
        self._lock = threading.Lock()
        self._under_way: dict[Edition, Future[bytes]] = {}
        self._large: set[Edition] = set()
        self._missing_until = 0.0

    async def pdf(
        self,
        canvas: CanvasView,
        fields: PrintFields,
        definition: Definition,
        paper: Paper,
        locale: str,
        attachment: str = "",
        wishes: Wishes = USUAL,
    ) -> CanvasPdf:
        """The PDF. Raises PdfQueueFull, PdfUnavailable, PdfTooBig or PdfFailed."""
        notes = canvas.note_count + (len(canvas.plan.items) if canvas.plan else 0)
        letters = _letters(canvas)
        if notes > MOST_NOTES or letters > MOST_LETTERS:
            raise PdfTooBig
        composition = await self.prepare(
            compose, self._renderer, canvas, fields, definition, paper, locale, attachment, wishes
        )
        edition = Edition(canvas.id, canvas.revision, paper + wishes.mark, locale, composition.digest)
        is_large = notes > LARGE_NOTES or letters > LARGE_LETTERS
        content = await self._kept_or_drawn(edition, composition, is_large=is_large)
        name = pdf_name(fields, paper, wishes.locale(locale), blank=wishes.blank, named=wishes.named)
        return CanvasPdf(content, f'"{edition.digest}"', name)

    async def prepare(self, work: Callable[..., T], *what: object) -> T:
        """Read and set one canvas after the other: each thread that does keeps those who save waiting."""
        return await asyncio.wrap_future(self._preparing.submit(work, *what))

    async def document(self, edition: Edition, document: Drawable, file_name: str) -> CanvasPdf:
        """Another paper as a PDF. Raises what `pdf` raises."""
        content = await self._kept_or_drawn(edition, document)
        return CanvasPdf(content, f'"{edition.digest}"', file_name)

    async def passing(self, document: Document, file_name: str) -> CanvasPdf:
        """The same of personal data, which no shelf is to keep."""
        edition = Edition("passing", 0, "document", "", document.digest)
        drawing = self._drawing(edition, document, keeps=False)
        content = await asyncio.shield(asyncio.wrap_future(drawing))
        return CanvasPdf(content, f'"{edition.digest}"', file_name)

    async def _kept_or_drawn(
        self, edition: Edition, composition: Drawable, *, is_large: bool = False
    ) -> bytes:
        content = await asyncio.to_thread(self._shelf.get, edition)
        if content is None:
            drawing = self._drawing(edition, composition, is_large=is_large)
            # Shielded: one reader who leaves must not take the PDF away from the others who wait for it.
            content = await asyncio.shield(asyncio.wrap_future(drawing))
        return content

    async def close(self) -> None:
        """End all presses and whatever they are at."""
        for press in self._presses:
            press.stop()
        for threads in (self._preparing, self._threads, self._large_ones):
            await asyncio.to_thread(threads.shutdown, cancel_futures=True)
        for press in self._presses:
            press.close()

    def _drawing(
        self, edition: Edition, composition: Drawable, *, keeps: bool = True, is_large: bool = False
    ) -> Future[bytes]:
        with self._lock:
            if edition in self._under_way:
                return self._under_way[edition]
            if time.monotonic() < self._missing_until:
                raise PdfUnavailable
            if len(self._under_way) >= self._room or (is_large and len(self._large) >= self._room // 2):
                raise PdfQueueFull(retry_after=15)
            threads = self._large_ones if is_large else self._threads
            drawing = threads.submit(self._draw, edition, composition, keeps)
            self._under_way[edition] = drawing
            if is_large:
                self._large.add(edition)
        drawing.add_done_callback(lambda _: self._forget(edition))
        return drawing

    def _forget(self, edition: Edition) -> None:
        self._under_way.pop(edition, None)
        self._large.discard(edition)

    def _draw(self, edition: Edition, composition: Drawable, keeps: bool) -> bytes:
        press = self._idle.get()
        try:
            content = composition.draw(press)
        except PdfUnavailable:
            self._missing_until = time.monotonic() + _LOOK_AGAIN
            raise
        finally:
            self._idle.put(press)
        if keeps:
            self._shelf.put(edition, content)
        return content


def _letters(canvas: CanvasView) -> int:
    notes = (note for block in canvas.places for note in block.notes)
    return sum(len(note.text) + len(note.gives) + len(note.gets) for note in notes)


def render_canvas_file(path: Path, output: Path, paper: str = "a3", locale: str = "id") -> None:
    """Make the PDF of a canvas file, without a server, to be imported like any other.

    Raises MalformedFile for a file that is none.
    """
    example = catalog.example_in_file(path)
    definition = catalog.definition(example.definition_key)
    canvas, fields = example_canvas(example, definition, locale), example_fields(example)
    renderer = Renderer(attribution=lambda language: definition.attribution_phrases(language, PRODUCT))
    archive = example_archive(example, now()).model_dump_json(indent=2)
    press = Press()
    try:
        sheet = compose(renderer, canvas, fields, definition, Paper(paper), locale, archive)
        output.write_bytes(sheet.draw(press))
    finally:
        press.close()
