"""Connections to one SQLite file: what each kind of them may do, and when its transactions begin."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import QueuePool
from sqlmodel import create_engine


def engine(path: Path, configure: Callable[[sqlite3.Connection], None], begin: str, **pool: Any) -> Engine:
    made = create_engine(
        f"sqlite:///{path.as_posix()}",
        poolclass=QueuePool,
        # A storage error goes to the log; what people wrote does not.
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 5},
        **pool,
    )

    @event.listens_for(made, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions begin deferred, which fails under load; we begin ourselves.
        connection.isolation_level = None
        configure(connection)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made


def configure_writer(connection: sqlite3.Connection) -> None:
    # fullfsync: on macOS a plain fsync stops at the drive's cache.
    # secure_delete: what somebody has erased is not to stay behind in the file.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "fullfsync=1",
        "checkpoint_fullfsync=1",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "secure_delete=ON",
        "journal_size_limit=67108864",
        "wal_autocheckpoint=1000",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def configure_guest(connection: sqlite3.Connection) -> None:
    # A command beside a running server writes a row and leaves; checkpoints are the server's alone.
    configure_writer(connection)
    connection.execute("PRAGMA wal_autocheckpoint=0").close()


def configure_reader(connection: sqlite3.Connection) -> None:
    for pragma in (
        "busy_timeout=5000",
        "query_only=1",
        "wal_autocheckpoint=0",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
