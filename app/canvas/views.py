"""What templates see of a canvas. Frozen, free of viewer and request; `drawing` makes them from rows."""

from dataclasses import dataclass

from app.canvas.checks.completeness import COMPARED
from app.canvas.checks.similar import similar
from app.canvas.follow_up import PlanView
from app.canvas.money import MoneyView, Total
from app.canvas.segment_names import SegmentView
from app.comment.queries import QUIET, Talk


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note, the same on every surface. `rival` is its other version in the same block, if any.

    `talk`: what is said about it, for boards only.
    `votes` are those of the latest vote, once it is closed; `is_votable` while one is open on its block.
    `is_veiled`: nobody but the reader sees it yet, and this is in nothing that others get.
    """

    id: str
    canvas_id: str
    block: str
    text: str
    author_id: str
    author: str
    initials: str
    segments: tuple[int, ...]
    side: str | None
    inclusion: bool
    evidence: str | None
    gives: str
    gets: str
    conflict_of: str | None
    version: int
    rival: str = ""
    talk: Talk = QUIET
    votes: int = 0
    is_votable: bool = False
    cluster: str = ""
    amount: int | None = None
    amount_low: int | None = None
    amount_high: int | None = None
    is_veiled: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One guiding question; `kind` is "guiding" or "inclusion"."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """One of the nine blocks with its notes, named in the reader's language and in the other one.

    `rows` counts the rows of the canvas it takes. The parking lot has no number, area, rows and questions.
    `count` is that of all its notes, `veiled` of those among them that are not shown yet.
    """

    key: str
    number: int
    name: str
    other_name: str
    other_lang: str
    sub: str
    area: str
    shape: str
    rows: int
    questions: tuple[QuestionView, ...]
    notes: tuple[NoteView, ...]
    count: int
    heat: int
    has_exchange: bool
    names_segments: bool
    talk: Talk = QUIET
    has_money: bool = False
    money: MoneyView | None = None
    veiled: int = 0

    @property
    def total(self) -> Total | None:
        """What its amounts add up to; none without any."""
        return self.money.total if self.money else None

    @property
    def alike(self) -> tuple[str, ...]:
        """The first notes that nearly say the same and do not stand together yet, by their ids."""
        pairs = list(similar([f"{note.text}\n{note.gives}\n{note.gets}" for note in self.notes[:COMPARED]]))
        for earlier, _ in pairs:
            group = [self.notes[at] for at in (earlier, *(later for one, later in pairs if one == earlier))]
            if len({note.cluster for note in group}) > 1 or not group[0].cluster:
                return tuple(note.id for note in group)
        return ()


@dataclass(frozen=True, slots=True)
class CanvasView:
    """A whole canvas, blocks in filling order; its parking lot is none of them, nor counted. Where it is
    printed, with its follow-up `plan`.
    """

    id: str
    title: str
    group_name: str
    group_number: int
    workshop_id: str
    workshop_title: str
    revision: int
    blocks: tuple[BlockView, ...]
    parking: BlockView
    note_count: int
    segments: tuple[SegmentView, ...] = ()
    is_silent: bool = False
    plan: PlanView | None = None

    @property
    def places(self) -> tuple[BlockView, ...]:
        """Everywhere a note may be: the blocks, then the parking lot."""
        return (*self.blocks, self.parking)

    def block(self, key: str) -> BlockView:
        """The block with this key, or the parking lot. Raises StopIteration for another."""
        return next(block for block in self.places if block.key == key)

    @property
    def totals(self) -> dict[str, Total | None]:
        """What the amounts of each block add up to."""
        return {block.key: block.total for block in self.places}

    def rival_of(self, note_id: str) -> str:
        """The id of a note's other version; empty when there is none."""
        return next((n.rival for block in self.places for n in block.notes if n.id == note_id), "")


@dataclass(frozen=True, slots=True)
class PrintFields:
    """The header of a printed canvas (domain.md §1.3). `date` is left to the template's formatting."""

    designed_for: str
    designed_by: str
    date: object
    version: str
    partnership: str
    vocational_field: str
    perspective: str
    status: str = ""
    place: str = ""
    organizer: str = ""
