"""Backups while a server runs: every ten minutes with news, at a workshop's end, and at its own."""

import errno
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.backup.copying import CopyDamaged
from app.backup.folder import BackupFolder, NoRoom
from app.backup.inspection import reading
from app.backup.mirror import Mirror, Second
from app.backup.rotation import Reason

log = logging.getLogger(__name__)
LOOK_EVERY = 5.0
# Pages close and open again all the time; a room that stays empty so long has gone home.
EMPTY_FOR = 60.0
TRY_AGAIN = 60.0


@dataclass(frozen=True, slots=True)
class BackupState:
    """The newest backup of this database, and what stands in the way of the next one: "no_room", "damaged",
    "failed" or nothing.
    """

    at: datetime | None
    problem: str = ""
    second: Second = Second.NONE

    @property
    def is_well(self) -> bool:
        """Whether nothing needs the facilitator's attention."""
        return not self.problem and self.second in (Second.NONE, Second.WAITING, Second.GOOD)


class BackupKeeper:
    """Looks every few seconds whether a backup is due. `present` says how many pages are open."""

    def __init__(
        self,
        database: Path,
        folder: BackupFolder,
        present: Callable[[], int],
        *,
        every: float,
        mirror: Mirror | None = None,
        look_every: float = LOOK_EVERY,
        empty_for: float = EMPTY_FOR,
    ) -> None:
        self._database = database
        self._folder = folder
        self._present = present
        self._every = every
        self._mirror = mirror
        self._look_every = min(look_every, every)
        self._empty_for = empty_for
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        newest = next(iter(folder.backups()), None)
        self._state = BackupState(newest.at if newest else None)
        if mirror and newest:
            mirror.offer(newest)

    @property
    def state(self) -> BackupState:
        """How the backups are."""
        return replace(self._state, second=self._mirror.state if self._mirror else Second.NONE)

    def start(self) -> None:
        """Begin to look."""
        self._folder.tidy()
        if self._mirror:
            self._mirror.start()
        self._thread = threading.Thread(target=self._run, name="kanvas-backup", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Stop looking; a backup under way is finished. The database may then be closed."""
        self._stopping.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def stop(self) -> None:
        """Make the last backup, of the closed database."""
        self.pause()
        self._take(Reason.STOP)
        if self._mirror:
            self._mirror.stop()

    def _run(self) -> None:
        tried = time.monotonic()
        while not self._stopping.is_set():
            try:
                with reading(self._database) as connection:
                    self._look(_Signs(connection), tried)
            except sqlite3.Error as error:
                log.warning("The backups could not look at the database: %s", error)
            except Exception:
                # Without this thread there would be no further backup, and nobody would know.
                log.exception("The backups met an unexpected error")
                self._state = replace(self._state, problem="failed")
            self._stopping.wait(self._look_every)

    def _look(self, signs: "_Signs", tried: float) -> None:
        while not self._stopping.wait(self._look_every):
            every = min(self._every, TRY_AGAIN) if self._state.problem else self._every
            overdue = time.monotonic() - tried >= every
            ended = signs.has_ended(self._present(), self._empty_for)
            if signs.changed and (ended or overdue):
                tried = time.monotonic()
                signs.changed = not self._take(Reason.END if ended else Reason.AUTO)

    def _take(self, reason: Reason) -> bool:
        """Whether everything that was there is in a backup now."""
        try:
            made = self._folder.take(self._database, reason)
        except (CopyDamaged, OSError, sqlite3.Error) as error:
            self._state = replace(self._state, problem=_problem(error))
            log.error("No backup could be made: %s", error)
            return False
        self._state = BackupState(made.at if made else self._state.at)
        if made and self._mirror:
            self._mirror.offer(made)
        return True


class _Signs:
    """What the database and the room say between two backups."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.changed = True  # nobody knows what was there before
        self._connection = connection
        self._version = self._ask("PRAGMA data_version")
        self._closed = self._ask(_CLOSED)
        self._somebody_came = False
        self._empty_since: float | None = None

    def has_ended(self, present: int, empty_for: float) -> bool:
        """Whether a workshop has ended since the last look: joining was closed, or everybody has left."""
        version = self._ask("PRAGMA data_version")
        if version != self._version:
            self._version, self.changed = version, True
        before, self._closed = self._closed, self._ask(_CLOSED)
        return self._closed > before or self._everybody_left(present, empty_for)

    def _everybody_left(self, present: int, empty_for: float) -> bool:
        if present:
            self._somebody_came, self._empty_since = True, None
            return False
        if not self._somebody_came:
            return False
        self._empty_since = self._empty_since or time.monotonic()
        if time.monotonic() - self._empty_since < empty_for:
            return False
        self._somebody_came, self._empty_since = False, None
        return True

    def _ask(self, question: str) -> int:
        return int(self._connection.execute(question).fetchone()[0])


def _problem(error: Exception) -> str:
    if isinstance(error, CopyDamaged):
        return "damaged"
    full = isinstance(error, NoRoom) or getattr(error, "errno", None) == errno.ENOSPC
    if full or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
        return "no_room"
    return "failed"


_CLOSED = "SELECT count(*) FROM workshop WHERE NOT joining_open"
