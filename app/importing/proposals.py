"""From what somebody hands in to what is proposed: a parcel that waits for a yes, and how it is shown."""

from dataclasses import dataclass
from pathlib import PurePath

from sqlmodel import Session

from app import errors
from app.clock import now
from app.errors import N_
from app.export.archive_entries import Archive
from app.export.columns import LISTS
from app.export.file_names import tidy
from app.importing.additions import Additions
from app.importing.lists import Lists, pasted_groups, pasted_people
from app.importing.placing import as_workshop, placed
from app.importing.reading import read_file
from app.importing.rehearsal import NewGroup, NewWorkshop, rehearse, rehearse_additions
from app.importing.remarks import Remark
from app.importing.waiting import Parcel
from app.web.i18n import LANGUAGES, translate
from app.workshop.models import Workshop
from app.workshop.names import group_name
from app.workshop.queries import tables

SHOWN_REMARKS = 40


@dataclass(frozen=True, slots=True)
class Brought:
    """What was chosen, typed or pasted. `group_id`: where all of it goes, whatever the rows say."""

    document: bytes = b""
    name: str = ""
    group_id: str = ""
    partnerships: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What a group that stands there gets."""

    group: str
    notes: int
    people: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What will happen: a new workshop, or additions to the one called `into`. `more`: remarks not shown."""

    workshop: NewWorkshop | None
    into: str
    groups: tuple[NewGroup, ...]
    added: tuple[Added, ...]
    remarks: tuple[tuple[str, str], ...]
    more: int

    @property
    def is_empty(self) -> bool:
        return not (self.workshop or self.groups or self.added)


def new_workshop(brought: Brought, facilitator_id: str, locale: str) -> Parcel:
    """A file as a workshop of its own, tried out. Raises Refused."""
    found, remarks = read_file(brought.document), list[Remark]()
    if isinstance(found, Lists):
        title = _called(brought.name) or translate(locale, N_("Imported workshop"))
        found, remarks = as_workshop(found, title, now().astimezone().date())
        remarks.append(Remark(message=N_("Title and date can be corrected on the desk afterwards.")))
    rehearse(found)
    return Parcel(facilitator_id=facilitator_id, archive=found, remarks=remarks)


def _called(file_name: str) -> str:
    """After what a list is called; of `Catatan – Lokakarya Banten`, as we name ours, the workshop."""
    stem = tidy(PurePath(file_name.replace("\\", "/")).stem)
    kind, _, after = stem.partition(" – ")
    ours = {one.name.of(language) for one in LISTS for language in LANGUAGES}
    return (after if kind in ours else stem)[:160]


def into_workshop(
    session: Session, brought: Brought, facilitator_id: str, workshop_id: str, *, may_host: bool
) -> Parcel:
    """Files and lists as additions to a workshop, tried out. Raises Refused."""
    found = _read(brought)
    if isinstance(found, Archive) and len(found.groups) > 1:
        if not may_host:
            whole = N_("This file holds a whole workshop. Whoever leads imports it from the start page.")
            raise errors.Invalid("whole_workshop", whole)
        rehearse(found)
        own = N_("This file holds a whole workshop: it becomes one of its own beside this one.")
        return Parcel(facilitator_id=facilitator_id, archive=found, remarks=[Remark(message=own)])
    if isinstance(found, Archive):
        additions, remarks = Additions(workshop_id=workshop_id, groups=found.groups), list[Remark]()
    else:
        additions, remarks = placed(session, workshop_id, found, brought.group_id)
    rehearse_additions(additions)
    return Parcel(facilitator_id=facilitator_id, additions=additions, remarks=remarks)


def _read(brought: Brought) -> Archive | Lists:
    if not (brought.partnerships.strip() or brought.people.strip()):
        return read_file(brought.document)
    return Lists(groups=pasted_groups(brought.partnerships), people=pasted_people(brought.people))


def proposal_of(session: Session, parcel: Parcel, locale: str) -> Proposal:
    """What a parcel will do, for the page that asks."""
    said = [(_place(remark, locale), remark.sentence(locale)) for remark in parcel.remarks]
    shown, more = tuple(said[:SHOWN_REMARKS]), max(0, len(said) - SHOWN_REMARKS)
    if parcel.additions is None:
        assert parcel.archive is not None
        return Proposal(rehearse(parcel.archive), "", (), (), shown, more)
    additions = parcel.additions
    there = tables(session, additions.workshop_id)
    notes = {one.group_id: len(one.notes) for one in additions.notes}
    added = tuple(
        Added(group_name(table.group, locale), notes.get(table.group.id, 0), people)
        for table in there
        if (people := sum(one.group_id == table.group.id for one in additions.people))
        or table.group.id in notes
    )
    first = max((table.group.number for table in there), default=0)
    groups = tuple(
        NewGroup(group.number + first, group.name, group.partnership, group.notes, group.people)
        for group in rehearse_additions(additions)
    )
    title = session.get_one(Workshop, additions.workshop_id).title
    return Proposal(None, title, groups, added, shown, more)


def _place(remark: Remark, locale: str) -> str:
    row = translate(locale, N_("Row %(number)s"), number=remark.row) if remark.row else ""
    return ", ".join(filter(None, (remark.sheet, row)))
