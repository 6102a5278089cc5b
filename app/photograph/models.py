"""Photographs of a workshop, for its report. They show people: no wall, canvas or guest ever gets one."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.clock import now

MOST = 12
MAX_CAPTION = 160


class Photograph(SQLModel, table=True):
    """A picture as it is printed, with nothing about it inside (`jpeg.size_of`); gone when it is deleted.

    `id` is made from the picture: the same one twice is one. Read by columns: `jpeg` is large.
    """

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    workshop_id: str = Field(foreign_key="workshop.id", index=True)
    caption: str = Field(max_length=MAX_CAPTION)
    width: int
    height: int
    jpeg: bytes
    added_at: datetime = Field(default_factory=now)
