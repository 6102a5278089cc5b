"""What may be chosen for a report or a booklet. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookWishes:
    """`named`: with the names of who wrote each note; `pictured`: with photographs, where there are any."""

    named: bool = False
    pictured: bool = True

    @property
    def query(self) -> dict[str, int | None]:
        """How an address says it: only what is not usual."""
        return {"names": 1 if self.named else None, "photographs": None if self.pictured else 0}

    @property
    def mark(self) -> str:
        """What keeps books of different wishes apart."""
        return "names" * self.named + "plain" * (not self.pictured)


USUAL = BookWishes()
