"""What a facilitator sees of the backups, and the zip of a workshop."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from app.backup.everything import Everything, read_everything, zipped
from app.backup.words import backup_words, room_words
from app.export.file_names import content_disposition
from app.identity.deps import RunWorkshop
from app.parts import House, Parts
from app.storage import LOW_DISK, free_room
from app.web.i18n import locale_of

router = APIRouter(include_in_schema=False)


@router.get("/workshops/{workshop_id}/backups")
def backups(request: Request, house: House, access: RunWorkshop) -> Response:
    """How backups and disk are, for the line on the desk. No paths: not every facilitator owns the laptop."""
    state, locale, free = house.backups.state, locale_of(request), free_room(house.db.path)
    if state.is_well and free <= LOW_DISK:
        return JSONResponse({"sign": "warning", "words": room_words(free, locale)})
    sign = "warning" if not state.is_well else "clock" if state.at is None else "check"
    return JSONResponse({"sign": sign, "words": backup_words(state, locale)})


@router.get("/workshops/{workshop_id}/everything.zip")
async def everything(request: Request, house: House, access: RunWorkshop) -> Response:
    """One workshop: an archive, all notes as a page and as a workbook, all PDFs."""
    locale = locale_of(request)
    all_of_it = await run_in_threadpool(_read, house, access.workshop_id, locale)
    pieces: AsyncIterator[bytes] = zipped(all_of_it, house.printer, house.workbench, house.renderer, locale)
    return StreamingResponse(
        pieces,
        media_type="application/zip",
        headers={
            "content-disposition": content_disposition(all_of_it.file_name),
            "cache-control": "private, no-store",
        },
    )


def _read(house: Parts, workshop_id: str, locale: str) -> Everything:
    with house.db.read() as session:
        return read_everything(session, workshop_id, locale)
