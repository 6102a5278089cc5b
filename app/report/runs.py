"""Books on their way: one after the other, each on a press of its own, to be watched, cancelled and fetched.

They live in this process only: after a restart nobody knows them any more, and their page says so. Finished
ones lie on the shelf.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum

from app.errors import Unavailable
from app.export.pdf import CanvasPdf, PdfQueueFull
from app.export.press import PdfFailed, Press
from app.export.shelf import Shelf
from app.ids import new_id
from app.report.books import Manuscript

WAITING = 4
KEPT = 30


class RunState(StrEnum):
    """How far a book is."""

    WAITING = "waiting"
    DRAWING = "drawing"
    BINDING = "binding"
    READY = "ready"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(slots=True, eq=False)
class Run:
    """One book. Its own thread changes it, everybody's pages read it; `done` of `count` canvases are set."""

    manuscript: Manuscript
    press: Press
    id: str = field(default_factory=new_id)
    state: RunState = RunState.WAITING
    done: int = 0
    problem: Unavailable | None = None

    @property
    def workshop_id(self) -> str:
        return self.manuscript.edition.canvas_id

    @property
    def count(self) -> int:
        return len(self.manuscript.book.canvases)

    @property
    def is_under_way(self) -> bool:
        return self.state in (RunState.WAITING, RunState.DRAWING, RunState.BINDING)

    def advance(self, done: int) -> None:
        """One more canvas is set."""
        self.done = done
        if done == self.count and self.is_under_way:
            self.state = RunState.BINDING


class Runs:
    """All of them. Who asks for what is already on its way gets that one."""

    def __init__(self, shelf: Shelf, press: Callable[[], Press] = Press) -> None:
        self._shelf = shelf
        self._press = press
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="book")

    def begin(self, manuscript: Manuscript) -> Run:
        """Have a book made, unless it is on its way or lies there. Raises PdfQueueFull."""
        on_shelf = self._shelf.get(manuscript.edition) is not None
        with self._lock:
            for run in self._runs.values():
                if run.manuscript.edition == manuscript.edition and run.is_under_way:
                    return run
            if not on_shelf and sum(run.is_under_way for run in self._runs.values()) >= WAITING:
                raise PdfQueueFull(retry_after=30)
            run = Run(manuscript, self._press())
            self._runs[run.id] = run
            self._forget()
            if on_shelf:
                run.state, run.done = RunState.READY, run.count
            else:
                self._thread.submit(self._make, run)
        return run

    def find(self, workshop_id: str, run_id: str) -> Run | None:
        """A run of this workshop, while this process knows it."""
        run = self._runs.get(run_id)
        return run if run and run.workshop_id == workshop_id else None

    def cancel(self, run: Run) -> None:
        """Stop at once, wherever it is; what is finished stays."""
        if run.is_under_way:
            run.state = RunState.CANCELLED
            run.press.stop()

    def forget(self, workshop_id: str) -> None:
        """Stop and take away everything that shows a workshop: something in it is to be seen no more."""
        for run in list(self._runs.values()):
            if run.workshop_id == workshop_id:
                self.cancel(run)
                run.state = RunState.CANCELLED
        with self._lock:
            self._shelf.forget(workshop_id)

    def pdf(self, run: Run) -> CanvasPdf | None:
        """The finished book; None while it is not, and once it had to make room on the shelf."""
        edition = run.manuscript.edition
        content = self._shelf.get(edition) if run.state is RunState.READY else None
        return CanvasPdf(content, f'"{edition.digest}"', run.manuscript.file_name) if content else None

    def close(self) -> None:
        """Stop them all."""
        for run in list(self._runs.values()):
            self.cancel(run)
        self._thread.shutdown(cancel_futures=True)

    def _make(self, run: Run) -> None:
        if run.state is RunState.CANCELLED:
            return
        run.state = RunState.DRAWING
        try:
            content = run.manuscript.book.draw(run.press, run.advance)
        except Unavailable as problem:
            self._fail(run, problem)
        except Exception:
            logging.getLogger(__name__).exception("a book could not be made")
            self._fail(run, PdfFailed())
        else:
            with self._lock:
                if run.is_under_way:
                    self._shelf.put(run.manuscript.edition, content)
                    run.state = RunState.READY
        finally:
            run.press.close()

    def _fail(self, run: Run, problem: Unavailable) -> None:
        if run.is_under_way:  # a cancelled one fails too: its press was taken away
            run.state, run.problem = RunState.FAILED, problem

    def _forget(self) -> None:
        """The oldest that are over. Dictionaries keep their order."""
        over = [run.id for run in self._runs.values() if not run.is_under_way]
        for run_id in over[: max(0, len(self._runs) - KEPT)]:
            del self._runs[run_id]
