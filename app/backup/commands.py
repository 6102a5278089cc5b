"""What `kanvas backup` and `kanvas restore` without a file do and say."""

import sqlite3
from pathlib import Path

from app.backup.copying import CopyDamaged, copy_database
from app.backup.folder import BackupFolder
from app.backup.inspection import inspect
from app.backup.rotation import Reason
from app.settings import Settings
from app.storage import StorageError

_LISTED = 20


def back_up(settings: Settings, to: Path | None) -> str:
    """Make a backup beside a running server or without one; say where it is. Raises StorageError."""
    if not settings.database.is_file():
        raise StorageError(f"There is no database in {settings.data_dir}.")
    if to and not to.is_dir() and to.exists():
        raise StorageError(f"{to} exists already. Choose another name.")
    try:
        if to:
            target = BackupFolder(to).free_name(Reason.HAND) if to.is_dir() else to
            copy_database(settings.database, target)
            return f"Backed up to {target}."
        folder = BackupFolder(settings.backups)
        made = folder.take(settings.database, Reason.HAND)
    except CopyDamaged as error:
        raise StorageError(f"No backup was made: the database is damaged ({error}).") from error
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"No backup was made: {error}.") from error
    if made is None:
        return f"Nothing has changed since {folder.backups()[0].path}."
    return f"Backed up to {made.path}."


def listing(settings: Settings) -> str:
    """The backups there are, newest first, as somebody needs to see them to choose one."""
    folder = BackupFolder(settings.backups)
    backups = folder.backups()
    if not backups:
        return f"There are no backups in {folder.path}. Look on your USB stick: kanvas restore FILE"
    lines = [f"Backups in {folder.path}, newest first. To return to one: kanvas restore NAME"]
    for one in backups[:_LISTED]:
        lines.append(f"  {one.path.name:36}  {one.at:%Y-%m-%d %H:%M}  {_content(one.path)}")
    return "\n".join(lines)


def _content(file: Path) -> str:
    try:
        found = inspect(file)
    except sqlite3.Error as error:
        return str(error)
    if found.problem or not found.is_ours:
        return "damaged"
    return f"{found.count('workshop')} workshops, {found.count('note')} notes"
