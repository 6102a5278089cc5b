"""A whole workshop as JSON. `importing.archives` brings it in again.

Codes, tokens, the Wi-Fi's password, the log with its versions, what people signal or say about themselves
and what the checks set aside stay behind: an archive holds what was worked out, not who may open it.
"""

from sqlmodel import Session, col, or_, select

from app import errors
from app.canvas.models import Evidence, Note, NoteSide
from app.canvas.operations import PLANNED
from app.canvas.veiled import is_anything_veiled
from app.errors import N_
from app.export.archive_entries import Archive, GroupEntry, NoteEntry, PersonEntry
from app.export.archive_votes import round_entries
from app.export.archived_agenda import agenda_entry
from app.export.archived_comments import comment_entries
from app.export.archived_photographs import photograph_entries
from app.ids import read_code
from app.workshop.models import Participant, Side, Workshop
from app.workshop.queries import Table, tables


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
        photographs=photograph_entries(session, workshop.id),
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
        notes=[note_entry(note, note_keys, keys) for note in notes],
        comments=comment_entries(session, table.canvas.id, note_keys, keys),
        voting=round_entries(session, table.canvas.id, note_keys, keys),
    )


def note_entry(note: Note, note_keys: dict[str, str], people: dict[str, str]) -> NoteEntry:
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
