"""The shapes of the JSON API, as OpenAPI documents them."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app import errors
from app.canvas.forms import LARGEST, MAX_AT_ONCE, OptionalId, OptionalPerson, OptionalSide, Uuid, is_unsaid
from app.canvas.models import Note
from app.canvas.operations import PLANNED, Kind, NoteState
from app.errors import N_

T = TypeVar("T")

OptionalAmount = Annotated[int, Field(ge=0, le=LARGEST)] | None


Said = Annotated[str | None, Field(exclude_if=is_unsaid)]


class ActionItemIn(BaseModel):
    """What `add` and `edit` may say of a step of the follow-up plan."""

    output: Said = None
    centre_owner: Said = None
    partner_owner: Said = None
    due_on: Said = None
    resources: Said = None
    indicator: Said = None
    status: Said = None
    linked_block: Said = None

    @property
    def planned(self) -> dict[str, str]:
        """Those that were given."""
        return {name: said for name in PLANNED if (said := getattr(self, name)) is not None}


class OperationIn(ActionItemIn):
    """One operation. `op_id` is the client's own UUID: repeating it has one effect and one answer.

    `add` needs `block` and `text`; `edit` needs `base_version`; `move` needs `block`. Tags that are left out
    of an `edit` stay as they are. `before` is the note to stand ahead of; null means the end of the block.
    `author_id` of an `add`: in whose name, when not one's own.
    `clear` needs `block`, `reinstate` needs `revision`; they and `undo` and `redo` have no `note_id`.
    `vote` needs `value`, and without `round` is for the vote that is open; a facilitator names the `voter`.
    `hide_writing` and `reveal_notes` need nothing else.
    `open_voting` needs a `question`, or the `round` to go on with; `close_voting` needs a `round`.
    `move` and `delete` take `note_ids` in the place of `note_id`; `cluster` needs them, `block` and `name`;
    `rename` needs `block`, `cluster` and `name`.
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
    note_ids: Annotated[list[Uuid], Field(min_length=1, max_length=MAX_AT_ONCE)] | None = None
    cluster: str | None = None
    name: str | None = None
    amount: OptionalAmount = Field(default=None, exclude_if=is_unsaid)
    amount_low: OptionalAmount = Field(default=None, exclude_if=is_unsaid)
    amount_high: OptionalAmount = Field(default=None, exclude_if=is_unsaid)
    value: bool | None = None
    round: OptionalId = None
    voter: str | None = None
    question: str | None = None
    budget: int | None = None
    named: bool | None = None


def needed(value: T | None, name: str) -> T:
    """A field that this kind of operation cannot do without. Raises Invalid."""
    if value is None:
        raise errors.Invalid("field_missing", N_("The field %(field)s is missing."), field=name)
    return value


class ActionItemOut(BaseModel):
    """What a step of the follow-up plan says; what it does not say is left out."""

    output: str = Field(default="", exclude_if=is_unsaid)
    centre_owner: str = Field(default="", exclude_if=is_unsaid)
    partner_owner: str = Field(default="", exclude_if=is_unsaid)
    due_on: str = Field(default="", exclude_if=is_unsaid)
    resources: str = Field(default="", exclude_if=is_unsaid)
    indicator: str = Field(default="", exclude_if=is_unsaid)
    status: str = Field(default="", exclude_if=is_unsaid)
    linked_block: str = Field(default="", exclude_if=is_unsaid)


class NoteOut(ActionItemOut):
    """A note. `votes`, and in named rounds `voters`, of the latest vote once it is closed."""

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
    amount: int | None
    amount_low: int | None
    amount_high: int | None
    votes: int
    voters: list[str]
    cluster: str


class Answer(BaseModel):
    """The revision an operation got, and the note after it (null: not on the canvas any more).

    Of an operation on several notes, the last revision and the last note.
    """

    rev: int
    note: NoteOut | None
    changed: bool


class VotingOut(BaseModel):
    """What is, or was last, voted on; `mine` are the notes the asker has voted for, and nobody else's."""

    id: str
    question: str
    budget: int
    block: str | None
    named: bool
    open: bool
    mine: list[str]


class CanvasOut(BaseModel):
    """A canvas at one revision. While it is `silent` people write alone: of their new notes there is a number
    for each block (`veiled`), and the asker's own (`mine`).
    """

    epoch: str
    rev: int
    notes: list[NoteOut]
    silent: bool
    veiled: dict[str, int]
    mine: list[NoteOut]
    voting: VotingOut | None


class ChangeOut(BaseModel):
    """One revision of the log; of a vote it does not say for what."""

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


def notes_out(notes: Sequence[Note]) -> list[NoteOut]:
    """Rows for programs."""
    return [note_out(NoteState.of(note)) for note in notes]


def note_out(state: NoteState) -> NoteOut:
    """A note for programs, without what only the server needs to know."""
    fields = state.as_json()
    del fields["deleted"], fields["hidden"], fields["veiled_by"]
    return NoteOut(**fields)
