"""The one writer: durable before the answer, each action alone, storage errors honest."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Field, Session, SQLModel

from app.db import Database, StorageUnavailable, Topic, touch


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "test.db")
    with database.transaction() as session:
        session.connection().execute(text("CREATE TABLE word (spelling TEXT UNIQUE)"))
    database.start()
    yield database
    await asyncio.to_thread(database.stop)


def say(session: Session, word: str) -> str:
    session.connection().execute(text("INSERT INTO word VALUES (:word)"), {"word": word})
    touch(session, Topic("word", word))
    return word


def words(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.connection().execute(text("SELECT spelling FROM word ORDER BY rowid")).scalars())


async def test_answer_and_nudge_find_the_write_committed(db: Database) -> None:
    at_nudge: list[tuple[set[Topic], list[str]]] = []
    db.on_commit = lambda topics: at_nudge.append((set(topics), words(db)))
    during: list[str] = []

    def say_slowly(session: Session) -> None:
        say(session, "satu")
        during.extend(words(db))

    await db.write(say_slowly)

    assert during == [], "before the commit nobody else sees it"
    assert words(db) == ["satu"]
    assert at_nudge == [({Topic("word", "satu")}, ["satu"])]


async def test_many_writes_at_once_share_commits_and_none_is_lost(db: Database) -> None:
    commits: list[set[Topic]] = []
    db.on_commit = lambda topics: commits.append(set(topics))

    answers = await asyncio.gather(*(db.write(say, f"kata {number}") for number in range(200)))

    assert words(db) == answers
    assert sum(len(commit) for commit in commits) == 200
    assert len(commits) < 100


async def test_a_refused_action_undoes_itself_and_nothing_else(db: Database) -> None:
    def refuse(session: Session) -> None:
        say(session, "setengah")
        raise ValueError("tidak jadi")

    results = await asyncio.gather(
        db.write(say, "sebelum"), db.write(refuse), db.write(say, "sesudah"), return_exceptions=True
    )

    assert isinstance(results[1], ValueError)
    assert words(db) == ["sebelum", "sesudah"]


async def test_a_refused_action_with_nobody_beside_it_leaves_nothing_behind_either(db: Database) -> None:
    def refuse(session: Session) -> None:
        say(session, "setengah")
        session.flush()
        raise ValueError("tidak jadi")

    with pytest.raises(ValueError, match="tidak jadi"):
        await db.write(refuse)

    assert await db.write(say, "lagi") == "lagi"
    assert words(db) == ["lagi"]


async def test_a_storage_error_refuses_the_whole_group_and_the_next_write_works(db: Database) -> None:
    def fail(session: Session) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with pytest.raises(StorageUnavailable):
        await db.write(fail)

    assert await db.write(say, "lagi") == "lagi"
    assert words(db) == ["lagi"]


async def test_a_commit_that_fails_costs_only_its_own_group(db: Database) -> None:
    refuse_commits = True

    def watch(session: Session) -> None:
        def allowed(action: int, what: str | None, *_: object) -> int:
            is_commit = action == sqlite3.SQLITE_TRANSACTION and what == "COMMIT"
            return sqlite3.SQLITE_DENY if is_commit and refuse_commits else sqlite3.SQLITE_OK

        session.connection().connection.dbapi_connection.set_authorizer(allowed)  # type: ignore[union-attr]

    with pytest.raises(StorageUnavailable):
        await db.write(watch)
    with pytest.raises(StorageUnavailable):
        await db.write(say, "tidak jadi")
    refuse_commits = False

    assert await db.write(say, "lagi") == "lagi"
    assert words(db) == ["lagi"]


async def test_an_action_that_asks_for_nonsense_spoils_nobody_elses_write(db: Database) -> None:
    def ask(session: Session) -> None:
        say(session, "setengah")
        session.connection().execute(text("SELECT :thing"), {"thing": object()})

    results = await asyncio.gather(
        db.write(say, "sebelum"), db.write(ask), db.write(say, "sesudah"), return_exceptions=True
    )

    assert [isinstance(result, Exception) for result in results] == [False, True, False]
    assert not isinstance(results[1], StorageUnavailable)
    assert words(db) == ["sebelum", "sesudah"]


async def test_somebody_else_who_writes_for_long_is_an_honest_refusal_too(db: Database) -> None:
    await db.write(lambda session: session.connection().exec_driver_sql("PRAGMA busy_timeout=50"))
    other = sqlite3.connect(db.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    refused = await asyncio.gather(db.write(say, "satu"), db.write(say, "dua"), return_exceptions=True)
    other.execute("ROLLBACK")
    other.close()

    assert {type(error) for error in refused} == {StorageUnavailable}
    assert await db.write(say, "lagi") == "lagi"
    assert words(db) == ["lagi"]


async def test_what_cannot_be_read_is_an_honest_refusal(db: Database) -> None:
    with pytest.raises(StorageUnavailable), db.read() as session:
        session.connection().execute(text("SELECT spelling FROM nowhere"))
    assert db.readers_in_use == 0


async def test_a_refused_action_leaves_nothing_behind_that_others_in_its_group_see(tmp_path: Path) -> None:
    class Word(SQLModel, table=True):
        id: int = Field(primary_key=True)
        spelling: str

    db = Database(tmp_path / "words.db")
    SQLModel.metadata.create_all(db.writer, tables=[SQLModel.metadata.tables["word"]])
    SQLModel.metadata.remove(SQLModel.metadata.tables["word"])
    with db.transaction() as session:
        session.add(Word(id=1, spelling="awal"))
    touched: list[set[Topic]] = []
    db.on_commit = lambda topics: touched.append(set(topics))

    def spoil(session: Session, *, flush: bool) -> None:
        session.get_one(Word, 1).spelling = "rusak"
        session.add(Word(id=2, spelling="rusak"))
        touch(session, Topic("word", "rusak"))
        if flush:
            session.flush()
        raise ValueError

    def look(session: Session) -> tuple[str, bool]:
        return session.get_one(Word, 1).spelling, session.get(Word, 2) is None

    db.start()
    for flush in (False, True):
        results = await asyncio.gather(
            db.write(look), db.write(spoil, flush=flush), db.write(look), return_exceptions=True
        )
        assert results[0] == results[2] == ("awal", True)
    assert touched == []
    await asyncio.to_thread(db.stop)


async def test_a_full_disk_is_an_honest_refusal(db: Database) -> None:
    with db.read() as session:
        pages = session.connection().execute(text("PRAGMA page_count")).scalar_one()

    await db.write(limit, pages + 1)
    with pytest.raises(StorageUnavailable):
        await fill_up(db)
    before = words(db)

    await db.write(limit, 100_000)

    assert await db.write(say, "ada tempat lagi") == "ada tempat lagi"
    assert words(db) == [*before, "ada tempat lagi"]


def limit(session: Session, pages: int) -> None:
    """Make the disk as large as so many pages."""
    session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")


async def fill_up(db: Database) -> None:
    for number in range(2000):
        await db.write(say, f"{number} " + "x" * 500)


async def test_a_caller_that_gives_up_does_not_undo_the_write(db: Database) -> None:
    task = asyncio.create_task(db.write(say, "tetap"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await db.write(say, "penutup")

    assert words(db) == ["tetap", "penutup"]


async def test_readers_see_one_moment_and_cannot_write(db: Database) -> None:
    await db.write(say, "awal")
    with db.read() as session:
        first = session.connection().execute(text("SELECT count(*) FROM word")).scalar_one()
        await db.write(say, "sementara itu")
        second = session.connection().execute(text("SELECT count(*) FROM word")).scalar_one()
        with pytest.raises(OperationalError, match="readonly"):
            session.connection().execute(text("DELETE FROM word"))
    assert (first, second) == (1, 1)
    assert db.readers_in_use == 0


async def test_the_writer_syncs_every_commit_and_readers_never_checkpoint(db: Database) -> None:
    def pragma(session: Session, name: str) -> int:
        return int(session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one())

    assert await db.write(pragma, "synchronous") == 2
    assert await db.write(pragma, "fullfsync") == 1
    with db.read() as session:
        assert pragma(session, "wal_autocheckpoint") == 0
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
