"""T-UPG-1: what every earlier version has written is here after an upgrade, however often that is killed."""

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from app.backup.folder import BackupFolder
from app.backup.inspection import disagreements, inspect
from app.backup.restoring import restore
from app.backup.rotation import Reason
from app.export.archive import export_workshop
from app.identity.actions import issue_token
from app.identity.models import TokenKind
from app.settings import Settings
from app.storage import StorageError, needs_migration, prepare, schema_revision
from tests.conftest import browser
from tests.factories import Person
from tests.upgrades.content import columns_of, content
from tests.upgrades.make import NASTY, make

DATABASES = sorted(Path(__file__).with_name("databases").glob("*.db.gz"))
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=DATABASES, ids=lambda path: path.name.split(".")[0])
def written(request: pytest.FixtureRequest, settings: Settings) -> Path:
    """What an earlier version wrote, beside the data folder in which it is to be upgraded."""
    settings.data_dir.mkdir()
    before = settings.data_dir.with_name("before.db")
    before.write_bytes(gzip.decompress(request.param.read_bytes()))
    shutil.copy(before, settings.database)
    return before


def test_there_are_databases_of_earlier_versions() -> None:
    assert [path.name for path in DATABASES][:1] == ["0001.db.gz"]


def test_everything_that_was_written_is_there_after_the_upgrade(settings: Settings, written: Path) -> None:
    columns = columns_of(written)

    prepare(settings)

    assert not needs_migration(settings.database, schema_revision(settings.database))
    assert content(settings.database, columns) == content(written, columns)
    assert sum(map(len, content(written, columns).values())) > 60
    assert (inspect(settings.database).problem, disagreements(settings.database)) == ("", 0)


def test_a_backup_of_the_old_schema_is_made_first(settings: Settings, written: Path) -> None:
    prepare(settings)

    (backup,) = BackupFolder(settings.backups).backups()
    assert backup.reason == Reason.UPDATE
    assert inspect(backup.path).schema == schema_revision(written)
    assert content(backup.path) == content(written)


def test_upgrading_twice_changes_nothing_more(settings: Settings, written: Path) -> None:
    prepare(settings)
    once = settings.database.read_bytes()

    prepare(settings)

    assert settings.database.read_bytes() == once
    assert len(BackupFolder(settings.backups).backups()) == 1


def test_the_upgraded_workshop_is_shown_exported_and_written_on(settings: Settings, written: Path) -> None:
    with browser(settings) as http:
        parts = http.app.state.parts  # type: ignore[attr-defined]
        with parts.db.read() as session:
            archive = export_workshop(session, "Lokakarya Banten")
        texts = {note.text for group in archive.groups for note in group.notes}
        assert {text.strip() for text in NASTY} <= {text.strip() for text in texts}
        with closing(sqlite3.connect(written)) as database:
            participant, canvas = database.execute(
                "SELECT p.id, c.id FROM participant AS p JOIN canvas AS c USING (group_id)"
                " WHERE p.name LIKE 'Sari%'"
            ).fetchone()

        def come_back(session: Session) -> str:
            return issue_token(session, TokenKind.BROWSER, participant_id=participant)

        assert http.portal
        http.cookies.set("kanvas_participant", http.portal.call(parts.db.write, come_back))
        board = Person(http, canvas, "Sari").board()
        assert "&lt;/script&gt;" in board and "pelatih &amp;" not in board, "the deleted one stays deleted"
        Person(http, canvas, "Sari").add("Ditulis sesudah pembaruan")
        assert "Ditulis sesudah pembaruan" in Person(http, canvas, "Sari").board()


def test_an_older_backup_is_restored_into_the_present_schema(
    settings: Settings, written: Path, tmp_path: Path
) -> None:
    elsewhere = Settings(data_dir=tmp_path / "elsewhere")
    columns = columns_of(written)
    columns["installation"].remove('"epoch"')

    restore(elsewhere, written)

    assert not needs_migration(elsewhere.database, schema_revision(elsewhere.database))
    assert content(elsewhere.database, columns) == content(written, columns)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is the others'")
def test_an_upgrade_killed_at_twenty_points_is_whole_or_has_not_begun(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "deaths"
    folder.mkdir()
    shutil.copy(written, folder / "before.db")

    done = subprocess.run(
        [sys.executable, "-m", "tests.upgrades.dying", str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    deaths = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(deaths) == 20 and all(death["killed"] for death in deaths), deaths
    for death in deaths:
        assert death["problem"] == "" and death["same"] and death["same_at_last"], death
        assert death["upgraded"] and death["old_schema"] != death["new_schema"], death
    assert any(death["backups"] for death in deaths)
    assert all(death["backups"] for death in deaths if death["statement"] > deaths[3]["statement"])


def test_two_processes_that_start_together_upgrade_once(settings: Settings, written: Path) -> None:
    columns = columns_of(written)
    command = [sys.executable, "-m", "app.cli", "migrate", "--data", str(settings.data_dir)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in both]

    assert 0 in (codes := {process.returncode for process in both})
    assert codes <= {0, 1}
    for process, (_, complaint) in zip(both, told, strict=True):
        assert process.returncode == 0 or "already running" in complaint
    assert content(settings.database, columns) == content(written, columns)
    assert len(BackupFolder(settings.backups).backups()) == 1


def test_an_upgrade_without_room_for_its_backup_does_not_begin(
    settings: Settings, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 1024}))

    with pytest.raises(StorageError, match="nothing was updated"):
        prepare(settings)

    assert content(settings.database) == content(written)


def test_the_present_version_still_writes_such_a_database(settings: Settings) -> None:
    settings.data_dir.mkdir()
    settings.database.write_bytes(make())

    prepare(settings)

    assert inspect(settings.database).count("note") >= len(NASTY)
    assert disagreements(settings.database) == 0
