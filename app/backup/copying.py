"""A consistent copy of a database in use: checked and on the disk before it has its name."""

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

from app.backup.inspection import Inspection, count_rows, inspect, is_damage, reading

UNFINISHED = ".part"


class CopyDamaged(Exception):
    """The copy is not whole, or lacks rows: so is what was copied, or the disk it went to. Says what."""


def copy_database(source: Path, target: Path) -> Inspection:
    """Copy `source` to the new file `target` and say what it holds, while others read and write `source`.

    Raises CopyDamaged, sqlite3.Error or OSError; then there is no `target`.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        # Notes are for their owner's eyes: not readable for others for a moment either.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        rows = _copy(source, unfinished)
        found = inspect(unfinished)
        if found.problem:
            raise CopyDamaged(found.problem)
        if found.rows != rows:
            raise CopyDamaged("rows are missing")
        keep(unfinished, target)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise CopyDamaged(str(error)) from error
        raise
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return found


def _copy(source: Path, target: Path) -> tuple[tuple[str, int], ...]:
    with reading(source) as here, contextlib.closing(sqlite3.connect(target, isolation_level=None)) as there:
        # One snapshot for the rows and for the pages; in WAL mode it keeps no writer waiting.
        here.execute("BEGIN")
        rows = count_rows(here)
        there.execute("PRAGMA synchronous=OFF").close()
        here.backup(there)
        here.execute("ROLLBACK")
        # One file and nothing beside it, which also opens on a stick that cannot be written.
        there.execute("PRAGMA journal_mode=DELETE").close()
    return rows


def keep(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, once it is on the disk; nobody ever sees half of it."""
    sync_file(unfinished)
    unfinished.replace(target)
    sync_folder(target.parent)


def sync_file(file: Path) -> None:
    """Return when the content of `file` is on the disk."""
    with file.open("rb+") as opened:
        if sys.platform == "darwin":
            import fcntl

            # fsync stops at the drive's cache there.
            with contextlib.suppress(OSError):
                fcntl.fcntl(opened, fcntl.F_FULLFSYNC)
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk, where a system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some drives refuse it for folders
            os.fsync(handle)
    finally:
        os.close(handle)
