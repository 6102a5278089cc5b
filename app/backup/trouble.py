"""What is wrong with a data folder when a server starts, and the way back to the newest good backup."""

import contextlib
import logging
import sqlite3
import sys
from pathlib import Path

from app.backup.folder import BackupFolder
from app.backup.inspection import disagreements, inspect, is_older

log = logging.getLogger(__name__)


def missing(database: Path, folder: BackupFolder) -> str | None:
    """Why an empty database must not be made here: there was one. None for a folder that is really new."""
    if database.exists() and database.stat().st_size:
        return None
    log_file = database.with_name(f"{database.name}-wal")
    if log_file.exists() and log_file.stat().st_size:
        return f"{database} is missing, but {log_file.name} with its newest notes is there." + way_back(
            folder
        )
    if folder.newest_good():
        return f"{database} is missing or empty, but there are backups of it." + way_back(folder)
    return None


def damage(database: Path, folder: BackupFolder) -> str | None:
    """Why the database must not be served: it is damaged, somebody else's, or older than its own backups.

    Raises sqlite3.Error when it cannot be read now.
    """
    found = inspect(database)
    if found.problem:
        return damaged(database, folder, found.problem)
    if found.rows and not found.is_ours:
        return f"{database} is not a database of Kanvas Mitra. Choose another folder with --data."
    if found.is_ours:
        if behind := _behind(database, folder):
            return behind
        if different := disagreements(database):
            log.warning(
                "%d notes or canvases in %s are not what their history says. They are shown as they are.%s",
                different,
                database,
                way_back(folder),
            )
    return None


def damaged(database: Path, folder: BackupFolder, words: str) -> str:
    """What to say of a database that SQLite calls damaged."""
    return f"{database} is damaged ({words}). Nothing was changed." + way_back(folder)


def way_back(folder: BackupFolder) -> str:
    """How to return to the newest good backup, in both languages: whoever reads this is in a hurry."""
    newest = folder.newest_good()
    if newest is None:
        return (
            f"\nThere is no good backup in {folder.path}; look for one on a USB stick: kanvas restore FILE"
            f"\nTidak ada cadangan di sana; cari di USB, lalu: kanvas restore BERKAS"
        )
    return (
        f"\nThe newest good backup is of {newest.at:%Y-%m-%d %H:%M}. To return to it:"
        f"\nCadangan terakhir yang baik: {newest.at:%Y-%m-%d %H.%M}. Untuk kembali ke sana:"
        f"\n    {restoring(folder, newest.path)}"
    )


def restoring(folder: BackupFolder, file: Path) -> str:
    """The command to copy as it stands: the data may lie anywhere, and `kanvas` is not on the path."""
    program = Path(sys.executable).with_name("kanvas")
    with contextlib.suppress(ValueError):
        program = program.relative_to(Path.cwd())
    return f'{program} restore --data "{folder.path.parent}" "{file}"'


def _behind(database: Path, folder: BackupFolder) -> str | None:
    newest = next(iter(folder.backups()), None)
    try:
        if newest is None or not is_older(database, newest.path):
            return None
    except sqlite3.Error:
        return None
    return (
        f"{database} lacks notes that its own backup has. Was an older copy put there,"
        f" or {database.name} moved without {database.name}-wal? Nothing was changed."
        + way_back(folder)
        + f"\nTo go on with this older file all the same:\n    {restoring(folder, database)}"
    )
