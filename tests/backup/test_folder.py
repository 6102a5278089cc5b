"""A backup is a whole database of one moment, or it has no name; and what need not be kept goes."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.backup.copying import CopyDamaged, copy_database
from app.backup.folder import BackupFolder
from app.backup.inspection import disagreements, inspect
from app.backup.rotation import FEW, RECENT, Backup, Reason, superfluous
from app.settings import Settings
from tests.factories import Room

NOON = datetime(2024, 9, 10, 12, tzinfo=UTC)


def test_a_backup_beside_a_busy_writer_is_one_moment_of_it(tmp_path: Path) -> None:
    source = tmp_path / "busy.db"
    stop = threading.Event()

    def transfer() -> None:
        with closing(sqlite3.connect(source, isolation_level=None, timeout=5)) as writer:
            while not stop.is_set():
                writer.execute("BEGIN IMMEDIATE")
                writer.execute("UPDATE pot SET cents = cents - 1 WHERE name = 'a'")
                writer.execute("UPDATE pot SET cents = cents + 1 WHERE name = 'b'")
                writer.execute("INSERT INTO log VALUES (randomblob(3000))")
                writer.execute("COMMIT")

    with closing(sqlite3.connect(source, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE pot (name TEXT PRIMARY KEY, cents INTEGER)")
        database.execute("CREATE TABLE log (entry BLOB)")
        database.execute("INSERT INTO pot VALUES ('a', 1000), ('b', 1000)")
    thread = threading.Thread(target=transfer)
    thread.start()
    try:
        seen = [copied(source, tmp_path / f"{number}.db") for number in range(8)]
    finally:
        stop.set()
        thread.join()

    assert all(cents == 2000 and log == 1000 - a for a, cents, log in seen)
    assert len({log for _, _, log in seen}) > 1, "nobody wrote meanwhile"


def copied(source: Path, target: Path) -> tuple[int, int, int]:
    copy_database(source, target)
    with closing(sqlite3.connect(target)) as database:
        (a, cents) = database.execute("SELECT min(cents), sum(cents) FROM pot").fetchone()
        (log,) = database.execute("SELECT count(*) FROM log").fetchone()
    return int(a), int(cents), int(log)


def test_a_backup_is_one_file_for_its_owner_and_says_what_it_holds(room: Room) -> None:
    room.join().add("Satu ide")

    backup = BackupFolder(room.house.settings.backups).take(room.house.db.path, Reason.HAND)

    assert backup is not None and backup.reason == Reason.HAND
    assert [file.name for file in backup.path.parent.iterdir()] == [backup.path.name]
    assert backup.path.stat().st_mode & 0o077 == 0
    found = inspect(backup.path)
    assert (found.problem, found.is_ours) == ("", True)
    assert (found.count("workshop"), found.count("note")) == (1, 1)
    assert disagreements(backup.path) == 0


def test_nothing_new_needs_no_new_backup(room: Room) -> None:
    folder = BackupFolder(room.house.settings.backups)
    assert folder.take(room.house.db.path, Reason.AUTO)

    assert folder.take(room.house.db.path, Reason.AUTO) is None
    room.join().add()

    assert folder.take(room.house.db.path, Reason.AUTO)
    assert len(folder.backups()) == 2


def test_a_damaged_database_makes_no_backup_and_leaves_the_good_ones(settings: Settings, room: Room) -> None:
    folder = BackupFolder(settings.backups)
    good = folder.take(room.house.db.path, Reason.AUTO)
    broken = settings.data_dir / "broken.db"
    copy_database(room.house.db.path, broken)
    scramble(broken, pages=range(2, 12))

    with pytest.raises(CopyDamaged):
        folder.take(broken, Reason.AUTO)

    assert good and [one.path for one in folder.backups()] == [good.path]
    assert list(settings.backups.iterdir()) == [good.path], "nothing unfinished is left"


def scramble(file: Path, pages: range) -> None:
    content = bytearray(file.read_bytes())
    for page in pages:
        content[page * 4096 : page * 4096 + 4096] = bytes(
            255 - byte for byte in content[page * 4096 :][:4096]
        )
    file.write_bytes(content)


def test_the_newest_good_backup_is_found_behind_a_damaged_one(room: Room) -> None:
    folder = BackupFolder(room.house.settings.backups)
    good = folder.take(room.house.db.path, Reason.AUTO)
    newer = folder.path / "kanvas-29990101-000000-auto.db"
    newer.write_bytes(b"not a database" * 400)

    assert folder.newest_good() == good
    newer.write_bytes(b"")
    assert folder.newest_good() == good


def backups(*ages: timedelta, reason: Reason = Reason.AUTO, size: int = 1) -> list[Backup]:
    return [Backup(Path(f"{reason}-{number}"), NOON - age, reason, size) for number, age in enumerate(ages)]


def test_rotation_keeps_the_newest_one_an_hour_and_one_a_day() -> None:
    every_ten_minutes = backups(*(timedelta(minutes=10 * number) for number in range(6 * 24 * 40)))

    gone = set(superfluous(every_ten_minutes))
    kept = [one for one in every_ten_minutes if one not in gone]

    assert kept[:RECENT] == every_ten_minutes[:RECENT]
    assert len(kept) < 65
    assert len({one.at.date() for one in kept}) == 30
    assert len({one.at.replace(minute=0) for one in kept if one.at > NOON - timedelta(hours=11)}) == 12


def test_rotation_never_touches_what_people_and_updates_made() -> None:
    ages = [timedelta(days=number) for number in range(400)]

    assert superfluous([*backups(*ages, reason=Reason.HAND), *backups(*ages, reason=Reason.UPDATE)]) == []
    assert superfluous(backups(*ages)) != []


def test_ends_of_workshops_outlive_the_rest() -> None:
    ends = backups(*(timedelta(days=100 + number) for number in range(3)), reason=Reason.END)
    recent = backups(*(timedelta(minutes=10 * number) for number in range(600)))

    assert not set(ends) & set(superfluous([*recent, *ends]))


def test_large_backups_and_full_disks_leave_the_newest_few() -> None:
    many = backups(*(timedelta(minutes=10 * number) for number in range(30)), size=1024**3)

    assert [one for one in many if one not in superfluous(many)] == many[:FEW]
    small = backups(*(timedelta(minutes=10 * number) for number in range(30)))
    assert [one for one in small if one not in superfluous(small, room_is_short=True)] == small[:FEW]


def test_a_clock_set_back_does_not_delete_the_backup_just_made(room: Room) -> None:
    folder = BackupFolder(room.house.settings.backups)
    folder.path.mkdir()
    for day in range(1, 29):
        for hour in range(3):
            (folder.path / f"kanvas-299901{day:02}-0{hour}0000-auto.db").write_bytes(b"later")

    made = folder.take(room.house.db.path, Reason.AUTO)

    assert made and made.path.exists()
