"""A row of a list as a note. What a cell says that nobody understands costs the cell, never the note."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.canvas import catalog
from app.canvas.models import MAX_CLUSTER_NAME, MAX_TEXT, SEGMENTS
from app.clock import now
from app.errors import N_
from app.export.archive_entries import NoteEntry
from app.export.columns import NOTES, PLAN, Column, truth
from app.importing.remarks import Remarks
from app.importing.tables import Cell, Row
from app.rupiah import MOST

_NOTE_COLUMNS = {column.key: column for column in NOTES.columns}
_STEP_COLUMNS = {column.key: column for column in PLAN.columns}
_NUMBER = re.compile(r"(?:rp\s*)?(\d{1,3}(?:[. ]\d{3})+|\d+)(?:[.,]0+)?", re.IGNORECASE)
_SEGMENT = re.compile(r"[1-9]\d*")
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note on a list; `group` and `partnership` as they are written there."""

    row: int
    group: str
    partnership: str
    entry: NoteEntry


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row by the keys of their columns."""

    source: Row
    at: dict[str, int]
    row: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", self.source.number)

    def cell(self, key: str) -> Cell:
        number = self.at.get(key)
        return self.source.cells[number] if number is not None and number < len(self.source.cells) else None

    def text(self, key: str) -> str:
        """A cell as somebody would read it."""
        value = self.cell(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value)

    def number_of(self, key: str) -> int | None:
        """A whole number, written with or without points between thousands; None for anything else."""
        value = self.cell(key)
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, int | float):
            return round(value) if abs(value) <= 2 * MOST else None
        found = _NUMBER.fullmatch(value.strip())
        return int(re.sub(r"\D", "", found[1])[:18]) if found else None


def read_note(cells: Cells, remarks: Remarks) -> ListedNote | None:
    """A note, or None for a row without one."""
    words = {key: cells.text(key) for key in ("text", "gives", "gets")}
    if not _is_note(cells, words, remarks):
        return None
    segments = [int(number[:2]) for number in _SEGMENT.findall(cells.text("segments"))]
    if not set(segments) <= set(SEGMENTS):
        remarks.add(N_("Segments are numbered 1 to 6."), cells.row)
    inclusion = cells.cell("inclusion")
    means = truth(str(inclusion)) if inclusion is not None else False
    if means is None:
        remarks.add(N_("Not understood and left empty: “%(what)s”"), cells.row, what=inclusion)
    cluster = " ".join(cells.text("cluster").split())
    if len(cluster) > MAX_CLUSTER_NAME:
        remarks.add(N_("The name of a group of ideas may have at most 60 characters."), cells.row)
    return _listed(
        cells,
        block=_block(cells, remarks),
        segments=sorted(set(segments) & set(SEGMENTS)),
        inclusion=bool(means),
        side=_meant(cells, _NOTE_COLUMNS["side"], remarks),
        evidence=_meant(cells, _NOTE_COLUMNS["evidence"], remarks),
        cluster=cluster if len(cluster) <= MAX_CLUSTER_NAME else "",
        author_name=" ".join(cells.text("author").split())[:60],
        created_at=_moment(cells.text("created_at")),
        **_amounts(cells, remarks),
        **words,
    )


def read_step(cells: Cells, remarks: Remarks) -> ListedNote | None:
    """A step of the follow-up plan, or None for a row without one."""
    names = ("text", "output", "centre_owner", "partner_owner", "resources", "indicator")
    words = {key: cells.text(key) for key in names}
    if not _is_note(cells, words, remarks):
        return None
    return _listed(
        cells,
        block=catalog.definition().plan.key,
        due_on=_day(cells, remarks),
        status=_meant(cells, _STEP_COLUMNS["status"], remarks) or "",
        linked_block=_meant(cells, _STEP_COLUMNS["linked_block"], remarks) or "",
        created_at=_moment(""),
        **words,
    )


def _listed(cells: Cells, **fields: Any) -> ListedNote:
    entry = NoteEntry(key=f"r{cells.row}", **fields)
    return ListedNote(cells.row, cells.text("group").strip(), cells.text("partnership").strip(), entry)


def _is_note(cells: Cells, words: dict[str, str], remarks: Remarks) -> bool:
    if not words["text"].strip():
        remarks.add(N_("Left out: there is no text."), cells.row)
        return False
    if any(len(word) > MAX_TEXT for word in words.values()):
        too_long = N_("Left out: longer than 2,000 characters. Please shorten it or make two of it.")
        remarks.add(too_long, cells.row)
        return False
    if any("\0" in word for word in words.values()):
        remarks.add(N_("Left out: it contains characters that cannot be stored."), cells.row)
        return False
    return True


def _block(cells: Cells, remarks: Remarks) -> str:
    definition = catalog.definition()
    if key := _NOTE_COLUMNS["block"].meant(cells.text("block")):
        return key
    number = cells.number_of("block_number")
    for block in definition.blocks:
        if definition.number(block.key) == number and not cells.text("block").strip():
            return block.key
    unknown = N_("The block “%(what)s” is not known: the note goes to the parking lot.")
    remarks.add(unknown, cells.row, what=cells.text("block").strip() or "–")
    return definition.parking.key


def _meant(cells: Cells, column: Column, remarks: Remarks) -> str | None:
    said = cells.text(column.key).strip()
    value = column.meant(said) if said else None
    if said and value is None:
        remarks.add(N_("Not understood and left empty: “%(what)s”"), cells.row, what=said)
    return value or None


def _amounts(cells: Cells, remarks: Remarks) -> dict[str, int | None]:
    names = ("amount_low", "amount", "amount_high")
    amounts = {name: cells.number_of(name) for name in names}
    known = [amount for amount in amounts.values() if amount is not None]
    said = [cells.text(name) for name in names if cells.text(name).strip()]
    fits = len(known) == len(said) and known == sorted(known) and all(0 <= each <= MOST for each in known)
    if fits and (not known or amounts["amount"] is not None):
        return amounts
    remarks.add(N_("Amounts not understood and left empty: “%(what)s”"), cells.row, what=" · ".join(said))
    return {}


def _day(cells: Cells, remarks: Remarks) -> str:
    said = cells.text("due_on").strip()[:10]
    if not said:
        return ""
    for spelling in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            day = datetime.strptime(said, spelling).replace(tzinfo=UTC)
        except ValueError:
            continue
        if 2000 <= day.year < 2200:
            return day.date().isoformat()
    remarks.add(N_("Not understood and left empty: “%(what)s”"), cells.row, what=said)
    return ""


def _moment(said: str) -> datetime:
    """By the clock of this computer, as lists are written; now where there is none."""
    try:
        moment = datetime.fromisoformat(said.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        return now()
    return moment if _EARLIEST < moment < _LATEST else now()
