"""The data folder before the server starts: made, checked, brought up to date."""

import contextlib
import functools
import logging
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

import app.schema  # noqa: F401
from app.backup.copying import CopyDamaged
from app.backup.folder import BackupFolder
from app.backup.rotation import Reason
from app.backup.trouble import damage, damaged, missing
from app.db import Database
from app.identity.actions import found_installation
from app.places import unsuitable
from app.settings import Settings

log = logging.getLogger(__name__)
OLDEST_SQLITE = (3, 35)  # RETURNING, and what migrations may use
# Below this backups and notes may soon not fit, and whoever runs the workshop is told.
LOW_DISK = 200 * 1024**2
NEEDED_ROOM = 50 * 1024**2
RESERVE = 1024**2
_LITTLE = f"less than {NEEDED_ROOM // 1024**2} MB are free."
_MIGRATIONS = Path(__file__).with_name("migrations")


class StorageError(Exception):
    """The data folder cannot be used. The text says why and what to do."""


class NoRoom(StorageError):
    """The disk is full, or refuses to be written for another reason."""


class ServerRunning(StorageError):
    """Another process serves this data folder."""


def free_room(database: Path) -> int:
    """Bytes free on the disk of this file."""
    return shutil.disk_usage(database.parent).free


def prepare(settings: Settings) -> None:
    """Make the folder, check the database, migrate it after a backup. Raises StorageError."""
    make_folder(settings)
    reserve = settings.data_dir / "reserve"
    try:
        _prepare(settings)
    except NoRoom:
        if not reserve.exists():
            raise
        # A disk that is full to the last byte has no place even for reading.
        reserve.unlink()
        _prepare(settings)
    free = shutil.disk_usage(settings.data_dir).free
    if free < NEEDED_ROOM:
        log.warning("There is hardly any room left for %s: %s", settings.data_dir, _LITTLE)
    if free > 10 * RESERVE and not reserve.exists():
        reserve.write_bytes(os.urandom(RESERVE))


def _prepare(settings: Settings) -> None:
    folder = BackupFolder(settings.backups)
    with _in_words(settings.database, folder):
        if trouble := missing(settings.database, folder):
            raise StorageError(trouble)
        if settings.database.exists() and (trouble := damage(settings.database, folder)):
            raise StorageError(trouble)
        migrate(settings)
        db = Database(settings.database)
        try:
            with db.transaction() as session:
                found_installation(session)
        finally:
            db.stop()


@contextlib.contextmanager
def _in_words(database: Path, folder: BackupFolder) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _explained(database, folder, error.orig or error) from error
    except sqlite3.Error as error:
        raise _explained(database, folder, error) from error


def _explained(database: Path, folder: BackupFolder, error: BaseException) -> StorageError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StorageError(damaged(database, folder, str(error)))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return StorageError(
                f"{database} cannot be written ({error}). Is it write-protected, or somebody else's file?"
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StorageError(f"Another program uses {database} ({error}). Close it and start again.")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return NoRoom(f"The disk refuses {database} ({error}). Is it full? Make room and start again.")
    return StorageError(f"{database} cannot be used: {error}")


def migrate(settings: Settings) -> None:
    """Bring the schema up to date. An older file is backed up first; a newer one is refused."""
    present = schema_revision(settings.database)
    if not needs_migration(settings.database, present):
        return
    if present is not None:
        try:
            made = BackupFolder(settings.backups).take(settings.database, Reason.UPDATE)
        except (CopyDamaged, OSError, sqlite3.Error) as error:
            raise StorageError(
                f"No backup could be made before the update, so nothing was updated: {error}"
            ) from error
        if made:
            log.info("Backed the database up to %s before updating it", made.path)
    command.upgrade(alembic_config(settings.database), "head")
    if os.name == "posix":
        settings.database.chmod(0o600)


def needs_migration(database: Path, present: str | None) -> bool:
    """Whether the schema of `database` is older than this program. Raises StorageError when it is newer."""
    scripts = _scripts()
    known = {script.revision for script in scripts.walk_revisions()}
    if present is not None and present not in known:
        raise StorageError(
            f"{database} was written by a newer Kanvas Mitra ({present}). Please update first."
        )
    return present != scripts.get_current_head()


@functools.cache
def _scripts() -> ScriptDirectory:
    """What there is in app/migrations. On which database an upgrade works is for `alembic_config` to say."""
    return ScriptDirectory(str(_MIGRATIONS))


def _same_schema(settings: Settings) -> None:
    if schema_revision(settings.database) != _scripts().get_current_head():
        raise StorageError(
            f"Another version of Kanvas Mitra is running on {settings.data_dir}. Stop it first."
        )


def schema_revision(database: Path) -> str | None:
    """The schema's revision in a database file; None for a new one."""
    if not database.exists() or not database.stat().st_size:
        return None
    engine = create_engine(f"sqlite:///{database.as_posix()}")
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return revision


def alembic_config(database: Path) -> Config:
    """Alembic's configuration for a database file, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["database"] = database
    return config


def make_folder(settings: Settings) -> None:
    """The data folder, for its owner only. Raises StorageError where notes would not be safe."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise StorageError(f"The data folder {folder} cannot be made or written: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise StorageError(f"The data folder {folder} is read-only. Choose another with --data.")
    if kind := unsuitable(folder):
        raise StorageError(
            f"The data folder {folder} lies in {kind}, where notes get lost."
            " Choose a folder on this computer's own disk with --data, and move what is there with it."
        )
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old. Please install a newer Python.")
    if not settings.database.exists() and shutil.disk_usage(folder).free < NEEDED_ROOM:
        raise StorageError(f"There is no room left for {folder}: {_LITTLE}")


@contextlib.contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Hold the data folder for one server. Raises StorageError while another one has it."""
    make_folder(settings)
    with (settings.data_dir / "server.lock").open("a+") as lock:
        if not _locked(lock):
            raise ServerRunning(
                f"Another Kanvas Mitra is already running on {settings.data_dir}.\n"
                "Kanvas Mitra sudah berjalan: lihat jendela terminal yang lain."
            )
        yield


def _locked(lock: IO[str]) -> bool:
    """Whether we got the lock; the system drops it when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database for one command: prepared when nobody serves it, as a guest beside a running server."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(only_server(settings))
            prepare(settings)
            db = Database(settings.database)
        except ServerRunning:
            _same_schema(settings)
            db = Database(settings.database, beside_a_server=True)
        held.callback(db.stop)
        yield db
