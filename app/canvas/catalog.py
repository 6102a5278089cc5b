"""The kinds of canvas and the filled examples that come with the product, by key."""

import re
from functools import cache
from pathlib import Path

from app.canvas.catalog_files import read_definition, read_example
from app.canvas.definition import (
    BlockDefinition,
    Definition,
    Grid,
    GuidingQuestion,
    Link,
    Order,
    ParkingLot,
    Phrase,
    QuestionKind,
    Shape,
    Text,
)
from app.canvas.example import CentreKind, Example, ExampleNote, FollowUp, Side
from app.resources import CANVASES

__all__ = [
    "BlockDefinition",
    "CentreKind",
    "Definition",
    "Example",
    "ExampleNote",
    "FollowUp",
    "Grid",
    "GuidingQuestion",
    "Link",
    "Order",
    "ParkingLot",
    "Phrase",
    "QuestionKind",
    "Shape",
    "Side",
    "Text",
    "definition",
    "example",
    "example_in_file",
    "examples",
]

BUSINESS_MODEL = "business-model"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


@cache
def definition(key: str = BUSINESS_MODEL) -> Definition:
    """The kind of canvas of a key; KeyError for a key that is none."""
    return read_definition(_file(CANVASES, key))


@cache
def example(key: str) -> Example:
    """The example of a key; KeyError for a key that is none."""
    return example_in_file(_file(CANVASES / "examples", key))


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of their keys."""
    return tuple(example(path.stem) for path in sorted((CANVASES / "examples").glob("*.toml")))


def example_in_file(path: Path) -> Example:
    """A filled canvas in any file that is written like the examples."""
    return read_example(path, definition())


def _file(folder: Path, key: str) -> Path:
    # A key can come from a request; it names a file and never a way out of the folder.
    path = folder / f"{key}.toml"
    if not _KEY.fullmatch(key) or not path.is_file():
        raise KeyError(key)
    return path
