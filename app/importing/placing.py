"""Where things on a list belong: at which table of a workshop, or in which group of one that is new."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas.models import MAX_NOTES, Note
from app.errors import N_
from app.export.archive_entries import MAX_PEOPLE, Archive, GroupEntry, NoteEntry, PersonEntry
from app.identity.actions import check_name
from app.importing.additions import Additions, PlacedNotes, PlacedPerson
from app.importing.lists import ListedPerson, Lists
from app.importing.remarks import Remark, Remarks
from app.web.i18n import LANGUAGES
from app.workshop.names import folded, group_name
from app.workshop.plans import PlannedGroup, read_partnerships
from app.workshop.queries import Table, tables


def placed(
    session: Session, workshop_id: str, lists: Lists, group_id: str = ""
) -> tuple[Additions, list[Remark]]:
    """Lists as additions to a workshop; all of it to one group, or each row to the group it names.

    Raises Invalid where a canvas would be too full.
    """
    there = tables(session, workshop_id)
    known = {name: table for table in reversed(there) for name in _names(table)}
    only = next((table for table in there if table.group.id == group_id), None)
    only = only or (there[0] if len(there) == 1 else None)
    remarks, notes = Remarks(), dict[str, list[NoteEntry]]()
    people: list[PlacedPerson] = []
    for note in lists.notes:
        table = only or known.get(folded(note.group)) or known.get(folded(note.partnership))
        if table is None:
            _remark_group(remarks, note.row, note.group or note.partnership)
        else:
            notes.setdefault(table.group.id, []).append(note.entry)
    for person in lists.people:
        table = only or known.get(folded(person.group))
        if table is None:
            _remark_group(remarks, person.row, person.group)
        elif one := _person(person, table, people, remarks):
            people.append(one)
    for table in there:
        _check_room(session, table, len(notes.get(table.group.id, ())))
    return Additions(
        workshop_id=workshop_id,
        groups=[_entry(group) for group in lists.groups if not _is_there(group, there)],
        notes=[
            PlacedNotes(group_id=table.group.id, canvas_id=table.canvas.id, notes=notes[table.group.id])
            for table in there
            if table.group.id in notes
        ],
        people=people,
    ), [*lists.remarks, *remarks]


def as_workshop(lists: Lists, title: str, held_on: date) -> tuple[Archive, list[Remark]]:
    """Lists as a workshop that is new: a group for each that is named. Raises Refused."""
    groups = {folded(group.name) or f"\0{n}": _entry(group) for n, group in enumerate(lists.groups)}
    remarks = Remarks()
    for note in lists.notes:
        entry = _group_of(groups, note.group, note.partnership)
        entry.notes.append(note.entry.model_copy(update={"key": f"n{len(entry.notes)}"}))
    for person in lists.people:
        entry = _group_of(groups, person.group, "")
        if name := _kept_name(person, remarks):
            key = f"p{len(entry.participants)}"
            said = PersonEntry(key=key, name=name, institution=person.institution[:120], has_device=False)
            entry.participants.append(said)
    if len(groups) > 40:
        raise errors.Invalid("too_many_groups", N_("A workshop may have at most 40 groups."))
    if any(len(entry.participants) > MAX_PEOPLE for entry in groups.values()):
        raise errors.Invalid("workshop_full", N_("This workshop is full."))
    for number, entry in enumerate(groups.values(), start=1):
        if folded(entry.name) in _numbered(number):
            entry.name = ""
    archive = Archive(title=title, held_on=held_on, groups=list(groups.values()) or [GroupEntry(name="")])
    return archive, [*lists.remarks, *remarks]


def _group_of(groups: dict[str, GroupEntry], name: str, partnership: str) -> GroupEntry:
    key = folded(name) or folded(partnership)
    if key not in groups:
        named = read_partnerships(partnership)[:1] or (PlannedGroup(),)
        centre, partner = named[0].training_centre, named[0].industry_partner
        groups[key] = _entry(PlannedGroup(centre, partner, name=name))
    return groups[key]


def _entry(group: PlannedGroup) -> GroupEntry:
    return GroupEntry(
        name=group.name[:80],
        training_centre=group.training_centre[:120],
        industry_partner=group.industry_partner[:120],
        vocational_field=group.vocational_field[:120],
    )


def _names(table: Table) -> Iterable[str]:
    yield from (folded(group_name(table.group, locale)) for locale in LANGUAGES)
    yield str(table.group.number)
    if table.partnership:
        yield folded(table.partnership.title)


def _numbered(number: int) -> set[str]:
    # What `group_name` makes of a group without one, in each language.
    return {f"kelompok {number}", f"group {number}", str(number)}


def _is_there(group: PlannedGroup, there: tuple[Table, ...]) -> bool:
    """Whether a workbook only tells again what stands there."""
    known = {folded(table.partnership.title) for table in there if table.partnership}
    title = f"{group.training_centre} × {group.industry_partner}".strip(" ×")
    return bool(title) and folded(title) in known


def _person(
    person: ListedPerson, table: Table, before: list[PlacedPerson], remarks: Remarks
) -> PlacedPerson | None:
    name = _kept_name(person, remarks)
    sitting = {folded(member.name) for member in table.members}
    sitting |= {folded(one.name) for one in before if one.group_id == table.group.id}
    if name and folded(name) in sitting:
        remarks.add(N_("Left out: “%(name)s” is at this table already."), person.row, name=name)
        return None
    institution = person.institution[:120]
    return PlacedPerson(group_id=table.group.id, name=name, institution=institution) if name else None


def _kept_name(person: ListedPerson, remarks: Remarks) -> str:
    try:
        return check_name(person.name)
    except errors.Invalid as refusal:
        remarks.add(refusal.message, person.row)
        return ""


def _remark_group(remarks: Remarks, row: int, said: str) -> None:
    if said:
        remarks.add(N_("Left out: there is no group “%(name)s” here."), row, name=said)
    else:
        remarks.add(N_("Left out: no group is named. Choose one above the list."), row)


def _check_room(session: Session, table: Table, more: int) -> None:
    present = select(func.count()).select_from(Note)
    count = session.exec(
        present.where(Note.canvas_id == table.canvas.id, col(Note.deleted_at).is_(None))
    ).one()
    if more and count + more > MAX_NOTES:
        raise errors.Invalid("canvas_full", N_("This canvas is full: it holds at most 2,000 notes."))
