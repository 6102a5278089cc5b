"""The second folder, usually a USB stick: gets the newest backup, and is missed in words when it is gone.

A thread of its own: a stick may be slow or hang. Only the end of the server waits for it, a little.
"""

import contextlib
import logging
import sqlite3
import threading
from enum import StrEnum
from pathlib import Path

from app.backup.copying import CopyDamaged
from app.backup.folder import BackupFolder, NoRoom
from app.backup.rotation import Backup

log = logging.getLogger(__name__)
LOOK_EVERY = 5.0
LAST_PATIENCE = 8.0


class Second(StrEnum):
    """How the second folder is."""

    NONE = "none"
    WAITING = "waiting"
    GOOD = "good"
    MISSING = "missing"
    FULL = "full"
    FAILED = "failed"


class Mirror:
    """Keeps the newest backups in `parent`, in a folder of this installation's: sticks are shared."""

    def __init__(self, parent: Path, installation: str, first: Path, look_every: float = LOOK_EVERY) -> None:
        """`first` is the folder that is mirrored."""
        self.state = Second.WAITING
        self._parent = parent
        self._folder = BackupFolder(parent / f"kanvas-mitra-{installation}")
        self._look_every = look_every
        self._first = first
        self._was_elsewhere = False
        self._newest: Backup | None = None
        self._wanted = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look after the folder."""
        self._thread = threading.Thread(target=self._run, name="kanvas-mirror", daemon=True)
        self._thread.start()

    def offer(self, newest: Backup) -> None:
        """There is a newer backup."""
        self._newest = newest
        self._wanted.set()

    def stop(self) -> None:
        """Bring what was offered last, unless that takes too long."""
        self._stopping = True
        self._wanted.set()
        if self._thread:
            self._thread.join(LAST_PATIENCE)

    def _run(self) -> None:
        while True:
            self._wanted.wait(self._look_every)
            self._wanted.clear()
            stopping = self._stopping
            self._look()
            if stopping:
                return

    def _look(self) -> None:
        was = self.state
        self.state = self._bring()
        if self.state is not was and self.state not in (Second.GOOD, Second.WAITING):
            log.warning("No backup in %s: %s", self._parent, self.state)

    def _bring(self) -> Second:
        if not self._is_there():
            return Second.MISSING
        newest = self._newest
        try:
            if newest and not (self._folder.path / newest.path.name).exists():
                self._folder.accept(newest)
        except NoRoom:
            return Second.FULL
        except (CopyDamaged, OSError, sqlite3.Error):
            return Second.FAILED if self._is_there() else Second.MISSING
        return Second.GOOD if newest else Second.WAITING

    def _is_there(self) -> bool:
        """Whether the drive is there: an empty mount point stays behind when a stick is pulled out."""
        if not self._parent.is_dir():
            return False
        elsewhere = not on_one_disk(self._parent, self._first)
        if self._was_elsewhere and not elsewhere:
            return False
        self._was_elsewhere = elsewhere
        return True


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether both folders are on the same drive, so that one fault can take both."""
    with contextlib.suppress(OSError):
        return _existing(one).stat().st_dev == _existing(other).stat().st_dev
    return False


def _existing(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)
