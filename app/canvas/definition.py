"""What a kind of canvas is: its blocks, questions, orders and geometry. Pure: standard library only."""

import re
from dataclasses import dataclass
from typing import Literal

QuestionKind = Literal["guiding", "inclusion"]
Shape = Literal["tall", "wide"]
Role = Literal[
    "segments",
    "values",
    "channels",
    "relationships",
    "income",
    "resources",
    "activities",
    "partners",
    "costs",
]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    id: str
    en: str

    def of(self, locale: str) -> str:
        """The words in a locale; Indonesian is the language of everybody else."""
        return self.en if locale.startswith("en") else self.id


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence, perhaps a link."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Where areas lie: the name of each column, the weight of each row, one line of area names per row."""

    columns: tuple[str, ...]
    rows: tuple[int, ...]
    areas: tuple[str, ...]

    @property
    def area_names(self) -> frozenset[str]:
        return frozenset(name for line in self.areas for name in line.split())

    def column_indexes(self, area: str) -> tuple[int, ...]:
        """The columns an area covers, from 0."""
        return tuple(sorted({column for _, column in self._cells(area)}))

    def row_indexes(self, area: str) -> tuple[int, ...]:
        """The rows an area covers, from 0."""
        return tuple(sorted({row for row, _ in self._cells(area)}))

    def shape(self, area: str) -> Shape:
        """Wide when an area has more of the canvas's width than of its height."""
        width = len(self.column_indexes(area)) / len(self.columns)
        height = sum(self.rows[row] for row in self.row_indexes(area)) / sum(self.rows)
        return "wide" if width > height else "tall"

    def is_rectangle(self, area: str) -> bool:
        """Whether an area has no gaps and no corners missing, as CSS demands."""
        rows, columns = self.row_indexes(area), self.column_indexes(area)
        whole = {
            (row, column)
            for row in range(rows[0], rows[-1] + 1)
            for column in range(columns[0], columns[-1] + 1)
        }
        return self._cells(area) == whole

    def _cells(self, area: str) -> set[tuple[int, int]]:
        return {
            (row, column)
            for row, line in enumerate(self.areas)
            for column, name in enumerate(line.split())
            if name == area
        }


@dataclass(frozen=True, slots=True)
class Order:
    """An order of filling the blocks. Without blocks it is free: the group chooses."""

    key: str
    name: Text
    blocks: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        return not self.blocks


@dataclass(frozen=True, slots=True)
class GuidingQuestion:
    """One of the questions of a block; exactly one of them asks about inclusion."""

    number: int
    kind: QuestionKind
    text: Text


@dataclass(frozen=True, slots=True)
class BlockDefinition:
    """One block of a canvas: what it is called, what it asks, where it lies, and what checks know it by."""

    key: str
    area: str
    abbreviation: str
    name: Text
    sub: Text
    questions: tuple[GuidingQuestion, ...]
    shape: Shape
    exchange: bool = False
    money: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class ParkingLot:
    """Where notes wait that have no block yet."""

    key: str
    name: Text
    sub: Text


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """Where it is written down who does what after the workshop, and by when."""

    key: str
    name: Text
    sub: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of canvas. Notes stand in its blocks, or wait in its parking lot; steps of the follow-up plan
    have a page of their own.
    """

    key: str
    name: Text
    attribution: Text
    source: Link
    licence: Link
    grid: Grid
    orders: tuple[Order, ...]
    blocks: tuple[BlockDefinition, ...]
    parking: ParkingLot
    plan: FollowUpPlan

    @property
    def places(self) -> tuple[BlockDefinition | ParkingLot, ...]:
        """Everywhere on the canvas a note may be, the blocks in the default order first."""
        return (*self.in_order(), self.parking)

    def place(self, key: str) -> BlockDefinition | ParkingLot | FollowUpPlan:
        """The block of a key, the parking lot or the follow-up plan; KeyError for a key that is none."""
        beside = {place.key: place for place in (self.parking, self.plan)}
        return beside.get(key) or self.block(key)

    def has_place(self, key: str) -> bool:
        return key == self.parking.key or self.has_block(key)

    def block(self, key: str) -> BlockDefinition:
        """The block of a key; KeyError for a key that is none."""
        for block in self.blocks:
            if block.key == key:
                return block
        raise KeyError(key)

    def has_block(self, key: str) -> bool:
        return any(block.key == key for block in self.blocks)

    def block_in(self, role: Role) -> BlockDefinition | None:
        """The block that has this role, if any has."""
        return next((block for block in self.blocks if block.role == role), None)

    def order(self, key: str | None = None) -> Order:
        """The filling order of a key, the default one without a key; KeyError for a key that is none."""
        if key is None:
            return self.orders[0]
        for order in self.orders:
            if order.key == key:
                return order
        raise KeyError(key)

    def in_order(self, order_key: str | None = None) -> tuple[BlockDefinition, ...]:
        """The blocks in a filling order; a free order shows them in the default one."""
        order = self.order(order_key)
        return tuple(self.block(key) for key in order.blocks or self.orders[0].blocks)

    def number(self, key: str) -> int:
        """The number of a block: its place in the default order, from 1."""
        return self.orders[0].blocks.index(self.block(key).key) + 1

    def attribution_phrases(self, locale: str, product: str) -> tuple[Phrase, ...]:
        """The attribution line, cut where its source and its licence are links."""
        line = self.attribution.of(locale).format(product=product)
        urls = {link.name: link.url for link in (self.source, self.licence)}
        pieces = re.split("(" + "|".join(map(re.escape, urls)) + ")", line)
        return tuple(Phrase(piece, urls.get(piece)) for piece in pieces if piece)
