"""Back to a backup: checked first, nothing thrown away, and every browser begins anew."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.backup.folder import BackupFolder
from app.backup.inspection import inspect
from app.backup.restoring import restore
from app.backup.rotation import Backup, Reason
from app.cli import main
from app.settings import Settings
from app.storage import StorageError, only_server, prepare
from tests.conftest import browser
from tests.factories import Person, Room, new_uuid

OLD, NEW = "Sudah di cadangan", "Sesudah cadangan"


def taken(room: Room) -> Backup:
    backup = BackupFolder(room.house.settings.backups).take(room.house.db.path, Reason.AUTO)
    assert backup
    return backup


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    """Another laptop."""
    return Settings(data_dir=tmp_path / "elsewhere", host="127.0.0.1")


def texts(settings: Settings) -> set[str]:
    with closing(sqlite3.connect(settings.database)) as database:
        return {text for (text,) in database.execute("SELECT text FROM note WHERE deleted_at IS NULL")}


def test_another_laptop_continues_from_a_backup_under_a_new_epoch(room: Room, elsewhere: Settings) -> None:
    room.join().add(OLD)
    backup = taken(room)

    done = restore(elsewhere, backup.path)

    assert (done.workshops, done.notes, done.set_aside) == (1, 1, None)
    prepare(elsewhere)
    assert texts(elsewhere) == {OLD}
    assert inspect(elsewhere.database).epoch != inspect(backup.path).epoch
    left = sorted(file.name for file in elsewhere.data_dir.iterdir())
    assert left == ["kanvas.db", "reserve", "server.lock"]


def test_what_was_there_is_kept_aside_whole_and_can_come_back(room: Room, elsewhere: Settings) -> None:
    sari = room.join()
    sari.add(OLD)
    backup = taken(room)
    restore(elsewhere, backup.path)
    sari.add(NEW)
    newer = taken(room)
    restore(elsewhere, newer.path)

    done = restore(elsewhere, backup.path)

    assert texts(elsewhere) == {OLD} and done.set_aside
    restore(elsewhere, done.set_aside / "kanvas.db")
    assert texts(elsewhere) == {OLD, NEW}


def test_a_backup_may_be_named_without_its_folder_and_the_database_is_no_exception(
    room: Room, elsewhere: Settings
) -> None:
    room.join().add(OLD)
    shutil.copytree(taken(room).path.parent, elsewhere.backups)
    name = BackupFolder(elsewhere.backups).backups()[0].path.name

    restore(elsewhere, Path(name))
    epoch = inspect(elsewhere.database).epoch
    restore(elsewhere, elsewhere.database)

    assert texts(elsewhere) == {OLD}
    assert inspect(elsewhere.database).epoch != epoch


def test_nothing_is_restored_under_a_running_server(room: Room) -> None:
    backup = taken(room)

    with only_server(room.house.settings), pytest.raises(StorageError, match="already running"):
        restore(room.house.settings, backup.path)


def spoil(file: Path) -> str:
    content = bytearray(file.read_bytes())
    content[8192:20480] = bytes(12288)
    file.write_bytes(content)
    return "damaged"


def make_newer(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    return "newer Kanvas Mitra"


def replace_by_another(file: Path) -> str:
    file.unlink()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE recipe (name TEXT)")
    return "not a database of Kanvas Mitra"


def replace_by_a_picture(file: Path) -> str:
    file.write_bytes(b"\x89PNG" * 4000)
    return "damaged"


@pytest.mark.parametrize("harm", [spoil, make_newer, replace_by_another, replace_by_a_picture])
def test_a_file_that_cannot_be_trusted_changes_nothing(room: Room, elsewhere: Settings, harm: object) -> None:
    assert callable(harm)
    room.join().add(OLD)
    backup = taken(room)
    restore(elsewhere, backup.path)
    before = elsewhere.database.read_bytes()
    words = harm(backup.path)

    with pytest.raises(StorageError, match=words):
        restore(elsewhere, backup.path)

    assert elsewhere.database.read_bytes() == before
    assert sorted(file.name for file in elsewhere.data_dir.iterdir()) == ["kanvas.db", "server.lock"]


def test_a_backup_of_the_kind_that_sticks_carry_needs_no_writable_folder(
    room: Room, elsewhere: Settings, tmp_path: Path
) -> None:
    room.join().add(OLD)
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / "kanvas.db"
    shutil.copy(taken(room).path, file)
    before = file.read_bytes()

    restore(elsewhere, file)

    assert file.read_bytes() == before
    assert list(stick.iterdir()) == [file]


def test_a_restore_cut_short_is_noticed_at_the_next_start(room: Room, elsewhere: Settings) -> None:
    room.join().add(OLD)
    shutil.copytree(taken(room).path.parent, elsewhere.backups)
    restore(elsewhere, BackupFolder(elsewhere.backups).backups()[0].path)
    # The moment between the two renames.
    (elsewhere.backups / "replaced").mkdir()
    elsewhere.database.rename(elsewhere.backups / "replaced" / "kanvas.db")

    with pytest.raises(StorageError, match="missing"):
        prepare(elsewhere)


def test_browsers_hear_that_the_past_is_another_and_offer_again_what_is_lacking(
    room: Room, elsewhere: Settings
) -> None:
    sari = room.join()
    sari.add(OLD)
    backup = taken(room)
    lost = {"note_id": new_uuid(), "op_id": new_uuid(), "block": "channels", "text": NEW}
    answer = sari.post("notes", **lost)
    edited = sari.post(f"notes/{lost['note_id']}", op_id=(edit := new_uuid()), base_version=1, text=NEW + "!")
    assert edited.status_code == 200, edited.text
    page = sari.board()
    since = page.split('data-since="')[1].split('"')[0]
    old_epoch = inspect(backup.path).epoch
    restore(elsewhere, backup.path)

    with browser(elsewhere) as http:
        http.cookies = sari.http.cookies
        back = Person(http, sari.canvas_id, sari.name)
        assert NEW not in back.board()
        told = http.get(f"/canvases/{sari.canvas_id}/events", params={"since": f"{old_epoch}-{since}"})
        assert "event: reset" in told.text

        again = back.post("notes", **lost)
        edit_again = back.post(f"notes/{lost['note_id']}", op_id=edit, base_version=1, text=NEW + "!")

        assert (again.status_code, edit_again.status_code) == (200, 200)
        assert again.json()["note"]["id"] == answer.json()["note"]["id"]
        board = back.board()
        assert OLD in board and f"{NEW}!" in board
        assert board.count(NEW) == sari.board().count(NEW), "once, not twice"


def test_the_commands_back_up_list_and_restore(
    room: Room, elsewhere: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = (["--data", str(one.data_dir)] for one in (room.house.settings, elsewhere))
    room.join().add(OLD)

    assert main(["backup", "--to", str(tmp_path / "usb.db"), *here]) == 0
    assert main(["backup", *here]) == 0
    assert main(["restore", *here]) == 0
    told = capsys.readouterr().out
    assert str(tmp_path / "usb.db") in told and "1 workshops, 1 notes" in told and "-hand.db" in told

    assert main(["restore", str(tmp_path / "usb.db"), *there]) == 0
    assert "1 workshops, 1 notes" in capsys.readouterr().out
    assert texts(elsewhere) == {OLD}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["restore", "nowhere.db"], "There is no file"),
        (["backup"], "There is no database"),
    ],
)
def test_commands_say_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], words: str
) -> None:
    assert main([*command, "--data", str(tmp_path / "data")]) == 1

    assert words in capsys.readouterr().err


def test_a_backup_never_overwrites_a_file(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Yth.")

    assert main(["backup", "--to", str(file), "--data", str(room.house.settings.data_dir)]) == 1

    assert file.read_text() == "Yth." and "exists already" in capsys.readouterr().err
