"""T-COR-1: whatever happens to the file, nobody is shown an empty or an older board without a word."""

import logging
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.backup.folder import BackupFolder
from app.backup.rotation import Backup, Reason
from app.db import Database
from app.demo_workshop import fill
from app.settings import Settings
from app.storage import StorageError, prepare
from tests.factories import Room

Notes = list[tuple[str, str, str, bool]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with a full workshop and a good backup of it."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("whole") / "data")
    prepare(settings)
    db = Database(settings.database)
    with db.transaction() as session:
        fill(session)
    db.stop()
    assert BackupFolder(settings.backups).take(settings.database, Reason.AUTO)
    return settings


@pytest.fixture
def copy(whole: Settings, settings: Settings) -> Settings:
    shutil.copytree(whole.data_dir, settings.data_dir)
    return settings


def backup_of(settings: Settings) -> Backup:
    return BackupFolder(settings.backups).backups()[0]


def notes(settings: Settings) -> Notes:
    with closing(sqlite3.connect(settings.database)) as database:
        return database.execute(
            "SELECT id, block, text, deleted_at IS NULL FROM note ORDER BY canvas_id, id"
        ).fetchall()


def start(settings: Settings) -> str:
    """What the start says in refusing; nothing when it serves."""
    try:
        prepare(settings)
    except StorageError as refusal:
        return str(refusal)
    return ""


def page_size(file: Path) -> int:
    return int.from_bytes(file.read_bytes()[16:18], "big")


@pytest.mark.parametrize("length", [4096, 4])
def test_a_hundred_random_wounds_are_noticed_or_have_hurt_nothing(
    copy: Settings, caplog: pytest.LogCaptureFixture, length: int
) -> None:
    pristine, before = copy.database.read_bytes(), notes(copy)
    dice = random.Random(length)
    size, refused, warned = page_size(copy.database), 0, 0
    for _ in range(100):
        wounded = bytearray(pristine)
        page = dice.randrange(len(pristine) // size)
        begin = page * size + dice.randrange(size - length + 1)
        wounded[begin : begin + length] = bytes(255 - byte for byte in wounded[begin : begin + length])
        copy.database.write_bytes(wounded)
        caplog.clear()

        words = start(copy)

        warning = any(record.levelno == logging.WARNING for record in caplog.records)
        if words:
            assert str(backup_of(copy).path) in words and "kanvas restore --data" in words
            refused += 1
        elif warning:
            assert str(backup_of(copy).path) in caplog.text
            warned += 1
        else:
            assert notes(copy) == before, f"page {page}, byte {begin}"
        for part in ("-wal", "-shm"):
            Path(f"{copy.database}{part}").unlink(missing_ok=True)
    assert refused + warned > {4096: 90, 4: 25}[length], (refused, warned)


def test_a_letter_that_turned_into_another_one_is_told_at_the_start(
    copy: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    content = copy.database.read_bytes()
    # Not one that is a partner's name as well: an index would notice that.
    text = max((words for _, _, words, _ in notes(copy)), key=len)
    spots = [at for at in range(len(content)) if content.startswith(text.encode(), at)]
    assert spots
    # In the table of notes, the history, or both: one of them is changed.
    wounded = bytearray(content)
    wounded[spots[0]] ^= 1
    copy.database.write_bytes(wounded)

    assert start(copy) == ""

    assert "not what their history says" in caplog.text and str(backup_of(copy).path) in caplog.text


def test_a_file_that_is_no_database_is_called_damaged(copy: Settings) -> None:
    copy.database.write_bytes(b"Kata-kata saja. " * 5000)

    assert "is damaged (file is not a database)" in (words := start(copy))
    assert str(backup_of(copy).path) in words


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_the_command_that_a_refusal_prints_works_as_it_stands(
    copy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = notes(copy)
    copy.database.write_bytes(b"Kata-kata saja. " * 5000)
    monkeypatch.delenv("KANVAS_DATA", raising=False)
    (command,) = (line for line in start(copy).splitlines() if "kanvas restore" in line)

    subprocess.run(command, shell=True, check=True, env={**os.environ, "HOME": str(tmp_path / "home")})

    assert start(copy) == ""
    assert notes(copy) == before


def test_somebody_elses_database_is_left_alone(settings: Settings) -> None:
    settings.data_dir.mkdir()
    with closing(sqlite3.connect(settings.database)) as database:
        database.execute("CREATE TABLE recipe (name TEXT)")
    before = settings.database.read_bytes()

    assert "is not a database of Kanvas Mitra" in start(settings)
    assert settings.database.read_bytes() == before


@pytest.mark.parametrize("cut", ["gone", "empty"])
def test_a_missing_database_is_missed_while_there_are_backups(copy: Settings, cut: str) -> None:
    if cut == "gone":
        copy.database.unlink()
    else:
        copy.database.write_bytes(b"")

    words = start(copy)

    assert "missing or empty" in words and str(backup_of(copy).path) in words
    assert not copy.database.exists() or not copy.database.stat().st_size, "no empty board is made"


def test_the_way_back_names_the_newest_backup_that_is_whole(copy: Settings) -> None:
    good = backup_of(copy)
    newer = copy.backups / "kanvas-29990101-000000-auto.db"
    newer.write_bytes(b"x" * 8192)
    copy.database.write_bytes(b"x" * 8192)

    words = start(copy)

    assert str(good.path) in words and str(newer) not in words


def test_without_a_backup_the_words_say_so(copy: Settings) -> None:
    shutil.rmtree(copy.backups)
    copy.database.write_bytes(b"x" * 8192)

    assert "There is no good backup" in start(copy)


@pytest.fixture
def killed(room: Room, tmp_path: Path) -> Settings:
    """What a killed server leaves: the newest notes are in the log beside the database; a backup has them."""
    sari = room.join()
    for number in range(30):
        sari.add(f"Catatan {number}")
    settings = Settings(data_dir=tmp_path / "killed")
    settings.data_dir.mkdir()
    BackupFolder(settings.backups).take(room.house.db.path, Reason.AUTO)
    for part in ("", "-wal"):
        shutil.copy(f"{room.house.db.path}{part}", f"{settings.database}{part}")
    assert Path(f"{settings.database}-wal").stat().st_size > 100_000
    return settings


def test_without_its_shared_memory_file_a_killed_server_comes_back_whole(killed: Settings) -> None:
    assert not Path(f"{killed.database}-shm").exists()

    assert start(killed) == ""

    assert len(notes(killed)) == 30


@pytest.mark.parametrize("part", range(0, 100, 10))
def test_a_log_cut_short_is_noticed_by_the_backup_or_has_lost_nothing(killed: Settings, part: int) -> None:
    wal = Path(f"{killed.database}-wal")
    whole = wal.read_bytes()
    wal.write_bytes(whole[: len(whole) * part // 100])

    words = start(killed)

    if words:
        assert "lacks notes that its own backup has" in words and str(backup_of(killed).path) in words
        go_on = f'kanvas restore --data "{killed.data_dir}" "{killed.database}"'
        assert go_on in words, "and how to go on with it all the same"
    else:
        assert len(notes(killed)) == 30
    assert words or part > 50


def test_a_workshop_deleted_on_purpose_is_not_missed(
    killed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(killed.database)) as database:
        (first,) = database.execute("SELECT min(id) FROM canvas").fetchone()
        database.execute("DELETE FROM note WHERE canvas_id = ?", (first,))
        database.execute("DELETE FROM change WHERE canvas_id = ?", (first,))
        database.execute("DELETE FROM canvas WHERE id = ?", (first,))
        database.commit()

    assert start(killed) == ""
    assert caplog.text == ""
