"""What browsers and programs send about notes, checked before anything else sees it."""

import json
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app import errors
from app.canvas.models import DismissalReason, Evidence, Note
from app.canvas.operations import Tags, Wording
from app.canvas.voting_models import MAX_BUDGET
from app.errors import N_
from app.ids import new_uuid
from app.rupiah import read_rupiah

# What both SQLite and JavaScript count exactly.
LARGEST = 2**53
MAX_AT_ONCE = 300


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def is_unsaid(value: object) -> bool:
    """For `exclude_if`."""
    # What forms did not ask before is left out of `request_of` while it is not said: an operation that waited
    # on a device since then reads as it did when it was sent first.
    return not value


def _newlines(text: str) -> str:
    # Browsers send form fields with CRLF; a note's lines end in LF whoever wrote it.
    return text.replace("\r\n", "\n")


def _uuid(text: str) -> str:
    """Any spelling of a UUID as the usual one. Raises ValueError."""
    return str(UUID(text))


Uuid = Annotated[str, AfterValidator(_uuid), Field(json_schema_extra={"format": "uuid"})]
Words = Annotated[str, AfterValidator(_newlines)]
OptionalSide = Annotated[Literal["blk", "industry", "joint"] | None, BeforeValidator(_none_if_empty)]
OptionalPerson = Annotated[
    Annotated[str, Field(max_length=64)] | None, BeforeValidator(_none_if_empty), Field(exclude_if=is_unsaid)
]
OptionalId = Annotated[Uuid | None, BeforeValidator(_none_if_empty)]


def request_of(sent: BaseModel) -> str:
    """What was sent, in one spelling, for `Operation.request`."""
    # Not model_dump_json: JSON can spell half a character, and the refusal of that should be in words.
    return json.dumps(sent.model_dump())


def _amount(typed: str) -> int | None:
    try:
        return read_rupiah(typed) if typed.strip() else None
    except ValueError:
        raise errors.Invalid(
            "amount_not_clear",
            N_("“%(typed)s” is no clear amount. Write for example 1.250.000 or 1,25 jt."),
            typed=typed,
        ) from None


def amounts_text(*amounts: int | None) -> str:
    """Amounts as an editor remembers those it opened with: `amounts_were`."""
    return "/".join("" if amount is None else str(amount) for amount in amounts)


class OperationForm(BaseModel):
    """The client's id of the operation: the same one has the same effect once."""

    model_config = ConfigDict(extra="forbid")
    op_id: Uuid


class _TagFields(OperationForm):
    segments: list[int] = Field(default_factory=list, max_length=6)
    inclusion: bool = False
    assumption: bool = False
    side: OptionalSide = None
    amount: str = Field(default="", max_length=40, exclude_if=is_unsaid)
    amount_low: str = Field(default="", max_length=40, exclude_if=is_unsaid)
    amount_high: str = Field(default="", max_length=40, exclude_if=is_unsaid)
    amounts_were: str = Field(default="", exclude_if=is_unsaid)
    as_segment: bool = Field(default=False, exclude_if=is_unsaid)
    evidence: Literal["fact", "assumption", "tested", "none"] | None = Field(
        default=None, exclude_if=is_unsaid
    )

    def tags(self, note: Note | None = None) -> Tags:
        """The tags as the actions take them; what pages of before could not ask stays as `note` has it."""
        return Tags(
            tuple(self.segments), self.inclusion, self._evidence(note), self.side, *self._amounts(note)
        )

    def _amounts(self, note: Note | None) -> tuple[int | None, int | None, int | None]:
        """Likely, low, high. Whoever did not touch them leaves them as others have set them meanwhile."""
        typed = _amount(self.amount), _amount(self.amount_low), _amount(self.amount_high)
        if note and self.amounts_were in ("", amounts_text(*typed)):
            return note.amount, note.amount_low, note.amount_high
        return typed

    def _evidence(self, note: Note | None) -> str | None:
        if self.evidence is not None:
            return None if self.evidence == "none" else self.evidence
        # Pages of before only asked whether this is an assumption; a fact stays a fact.
        if self.assumption:
            return Evidence.ASSUMPTION
        return note.evidence if note and note.evidence != Evidence.ASSUMPTION else None


class _WordFields(_TagFields):
    text: Words
    gives: Words = ""
    gets: Words = ""

    def wording(self, note: Note | None = None) -> Wording:
        """The words as the actions take them; what only the follow-up plan asks stays as `note` has it."""
        before = Wording.of(note) if note else Wording("")
        return replace(before, text=self.text, gives=self.gives, gets=self.gets)


class AddForm(_WordFields):
    """A new note, in the name of somebody else when `author_id` says so."""

    note_id: Uuid
    block: str
    author_id: OptionalPerson = None


class EditForm(_WordFields):
    """A note as its editor left it; `base_version` is the version the editor opened with."""

    base_version: int


class MoveForm(OperationForm):
    """Where a note goes: into `block`, ahead of the note `before` or to the end."""

    block: str
    before: OptionalId = None
    cluster: str | None = None


class SeveralForm(OperationForm):
    """Several notes, and what may be wanted of them: a place, or a name under which they stand together."""

    notes: Annotated[list[Uuid], Field(min_length=1, max_length=MAX_AT_ONCE)]
    block: str = ""
    before: OptionalId = None
    cluster: str | None = None
    name: str = ""


class NamingForm(OperationForm):
    """What the notes of a cluster in a block shall be called; without a name they are parted."""

    block: str
    cluster: str
    name: str = ""


class VisibilityForm(BaseModel):
    """Hiding or showing a note. It sets a state, so a browser need not name the operation."""

    model_config = ConfigDict(extra="forbid")
    op_id: Uuid = Field(default_factory=new_uuid)


class VoteForm(VisibilityForm):
    """A vote for a note, or none (`value`). It sets a state, so a browser need not name the operation."""

    note_id: Uuid
    round_id: Uuid
    value: bool = False


class OpenVotingForm(BaseModel):
    """What the host asks, and whom: one canvas, or all of the workshop's."""

    model_config = ConfigDict(extra="forbid")
    question: str
    budget: int = 3
    block: str = ""
    canvas: str = ""
    named: bool = False


class HostVotesForm(VisibilityForm):
    """Votes of somebody without a device: who is at the table already, or a new name."""

    round_id: Uuid
    participant_id: str = ""
    name: str = ""
    notes: list[str] = Field(default_factory=list, max_length=MAX_BUDGET * 2)


class ClearForm(OperationForm):
    """Which block loses its notes."""

    block: str


class RestoreForm(OperationForm):
    """What comes out of the trash: all that the operation with this last revision took off the canvas."""

    operation: int = Field(ge=1, le=LARGEST)


class ReinstateForm(OperationForm):
    """Which revision the notes go back to."""

    revision: int = Field(ge=0, le=LARGEST)


class VersionForm(OperationForm):
    """What the present state of the canvas shall be called."""

    name: str


class DismissalForm(OperationForm):
    """Which question is set aside, and why: by a button, or in words, which count more."""

    finding: str
    preset: DismissalReason | None = None
    comment: str = ""
