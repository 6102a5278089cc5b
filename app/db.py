"""The database: short read sessions, and one writer thread that commits in groups.

A server writes and checkpoints through exactly one connection, so nobody waits for a lock and the WAL-reset
bug of SQLite < 3.51.3 finds no second writer; a command beside it writes a row and never checkpoints. Up to
`GROUP` queued actions share one transaction and one fsync, each undone by itself; callers are answered
and watchers nudged after the COMMIT, never before.
"""

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from app.errors import N_, Unavailable
from app.sqlite import configure_guest, configure_reader, configure_writer, engine

P = ParamSpec("P")
T = TypeVar("T")

GROUP = 64
WAITING = 4096
# What one action did wrong, as opposed to a disk that fails everybody.
_OWN_FAULTS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError)
log = logging.getLogger(__name__)


class Topic(NamedTuple):
    """Something people watch: a canvas, a workshop or a participant's own access."""

    kind: str
    id: str


class StorageUnavailable(Unavailable):
    """The write could not be made durable (disk full, read-only, locked). Nothing happened; try again."""

    code = "storage_unavailable"
    message = N_("The server cannot write to its disk, which may be full. Please tell the facilitator.")

    def __init__(self, reason: str) -> None:
        super().__init__(retry_after=2)
        self.reason = reason


def touch(session: Session, topic: Topic) -> None:
    """Say that `topic` changed in this transaction; its watchers are nudged after the commit."""
    session.info.setdefault("touched", set()).add(topic)


class _Job(NamedTuple):
    action: Callable[[Session], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class Database:
    """One SQLite file. `on_commit` gets the touched topics, on the event loop, after each commit.

    `beside_a_server`: another process serves this file, and only it may checkpoint.
    """

    def __init__(
        self,
        path: Path,
        on_commit: Callable[[Iterable[Topic]], None] = lambda topics: None,
        *,
        beside_a_server: bool = False,
    ) -> None:
        self.path = path
        self._beside_a_server = beside_a_server
        self.on_commit = on_commit
        self.readers = engine(path, configure_reader, "BEGIN", pool_size=8, max_overflow=32)
        configure = configure_guest if beside_a_server else configure_writer
        self.writer = engine(path, configure, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self._jobs: queue.Queue[_Job | None] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent snapshot. Keep it short: a long reader lets the WAL grow.

        Raises StorageUnavailable when the file cannot be read.
        """
        with Session(self.readers, expire_on_commit=False) as session:
            try:
                yield session
            except (OperationalError, NoConnectionFree) as error:
                log.error("The database could not be read: %s", error)
                raise StorageUnavailable(str(error)) from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """A write session for commands, outside the server: commits at the end, or rolls back and raises."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @property
    def readers_in_use(self) -> int:
        """Read sessions open at this moment."""
        return self.readers.pool.checkedout()  # type: ignore[attr-defined,no-any-return]

    def start(self) -> None:
        """Start the writer thread."""
        self._thread = threading.Thread(target=self._run, name="kanvas-writer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, fold the WAL into the database file, close everything."""
        if self._thread:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None
        self.readers.dispose()
        if not self._beside_a_server:
            self._fold_wal()
        self.writer.dispose()

    def _fold_wal(self) -> None:
        with contextlib.suppress(DBAPIError), self.writer.connect() as connection:
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    async def write(
        self, action: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `action` in the writer thread; return its result once it is durable.

        Raises what the action raised, or StorageUnavailable.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        try:
            self._jobs.put_nowait(_Job(lambda session: action(session, *args, **kwargs), future, loop))
        except queue.Full:
            raise StorageUnavailable("too many writes are waiting") from None
        # A client that hangs up must not cancel work that may already be committed.
        return await asyncio.shield(future)

    def _run(self) -> None:
        with self.writer.connect() as connection:
            while (first := self._jobs.get()) is not None:
                batch = [first]
                stop = False
                while len(batch) < GROUP and not self._jobs.empty():
                    job = self._jobs.get()
                    if job is None:
                        stop = True
                        break
                    batch.append(job)
                self._commit_group(connection, batch)
                if stop:
                    return

    def _commit_group(self, connection: Connection, batch: list[_Job]) -> None:
        touched: set[Topic] = set()
        outcomes: list[tuple[_Job, Any, BaseException | None]] = []
        try:
            with Session(connection, expire_on_commit=False) as session, session.begin():
                for job in batch:
                    scope = session.begin_nested() if len(batch) > 1 else _alone(session)
                    outcomes.append((job, *_attempt(session, scope, job, touched)))
        except (DBAPIError, sqlite3.Error) as error:
            log.error("A group of %d writes was not stored: %s", len(batch), error)
            _abandon(connection)
            touched.clear()
            outcomes = [(job, None, StorageUnavailable(str(error))) for job in batch]
        except Exception:
            log.exception("The writer met an unexpected error")
            touched.clear()
            outcomes = [(job, None, StorageUnavailable("internal error")) for job in batch]
        loop = batch[0].loop
        with contextlib.suppress(RuntimeError):  # the loop may be closed when a test ends
            loop.call_soon_threadsafe(self._deliver, outcomes, touched)

    def _deliver(self, outcomes: list[tuple[_Job, Any, BaseException | None]], touched: set[Topic]) -> None:
        # First, so that the room does not wait for the answers to be put together.
        if touched:
            self.on_commit(touched)
        for job, result, error in outcomes:
            if job.future.done():
                continue
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)


@contextlib.contextmanager
def _alone(session: Session) -> Iterator[None]:
    """A scope for the only action of a group: it needs no savepoint, the whole transaction is its own."""
    try:
        yield
        session.flush()
    except BaseException:
        session.rollback()
        raise


def _attempt(
    session: Session, scope: AbstractContextManager[Any], job: _Job, touched: set[Topic]
) -> tuple[Any, BaseException | None]:
    """One action in its own scope: a refusal undoes only itself. Storage errors spoil the whole group."""
    session.info["touched"] = set()
    try:
        with scope:
            result = job.action(session)
    except DBAPIError as error:
        if not isinstance(error.orig, _OWN_FAULTS):
            raise
        return None, error
    except sqlite3.Error:
        raise
    except Exception as error:
        return None, error
    touched |= session.info["touched"]
    return result, None


def _abandon(connection: Connection) -> None:
    # A COMMIT that fails leaves the transaction open, and SQLAlchemy believes it is over.
    with contextlib.suppress(DBAPIError, sqlite3.Error):
        connection.connection.rollback()
