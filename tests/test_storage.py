"""The data folder before the server starts."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from app.identity.actions import invite_facilitator
from app.settings import Settings, UnsafeSettings
from app.storage import (
    StorageError,
    alembic_config,
    migrate,
    only_server,
    open_database,
    prepare,
    schema_revision,
)


def newest(settings: Settings) -> str | None:
    return ScriptDirectory.from_config(alembic_config(settings.database)).get_current_head()


def test_a_new_folder_gets_the_newest_schema_and_is_for_its_owner_only(settings: Settings) -> None:
    prepare(settings)

    assert schema_revision(settings.database) == newest(settings)
    if os.name == "posix":
        assert settings.data_dir.stat().st_mode & 0o777 == 0o700
        assert settings.database.stat().st_mode & 0o777 == 0o600


def test_migrations_make_exactly_what_the_models_say(settings: Settings) -> None:
    prepare(settings)

    command.check(alembic_config(settings.database))


def test_preparing_twice_changes_nothing(settings: Settings) -> None:
    prepare(settings)
    before = settings.database.read_bytes()

    prepare(settings)

    assert settings.database.read_bytes() == before


def test_a_newer_database_is_refused_and_left_alone(settings: Settings) -> None:
    prepare(settings)
    with contextlib.closing(sqlite3.connect(settings.database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    with pytest.raises(StorageError, match="newer"):
        migrate(settings)

    assert schema_revision(settings.database) == "9999"


def test_a_damaged_database_is_not_served(settings: Settings) -> None:
    prepare(settings)
    whole = bytearray(settings.database.read_bytes())
    page = 4096
    whole[page : 3 * page] = os.urandom(2 * page)
    settings.database.write_bytes(whole)

    with pytest.raises(StorageError, match="damaged"):
        prepare(settings)


def test_a_second_server_on_one_folder_is_refused(settings: Settings) -> None:
    script = (
        "import sys; from pathlib import Path; from app.settings import Settings; from app.storage import *\n"
        "try:\n  with only_server(Settings(data_dir=Path(sys.argv[1]))): print('served')\n"
        "except StorageError as error: print(error)"
    )
    again = [sys.executable, "-c", script, str(settings.data_dir)]
    root = Path(__file__).parent.parent

    with only_server(settings):
        refused = subprocess.run(again, capture_output=True, text=True, cwd=root, check=True).stdout
    served = subprocess.run(again, capture_output=True, text=True, cwd=root, check=True).stdout

    assert "already running" in refused
    assert served.strip() == "served"


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(StorageError, match="cannot be made"):
        prepare(Settings(data_dir=tmp_path / "file" / "data"))


@pytest.mark.parametrize(
    "env",
    [
        {"KANVAS_PORT": "abc"},
        {"KANVAS_PORT": "70000"},
        {"KANVAS_BASE_URL": "kanvas.example.id"},
        {"KANVAS_API_DOCS": "perhaps"},
        {"KANVAS_MAX_STREAMS": "-5"},
        {"KANVAS_BASE_URL": "https://kanvas.example.id/sub"},
    ],
)
def test_settings_that_cannot_be_right_are_refused(env: dict[str, str]) -> None:
    with pytest.raises(UnsafeSettings):
        Settings.from_env(env)


def test_the_command_line_wins_over_the_environment() -> None:
    settings = Settings.from_env(
        {"KANVAS_PORT": "81", "KANVAS_BASE_URL": "https://k.example.id"}, port=82, host=None
    )

    assert (settings.port, settings.host, settings.secure) == (82, "0.0.0.0", True)


def test_a_first_start_cut_short_leaves_nothing_half_made(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    tables = 0

    def stop_after_five_tables(*call: object) -> None:
        nonlocal tables
        tables += str(call[2]).lstrip().startswith("CREATE TABLE")
        if tables > 5:
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", stop_after_five_tables)
    try:
        with pytest.raises(KeyboardInterrupt):
            command.upgrade(alembic_config(settings.database), "head")
    finally:
        event.remove(Engine, "before_cursor_execute", stop_after_five_tables)
    assert tables == 6
    assert schema_revision(settings.database) is None

    prepare(settings)

    assert schema_revision(settings.database) == newest(settings)


def test_a_command_beside_a_running_server_writes_and_never_checkpoints(settings: Settings) -> None:
    prepare(settings)
    with only_server(settings), open_database(settings) as guest:
        with guest.transaction() as session:
            invite_facilitator(session)
            checkpoints = session.connection().exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one()
        assert checkpoints == 0
        wal = settings.database.with_name("kanvas.db-wal")
        written = wal.stat().st_size
    assert written > 0


@pytest.mark.parametrize("answer", ["no", "0", "off", "FALSE"])
def test_api_docs_can_be_switched_off_in_any_spelling(answer: str) -> None:
    assert Settings.from_env({"KANVAS_API_DOCS": answer}).show_api_docs is False


def test_a_command_beside_another_versions_server_is_refused_in_a_sentence(settings: Settings) -> None:
    prepare(settings)
    with contextlib.closing(sqlite3.connect(settings.database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()

    with only_server(settings), pytest.raises(StorageError, match="Another version"), open_database(settings):
        pass
