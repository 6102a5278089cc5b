"""What a database file holds, and whether it is whole. Reads only, and never makes a file."""

import contextlib
import functools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, table
from sqlalchemy.dialects import sqlite

_OURS = {"alembic_version", "installation", "workshop", "canvas", "note", "change"}
_MOST_WORDS = 200
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


@dataclass(frozen=True, slots=True)
class Inspection:
    """`problem` is empty for a whole file, else what SQLite says of it. `rows` counts each table."""

    problem: str
    schema: str | None = None
    epoch: str | None = None
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether this is a database of Kanvas Mitra at all."""
        return {name for name, _ in self.rows} >= _OURS

    def count(self, name: str) -> int:
        """The rows of a table; 0 where there is none."""
        return dict(self.rows).get(name, 0)


@contextlib.contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads, checkpoints nothing, and never makes a missing file. Raises sqlite3.Error."""
    where = file.resolve().as_uri()
    connection = sqlite3.connect(f"{where}?mode=rw", uri=True, isolation_level=None, timeout=5)
    try:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NOT_WRITABLE:
                raise
            # On a stick that cannot be written, a file in WAL mode opens only like this.
            connection.close()
            connection = sqlite3.connect(f"{where}?mode=ro&immutable=1", uri=True, isolation_level=None)
        for pragma in ("query_only=1", "wal_autocheckpoint=0", "trusted_schema=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.text_factory = lambda words: words.decode(errors="replace")
        yield connection
    except UnicodeDecodeError as error:
        # SQLite's own words quote what it found in a damaged file.
        damage = sqlite3.DatabaseError("malformed words")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from error
    finally:
        connection.close()


def inspect(file: Path) -> Inspection:
    """What `file` holds, after a look at every page and every index: 30 ms for 10 MB.

    Raises sqlite3.Error for a file that cannot be read at all now, whole or not.
    """
    try:
        with reading(file) as connection:
            # Not quick_check: a damaged index would hand out ids that no note has.
            verdict = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
            if verdict != "ok":
                return Inspection(_short(verdict))
            rows = count_rows(connection)
            names = {name for name, _ in rows}
            schema = _only(connection, _SCHEMA) if "alembic_version" in names else None
            return Inspection("", schema, _only(connection, _EPOCH) if schema else None, rows)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return Inspection(_short(str(error)))


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite complains of the file itself, and not of the disk or of somebody who locks it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def count_rows(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """How many rows each table has."""
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    names = [str(name) for (name,) in listed.fetchall()]
    return tuple((name, int(connection.execute(_count(name)).fetchone()[0])) for name in names)


def is_older(file: Path, backup: Path) -> bool:
    """Whether `file` lacks changes that `backup`, made of the same database, has. Raises sqlite3.Error."""
    with reading(file) as present, reading(backup) as before:
        if _only(present, _EPOCH) != _only(before, _EPOCH):
            return False
        now, then = (dict(one.execute(_REVISIONS).fetchall()) for one in (present, before))
    # A workshop may have been deleted on purpose; all of them at once have not.
    gone = bool(then) and not now
    return gone or any(revision > now.get(canvas, revision) for canvas, revision in then.items())


def disagreements(file: Path) -> int:
    """How many notes and canvases are not what the log of changes says: SQLite itself cannot see a letter
    that has turned into another one.
    """
    try:
        with reading(file) as connection:
            return sum(int(connection.execute(question).fetchone()[0]) for question in (_HOLES, _DIFFERENT))
    except sqlite3.Error:
        return 1


@functools.lru_cache
def _count(name: str) -> str:
    return str(select(func.count()).select_from(table(name)).compile(dialect=sqlite.dialect()))


def _only(connection: sqlite3.Connection, question: str) -> str | None:
    row = connection.execute(question).fetchone()
    return str(row[0]) if row else None


def _short(words: str) -> str:
    return " ".join(words.split())[:_MOST_WORDS]


_SCHEMA = "SELECT version_num FROM alembic_version"
_EPOCH = "SELECT epoch FROM installation"
_REVISIONS = "SELECT id, revision FROM canvas"
_HOLES = """
SELECT count(*) FROM canvas WHERE revision <> (SELECT count(*) FROM change WHERE canvas_id = canvas.id)
"""
_DIFFERENT = """
SELECT count(*) FROM note LEFT JOIN change ON change.canvas_id = note.canvas_id AND change.revision = (
    SELECT max(revision) FROM change AS later
    WHERE later.canvas_id = note.canvas_id AND later.note_id = note.id)
WHERE json_extract(change.after, '$.text') IS NOT note.text
   OR json_extract(change.after, '$.block') IS NOT note.block
   OR json_extract(change.after, '$.gives') IS NOT note.gives
   OR json_extract(change.after, '$.gets') IS NOT note.gets
   OR json_extract(change.after, '$.deleted') IS NOT (note.deleted_at IS NOT NULL)
"""
