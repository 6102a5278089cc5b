"""Which backups are kept: the newest, one for each hour and day, and those of finished workshops. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

RECENT = 20
HOURS = 12
DAYS = 30
ENDS = 20
FEW = 5
CAPACITY = 2 * 1024**3


class Reason(StrEnum):
    """Why a backup was made."""

    AUTO = "auto"
    END = "end"
    STOP = "stop"
    UPDATE = "update"
    HAND = "hand"


# The others stay until somebody deletes them.
ROTATING = frozenset({Reason.AUTO, Reason.END, Reason.STOP})


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup. `at` and `number`, which tells those of one second apart, are in its name."""

    path: Path
    at: datetime
    reason: Reason
    size: int = 0
    number: int = 1


def newest_first(backups: Iterable[Backup]) -> list[Backup]:
    """In order of time."""
    return sorted(backups, key=lambda one: (one.at, one.number), reverse=True)


def superfluous(backups: Sequence[Backup], *, room_is_short: bool = False) -> list[Backup]:
    """Those to delete, from backups in any order. The newest few always stay."""
    rotating = newest_first(one for one in backups if one.reason in ROTATING)
    if room_is_short:
        return rotating[FEW:]
    kept = {
        *(one.path for one in rotating[:RECENT]),
        *_newest_of_each(rotating, lambda one: one.at.replace(minute=0, second=0), HOURS),
        *_newest_of_each(rotating, lambda one: one.at.date(), DAYS),
        *(one.path for one in [one for one in rotating if one.reason is Reason.END][:ENDS]),
    }
    space, too_much = CAPACITY, set()
    for number, one in enumerate(one for one in rotating if one.path in kept):
        space -= one.size
        if space < 0 and number >= FEW:
            too_much.add(one.path)
    return [one for one in rotating if one.path not in kept or one.path in too_much]


def _newest_of_each(ordered: Iterable[Backup], span: Callable[[Backup], object], spans: int) -> set[Path]:
    newest: dict[object, Path] = {}
    for one in ordered:
        newest.setdefault(span(one), one.path)
    return set(list(newest.values())[:spans])
