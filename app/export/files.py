"""Files of a workshop or of one of its canvases, for other programs: which there are and how each is made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from app import errors
from app.canvas import catalog, queries
from app.canvas.drawing import canvas_title
from app.errors import N_
from app.export.archive import archive_of
from app.export.attendance_list import attendance_listing
from app.export.canvas_archive import canvas_archive
from app.export.columns import LISTS
from app.export.csv_file import csv_file
from app.export.file_names import document_name, group_and_title
from app.export.listing import listings
from app.export.markdown import markdown
from app.export.on_paper import CanvasOnPaper, canvas_on_paper, canvases_on_paper
from app.web.i18n import translate
from app.web.rendering import PRODUCT
from app.workshop.models import Workshop
from app.workshop.names import group_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is to hold: a workshop, or one canvas of it; in which language, with or without names."""

    workshop_id: str
    locale: str
    named: bool = True
    canvas_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """A file that can be written now: `write(*what)`, in a child of its own where it `takes_long`."""

    name: str
    media_type: str
    write: Callable[..., bytes]
    what: tuple[object, ...]
    takes_long: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    """What a file is about. `name`: what it is called by."""

    title: str
    name: str
    held_on: date
    credit: str


def recipe(session: Session, asked: Asked, file: str) -> Recipe:
    """How the file of this name is made: `workshop.xlsx`, `canvas.md`, `notes.csv`. Raises NotFound."""
    stem, _, extension = file.rpartition(".")
    about = _about(session, asked)
    if extension == "csv":
        return _csv(session, asked, about, stem)
    if stem != ("canvas" if asked.canvas_id else "workshop") or extension not in _RECIPES:
        raise errors.NotFound
    return _RECIPES[extension](session, asked, about)


def _about(session: Session, asked: Asked) -> _About:
    workshop = session.get_one(Workshop, asked.workshop_id)
    title = name = workshop.title
    if asked.canvas_id:
        facts = queries.known_facts(session, asked.canvas_id)
        title = canvas_title(facts, asked.locale)
        name = group_and_title(group_name(facts.group, asked.locale), title)
    credit = catalog.definition().attribution.of(asked.locale).format(product=PRODUCT)
    return _About(title, name, workshop.held_on, credit)


def _csv(session: Session, asked: Asked, about: _About, stem: str) -> Recipe:
    kind = next((one for one in LISTS if one.key == stem), None)
    if kind is None:
        raise errors.NotFound
    all_lists = listings(
        session, asked.workshop_id, asked.locale, named=asked.named, canvas_id=asked.canvas_id
    )
    (listing,) = (one for one in all_lists if one.kind is kind)
    name = document_name(kind.name.of(asked.locale), about.name, "csv")
    return Recipe(name, "text/csv; charset=utf-8", csv_file, (listing, asked.locale))


def _xlsx(session: Session, asked: Asked, about: _About) -> Recipe:
    lists = listings(session, asked.workshop_id, asked.locale, named=asked.named, canvas_id=asked.canvas_id)
    name = document_name(translate(asked.locale, N_("Notes")), about.name, "xlsx")
    what = (lists, asked.locale, about.title, about.credit)
    return Recipe(name, XLSX, write_workbook, what, takes_long=True)


def _markdown(session: Session, asked: Asked, about: _About) -> Recipe:
    name = document_name(translate(asked.locale, N_("Notes")), about.name, "md")
    what = (about.title, about.held_on, _canvases(session, asked), about.credit, asked.locale)
    return Recipe(name, "text/markdown; charset=utf-8", markdown, what)


def _pptx(session: Session, asked: Asked, about: _About) -> Recipe:
    kind = N_("Canvas") if asked.canvas_id else N_("Presentation slides")
    name = document_name(translate(asked.locale, kind), about.name, "pptx")
    media_type = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    canvases = _canvases(session, replace(asked, named=False))
    what = (about.title, about.held_on, canvases, about.credit, asked.locale)
    return Recipe(name, media_type, write_slides, what, takes_long=True)


def write_workbook(*what: Any) -> bytes:
    """`workbook.workbook`; only the child loads the library for it, as with slides."""
    from app.export.workbook import workbook

    return workbook(*what)


def attendance_recipe(session: Session, asked: Asked) -> Recipe:
    """The attendance list as a workbook, of which no copy is to be kept."""
    about = _about(session, asked)
    listing = attendance_listing(session, asked.workshop_id, asked.locale)
    name = document_name(listing.kind.name.of(asked.locale), about.name, "xlsx")
    return Recipe(name, XLSX, write_workbook, ((listing,), asked.locale, about.title, ""))


def write_slides(*what: Any) -> bytes:
    """`slides.presentation`; only the child loads the library for it, which is a large one."""
    from app.export.slides import presentation

    return presentation(*what)


def _json(session: Session, asked: Asked, about: _About) -> Recipe:
    if asked.canvas_id:
        archive = canvas_archive(session, asked.canvas_id, named=asked.named)
        kind = N_("Canvas")
    else:
        archive = archive_of(session, session.get_one(Workshop, asked.workshop_id))
        kind = N_("Workshop")
    name = document_name(translate(asked.locale, kind), about.name, "json")
    return Recipe(name, "application/json", _encoded, (archive.model_dump_json(indent=2),))


def _encoded(text: str) -> bytes:
    return text.encode()


def _canvases(session: Session, asked: Asked) -> tuple[CanvasOnPaper, ...]:
    if asked.canvas_id:
        return (canvas_on_paper(session, asked.canvas_id, asked.locale, named=asked.named),)
    return canvases_on_paper(session, asked.workshop_id, asked.locale, named=asked.named)


_RECIPES: dict[str, Callable[[Session, Asked, _About], Recipe]] = {
    "xlsx": _xlsx,
    "md": _markdown,
    "pptx": _pptx,
    "json": _json,
}
