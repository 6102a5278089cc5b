"""The balance of a table as its host sees it, in words and counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareView:
    """Some people of a table, how much they wrote and voted, and how much the whole table did."""

    name: str
    people: int
    notes: int
    votes: int
    of_notes: int


@dataclass(frozen=True, slots=True)
class TableBalance:
    """A table. `shares` by each question; `hint` is a whole sentence, or empty."""

    name: str
    people: int
    answered: int
    shares: tuple[tuple[ShareView, ...], ...]
    hint: str
