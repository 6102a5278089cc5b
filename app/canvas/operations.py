"""What an operation on a canvas is made of: who acts, on what, with which words, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from app import errors
from app.canvas.models import Note
from app.errors import N_

# Every kind of change a log may hold. tests/live/test_every_kind.py wants a case for each.
Kind = Literal[
    "add",
    "edit",
    "move",
    "delete",
    "restore",
    "hide",
    "show",
    "clear",
    "reinstate",
    "undo",
    "redo",
    "open_voting",
    "close_voting",
    "vote",
    "cluster",
    "rename",
    "hide_writing",
    "reveal_notes",
]
# What a note may say that is a step of the follow-up plan, beside its words.
PLANNED = (
    "output",
    "centre_owner",
    "partner_owner",
    "due_on",
    "resources",
    "indicator",
    "status",
    "linked_block",
)
# What is done to the canvas itself.
ABOUT_CANVAS: tuple[Kind, ...] = ("open_voting", "close_voting", "hide_writing", "reveal_notes")
# What is no change of a note, and so neither undone nor done again.
NEVER_UNDONE: tuple[Kind, ...] = ("vote", *ABOUT_CANVAS)


def fields_of(values: "Tags | Wording | NoteState") -> dict[str, Any]:
    """By their names. `dataclasses.asdict` would copy each value deeply, several times a change."""
    return {name: getattr(values, name) for name in values.__slots__}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who performs an operation, as the log keeps it."""

    kind: Literal["participant", "facilitator", "system"]
    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Tags:
    """What a note means beyond its text; amounts in rupiah, low and high around the likely one."""

    segments: tuple[int, ...] = ()
    inclusion: bool = False
    evidence: str | None = None
    side: str | None = None
    amount: int | None = None
    amount_low: int | None = None
    amount_high: int | None = None

    @classmethod
    def of(cls, note: Note) -> "Tags":
        """Those that a row has."""
        tags = {each.name: getattr(note, each.name) for each in fields(cls)}
        return cls(**tags | {"segments": tuple(note.segments)})


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a note: what two people may change at once, and nobody overwrites.

    `gives` and `gets` only matter for partners, the rest for steps of the follow-up plan.
    """

    text: str
    gives: str = ""
    gets: str = ""
    output: str = ""
    centre_owner: str = ""
    partner_owner: str = ""
    due_on: str = ""
    resources: str = ""
    indicator: str = ""
    status: str = ""
    linked_block: str = ""

    @classmethod
    def of(cls, note: "Note | NoteState") -> "Wording":
        """Those that a row has, or had."""
        return cls(**{name: getattr(note, name) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class NoteState:
    """A note as the log and the API give it: everything a client needs to show it."""

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
    deleted: bool
    hidden: bool
    conflict_of: str | None
    votes: int = 0
    voters: list[str] = field(default_factory=list)
    cluster: str = ""
    amount: int | None = None
    amount_low: int | None = None
    amount_high: int | None = None
    veiled_by: str | None = None
    output: str = ""
    centre_owner: str = ""
    partner_owner: str = ""
    due_on: str = ""
    resources: str = ""
    indicator: str = ""
    status: str = ""
    linked_block: str = ""

    def is_veiled_from(self, reader_id: str | None) -> bool:
        """See `Note.is_veiled_from`."""
        return self.veiled_by is not None and (
            reader_id is None or reader_id not in (self.veiled_by, self.author_id)
        )

    def as_json(self) -> dict[str, Any]:
        """As the log keeps it. What only steps of the follow-up plan say is left out where it is not said:
        most notes are none.
        """
        state = fields_of(self)
        for name in PLANNED:
            if not state[name]:
                del state[name]
        return state

    @classmethod
    def of(cls, note: Note) -> "NoteState":
        """The present state of a row."""
        return cls(
            id=note.id,
            block=note.block,
            text=note.text,
            position=note.position,
            version=note.version,
            segments=list(note.segments),
            inclusion=note.inclusion,
            evidence=note.evidence,
            side=note.side,
            gives=note.gives,
            gets=note.gets,
            author_id=note.author_id,
            author=note.author_name,
            deleted=note.deleted_at is not None,
            hidden=note.hidden_at is not None,
            conflict_of=note.conflict_of,
            votes=note.votes,
            voters=list(note.voters),
            cluster=note.cluster,
            amount=note.amount,
            amount_low=note.amount_low,
            amount_high=note.amount_high,
            veiled_by=note.veiled_by,
            **{name: getattr(note, name) for name in PLANNED},
        )


@dataclass(frozen=True, slots=True)
class Arrival:
    """A note that is new on a canvas, and when it was written, here or elsewhere."""

    state: NoteState
    created_at: datetime

    def row(self, canvas_id: str) -> dict[str, Any]:
        """As the table has it."""
        row = fields_of(self.state) | {"canvas_id": canvas_id, "created_at": self.created_at}
        row["author_name"] = row.pop("author")
        del row["deleted"], row["hidden"]
        return row


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Notes as an operation on several of them leaves them, in the order of their revisions; never none."""

    states: Sequence[NoteState]
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """An operation on the canvas itself: the regions it touches, and notes as it leaves them (`states`)."""

    regions: frozenset[str]
    states: Sequence[NoteState] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to an operation, the same however often it is asked."""

    revision: int
    note: NoteState
    changed: bool = True

    def note_for(self, reader_id: str | None) -> dict[str, Any] | None:
        """The note, for whoever asked; None where it is veiled from them: they repeat another's doing."""
        return None if self.note.is_veiled_from(reader_id) else self.note.as_json()


@dataclass(frozen=True, slots=True)
class Operation:
    """What every operation carries: where, by whom, and the client's own id for it.

    `note_id` is empty where the operation is not about one note.
    `request` is what the client sent, in one spelling: the same op_id with another request is refused.
    """

    canvas_id: str
    note_id: str
    op_id: str
    actor: Actor
    request: str = ""


class VersionConflict(errors.Conflict):
    """Somebody else changed the words first. Carries the note as it is now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("version_conflict", N_("Somebody else changed this note in the meantime."))
        self.outcome = outcome
