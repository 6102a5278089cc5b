"""What can be downloaded of a workshop: a page that lists it all, and the files for other programs."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from app import errors
from app.canvas import catalog
from app.canvas.drawing import canvas_title
from app.canvas.follow_up import planned_notes
from app.canvas.queries import CanvasFacts, known_facts
from app.canvas.veiled import is_anything_veiled
from app.errors import N_
from app.export.columns import LISTS
from app.export.editions import Wanted
from app.export.file_names import content_disposition, document_name, group_and_title
from app.export.files import Asked, Recipe, attendance_recipe, recipe
from app.export.pdf import promptly
from app.export.picture import page_count, picture
from app.export.sheet import Paper, Wishes
from app.identity.deps import EnrolPeople, RunWorkshop, SeeCanvas
from app.parts import House, Parts
from app.web.i18n import locale_of, translate
from app.web.urls import urls
from app.workshop.models import Workshop
from app.workshop.names import group_name
from app.workshop.queries import tables

router = APIRouter(include_in_schema=False)


@router.get("/workshops/{workshop_id}/files")
def files(request: Request, house: House, access: RunWorkshop, names: bool = True) -> Response:
    """All downloads of a workshop: what each is, and for whom."""
    locale = locale_of(request)
    with house.db.read() as session:
        canvases = [
            (table.canvas.id, group_name(table.group, locale), table.partnership and table.partnership.title)
            for table in tables(session, access.workshop_id)
        ]
        return house.renderer.page(
            request,
            "export/files.html",
            workshop_id=access.workshop_id,
            workshop_title=session.get_one(Workshop, access.workshop_id).title,
            canvases=canvases,
            lists=[(one.key, one.name.of(locale)) for one in LISTS],
            names=None if names else 0,
            is_veiled=is_anything_veiled(session, access.workshop_id),
        )


@router.get("/workshops/{workshop_id}/files/attendance.xlsx")
async def attendance_file(request: Request, house: House, access: EnrolPeople) -> Response:
    """The attendance list as a workbook. Nothing on the way keeps it."""
    to_do = await run_in_threadpool(_read_attendance, house, Asked(access.workshop_id, locale_of(request)))
    content = await house.workbench.make(to_do.write, *to_do.what, kept=False)
    headers = {"content-disposition": content_disposition(to_do.name), "cache-control": "no-store"}
    return Response(content, media_type=to_do.media_type, headers=headers)


@router.get("/workshops/{workshop_id}/files/{file}")
async def workshop_file(
    request: Request, house: House, access: RunWorkshop, file: str, names: bool = True
) -> Response:
    """A file of a whole workshop."""
    asked = Asked(access.workshop_id, locale_of(request), names)
    return await _download(request, house, asked, file)


@router.get("/canvases/{canvas_id}/pictures")
async def canvas_pictures(request: Request, house: House, access: SeeCanvas) -> Response:
    """The pictures of a canvas, one for each of its pages; where it has but one, that picture."""
    locale = locale_of(request)
    facts, pdf = await _drawn(house, access.canvas_id, locale)
    pages = int(await house.workbench.make(page_count, pdf))
    if pages == 1:
        return RedirectResponse(urls.canvas_picture(access.canvas_id), 303)
    return house.renderer.page(
        request,
        "canvas/pictures.html",
        canvas_id=access.canvas_id,
        title=canvas_title(facts, locale),
        group=group_name(facts.group, locale),
        pages=range(1, pages + 1),
    )


@router.get("/canvases/{canvas_id}/files/canvas.png")
async def canvas_picture(
    request: Request,
    house: House,
    access: SeeCanvas,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """A page of a canvas as a picture, for messages."""
    locale = locale_of(request)
    facts, pdf = await _drawn(house, access.canvas_id, locale)
    content = await house.workbench.make(picture, pdf, page)
    if not content:
        raise errors.NotFound
    kind = translate(locale, N_("Canvas"))
    title = group_and_title(group_name(facts.group, locale), canvas_title(facts, locale))
    name = document_name(kind, title, "png", "" if page == 1 else str(page))
    return _answer(request, content, name, "image/png")


@router.get("/canvases/{canvas_id}/files/{file}")
async def canvas_file(
    request: Request, house: House, access: SeeCanvas, file: str, names: bool = True
) -> Response:
    """A file of one canvas, for everybody who sees it."""
    asked = Asked(access.place.workshop_id, locale_of(request), names, access.canvas_id)
    return await _download(request, house, asked, file)


async def _download(request: Request, house: Parts, asked: Asked, file: str) -> Response:
    to_do = await run_in_threadpool(_read, house, asked, file)
    if to_do.takes_long:
        content = await house.workbench.make(to_do.write, *to_do.what)
    else:
        content = await run_in_threadpool(to_do.write, *to_do.what)
    return _answer(request, content, to_do.name, to_do.media_type)


def _answer(request: Request, content: bytes, name: str, media_type: str) -> Response:
    """A browser may keep a file, but must ask whether it is still the newest."""
    headers = {
        "content-disposition": content_disposition(name),
        "etag": f'"{sha256(content).hexdigest()[:16]}"',
        "cache-control": "private, no-cache",
    }
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _read(house: Parts, asked: Asked, file: str) -> Recipe:
    with house.db.read() as session:
        return recipe(session, asked, file)


def _read_attendance(house: Parts, asked: Asked) -> Recipe:
    with house.db.read() as session:
        return attendance_recipe(session, asked)


async def _drawn(house: Parts, canvas_id: str, locale: str) -> tuple[CanvasFacts, bytes]:
    """A canvas and the PDF its pictures are of: nobody wants a picture of an empty form for a plan."""
    facts, is_planned = await run_in_threadpool(_facts, house, canvas_id)
    wanted = Wanted(Paper.A3, locale, Wishes(planned=is_planned))
    return facts, (await promptly(house.editions.pdf(canvas_id, wanted))).content


def _facts(house: Parts, canvas_id: str) -> tuple[CanvasFacts, bool]:
    with house.db.read() as session:
        facts = known_facts(session, canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        return facts, bool(planned_notes(session, canvas_id, definition))
