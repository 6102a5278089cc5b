"""What the running application is made of. `factory` puts it together; routes find it here."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel

from app.address import PublicAddress
from app.attendance.retention import Retention
from app.backup.keeper import BackupKeeper
from app.db import Database
from app.export.ahead import Ahead
from app.export.aside import Workbench
from app.export.editions import Editions
from app.export.pdf import Printer
from app.importing.waiting import WaitingRoom
from app.live.stages import Stages
from app.live.streams import Streams
from app.photograph.retention import PhotographRetention
from app.report.runs import Runs
from app.settings import Settings
from app.web.joining import GuessThrottle
from app.web.limits import Throttle
from app.web.rendering import Renderer
from app.workshop.desks import Desks
from app.workshop.rotation import Rotation


@dataclass(frozen=True, slots=True)
class Parts:
    """One of everything."""

    settings: Settings
    db: Database
    renderer: Renderer
    stages: Stages
    streams: Streams
    address: PublicAddress
    desks: Desks
    printer: Printer
    editions: Editions
    imports: WaitingRoom
    workbench: Workbench
    runs: Runs
    backups: BackupKeeper
    rotation: Rotation
    ahead: Ahead
    retention: Retention
    photograph_retention: PhotographRetention
    throttle: Throttle
    join_throttle: GuessThrottle
    sign_in_throttle: GuessThrottle
    recovery_throttle: GuessThrottle


async def parts_of(request: Request) -> Parts:
    """The parts of the application that serves this request. Async, so that no thread is needed for it."""
    parts: Parts = request.app.state.parts
    return parts


def is_secure(request: Request, parts: Parts) -> bool:
    """Whether this browser reaches us by https, so that its cookies may demand it."""
    return parts.settings.secure or request.url.scheme == "https"


class ErrorOut(BaseModel):
    """Every refusal of the API: a code for programs, a sentence for people."""

    error: str
    message: str
    fields: list[str] = []


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 422, 429, 503)
}

House = Annotated[Parts, Depends(parts_of)]
