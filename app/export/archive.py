"""A whole workshop as JSON, out and in again. What comes in gets new ids, all of it or nothing.

Codes, tokens, the Wi-Fi's password, the log with its versions, what people signal or say about themselves
and what the checks set aside stay behind: an archive holds what was worked out, not who may open it.
"""

from pydantic import ValidationError
from sqlmodel import Session, col, or_, select

from app import errors
from app.canvas.actions import add_note, delete_note, hide_note
from app.canvas.gathering import cluster_notes
from app.canvas.models import Canvas, Evidence, Note, NoteSide
from app.canvas.operations import PLANNED, Actor, Operation, Outcome, Tags, Wording
from app.canvas.veiled import is_anything_veiled
from app.clock import now
from app.errors import N_
from app.export.archive_entries import MAX_NOTES_IN_ARCHIVE, Archive, GroupEntry, NoteEntry, PersonEntry
from app.export.archive_votes import add_rounds, round_entries
from app.export.archived_agenda import add_agenda, agenda_entry
from app.export.archived_comments import add_comments, comment_entries
from app.identity.models import Facilitator
from app.ids import new_uuid, read_code
from app.room.actions import set_wifi
from app.workshop.actions import create_workshop
from app.workshop.models import Participant, Side, Workshop
from app.workshop.plans import Plan, PlannedGroup
from app.workshop.queries import Table, tables

MAX_BYTES = 5 * 1024 * 1024


def export_workshop(session: Session, wanted: str) -> Archive:
    """The workshop with this id, join code or title. Raises NotFound."""
    workshop = session.exec(
        select(Workshop)
        .where(
            or_(
                col(Workshop.id) == wanted,
                col(Workshop.title) == wanted,
                col(Workshop.join_code) == read_code(wanted),
            )
        )
        .order_by(col(Workshop.created_at).desc())
    ).first()
    if workshop is None:
        raise errors.NotFound("workshop_not_found", N_("This workshop does not exist, or is not yours."))
    return archive_of(session, workshop)


def archive_of(session: Session, workshop: Workshop) -> Archive:
    """A workshop as it stands, without notes that their authors deleted before anybody saw them.

    Raises Invalid while notes are veiled: nobody may read them, and an archive without them would look whole.
    """
    if is_anything_veiled(session, workshop.id):
        raise errors.Invalid(
            "notes_not_shown",
            N_("Some notes are not shown yet. Press “Show all notes” on the desk, then download again."),
        )
    return Archive(
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        province=workshop.province,
        organizer=workshop.organizer,
        expected_participants=workshop.expected_participants,
        agenda=agenda_entry(session, workshop),
        wifi_name=workshop.wifi_name,
        groups=[_group_entry(session, table) for table in tables(session, workshop.id)],
    )


def _group_entry(session: Session, table: Table) -> GroupEntry:
    people = session.exec(
        select(Participant)
        .where(Participant.group_id == table.group.id)
        .order_by(col(Participant.joined_at), col(Participant.id))
    ).all()
    keys = {person.id: f"p{number}" for number, person in enumerate(people, start=1)}
    notes = session.exec(
        select(Note)
        .where(Note.canvas_id == table.canvas.id, col(Note.veiled_by).is_(None))
        .order_by(col(Note.block), col(Note.position), col(Note.id))
    ).all()
    note_keys = {note.id: f"n{number}" for number, note in enumerate(notes, start=1)}
    centre, _, partner = table.partnership.title.partition(" × ") if table.partnership else ("", "", "")
    return GroupEntry(
        name=table.group.name,
        training_centre=centre,
        industry_partner=partner,
        vocational_field=table.partnership.vocational_field if table.partnership else "",
        perspective=NoteSide(table.canvas.perspective),
        participants=[
            PersonEntry(
                key=keys[person.id],
                name=person.name,
                institution=person.institution,
                side=Side(person.side) if person.side else None,
                removed=person.removed_at is not None,
                has_device=person.has_device,
            )
            for person in people
        ],
        notes=[_note_entry(note, note_keys, keys) for note in notes],
        comments=comment_entries(session, table.canvas.id, note_keys, keys),
        voting=round_entries(session, table.canvas.id, note_keys, keys),
    )


def _note_entry(note: Note, note_keys: dict[str, str], people: dict[str, str]) -> NoteEntry:
    return NoteEntry(
        key=note_keys[note.id],
        block=note.block,
        text=note.text,
        segments=note.segments,
        inclusion=note.inclusion,
        evidence=Evidence(note.evidence) if note.evidence else None,
        side=NoteSide(note.side) if note.side else None,
        gives=note.gives,
        gets=note.gets,
        amount=note.amount,
        amount_low=note.amount_low,
        amount_high=note.amount_high,
        author=people.get(note.author_id or ""),
        author_name=note.author_name,
        conflict_of=note_keys.get(note.conflict_of or ""),
        cluster=note.cluster,
        **{name: getattr(note, name) for name in PLANNED},
        hidden=note.hidden_at is not None,
        deleted=note.deleted_at is not None,
        created_at=note.created_at,
    )


