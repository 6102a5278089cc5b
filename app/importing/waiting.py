"""Files that were looked at and wait for a yes: on disk, under names nobody can guess, for an hour.

What is kept is not the file, but what was read from it and checked. The receipt is also where the ids of what
is new come from: whoever says yes twice has said it once.
"""

import re
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from app.clock import now
from app.errors import N_, Gone
from app.export.archive_entries import Archive
from app.ids import new_token
from app.importing.additions import Additions
from app.importing.remarks import Remark

KEPT_SECONDS = 3600.0
MAX_WAITING = 12
_RECEIPT = re.compile(r"[\w-]{43}", re.ASCII)


class Parcel(BaseModel):
    """A new workshop, or additions to one. `facilitator_id`: who may; `result`: where it is, once done."""

    facilitator_id: str
    archive: Archive | None = None
    additions: Additions | None = None
    remarks: list[Remark] = []
    result: str = ""


class WaitingRoom:
    """A folder of parcels; old ones go, and of many the oldest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sweep()

    def keep(self, parcel: Parcel) -> str:
        """The receipt for this parcel."""
        receipt = new_token()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.put(receipt, parcel)
        self._sweep()
        return receipt

    def put(self, receipt: str, parcel: Parcel) -> None:
        """Keep this one in the place of another."""
        unfinished = self._folder / f"{receipt}.part"
        unfinished.write_text(parcel.model_dump_json(), encoding="utf-8")
        unfinished.replace(self._folder / f"{receipt}.json")

    def get(self, receipt: str, facilitator_id: str | None) -> Parcel:
        """Raises Gone for what is not there any more, or another's."""
        self._sweep()
        with suppress(OSError, ValidationError):
            path = self._folder / f"{receipt}.json"
            if _RECEIPT.fullmatch(receipt) and _age(path) < KEPT_SECONDS:
                parcel = Parcel.model_validate_json(path.read_bytes())
                if parcel.facilitator_id == facilitator_id:
                    return parcel
        raise Gone("import_gone", N_("This file is not kept any more. Please choose it once more."))

    def _sweep(self) -> None:
        with suppress(OSError):
            oldest_last = sorted(self._folder.iterdir(), key=_age)
            for number, path in enumerate(oldest_last):
                if number >= MAX_WAITING or _age(path) >= KEPT_SECONDS:
                    path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return now().timestamp() - path.stat().st_mtime
