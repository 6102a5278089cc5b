"""From files people write to definitions and examples, checked while reading. Pure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from app.canvas.definition import (
    BlockDefinition,
    Definition,
    FollowUpPlan,
    Grid,
    GuidingQuestion,
    Link,
    Order,
    ParkingLot,
    QuestionKind,
    Role,
    Text,
)
from app.canvas.example import CentreKind, Evidence, Example, ExampleNote, FollowUp, Side
from app.toml_table import TomlTable

QUESTION_KINDS: tuple[QuestionKind, ...] = ("guiding", "inclusion")
ROLES: tuple[Role, ...] = get_args(Role)
SIDES: tuple[Side, ...] = ("blk", "industry", "joint")
EVIDENCE: tuple[Evidence, ...] = ("fact", "assumption", "tested")
STATUSES = ("under_way", "done", "held_up")
CENTRE_KINDS: tuple[CentreKind, ...] = (
    "BBPVP",
    "BPVP",
    "BLK_PROVINCE",
    "BLK_REGENCY",
    "BLK_COMMUNITY",
    "OTHER",
)
HIGHEST_SEGMENT = 6
# Keys and areas become CSS identifiers and URL parameters, so they may be nothing else.
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_definition(path: Path) -> Definition:
    """The kind of canvas a file describes; MalformedFile says what is wrong with it."""
    file = TomlTable.of_file(path)
    grid = _grid(file.table("grid"))
    blocks = tuple(_blocks(file.tables("blocks"), grid))
    if not blocks:
        raise file.error("there are no blocks")
    _check_areas(file, grid, blocks)
    definition = Definition(
        key=path.stem,
        name=_text(file.table("name")),
        attribution=_text(file.table("attribution")),
        source=_link(file.table("source")),
        licence=_link(file.table("licence")),
        grid=grid,
        orders=tuple(_orders(file.tables("orders"), blocks)),
        blocks=blocks,
        parking=ParkingLot(*_beside(file.table("parking"), blocks)),
        plan=FollowUpPlan(*_beside(file.table("follow_up"), blocks)),
    )
    _check_attribution(file, definition)
    if not definition.orders or definition.orders[0].is_free:
        raise file.error("the first order is the default one and must name every block")
    file.refuse_unread()
    return definition


def read_example(path: Path, definition: Definition) -> Example:
    """The filled canvas a file describes; MalformedFile says what is wrong with it."""
    file = TomlTable.of_file(path)
    example = Example(
        key=path.stem,
        definition_key=file.choice("canvas", [definition.key]),
        status=file.text("status", ""),
        title=file.text("title"),
        perspective=file.choice("perspective", SIDES),
        training_centre=file.text("training_centre"),
        training_centre_kind=file.choice("training_centre_kind", CENTRE_KINDS),
        industry_partner=file.text("industry_partner"),
        vocational_field=file.text("vocational_field", ""),
        province=file.text("province", ""),
        notes=tuple(_notes(file.table("notes"), definition)),
        follow_up=tuple(_follow_up(table, definition) for table in file.tables("follow_up")),
    )
    file.refuse_unread()
    return example


def _text(table: TomlTable) -> Text:
    text = Text(id=table.text("id"), en=table.text("en"))
    table.refuse_unread()
    return text


def _link(table: TomlTable) -> Link:
    link = Link(name=table.text("name"), url=table.text("url"))
    table.refuse_unread()
    return link


def _grid(table: TomlTable) -> Grid:
    grid = Grid(
        columns=table.texts("columns"),
        rows=table.numbers("rows"),
        areas=tuple(" ".join(line.split()) for line in table.texts("areas")),
    )
    table.refuse_unread()
    if len(grid.areas) != len(grid.rows):
        raise table.error(f"{len(grid.rows)} rows, but {len(grid.areas)} lines of areas")
    for line in grid.areas:
        if len(line.split()) != len(grid.columns):
            raise table.error(f"{len(grid.columns)} columns, but {len(line.split())} areas in {line!r}")
    for name in (*grid.columns, *sorted(grid.area_names)):
        _check_name(table, name)
    for area in sorted(grid.area_names):
        if not grid.is_rectangle(area):
            raise table.error(f"the area {area} is not a rectangle")
    return grid


def _blocks(tables: list[TomlTable], grid: Grid) -> Iterator[BlockDefinition]:
    seen: set[str] = set()
    for table in tables:
        block = _block(table, grid)
        for name in filter(None, (block.key, f"area {block.area}", block.role and f"role {block.role}")):
            if name in seen:
                raise table.error(f"{name} is already taken by another block")
            seen.add(name)
        yield block


def _block(table: TomlTable, grid: Grid) -> BlockDefinition:
    key = table.text("key")
    _check_name(table, key)
    block = BlockDefinition(
        key=key,
        area=table.choice("area", sorted(grid.area_names)),
        abbreviation=table.text("abbreviation"),
        name=_text(table.table("name")),
        sub=_text(table.table("sub")),
        questions=tuple(_question(row, number) for number, row in enumerate(table.tables("questions"), 1)),
        shape=grid.shape(table.text("area")),
        exchange=table.flag("exchange"),
        money=table.flag("money"),
        role=table.optional_choice("role", ROLES),
    )
    table.refuse_unread()
    inclusive = sum(question.kind == "inclusion" for question in block.questions)
    if inclusive != 1:
        raise table.error(f"{key} has {inclusive} questions of kind inclusion, and must have exactly one")
    return block


def _question(table: TomlTable, number: int) -> GuidingQuestion:
    kind = table.choice("kind", QUESTION_KINDS)
    return GuidingQuestion(number=number, kind=kind, text=_text(table))


def _orders(tables: list[TomlTable], blocks: tuple[BlockDefinition, ...]) -> Iterator[Order]:
    known = {block.key for block in blocks}
    for table in tables:
        order = Order(key=table.text("key"), name=_text(table.table("name")), blocks=table.texts("blocks"))
        table.refuse_unread()
        for key in order.blocks:
            if key not in known:
                raise table.error(f"unknown block {key}")
            if order.blocks.count(key) > 1:
                raise table.error(f"{key} stands more than once in {order.key}")
        missing = sorted(known.difference(order.blocks))
        if missing and not order.is_free:
            raise table.error(f"{order.key} leaves out {', '.join(missing)}")
        yield order


def _beside(table: TomlTable, blocks: tuple[BlockDefinition, ...]) -> tuple[str, Text, Text]:
    """Key, name and explanation of a place that is none of the blocks."""
    key, name, sub = table.text("key"), _text(table.table("name")), _text(table.table("sub"))
    table.refuse_unread()
    _check_name(table, key)
    if any(block.key == key for block in blocks):
        raise table.error(f"{key} is already taken by a block")
    return key, name, sub


def _check_name(table: TomlTable, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise table.error(f"{name!r} must be small letters, digits and underscores, a letter first")


def _check_areas(file: TomlTable, grid: Grid, blocks: tuple[BlockDefinition, ...]) -> None:
    unused = sorted(grid.area_names.difference(block.area for block in blocks))
    if unused:
        raise file.error(f"no block lies in the area {', '.join(unused)} of the grid")


def _check_attribution(file: TomlTable, definition: Definition) -> None:
    needed = (definition.source.name, definition.licence.name, "{product}")
    for line in (definition.attribution.id, definition.attribution.en):
        for words in needed:
            if words not in line:
                raise file.error(f"the attribution must contain {words}: {line}")


def _notes(table: TomlTable, definition: Definition) -> Iterator[ExampleNote]:
    for block in table.names():
        if not definition.has_block(block):
            raise table.error(f"unknown block {block}")
        for row in table.tables(block):
            yield _note(row, block)


def _note(table: TomlTable, block: str) -> ExampleNote:
    note = ExampleNote(
        block=block,
        text=table.text("text"),
        segments=table.numbers("segments"),
        inclusion=table.flag("inclusion"),
        evidence=table.optional_choice("evidence", EVIDENCE),
        side=table.optional_choice("side", SIDES),
        gives=table.text("gives", ""),
        gets=table.text("gets", ""),
        amount=table.optional_number("amount"),
        amount_low=table.optional_number("amount_low"),
        amount_high=table.optional_number("amount_high"),
    )
    table.refuse_unread()
    if any(not 1 <= segment <= HIGHEST_SEGMENT for segment in note.segments):
        raise table.error(f"segments are 1 to {HIGHEST_SEGMENT}, not {list(note.segments)}")
    return note


def _follow_up(table: TomlTable, definition: Definition) -> FollowUp:
    follow_up = FollowUp(
        activity=table.text("activity"),
        owner=table.text("owner", ""),
        due_days=table.number("due_days"),
        indicator=table.text("indicator", ""),
        partner_owner=table.text("partner_owner", ""),
        output=table.text("output", ""),
        resources=table.text("resources", ""),
        status=table.optional_choice("status", STATUSES) or "",
        linked_block=table.optional_choice("linked_block", [block.key for block in definition.blocks]) or "",
    )
    table.refuse_unread()
    return follow_up
