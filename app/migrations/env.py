"""Alembic's entry point: the models of every folder, and one transaction on the file we are given."""

import sqlite3
from typing import Literal

from alembic import context
from sqlalchemy import Connection, String, TypeDecorator, create_engine, event
from sqlmodel import SQLModel

import app.schema  # noqa: F401


def run() -> None:
    """Upgrade the database of the configuration, batch-wise: SQLite alters tables by copying them."""
    database = context.config.attributes["database"]
    engine = create_engine(f"sqlite:///{database.as_posix()}")
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=True,
            render_item=_plain_types,
        )
        context.run_migrations()
    engine.dispose()


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: object) -> None:
    # The driver commits before every CREATE TABLE: a migration cut short would leave half a schema.
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    # Migrations outlive the library that wrote them: they name only SQLAlchemy's own types.
    if kind == "type" and type(item).__module__.startswith("sqlmodel"):
        if isinstance(item, TypeDecorator) and isinstance(item.impl_instance, String):
            return f"sa.String({item.impl_instance.length or ''})"
        return "sa.DateTime()"
    return False


run()
