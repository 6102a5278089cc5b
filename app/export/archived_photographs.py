"""The photographs of an archive, out and in again: what comes in is looked at, and decoded by nobody."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlmodel import Session

from app.photograph.actions import add_photograph
from app.photograph.jpeg import MAX_BYTES, size_of
from app.photograph.models import MAX_CAPTION
from app.photograph.queries import photographs_of, pictures_of


class PhotographEntry(BaseModel):
    """A photograph for the report: a JPEG in base 64, as small and bare as those that are kept."""

    model_config = ConfigDict(extra="forbid")
    caption: Annotated[str, Field(min_length=1, max_length=MAX_CAPTION)]
    jpeg: Annotated[str, Field(max_length=4 * (MAX_BYTES // 3 + 1))]

    @field_validator("jpeg")
    @classmethod
    def _as_kept(cls, jpeg: str) -> str:
        size_of(b64decode(jpeg, validate=True))
        return jpeg


def photograph_entries(session: Session, workshop_id: str) -> list[PhotographEntry]:
    """Those of a workshop, in their order."""
    shown = photographs_of(session, workshop_id)
    pictures = pictures_of(session, workshop_id, [each.id for each in shown])
    return [
        PhotographEntry(caption=each.caption, jpeg=b64encode(pictures[each.id]).decode()) for each in shown
    ]


def add_photographs(session: Session, workshop_id: str, entries: Iterable[PhotographEntry]) -> None:
    """Into a new workshop."""
    for entry in entries:
        add_photograph(session, workshop_id, entry.caption, b64decode(entry.jpeg))
