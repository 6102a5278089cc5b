"""The trash of a canvas: what was taken off it, by the operations that did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.canvas.definition import Definition
from app.canvas.drawing import note_view
from app.canvas.history import Reader, names_of
from app.canvas.models import Change, Note
from app.canvas.veiled import may_be_seen_by
from app.canvas.views import NoteView

PAGE = 200


@dataclass(frozen=True, slots=True)
class DeletedNote:
    """A note in the trash; `is_hidden`: only facilitators are shown it. A veiled one only its writer is."""

    note: NoteView
    block_name: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class TrashGroup:
    """What one operation took off the canvas and is off it still."""

    operation: int
    kind: str
    who: str
    at: datetime
    notes: tuple[DeletedNote, ...]


@dataclass(frozen=True, slots=True)
class TrashPage:
    """Groups, latest first; `older` is the revision before which the next page begins, none on the last."""

    groups: tuple[TrashGroup, ...]
    older: int | None


def trash_page(
    session: Session, canvas_id: str, definition: Definition, reader: Reader, before: int | None = None
) -> TrashPage:
    """Deleted notes with who deleted them when. A note's last change is what took it off the canvas."""
    rows = _deleted(session, canvas_id, reader, before)
    shown = rows[:PAGE]
    people = names_of(session, ((each.actor_kind, each.actor_id) for _, each in shown), reader.locale)
    groups = []
    for operation, members in groupby(shown, lambda row: row[1].step or row[1].revision):
        taken = list(members)
        change = taken[0][1]
        notes = tuple(_view(note, definition, reader.locale) for note, _ in reversed(taken))
        who = people[change.actor_kind, change.actor_id]
        groups.append(TrashGroup(operation, change.kind, who, change.at, notes))
    return TrashPage(tuple(groups), shown[-1][1].revision if len(rows) > PAGE else None)


def _deleted(
    session: Session, canvas_id: str, reader: Reader, before: int | None
) -> Sequence[tuple[Note, Change]]:
    last = (
        select(col(Change.note_id).label("note_id"), func.max(Change.revision).label("revision"))
        .where(Change.canvas_id == canvas_id)
        .group_by(col(Change.note_id))
        .subquery()
    )
    found = (
        select(Note, Change)
        .join(last, col(Note.id) == last.c.note_id)
        .join(Change, (col(Change.canvas_id) == Note.canvas_id) & (col(Change.revision) == last.c.revision))
        .where(Note.canvas_id == canvas_id, col(Note.deleted_at).is_not(None), may_be_seen_by(reader.person))
        .order_by(col(Change.revision).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        found = found.where(Change.revision < before)
    if not reader.sees_hidden:
        found = found.where(col(Note.hidden_at).is_(None))
    return session.exec(found).all()


def _view(note: Note, definition: Definition, locale: str) -> DeletedNote:
    name = definition.place(note.block).name.of(locale)
    return DeletedNote(note_view(note), name, note.hidden_at is not None)
