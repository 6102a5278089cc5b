"""Putting a backup in the place of the database, so that at every moment one of the two is whole."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from alembic import command

from app.backup.copying import CopyDamaged, copy_database, sync_file, sync_folder
from app.backup.folder import BackupFolder
from app.backup.inspection import Inspection
from app.clock import now
from app.db import Database
from app.identity.actions import renew_epoch
from app.settings import Settings
from app.storage import StorageError, alembic_config, make_folder, needs_migration, only_server

_PARTS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What is there now, and where the database that was there before has gone, if there was one."""

    file: Path
    workshops: int
    notes: int
    set_aside: Path | None


def restore(settings: Settings, wanted: Path) -> Restored:
    """Replace the database by the backup `wanted`, a file or the name of one in the backup folder.

    It is checked, brought to the present schema and given a new epoch, whereupon browsers read everything
    anew and offer again what it lacks. Raises StorageError: then the database is as it was.
    """
    file = _found(settings, wanted)
    with only_server(settings):
        make_folder(settings)
        fresh = settings.data_dir / f"{settings.database.name}.restored"
        try:
            holds = _made_ready(file, fresh)
            aside = _set_aside(settings)
            _put_in_place(fresh, settings.database, aside)
        finally:
            for part in _PARTS:
                with contextlib.suppress(OSError):
                    Path(f"{fresh}{part}").unlink(missing_ok=True)
    return Restored(file, holds.count("workshop"), holds.count("note"), aside)


def _found(settings: Settings, wanted: Path) -> Path:
    for file in (wanted, BackupFolder(settings.backups).path / wanted.name):
        if file.is_file():
            return file
    raise StorageError(f"There is no file {wanted}. `kanvas restore` without a file lists the backups.")


def _made_ready(file: Path, fresh: Path) -> Inspection:
    try:
        holds = copy_database(file, fresh)
    except CopyDamaged as error:
        raise StorageError(
            f"{file} is damaged ({error}). Nothing was changed; try an older backup."
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{file} cannot be read or copied ({error}). Nothing was changed.") from error
    if not holds.is_ours:
        raise StorageError(f"{file} is not a database of Kanvas Mitra. Nothing was changed.")
    if needs_migration(file, holds.schema):
        command.upgrade(alembic_config(fresh), "head")
    db = Database(fresh)
    try:
        with db.transaction() as session:
            renew_epoch(session)
    finally:
        db.stop()
    sync_file(fresh)
    return holds


def _put_in_place(fresh: Path, database: Path, aside: Path | None) -> None:
    try:
        fresh.replace(database)
    except OSError as error:
        for part in aside.iterdir() if aside else ():
            part.replace(database.parent / part.name)
        raise StorageError(f"{database} cannot be replaced ({error}). Nothing was changed.") from error
    sync_folder(database.parent)


def _set_aside(settings: Settings) -> Path | None:
    """Move the database away, with its log, without opening it: it may be damaged."""
    parts = [Path(f"{settings.database}{part}") for part in _PARTS]
    if not any(part.exists() for part in parts):
        return None
    folder = settings.backups / f"replaced-{now().astimezone():%Y%m%d-%H%M%S}"
    while folder.exists():
        folder = folder.with_name(f"{folder.name}x")
    folder.mkdir(mode=0o700, parents=True)
    # The database first: interrupted now, the next start finds it missing and says what to do.
    for part in parts:
        if part.exists():
            part.replace(folder / part.name)
    sync_folder(folder)
    return folder
