"""What an operator, a test or a reverse proxy wants to know, and what time it is. No names, no notes."""

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text

from app import __version__
from app.backup.keeper import BackupState
from app.clock import steady
from app.db import Database
from app.parts import House
from app.storage import LOW_DISK, free_room

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Health:
    """Sizes in bytes. `status` is "ok", "low_disk" when backups and notes may soon not fit, or "backup".

    The latter when no backup can be made, or none reaches the second folder: `backup_problem` says why.
    """

    status: str
    version: str
    schema_revision: str
    sqlite_version: str
    free_disk: int
    wal_size: int
    open_streams: int
    readers_in_use: int
    last_backup: str | None
    backup_problem: str
    second_folder: str


def health_of(db: Database, open_streams: int, backups: BackupState) -> Health:
    """The state of this process and its data folder."""
    with db.read() as session:
        schema = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    free = free_room(db.path)
    wal = Path(f"{db.path}-wal")
    return Health(
        status="low_disk" if free <= LOW_DISK else "ok" if backups.is_well else "backup",
        version=__version__,
        schema_revision=str(schema),
        sqlite_version=sqlite3.sqlite_version,
        free_disk=free,
        wal_size=wal.stat().st_size if wal.exists() else 0,
        open_streams=open_streams,
        readers_in_use=db.readers_in_use,
        last_backup=backups.at.isoformat() if backups.at else None,
        backup_problem=backups.problem,
        second_folder=backups.second,
    )


@router.get("/healthz")
def healthz(house: House) -> Response:
    """200 with figures while the database answers."""
    return JSONResponse(asdict(health_of(house.db, len(house.streams), house.backups.state)))


@router.get("/clock")
def clock() -> Response:
    """The server's time in milliseconds: timers go by it, whatever a device's own clock says."""
    return JSONResponse({"now": steady().timestamp() * 1000}, headers={"cache-control": "no-store"})
