"""The demonstration workshop: like that of Banten in September 2024, with invented people."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from app.canvas.catalog import Example, example
from app.resources import CANVASES
from app.toml_table import TomlTable

ParticipantSide = Literal["blk", "industry", "government", "other"]

PARTICIPANT_SIDES: tuple[ParticipantSide, ...] = ("blk", "industry", "government", "other")


@dataclass(frozen=True, slots=True)
class DemoParticipant:
    """Somebody at a table."""

    name: str
    institution: str
    side: ParticipantSide


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A table, and the filled canvas of the partnership it works on."""

    number: int
    example: Example
    participants: tuple[DemoParticipant, ...]


@dataclass(frozen=True, slots=True)
class DemoWorkshop:
    """A workshop in full swing."""

    title: str
    place: str
    province: str
    organizer: str
    groups: tuple[DemoGroup, ...]

    @property
    def expected_participants(self) -> int:
        return sum(len(group.participants) for group in self.groups)


@cache
def demo_workshop() -> DemoWorkshop:
    """The workshop that comes with the product."""
    return read_demo(CANVASES / "demo" / "banten.toml")


def read_demo(path: Path) -> DemoWorkshop:
    """The workshop in a file; MalformedFile says what is wrong with it."""
    file = TomlTable.of_file(path)
    workshop = DemoWorkshop(
        title=file.text("title"),
        place=file.text("place"),
        province=file.text("province"),
        organizer=file.text("organizer"),
        groups=tuple(_group(table) for table in file.tables("groups")),
    )
    file.refuse_unread()
    return workshop


def _group(table: TomlTable) -> DemoGroup:
    key = table.text("example")
    try:
        canvas = example(key)
    except KeyError:
        raise table.error(f"there is no example {key}") from None
    group = DemoGroup(
        number=table.number("number"),
        example=canvas,
        participants=tuple(_participant(row) for row in table.tables("participants")),
    )
    table.refuse_unread()
    return group


def _participant(table: TomlTable) -> DemoParticipant:
    participant = DemoParticipant(
        name=table.text("name"),
        institution=table.text("institution"),
        side=table.choice("side", PARTICIPANT_SIDES),
    )
    table.refuse_unread()
    return participant
