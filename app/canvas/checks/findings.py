"""What the checks look at, and what they find. Frozen and pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.canvas.checks.words import WordLists
from app.canvas.definition import Definition, Role

Level = Literal["high", "medium", "low", "info"]
LEVELS: tuple[Level, ...] = ("high", "medium", "low", "info")


class Area(StrEnum):
    """What a check is about; in the order in which they are read."""

    COMPLETENESS = "completeness"
    LINKS = "links"
    PARTNERSHIP = "partnership"
    FUNDING = "funding"
    INCLUSION = "inclusion"
    FOLLOW_UP = "follow-up"
    VOICES = "voices"


@dataclass(frozen=True, slots=True)
class CheckedNote:
    """A note as everybody sees it."""

    id: str
    block: str
    text: str
    segments: tuple[int, ...] = ()
    inclusion: bool = False
    evidence: str | None = None
    side: str | None = None
    gives: str = ""
    gets: str = ""
    author_id: str = ""

    @property
    def all_words(self) -> str:
        """Everything that is written on it."""
        return f"{self.text}\n{self.gives}\n{self.gets}"


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A step of the follow-up plan; `due_days` after the workshop, None while no day is agreed."""

    activity: str
    owner: str = ""
    due_days: int | None = None
    indicator: str = ""
    output: str = ""
    id: str = ""

    @property
    def all_words(self) -> str:
        """Everything that is written about it, but not who does it."""
        return f"{self.activity}\n{self.indicator}\n{self.output}"


@dataclass(frozen=True, slots=True)
class CheckedCanvas:
    """One canvas, its notes in reading order.

    `plan`: None where no follow-up plan is kept. `members`: ids of the people at the table, None unless a
    facilitator asked how turns are shared.
    """

    definition: Definition
    words: WordLists
    notes: tuple[CheckedNote, ...]
    plan: tuple[ActionItem, ...] | None = None
    members: tuple[str, ...] | None = None

    def block(self, role: Role) -> str:
        """The key of the block with this role, which the canvas has (`CanvasCheck.needs`)."""
        found = self.definition.block_in(role)
        assert found is not None
        return found.key

    def of(self, *roles: Role) -> tuple[CheckedNote, ...]:
        """The notes in the blocks with these roles."""
        keys = {block.key for block in self.definition.blocks if block.role in roles}
        return tuple(note for note in self.notes if note.block in keys)

    def plan_says(self) -> str:
        """All words of the follow-up plan; empty without one."""
        return "\n".join(step.all_words for step in self.plan or ())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a check asks its question, and what the question names.

    `block` is empty where the follow-up plan is meant; `note_id` is then the step, if one is. `about` tells
    apart what one check finds at one place: a segment, a kind of cost, the other note. `asks`: another
    question than the check's own.
    """

    block: str
    note_id: str = ""
    about: str = ""
    name: str = ""
    count: int = 0
    asks: str = ""


@dataclass(frozen=True, slots=True)
class CanvasCheck:
    """A rule of domain.md §6, by its id there.

    `question` is an English msgid, which may use %(block)s, %(name)s and %(count)s. `needs`: the roles of
    blocks without which it says nothing.
    """

    id: str
    area: Area
    level: Level
    question: str
    find: Callable[[CheckedCanvas], Iterable[Place]]
    needs: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """A check at a place of a canvas."""

    check: CanvasCheck
    place: Place

    @property
    def key(self) -> str:
        """What it is known by, whatever happens elsewhere on the canvas: `H01:NOTE:S2`, `K01:channels`."""
        parts = (self.check.id, self.place.note_id or self.place.block, self.place.about)
        return ":".join(filter(None, parts))

    @property
    def question(self) -> str:
        return self.place.asks or self.check.question
