"""What a file adds to a workshop that stands already: groups, notes on its canvases, people at its tables."""

import uuid
from dataclasses import replace

from pydantic import BaseModel
from sqlmodel import Session

from app.canvas.arriving import add_notes
from app.canvas.models import Canvas
from app.canvas.operations import Operation
from app.export.archive_entries import GroupEntry, NoteEntry
from app.importing.archives import fill_group, new_note, planned_group
from app.workshop.actions import Joining, add_group
from app.workshop.models import Group, Workshop
from app.workshop.queries import tables
from app.workshop.registration import register_participant
from app.workshop.running import Host, bring_to_step


class PlacedNotes(BaseModel):
    """Notes for one canvas, in their order."""

    group_id: str
    canvas_id: str
    notes: list[NoteEntry]


class PlacedPerson(BaseModel):
    """Somebody for a table, without a device until they come in on one."""

    group_id: str
    name: str
    institution: str = ""


class Additions(BaseModel):
    """All that is added to one workshop."""

    workshop_id: str
    groups: list[GroupEntry] = []
    notes: list[PlacedNotes] = []
    people: list[PlacedPerson] = []

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.notes or self.people)


def add_to_workshop(session: Session, additions: Additions, receipt: str, host: Host) -> list[str]:
    """Add it all, once for each receipt; the canvases that are new. Raises Refused: nothing was added."""
    workshop = session.get_one(Workshop, additions.workshop_id)
    new = [
        canvas_id
        for number, entry in enumerate(additions.groups)
        if (canvas_id := _add_group(session, workshop, entry, id_from(receipt, f"group {number}"), host))
    ]
    for placed in additions.notes:
        op_id = uuid_from(receipt, placed.canvas_id)
        notes = [new_note(entry, uuid_from(op_id, str(n))) for n, entry in enumerate(placed.notes)]
        # Without an author they are the host's.
        notes = [replace(note, author_name=note.author_name or host.actor.name) for note in notes]
        add_notes(session, Operation(placed.canvas_id, "", op_id, host.actor), notes)
    for number, person in enumerate(additions.people):
        joining = Joining(person.name, person.group_id, person.institution)
        person_id = id_from(receipt, f"person {number}")
        register_participant(session, workshop.id, person_id, joining, moderates=True)
    session.flush()
    return new


def _add_group(
    session: Session, workshop: Workshop, entry: GroupEntry, group_id: str, host: Host
) -> str | None:
    if session.get(Group, group_id):
        return None
    add_group(session, workshop, planned_group(entry), group_id)
    (table,) = tables(session, workshop.id, group_id)
    fill_group(session, workshop, entry, table)
    bring_to_step(session, session.get_one(Canvas, table.canvas.id), host)
    return table.canvas.id


def uuid_from(receipt: str, what: str) -> str:
    """An id that is always the same for the same receipt, as clients spell those of notes and operations."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{receipt}/{what}"))


def id_from(receipt: str, what: str = "workshop") -> str:
    """The same, as rows spell theirs."""
    return uuid_from(receipt, what).replace("-", "")
