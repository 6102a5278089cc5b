"""What the notes of a block cost or bring together, and from which side. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

# "" is said of notes that name no side.
SIDES = ("blk", "industry", "joint", "")


class _Note(Protocol):
    @property
    def side(self) -> str | None: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def amount_low(self) -> int | None: ...
    @property
    def amount_high(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Total:
    """Rupiah of several notes. Where only the likely amount is known, it counts as the lowest and highest."""

    likely: int
    low: int
    high: int

    @property
    def is_range(self) -> bool:
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class SideTotal:
    """What comes from one of `SIDES`."""

    side: str
    total: Total


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The total of a block, and of each side that has an amount in it."""

    total: Total
    sides: tuple[SideTotal, ...]


def money_view(notes: Iterable[_Note]) -> MoneyView | None:
    """The totals; None while no note has an amount."""
    priced = [note for note in notes if note.amount is not None]
    if not priced:
        return None
    by_side = {side: [note for note in priced if (note.side or "") == side] for side in SIDES}
    return MoneyView(
        _total(priced), tuple(SideTotal(side, _total(those)) for side, those in by_side.items() if those)
    )


def _total(notes: list[_Note]) -> Total:
    likely = [note.amount or 0 for note in notes]
    lows = [note.amount_low if note.amount_low is not None else note.amount or 0 for note in notes]
    highs = [note.amount_high if note.amount_high is not None else note.amount or 0 for note in notes]
    return Total(sum(likely), sum(lows), sum(highs))
