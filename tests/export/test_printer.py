"""Many people, few presses."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.canvas import catalog
from app.errors import Unavailable
from app.export.job import Job, Proof
from app.export.pdf import MOST_LETTERS, MOST_NOTES, CanvasPdf, PdfQueueFull, Printer
from app.export.press import PdfTooBig, PdfUnavailable, Press
from app.export.sheet import Paper
from tests.export.paper import FIELDS, RENDERER, canvas_of

MISSING = (
    sys.executable,
    "-c",
    "import sys; sys.modules['weasyprint'] = None\nfrom app.export.presswork import main; main()",
)


class CountingPress(Press):
    """A press that knows how often it was used."""

    used = 0

    def run(self, job: Job, heard: Callable[[int], None] = print) -> Proof:
        self.used += 1
        return super().run(job, heard)


@pytest.fixture(scope="module")
def press() -> Iterator[CountingPress]:
    press = CountingPress()
    yield press
    press.close()


@pytest.fixture
async def printer(tmp_path: Path, press: CountingPress) -> AsyncIterator[Printer]:
    printer = Printer(tmp_path / "pdf", RENDERER, presses=[press], waiting=2)
    yield printer
    printer._threads.shutdown()


async def ask(
    printer: Printer, text: str = "Satu ide", revision: int = 57, title: str = "", times: int = 1
) -> CanvasPdf:
    fields = replace(FIELDS, partnership=title) if title else FIELDS
    canvas = canvas_of({"channels": [text] * times}, revision)
    return await printer.pdf(canvas, fields, catalog.definition(), Paper.A3, "id")


def drawn(folder: Path) -> int:
    return len(list((folder / "pdf").glob("*.pdf")))


async def test_a_pdf_is_drawn_once_and_then_taken_from_the_shelf(
    printer: Printer, press: CountingPress
) -> None:
    first = await ask(printer)
    jobs = press.used
    second = await ask(printer)

    assert first.content == second.content
    assert first.etag == second.etag
    assert press.used == jobs


async def test_a_change_of_a_note_or_a_title_is_another_pdf(printer: Printer) -> None:
    first = await ask(printer)

    assert (await ask(printer, revision=58, text="Lain")).etag != first.etag
    assert (await ask(printer, title="BLK Lebak × alas kaki")).etag != first.etag


async def test_what_many_ask_for_at_once_is_drawn_once(printer: Printer, press: CountingPress) -> None:
    await ask(printer, "awal")
    jobs = press.used

    answers = await asyncio.gather(*(ask(printer, "bersama") for _ in range(20)))

    assert len({answer.etag for answer in answers}) == 1
    assert press.used == jobs + 1


async def test_somebody_who_leaves_takes_the_pdf_from_nobody(printer: Printer) -> None:
    leaver = asyncio.create_task(ask(printer, "ditunggu"))
    stayer = asyncio.create_task(ask(printer, "ditunggu"))
    await asyncio.sleep(0.1)

    leaver.cancel()

    assert (await stayer).content.startswith(b"%PDF")


async def test_a_queue_that_is_full_says_when_to_come_back(printer: Printer) -> None:
    answers = await asyncio.gather(
        *(ask(printer, f"ide {number}") for number in range(8)), return_exceptions=True
    )

    refused = [answer for answer in answers if isinstance(answer, PdfQueueFull)]
    assert sum(isinstance(answer, CanvasPdf) for answer in answers) == 3
    assert len(refused) == 5
    assert all(refusal.status == 503 and refusal.retry_after for refusal in refused)


class StuckPress(Press):
    """It never comes to an end with a large canvas, until it is let go."""

    release = threading.Event()

    def run(self, job: Job, heard: Callable[[int], None] = print) -> Proof:
        if "bom" in job.html:
            self.release.wait()
            raise PdfTooBig
        return super().run(job, heard)


async def test_large_canvases_leave_a_press_and_half_of_the_line_to_all_others(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "pdf", RENDERER, presses=[StuckPress(), StuckPress()], waiting=2)
    try:
        large = [asyncio.create_task(ask(printer, "bom " * 500, number, times=11)) for number in range(3)]
        (refused,), stuck = await asyncio.wait(large, return_when=asyncio.FIRST_COMPLETED)
        assert isinstance(refused.exception(), PdfQueueFull)

        small = await asyncio.gather(ask(printer, "satu"), ask(printer, "dua"))

        assert all(each.content.startswith(b"%PDF") for each in small)
        assert not any(each.done() for each in stuck)
    finally:
        StuckPress.release.set()
        await asyncio.gather(*large, return_exceptions=True)
        await printer.close()


async def test_a_canvas_beyond_all_measure_is_refused_at_once(printer: Printer, press: CountingPress) -> None:
    used = press.used
    too_many = replace(canvas_of({}), note_count=MOST_NOTES + 1)
    too_long = canvas_of({"channels": ["x" * 2000] * (MOST_LETTERS // 2000 + 1)})

    for canvas in (too_many, too_long):
        with pytest.raises(PdfTooBig):
            await printer.pdf(canvas, FIELDS, catalog.definition(), Paper.A3, "id")

    assert press.used == used


async def test_without_pango_everybody_is_told_and_nobody_waits_again(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "pdf", RENDERER, presses=[Press(command=MISSING)])

    with pytest.raises(PdfUnavailable):
        await ask(printer)
    process = printer._presses[0]._process
    with pytest.raises(PdfUnavailable):
        await ask(printer, "lagi")

    assert process is None and printer._presses[0]._process is None
    assert not drawn(tmp_path)
    await printer.close()


async def test_closing_ends_a_job_at_once(tmp_path: Path) -> None:
    sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
    printer = Printer(tmp_path / "pdf", RENDERER, presses=[Press(command=sleeping)])
    waiting = asyncio.create_task(ask(printer))
    while printer._presses[0]._process is None:
        await asyncio.sleep(0.01)

    await asyncio.wait_for(printer.close(), timeout=5)

    with pytest.raises(Unavailable):
        await waiting
