"""Reading photographs. Only the host's own pages, the report and the archive may ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Session, col, select

from app.photograph.models import Photograph

_JPEG = cast(QueryableAttribute[bytes], Photograph.jpeg)


@dataclass(frozen=True, slots=True)
class PhotographView:
    """A photograph without its picture. The caption is what is said of it to who does not see it."""

    id: str
    caption: str
    width: int
    height: int
    added_at: datetime


def photographs_of(session: Session, workshop_id: str) -> tuple[PhotographView, ...]:
    """Those of a workshop, in the order in which they came."""
    found = select(Photograph).where(Photograph.workshop_id == workshop_id).order_by(col(Photograph.number))
    rows = session.exec(found.options(defer(_JPEG)))
    return tuple(PhotographView(row.id, row.caption, row.width, row.height, row.added_at) for row in rows)


def pictures_of(session: Session, workshop_id: str, ids: Iterable[str]) -> dict[str, bytes]:
    """The pictures of these, as far as they are there."""
    wanted = select(Photograph.id, Photograph.jpeg).where(
        Photograph.workshop_id == workshop_id, col(Photograph.id).in_(list(ids))
    )
    return dict(session.exec(wanted).all())


def workshops_with_photographs(session: Session) -> Sequence[str]:
    """Which workshops have any."""
    return session.exec(select(Photograph.workshop_id).distinct()).all()