def read_archive(document: bytes) -> Archive:
    """An archive, checked. Raises TooLong or Invalid, saying where it is wrong."""
    if len(document) > MAX_BYTES:
        raise errors.TooLong("archive_too_long", N_("This file is too large: at most 5 MB."))
    try:
        archive = Archive.model_validate_json(document)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise errors.Invalid(
            "archive_invalid", N_("This is not a workshop file: %(place)s."), place=place
        ) from error
    if sum(len(group.notes) for group in archive.groups) > MAX_NOTES_IN_ARCHIVE:
        raise errors.TooLong("archive_too_long", N_("This file holds too many notes: at most 5,000."))
    return archive


def import_workshop(session: Session, document: bytes, facilitator: Facilitator) -> Workshop:
    """Add the archived workshop as a new one of this facilitator's. Raises Refused: nothing was added."""
    archive = read_archive(document)
    plan = Plan(
        title=archive.title,
        held_on=archive.held_on,
        place=archive.place,
        province=archive.province,
        organizer=archive.organizer,
        expected_participants=archive.expected_participants,
        groups=tuple(
            PlannedGroup(group.training_centre, group.industry_partner, group.vocational_field, group.name)
            for group in archive.groups
        ),
        agenda="",
    )
    workshop = create_workshop(session, facilitator.id, plan)
    if archive.agenda:
        add_agenda(session, workshop, archive.agenda)
    set_wifi(session, workshop.id, archive.wifi_name, None)
    for entry, table in zip(archive.groups, tables(session, workshop.id), strict=True):
        _fill(session, workshop, entry, table)
    session.flush()
    return workshop


def _fill(session: Session, workshop: Workshop, entry: GroupEntry, table: Table) -> None:
    session.get_one(Canvas, table.canvas.id).perspective = entry.perspective
    people = {person.key: _add_person(session, workshop, table, person) for person in entry.participants}
    ids = {note.key: new_uuid() for note in entry.notes}
    rows = [
        (note, _add_note(session, table, note, ids[note.key], people.get(note.author or "")))
        for note in entry.notes
    ]
    participants = {key: person.id for key, person in people.items()}
    add_comments(session, table.canvas.id, entry.comments, ids, participants)
    # Once all have their places: the next note would be put where a deleted one was.
    for note, row in rows:
        row.conflict_of = ids.get(note.conflict_of or "")
        if note.cluster:
            _gather(session, table, note, row)
        row.created_at = note.created_at
        _put_away(session, table, note, row)
    voters = {key: person.id for key, person in people.items()}
    add_rounds(session, table.canvas.id, entry.voting, ids, voters)


def _add_person(session: Session, workshop: Workshop, table: Table, person: PersonEntry) -> Participant:
    participant = Participant(
        workshop_id=workshop.id,
        group_id=table.group.id,
        name=person.name,
        institution=person.institution,
        side=person.side,
        has_device=person.has_device,
        removed_at=now() if person.removed else None,
    )
    session.add(participant)
    session.flush()
    return participant


def _add_note(
    session: Session, table: Table, note: NoteEntry, note_id: str, author: Participant | None
) -> Note:
    actor = (
        Actor("participant", author.id, author.name) if author else Actor("system", None, note.author_name)
    )
    outcome: Outcome = add_note(
        session,
        Operation(table.canvas.id, note_id, new_uuid(), actor),
        note.block,
        Wording(note.text, note.gives, note.gets, **{name: getattr(note, name) for name in PLANNED}),
        Tags(
            tuple(note.segments),
            note.inclusion,
            note.evidence,
            note.side,
            note.amount,
            note.amount_low,
            note.amount_high,
        ),
    )
    return session.get_one(Note, (table.canvas.id, outcome.note.id))


def _gather(session: Session, table: Table, note: NoteEntry, row: Note) -> None:
    operation = Operation(table.canvas.id, "", new_uuid(), Actor("system", None, note.author_name))
    cluster_notes(session, operation, [row.id], note.block, note.cluster)


def _put_away(session: Session, table: Table, note: NoteEntry, row: Note) -> None:
    def operation() -> Operation:
        return Operation(table.canvas.id, row.id, new_uuid(), Actor("system", None, note.author_name))

    if note.hidden:
        hide_note(session, operation())
    if note.deleted:
        delete_note(session, operation())
