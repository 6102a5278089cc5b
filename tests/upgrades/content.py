"""Everything that stands in a database, to compare it before and after an upgrade."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]
# What an upgrade means to change; "group.name": a made-up name is forgotten (0002).
INTENDED = {"alembic_version.version_num", "group.name"}


def content(file: Path, columns: dict[str, list[str]] | None = None) -> dict[str, Rows]:
    """Every table's rows in order; only `columns`, as `columns_of` gives them, when given."""
    with closing(sqlite3.connect(file)) as database:
        chosen = columns or columns_of(file)
        return {
            name: sorted(database.execute(f'SELECT {", ".join(chosen[name])} FROM "{name}"'), key=repr)
            for name in chosen
        }


def columns_of(file: Path) -> dict[str, list[str]]:
    """The columns of every table, quoted, without those that an upgrade means to change."""
    with closing(sqlite3.connect(file)) as database:
        tables = [
            str(name) for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            table: [
                f'"{row[1]}"'
                for row in database.execute(f'PRAGMA table_info("{table}")')
                if f"{table}.{row[1]}" not in INTENDED
            ]
            for table in tables
            if table != "alembic_version"
        }
