"""A folder of backups: their names, the newest good one, and which may go."""

import contextlib
import filecmp
import re
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from app.backup.copying import UNFINISHED, CopyDamaged, copy_database, keep, sync_folder
from app.backup.inspection import inspect
from app.backup.rotation import Backup, Reason, newest_first, superfluous
from app.clock import now

# Below this, few backups are kept: room for notes comes first.
SHORT = 200 * 1024**2
_SPARE = 16 * 1024**2
_NAME = re.compile(r"kanvas-(\d{8}-\d{6})-([a-z]+)(?:-(\d+))?\.db")


class NoRoom(OSError):
    """A backup would leave too little room for notes."""


class BackupFolder:
    """Backups in one folder, which is made when the first one comes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def backups(self) -> list[Backup]:
        """All there are, newest first."""
        found = (backup for file in self.path.glob("kanvas-*.db") if (backup := _read_name(file)))
        return newest_first(found)

    def newest_good(self) -> Backup | None:
        """The newest one that is whole."""
        return next((one for one in self.backups() if _is_good(one.path)), None)

    def take(self, database: Path, reason: Reason) -> Backup | None:
        """Back `database` up; None when the newest backup has the same content already.

        Raises CopyDamaged, sqlite3.Error or OSError.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = self.backups()
        self._make_room(database)
        target = self.free_name(reason)
        copy_database(database, target)
        if before and filecmp.cmp(before[0].path, target, shallow=False):
            target.unlink()
            return None
        made = _read_name(target)
        assert made is not None
        self.rotate(spare=target)
        return made

    def accept(self, backup: Backup) -> None:
        """Copy another folder's backup here and check the copy. Raises CopyDamaged or OSError."""
        self.path.mkdir(exist_ok=True)
        target = self.path / backup.path.name
        unfinished = target.with_name(target.name + UNFINISHED)
        try:
            if shutil.disk_usage(self.path).free < backup.size + _SPARE:
                raise NoRoom(f"Too little room for a backup in {self.path}")
            shutil.copyfile(backup.path, unfinished)
            if not filecmp.cmp(backup.path, unfinished, shallow=False):
                raise CopyDamaged("the copy differs")
            keep(unfinished, target)
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self.rotate(spare=target)

    def rotate(self, spare: Path | None = None) -> None:
        """Delete what need not be kept, but not `spare`: clocks may be set back."""
        short = shutil.disk_usage(self.path).free < SHORT
        for one in superfluous(self.backups(), room_is_short=short):
            if one.path != spare:
                with contextlib.suppress(OSError):
                    one.path.unlink()

    def tidy(self) -> None:
        """Delete what a killed process left unfinished."""
        for left in self.path.glob(f"kanvas-*{UNFINISHED}*"):
            with contextlib.suppress(OSError):
                left.unlink()
        if self.path.exists():
            sync_folder(self.path)

    def _make_room(self, database: Path) -> None:
        needed = 2 * database.stat().st_size + _SPARE
        if shutil.disk_usage(self.path).free < needed:
            self.rotate()
        if shutil.disk_usage(self.path).free < needed:
            raise NoRoom(f"Too little room for a backup in {self.path}")

    def free_name(self, reason: Reason) -> Path:
        """A name for a backup made now, which no file has yet."""
        stamp = f"{now().astimezone():%Y%m%d-%H%M%S}"
        others = [one.number for one in self.backups() if stamp in one.path.name]
        return self.path / f"kanvas-{stamp}-{reason}{f'-{max(others) + 1}' if others else ''}.db"


def _is_good(file: Path) -> bool:
    try:
        found = inspect(file)
    except sqlite3.Error:
        return False
    return found.is_ours and not found.problem


def _read_name(file: Path) -> Backup | None:
    named = _NAME.fullmatch(file.name)
    if not named or named[2] not in set(Reason):
        return None
    try:
        at = datetime.strptime(named[1], "%Y%m%d-%H%M%S").astimezone()
        return Backup(file, at, Reason(named[2]), file.stat().st_size, int(named[3] or 1))
    except (ValueError, OSError):
        return None
