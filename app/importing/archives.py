"""An archive of a workshop, brought in: as a workshop of its own, or its groups into one that stands already.

What comes in gets new ids, all of it or nothing.
"""

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import Session

from app import errors
from app.canvas.actions import hide_note
from app.canvas.arriving import NewNote, add_notes
from app.canvas.gathering import delete_notes
from app.canvas.models import Canvas
from app.canvas.operations import PLANNED, Actor, Operation, Tags, Wording
from app.clock import now
from app.errors import N_
from app.export.archive_entries import (
    FORMAT,
    MAX_NOTES_IN_ARCHIVE,
    Archive,
    GroupEntry,
    NoteEntry,
    PersonEntry,
)
from app.export.archive_votes import add_rounds
from app.export.archived_agenda import add_agenda
from app.export.archived_comments import add_comments
from app.export.archived_photographs import add_photographs
from app.identity.actions import check_name
from app.ids import new_uuid
from app.importing.bounds import check_shape, check_size
from app.room.actions import set_wifi
from app.workshop.actions import create_workshop
from app.workshop.models import Participant, Workshop
from app.workshop.plans import Plan, PlannedGroup
from app.workshop.queries import Table, tables

# In the log the import is nobody's: it is not for undoing, and happened at another time than what it tells.
_NOBODY = Actor("system", None, "")


def read_archive(document: bytes) -> Archive:
    """An archive, checked. Raises TooLong or Invalid, saying where it is wrong."""
    check_size(document)
    check_shape(document)
    try:
        archive = Archive.model_validate_json(document)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False), is_ours=FORMAT.encode() in document) from error
    if sum(len(group.notes) for group in archive.groups) > MAX_NOTES_IN_ARCHIVE:
        raise errors.TooLong("archive_too_long", N_("This file holds too many notes: at most 5,000."))
    return archive


def _refusal(found: list[ErrorDetails], *, is_ours: bool) -> errors.Invalid:
    first = found[0]
    if first["type"] == "json_invalid":
        cut = N_("This file is damaged or was cut off on its way. Please copy or download it again.")
        return errors.Invalid("archive_damaged", cut)
    if is_ours and any(each["loc"] == ("version",) for each in found):
        newer = N_("This file comes from another version of Kanvas Mitra. Please update the program here.")
        return errors.Invalid("archive_newer", newer)
    place = ".".join(str(part) for part in first["loc"]) or "file"
    return errors.Invalid("archive_invalid", N_("This is not a workshop file: %(place)s."), place=place)


def import_workshop(
    session: Session, archive: Archive, facilitator_id: str, workshop_id: str | None = None
) -> Workshop:
    """Add the archived workshop as a new one of this facilitator's; under an id that is given, only once.

    Raises Refused: nothing was added.
    """
    if workshop_id and (known := session.get(Workshop, workshop_id)):
        return known
    plan = Plan(
        title=archive.title,
        held_on=archive.held_on,
        place=archive.place,
        province=archive.province,
        organizer=archive.organizer,
        expected_participants=archive.expected_participants,
        groups=tuple(planned_group(group) for group in archive.groups),
        agenda="",
    )
    workshop = create_workshop(session, facilitator_id, plan, workshop_id)
    if archive.agenda:
        add_agenda(session, workshop, archive.agenda)
    set_wifi(session, workshop.id, archive.wifi_name, None)
    for entry, table in zip(archive.groups, tables(session, workshop.id), strict=True):
        fill_group(session, workshop, entry, table)
    add_photographs(session, workshop.id, archive.photographs)
    session.flush()
    return workshop


def planned_group(entry: GroupEntry) -> PlannedGroup:
    """The table that an entry wants."""
    return PlannedGroup(entry.training_centre, entry.industry_partner, entry.vocational_field, entry.name)


def fill_group(session: Session, workshop: Workshop, entry: GroupEntry, table: Table) -> None:
    """Everything of an entry onto a table that is new and empty."""
    session.get_one(Canvas, table.canvas.id).perspective = entry.perspective
    people = {person.key: _add_person(session, workshop, table, person) for person in entry.participants}
    ids = {note.key: new_uuid() for note in entry.notes}
    if len(ids) < len(entry.notes):
        raise errors.Invalid("archive_invalid", N_("This is not a workshop file: %(place)s."), place="key")
    authors = {key: person.id for key, person in people.items()}
    notes = [
        new_note(note, ids[note.key], people.get(note.author or ""), ids.get(note.conflict_of or ""))
        for note in entry.notes
    ]
    if notes:
        add_notes(session, Operation(table.canvas.id, "", new_uuid(), _NOBODY), notes)
    add_comments(session, table.canvas.id, entry.comments, ids, authors)
    _put_away(session, table, entry, ids)
    add_rounds(session, table.canvas.id, entry.voting, ids, authors)


def new_note(
    entry: NoteEntry, note_id: str, author: Participant | None = None, conflict_of: str | None = None
) -> NewNote:
    """An entry as a note, in the name of a participant or of whom it names."""
    return NewNote(
        note_id,
        entry.block,
        Wording(entry.text, entry.gives, entry.gets, **{name: getattr(entry, name) for name in PLANNED}),
        Tags(
            tuple(entry.segments),
            entry.inclusion,
            entry.evidence,
            entry.side,
            entry.amount,
            entry.amount_low,
            entry.amount_high,
        ),
        author.name if author else entry.author_name,
        entry.created_at,
        entry.cluster,
        author.id if author else None,
        conflict_of,
    )


def _add_person(session: Session, workshop: Workshop, table: Table, person: PersonEntry) -> Participant:
    participant = Participant(
        workshop_id=workshop.id,
        group_id=table.group.id,
        name=check_name(person.name),
        institution=person.institution,
        side=person.side,
        has_device=person.has_device,
        removed_at=now() if person.removed else None,
    )
    session.add(participant)
    session.flush()
    return participant


def _put_away(session: Session, table: Table, entry: GroupEntry, ids: dict[str, str]) -> None:
    for note in entry.notes:
        if note.hidden:
            by = Actor("system", None, note.author_name)
            hide_note(session, Operation(table.canvas.id, ids[note.key], new_uuid(), by))
    if gone := [ids[note.key] for note in entry.notes if note.deleted]:
        delete_notes(session, Operation(table.canvas.id, "", new_uuid(), _NOBODY), gone)
