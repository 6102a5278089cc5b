"""Everything of one workshop in one zip: an archive to import elsewhere, a page with all notes, a workbook of
the same lists, all PDFs. Not the attendance list, which is for fewer eyes and a shorter time (ADR 25).

Sent while it is made: drawing the PDFs of a large workshop takes a minute, and no zip is ever held whole.
"""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session

from app.clock import now
from app.errors import N_
from app.export.archive import archive_of
from app.export.aside import FileFailed, FileQueueFull, Workbench
from app.export.file_names import tidy
from app.export.files import Asked, Recipe, recipe
from app.export.on_paper import CanvasOnPaper, canvases_on_paper
from app.export.pdf import PdfQueueFull, Printer
from app.export.press import PdfFailed, PdfTooBig, PdfUnavailable
from app.export.sheet import ON_THE_TABLE, Paper
from app.web.i18n import translate
from app.web.rendering import Renderer
from app.workshop.models import Workshop

_PATIENCE = 20
_PAUSE = 3.0


@dataclass(frozen=True, slots=True)
class Everything:
    """A workshop at one moment."""

    title: str
    held_on: object
    archive: bytes
    workbook: Recipe
    canvases: tuple[CanvasOnPaper, ...]

    @property
    def file_name(self) -> str:
        """What the zip is called."""
        return f"{tidy(self.title)} {self.held_on}.zip".strip()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A PDF in the zip, for the page that lists them; without a path it could not be made."""

    canvas_id: str
    paper: str
    path: str


def read_everything(session: Session, workshop_id: str, locale: str) -> Everything:
    """All that goes into the zip, read at one moment."""
    workshop = session.get_one(Workshop, workshop_id)
    return Everything(
        title=workshop.title,
        held_on=workshop.held_on,
        archive=archive_of(session, workshop).model_dump_json(indent=2).encode(),
        workbook=recipe(session, Asked(workshop_id, locale), "workshop.xlsx"),
        canvases=canvases_on_paper(session, workshop_id, locale),
    )


async def zipped(
    all_of_it: Everything, printer: Printer, workbench: Workbench, renderer: Renderer, locale: str
) -> AsyncIterator[bytes]:
    """The zip, piece by piece. What cannot be made is left out, and the page says so."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED) as archive:

        async def put(name: str, content: bytes) -> bytes:
            await asyncio.to_thread(archive.writestr, _entry(name), content)
            return outgoing.take()

        yield await put(translate(locale, N_("workshop.json")), all_of_it.archive)
        workbook = translate(locale, N_("notes.xlsx"))
        if content := await _workbook(all_of_it.workbook, workbench):
            yield await put(workbook, content)
        enclosed = []
        async for drawn, pdf in _pdfs(all_of_it, printer, locale):
            enclosed.append(drawn)
            if drawn.path:
                yield await put(drawn.path, pdf)
        page = await asyncio.to_thread(
            renderer.render,
            "backup/everything.html",
            locale,
            title=all_of_it.title,
            held_on=all_of_it.held_on,
            canvases=[one.canvas for one in all_of_it.canvases],
            enclosed=enclosed,
            workbook=workbook if content else "",
        )
        yield await put(translate(locale, N_("notes.html")), page.encode())
    yield outgoing.take()


async def _workbook(to_do: Recipe, workbench: Workbench) -> bytes:
    with suppress(FileFailed, FileQueueFull):
        return await workbench.make(to_do.write, *to_do.what)
    return b""


async def _pdfs(
    all_of_it: Everything, printer: Printer, locale: str
) -> AsyncIterator[tuple[Enclosed, bytes]]:
    can_draw = True
    for paper in ON_THE_TABLE:
        for number, one in enumerate(all_of_it.canvases, start=1):
            name, content = "", b""
            try:
                if can_draw:
                    name, content = await _draw(printer, one, paper, locale)
            except PdfUnavailable:
                can_draw = False
            except (PdfFailed, PdfTooBig, PdfQueueFull):
                pass
            path = f"PDF {paper.upper()}/{number} {name}" if name else ""
            yield Enclosed(one.canvas.id, paper.upper(), path), content


async def _draw(printer: Printer, one: CanvasOnPaper, paper: Paper, locale: str) -> tuple[str, bytes]:
    for _ in range(_PATIENCE):
        try:
            pdf = await printer.pdf(one.canvas, one.fields, one.definition, paper, locale, one.archive)
            return pdf.file_name, pdf.content
        except PdfQueueFull:
            # Whoever waits for a single sheet goes first.
            await asyncio.sleep(_PAUSE)
    raise PdfQueueFull


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now().astimezone().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Outgoing(io.RawIOBase):
    """Where the zip is written: what is in it is sent at once and forgotten."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        taken = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(taken)
        return len(taken)

    def take(self) -> bytes:
        """All that was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
