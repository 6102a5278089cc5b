"""A canvas written down in a file: the examples of the catalog, and what `kanvas render` prints. Pure."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["blk", "industry", "joint"]
Evidence = Literal["fact", "assumption", "tested"]
CentreKind = Literal["BBPVP", "BPVP", "BLK_PROVINCE", "BLK_REGENCY", "BLK_COMMUNITY", "OTHER"]


@dataclass(frozen=True, slots=True)
class ExampleNote:
    """One note; `gives` and `gets` are empty except where its text names a partner."""

    block: str
    text: str
    segments: tuple[int, ...]
    inclusion: bool
    evidence: Evidence | None
    side: Side | None
    gives: str
    gets: str
    amount: int | None = None
    amount_low: int | None = None
    amount_high: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One agreed step after the workshop, due so many days after it; `owner` is at the training centre."""

    activity: str
    owner: str
    due_days: int
    indicator: str
    partner_owner: str = ""
    output: str = ""
    resources: str = ""
    status: str = ""
    linked_block: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A filled canvas of one partnership. Its `status` says that it is an example (CONTOH)."""

    key: str
    definition_key: str
    status: str
    title: str
    perspective: Side
    training_centre: str
    training_centre_kind: CentreKind
    industry_partner: str
    vocational_field: str
    province: str
    notes: tuple[ExampleNote, ...]
    follow_up: tuple[FollowUp, ...]

    def notes_of(self, block: str) -> tuple[ExampleNote, ...]:
        """The notes of one block, as they stand."""
        return tuple(note for note in self.notes if note.block == block)
