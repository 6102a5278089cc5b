"""Upgrades a database again and again, killed at another statement each time.

python -m tests.upgrades.dying DIR

In a process of its own without threads, which may therefore fork. Prints a JSON line about each death.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from app.backup.inspection import inspect
from app.settings import Settings
from app.storage import migrate, needs_migration, schema_revision
from tests.upgrades.content import columns_of, content

POINTS = 20


def main(folder: Path) -> None:
    """Kill an upgrade of `folder`/before.db at `POINTS` statements, evenly spread over all of them."""
    before = folder / "before.db"
    statements = upgrade_in_child(fresh(before, folder / "counted"), dies_at=None)
    for point in range(POINTS):
        dies_at = 1 + point * (statements - 1) // (POINTS - 1)
        settings = fresh(before, folder / f"at{point}")
        signalled = upgrade_in_child(settings, dies_at)
        left = inspect(settings.database)
        revision = schema_revision(settings.database)
        is_old = needs_migration(settings.database, revision)
        columns = columns_of(before)
        same = content(settings.database, columns) == content(before, columns)
        backups = [file.name for file in settings.backups.glob("*.db")]
        migrate(settings)
        death = {
            "statement": dies_at,
            "killed": signalled == -signal.SIGKILL,
            "problem": left.problem,
            "old_schema": revision == schema_revision(before),
            "new_schema": not is_old,
            "same": same,
            "backups": backups,
            "upgraded": not needs_migration(settings.database, schema_revision(settings.database)),
            "same_at_last": content(settings.database, columns) == content(before, columns),
        }
        sys.stdout.write(json.dumps(death) + "\n")


def fresh(before: Path, folder: Path) -> Settings:
    folder.mkdir()
    settings = Settings(data_dir=folder)
    shutil.copy(before, settings.database)
    return settings


def upgrade_in_child(settings: Settings, dies_at: int | None) -> int:
    """How many statements the upgrade took; or, negative, the signal that ended it."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def counting(*_: object) -> None:
            nonlocal count
            count += 1
            if count == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", counting)
        migrate(settings)
        os.write(sink, str(count).encode())
        os._exit(0)
    os.close(sink)
    told = os.read(source, 16)
    os.close(source)
    _, status = os.waitpid(child, 0)
    return int(told) if told else -os.WTERMSIG(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
