"""The data folder before the server starts: made, checked, brought up to date."""

import contextlib
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
from sqlalchemy.exc import DatabaseError

import app.schema  # noqa: F401
from app.clock import now
from app.db import Database
from app.identity.actions import found_installation
from app.settings import Settings
from app.sqlite import quick_check

log = logging.getLogger(__name__)
_MIGRATIONS = Path(__file__).with_name("migrations")


class StorageError(Exception):
    """The data folder cannot be used. The text says why and what to do."""


class ServerRunning(StorageError):
    """Another process serves this data folder."""


def prepare(settings: Settings) -> None:
    """Make the folder, migrate the database after a copy of it, check the file. Raises StorageError."""
    _make_folder(settings.data_dir)
    try:
        migrate(settings)
        _check(settings)
    except DatabaseError as error:
        raise _damaged(settings, str(error.orig)) from error


def _check(settings: Settings) -> None:
    db = Database(settings.database)
    try:
        verdict = quick_check(db.readers)
        if verdict != "ok":
            raise _damaged(settings, verdict)
        with db.transaction() as session:
            found_installation(session)
    finally:
        db.stop()


def _damaged(settings: Settings, verdict: str) -> StorageError:
    return StorageError(f"{settings.database} is damaged ({verdict}). Restore the newest copy beside it.")


def migrate(settings: Settings) -> None:
    """Bring the schema up to date. An older file is copied first; a newer one is refused."""
    _make_folder(settings.data_dir)
    config = alembic_config(settings.database)
    scripts = ScriptDirectory.from_config(config)
    present = schema_revision(settings.database)
    newest = scripts.get_current_head()
    if present == newest:
        return
    if present is not None:
        if present not in {script.revision for script in scripts.walk_revisions()}:
            raise StorageError(
                f"{settings.database} was written by a newer Kanvas Mitra ({present}). Please update first."
            )
        copy = settings.data_dir / f"before-{newest}-{now():%Y%m%d-%H%M%S}.db"
        with (
            contextlib.closing(sqlite3.connect(settings.database)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        log.info("Copied the database to %s before migrating", copy.name)
    command.upgrade(config, "head")
    if os.name == "posix":
        settings.database.chmod(0o600)


def _same_schema(settings: Settings) -> None:
    newest = ScriptDirectory.from_config(alembic_config(settings.database)).get_current_head()
    if schema_revision(settings.database) != newest:
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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise StorageError(f"The data folder {folder} cannot be made or written: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise StorageError(f"The data folder {folder} is read-only. Choose another with --data.")
    if shutil.disk_usage(folder).free < 50 * 1024 * 1024:
        raise StorageError(f"There is no room left for {folder}: less than 50 MB are free.")


@contextlib.contextmanager
def only_server(settings: Settings) -> Iterator[None]:
    """Hold the data folder for one server. Raises StorageError while another one has it."""
    _make_folder(settings.data_dir)
    with (settings.data_dir / "server.lock").open("a+") as lock:
        if not _locked(lock):
            raise ServerRunning(f"Another Kanvas Mitra is already running on {settings.data_dir}.")
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
