"""Finished PDFs on disk, so that one revision of a canvas is drawn once."""

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_CAPACITY = 200 * 1024**2
_NAME = re.compile(r"[0-9A-Za-z_]+")


@dataclass(frozen=True, slots=True)
class Edition:
    """What makes two PDFs the same: `digest` covers every word on the page and the recipe for drawing it."""

    canvas_id: str
    revision: int
    paper: str
    locale: str
    digest: str

    @property
    def file_name(self) -> str:
        # An id from a file may hold anything; on the shelf it is only a name.
        canvas = "".join(_NAME.findall(self.canvas_id)) or "canvas"
        return f"{canvas}-{self.revision}-{self.paper}-{self.locale}-{self.digest}.pdf"


class Shelf:
    """A folder that keeps each canvas's newest revision, and not more than `capacity` bytes in all."""

    def __init__(self, folder: Path, capacity: int = _CAPACITY) -> None:
        self._folder = folder
        self._capacity = capacity

    def get(self, edition: Edition) -> bytes | None:
        """The PDF of an edition, if it is still there."""
        path = self._folder / edition.file_name
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def put(self, edition: Edition, pdf: bytes) -> None:
        """Keep a PDF; a full disk only means that it will be drawn again."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(edition, pdf)
            self._discard(edition)

    def forget(self, canvas_id: str) -> None:
        """Keep nothing of this canvas or workshop any more."""
        named = Edition(canvas_id, 0, "", "", "").file_name.split("-")[0]
        for path in self._folder.glob(f"{named}-*.pdf"):
            path.unlink(missing_ok=True)

    def _write(self, edition: Edition, pdf: bytes) -> None:
        handle, unfinished = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            Path(unfinished).replace(self._folder / edition.file_name)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def _discard(self, newest: Edition) -> None:
        canvas, revision, paper, locale, _ = newest.file_name.split("-")
        for path in self._folder.glob(f"{canvas}-*.pdf"):
            older = not path.name.startswith(f"{canvas}-{revision}-")
            replaced = path.name.startswith(f"{canvas}-{revision}-{paper}-{locale}-")
            if older or (replaced and path.name != newest.file_name):
                path.unlink(missing_ok=True)
        room = self._capacity
        for path in sorted(self._folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True):
            room -= path.stat().st_size
            if room < 0:
                path.unlink(missing_ok=True)
