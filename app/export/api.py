"""Archives for programs: a workshop or one canvas, as `kanvas import` and the page Impor take them in."""

from fastapi import APIRouter, Depends

from app.export.archive import archive_of
from app.export.archive_entries import Archive
from app.export.canvas_archive import canvas_archive
from app.identity.deps import RunWorkshop, SeeCanvas, bearer
from app.parts import REFUSALS, House
from app.workshop.models import Workshop

router = APIRouter(prefix="/api", tags=["archives"], dependencies=[Depends(bearer)], responses=REFUSALS)


@router.get("/workshops/{workshop_id}/archive")
def workshop_archive(house: House, access: RunWorkshop) -> Archive:
    """A whole workshop. Refused while notes are not shown yet."""
    with house.db.read() as session:
        return archive_of(session, session.get_one(Workshop, access.workshop_id))


@router.get("/canvases/{canvas_id}/archive")
def one_canvas(house: House, access: SeeCanvas, names: bool = True) -> Archive:
    """One canvas as everybody sees it, in an archive with this one group."""
    with house.db.read() as session:
        return canvas_archive(session, access.canvas_id, named=names)
