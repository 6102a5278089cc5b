"""The shapes of the JSON API, as OpenAPI documents them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.canvas.forms import LARGEST, OptionalId, OptionalPerson, OptionalSide, Uuid
from app.canvas.operations import Kind


class OperationIn(BaseModel):
    """One operation. `op_id` is the client's own UUID: repeating it has one effect and one answer.

    `add` needs `block` and `text`; `edit` needs `base_version`; `move` needs `block`. Tags that are left out
    of an `edit` stay as they are. `before` is the note to stand ahead of; null means the end of the block.
    `author_id` of an `add`: in whose name, when not one's own.
    `clear` needs `block`, `reinstate` needs `revision`; they and `undo` and `redo` have no `note_id`.
    """

    model_config = ConfigDict(extra="forbid")
    op_id: Uuid
    kind: Kind
    note_id: OptionalId = None
    block: str | None = None
    author_id: OptionalPerson = None
    before: OptionalId = None
    base_version: int | None = None
    revision: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    text: str | None = None
    gives: str | None = None
    gets: str | None = None
    segments: list[int] | None = Field(default=None, max_length=6)
    inclusion: bool | None = None
    evidence: Literal["fact", "assumption", "tested"] | None = None
    side: OptionalSide = None


class NoteOut(BaseModel):
    """A note."""

    id: str
    block: str
    text: str
    position: float
    version: int
    segments: list[int]
    inclusion: bool
    evidence: str | None
    side: str | None
    gives: str
    gets: str
    author_id: str | None
    author: str
    conflict_of: str | None


class Answer(BaseModel):
    """The revision an operation got, and the note after it (null: not on the canvas any more).

    Of an operation on several notes, the last revision and the last note.
    """

    rev: int
    note: NoteOut | None
    changed: bool


class CanvasOut(BaseModel):
    """A canvas at one revision."""

    epoch: str
    rev: int
    notes: list[NoteOut]


class ChangeOut(BaseModel):
    """One revision of the log."""

    rev: int
    op_id: str
    kind: str
    note_id: str
    note: NoteOut | None


class Changes(BaseModel):
    """The log after a revision; `rev` is the canvas's present one."""

    epoch: str
    rev: int
    changes: list[ChangeOut]
