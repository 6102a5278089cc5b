"""What the checker records and compares."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

TOKEN = re.compile(r"<<([\w.\-]+)>>")
DEFINITION = Path(__file__).parents[3] / "canvases" / "business-model.toml"


def tokens(text: str) -> list[str]:
    """The markers in a note's text, in order."""
    return TOKEN.findall(text or "")


def block_keys(path: Path = DEFINITION) -> tuple[str, ...]:
    """The keys of the blocks a canvas has."""
    definition = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(block["key"] for block in definition["blocks"])


class Seat(NamedTuple):
    """One canvas and what it takes to join it."""

    canvas: str
    group: str
    join_code: str


class Place(NamedTuple):
    """How far somebody has read: what goes into `Last-Event-ID`."""

    epoch: str
    rev: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.rev}"


@dataclass
class Note:
    id: str
    block: str
    text: str
    position: float = 0.0
    version: int = 0
    conflict_of: str | None = None  # set when the server kept both texts as a sibling note
    voters: tuple[str, ...] = ()  # participants; only once the vote is closed

    def key(self) -> tuple[str, str, float, str | None]:
        """Everything that must look the same in every window."""
        return (self.block, self.text, self.position, self.conflict_of)


@dataclass
class Snapshot:
    rev: int
    notes: dict[str, Note]
    epoch: str = ""
    duplicates: list[str] = field(default_factory=list)  # ids the server listed more than once

    @property
    def place(self) -> Place:
        return Place(self.epoch, self.rev)

    def digest(self) -> dict[str, tuple[str, str, float, str | None]]:
        return {id_: note.key() for id_, note in self.notes.items()}


@dataclass
class Event:
    """One message of a stream: `op`, `hb`, `reset` or `bye`. `note` is the state after it, None = deleted."""

    type: str
    rev: int = -1
    op_id: str = ""
    kind: str = ""
    note_id: str = ""
    note: Note | None = None


@dataclass
class Result:
    status: str  # ok | fail | conflict | unknown
    rev: int | None = None
    note: Note | None = None  # on a conflict: what the server has now
    http: int = 0
    detail: str = ""
    changed: bool = True  # False: accepted, but nothing had to change, so no new revision


@dataclass
class Op:
    """One intent of one person, sent until its outcome is known."""

    op_id: str
    client: str
    canvas: str
    kind: str  # add edit move delete restore vote
    note_id: str
    args: Mapping[str, Any]
    token: str | None = None
    invoked: float = 0.0
    done: float | None = None
    outcome: str = "unknown"  # ok | fail | unknown
    rev: int | None = None
    landed: str = ""  # the note the server says it wrote to: a sibling when it kept both texts
    changed: bool = True
    attempts: int = 0
    http: list[int] = field(default_factory=list)
    detail: str = ""
    voter: str = ""  # the participant whose vote it is


@dataclass
class Violation:
    kind: str
    message: str
    ops: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"[{self.kind}] {self.message}" + (f"  ops={self.ops[:6]}" if self.ops else "")


@dataclass
class Read:
    """One snapshot somebody fetched, with what it had to show."""

    client: str
    canvas: str
    invoked: float
    done: float
    rev: int
    epoch: str
    must_see: int  # highest revision acknowledged to anybody before the read began
    own_ack: int  # highest revision acknowledged to this client before the read began


@dataclass
class Finals:
    """The end of one canvas: a fresh reader's snapshot, the log, and what every window shows."""

    snapshot: Snapshot
    log: list[Event] | None = None
    views: dict[str, Snapshot] = field(default_factory=dict)
    feed: list[Event] | None = None  # the same log by long-poll
    screens: dict[str, dict[str, str]] = field(default_factory=dict)  # window -> region -> HTML
    fresh_screen: dict[str, str] | None = None
