"""One canvas as a file that comes in again: an archive of a workshop with this one group.

It goes where the canvas's PDF goes, so it holds what paper shows: no veiled, hidden or deleted notes, no
comments, nobody who only sat there; names of authors where they are wanted.
"""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select

from app.canvas.example import Example
from app.canvas.models import Note, NoteSide
from app.canvas.queries import known_facts
from app.export.archive import note_entry
from app.export.archive_entries import Archive, GroupEntry, NoteEntry
from app.export.archive_votes import round_entries


def canvas_archive(session: Session, canvas_id: str, *, named: bool = True) -> Archive:
    """A canvas that is there."""
    facts = known_facts(session, canvas_id)
    notes = [note for note in _in_order(session, canvas_id) if note.is_visible]
    keys = {note.id: f"n{number}" for number, note in enumerate(notes, start=1)}
    entries = [note_entry(note, keys, {}) for note in notes]
    partnership = facts.partnership
    centre, _, partner = partnership.title.partition(" × ") if partnership else ("", "", "")
    group = GroupEntry(
        name=facts.group.name,
        training_centre=centre,
        industry_partner=partner,
        vocational_field=partnership.vocational_field if partnership else "",
        perspective=NoteSide(facts.canvas.perspective),
        notes=entries if named else [entry.model_copy(update={"author_name": ""}) for entry in entries],
        voting=round_entries(session, canvas_id, keys, {}),
    )
    return Archive(
        title=facts.workshop.title,
        held_on=facts.workshop.held_on,
        place=facts.workshop.place,
        province=facts.workshop.province,
        organizer=facts.workshop.organizer,
        groups=[group],
    )


def example_archive(example: Example, moment: datetime) -> Archive:
    """The same of a canvas file, as if it had been written at this moment."""
    group = GroupEntry(
        name="",
        training_centre=example.training_centre,
        industry_partner=example.industry_partner,
        vocational_field=example.vocational_field,
        perspective=NoteSide(example.perspective),
        notes=[
            NoteEntry(key=f"n{number}", created_at=moment, **asdict(note))
            for number, note in enumerate(example.notes, start=1)
        ],
    )
    held_on = moment.astimezone().date()
    return Archive(title=example.title, held_on=held_on, province=example.province, groups=[group])


def _in_order(session: Session, canvas_id: str) -> list[Note]:
    ordered = select(Note).order_by(col(Note.block), col(Note.position), col(Note.id))
    return list(session.exec(ordered.where(Note.canvas_id == canvas_id)))
