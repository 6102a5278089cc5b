"""Alembic's entry point: the models of every folder, and one transaction on the file we are given."""

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import app.canvas.models
import app.identity.models
import app.partnership.models
import app.workshop.models  # noqa: F401


def run() -> None:
    """Upgrade the database of the configuration, batch-wise: SQLite alters tables by copying them."""
    database = context.config.attributes["database"]
    engine = create_engine(f"sqlite:///{database.as_posix()}")
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
        context.run_migrations()
    engine.dispose()


run()
