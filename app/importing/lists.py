"""What a list says: notes, steps of the plan, groups with their partnerships, people. By the headings of
`export.columns`, in Indonesian or English, in any order; what is not understood is remarked upon.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.canvas.definition import Text
from app.errors import N_, Invalid
from app.export.attendance_list import is_attendance_list
from app.export.columns import COMMENTS, GROUPS, NOTES, PLAN, TAGS, VOTES, Column, column_headed
from app.importing.note_rows import Cells, ListedNote, read_note, read_step
from app.importing.remarks import Remark, Remarks
from app.importing.tables import Row, Sheet, sheet_of_text
from app.web.i18n import translate
from app.workshop.plans import PlannedGroup, read_partnerships


def _both(message: str) -> Text:
    return Text(translate("id", message), translate("en", message))


PEOPLE = (
    Column("name", _both(N_("Name"))),
    Column("institution", _both(N_("Institution"))),
    Column("group", _both(N_("Group"))),
)
_PARTNERSHIPS = (
    *GROUPS.columns,
    Column("partnership", _both(N_("Partnership"))),
)
_ATTENDANCE = N_(
    "This is an attendance list. It says who was there and stays with its workshop: nobody becomes a"
    " participant by it. To put people at tables, paste their names on the import page of the workshop."
)


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody on a list; `group` as it is written there."""

    row: int
    name: str
    institution: str
    group: str


@dataclass(slots=True)
class Lists:
    """Everything that was on the sheets of one file."""

    notes: list[ListedNote] = field(default_factory=list)
    groups: list[PlannedGroup] = field(default_factory=list)
    people: list[ListedPerson] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_lists(sheets: Sequence[Sheet]) -> Lists:
    """Raises Invalid when no sheet has headings that are understood."""
    found, aside = Lists(), list[Remark]()
    filled = [sheet for sheet in sheets if sheet.rows]
    for sheet in filled:
        if message := _reason_against(sheet.rows[0]):
            aside.append(Remark(message=message, sheet=sheet.name))
    understood = [_read(sheet, found) for sheet in filled if not _reason_against(sheet.rows[0])]
    if not aside and not any(understood):
        raise Invalid(
            "headings_unknown",
            N_("The first row needs headings such as Catatan (Note) and Blok (Block), or BLK and Mitra."),
        )
    _check_anything(found, aside)
    # Of marks and votes the list of notes has said enough.
    found.remarks += [remark for remark in aside if remark.message == _ATTENDANCE or not found.notes]
    return found


def _check_anything(found: Lists, aside: list[Remark]) -> None:
    if found.notes or found.groups or found.people or any(remark.row for remark in found.remarks):
        return
    # A remark with parameters is about columns, not about the list as a whole.
    reasons = [remark.message for remark in (*aside, *found.remarks) if not remark.params]
    nothing = N_("This list has headings, and no rows below them.")
    raise Invalid("list_empty", reasons[0] if reasons else nothing)


def pasted_people(pasted: str) -> list[ListedPerson]:
    """A pasted list of names: one a line, if you like with institution and group."""
    rows = sheet_of_text(pasted.encode()).rows
    at = _columns(rows[:1], PEOPLE)
    if "name" in at:
        rows = rows[1:]
    else:
        at = {column.key: at for at, column in enumerate(PEOPLE)}
    return [person for row in rows if (person := _person(Cells(row, at)))]


def pasted_groups(pasted: str) -> list[PlannedGroup]:
    """A pasted list of partnerships, one a line."""
    return list(read_partnerships(pasted))


def _read(sheet: Sheet, found: Lists) -> bool:
    """Take what is on a sheet; whether it was of a kind that is read."""
    head, *rows = sheet.rows
    remarks = Remarks()
    for columns, key, read in (
        (COMMENTS.columns, "comment_kind", _comments),
        (NOTES.columns, "text", _notes),
        (PLAN.columns, "text", _steps),
        (_PARTNERSHIPS, "training_centre", _groups),
        (_PARTNERSHIPS, "partnership", _groups),
        (PEOPLE, "name", _people),
    ):
        if _is_headed(head, columns, key):
            at = _columns([head], columns)
            read(found, [Cells(row, at) for row in rows], remarks)
            _remark_unknown(head, at, remarks)
            found.remarks += [remark.model_copy(update={"sheet": sheet.name}) for remark in remarks]
            return True
    return False


def _reason_against(head: Row) -> str:
    """Why nothing of a sheet with these headings is brought in; empty where there is no reason."""
    if is_attendance_list(str(cell) for cell in head.cells if cell is not None):
        return _ATTENDANCE
    if _is_headed(head, TAGS.columns, "tag_kind"):
        return N_("This is the list of marks. Please take the list of notes: it says the same, and comes in.")
    if _is_headed(head, VOTES.columns, "question"):
        return N_("Votes are not brought in: they belong to those who cast them.")
    return ""


def _notes(found: Lists, rows: Sequence[Cells], remarks: Remarks) -> None:
    found.notes += [note for row in rows if (note := read_note(row, remarks))]
    if any(row.number_of("votes") for row in rows):
        remarks.add(N_("Votes are not brought in: they belong to those who cast them."))


def _steps(found: Lists, rows: Sequence[Cells], remarks: Remarks) -> None:
    found.notes += [step for row in rows if (step := read_step(row, remarks))]


def _comments(found: Lists, rows: Sequence[Cells], remarks: Remarks) -> None:
    if rows:
        remarks.add(N_("Comments are not brought in: they belong to those who wrote them."))


def _groups(found: Lists, rows: Sequence[Cells], remarks: Remarks) -> None:
    found.groups += [group for row in rows for group in _group(row)]


def _group(row: Cells) -> Iterator[PlannedGroup]:
    parties = row.text("training_centre").strip(), row.text("industry_partner").strip()
    if not any(parties):
        for read in read_partnerships(row.text("partnership").replace("\n", " "))[:1]:
            parties = read.training_centre, read.industry_partner
    if any(parties) or row.text("group").strip():
        centre, partner = parties if parties[0] else (parties[1], "")
        yield PlannedGroup(centre, partner, row.text("vocational_field").strip(), row.text("group").strip())


def _people(found: Lists, rows: Sequence[Cells], remarks: Remarks) -> None:
    found.people += [person for row in rows if (person := _person(row))]


def _person(row: Cells) -> ListedPerson | None:
    name = " ".join(row.text("name").split())
    group = " ".join(row.text("group").split())
    return ListedPerson(row.row, name, " ".join(row.text("institution").split()), group) if name else None


def _is_headed(head: Row, columns: Sequence[Column], key: str) -> bool:
    return key in _columns([head], columns)


def _columns(head: Sequence[Row], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; of two that are headed alike the first."""
    at: dict[str, int] = {}
    for row in head:
        for number, cell in enumerate(row.cells):
            if isinstance(cell, str) and (column := column_headed(columns, cell)):
                at.setdefault(column.key, number)
    return at


def _remark_unknown(head: Row, at: dict[str, int], remarks: Remarks) -> None:
    known = at.values()
    headings = [str(cell or "").strip() for n, cell in enumerate(head.cells) if n not in known]
    unknown = [heading for heading in headings if heading]
    if unknown:
        remarks.add(N_("Columns that were not read: %(names)s"), names=", ".join(unknown))
