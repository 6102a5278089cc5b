"""A canvas at any of its revisions, as its page and the wall show it; what is hidden or veiled is in none."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, select

from app.canvas import catalog
from app.canvas.drawing import canvas_view
from app.canvas.history import IS_OPERATION, HistoryLine, Reader, lines_of
from app.canvas.models import Change
from app.canvas.operations import NoteState
from app.canvas.past import states_at
from app.canvas.queries import CanvasFacts, NoteRow
from app.canvas.veiled import secret_note_ids
from app.canvas.views import CanvasView


@dataclass(frozen=True, slots=True)
class Moment:
    """A canvas after one of its operations, what that was (none at the very beginning), and the ways on."""

    canvas: CanvasView
    revision: int
    last: int
    previous: int | None
    following: int | None
    line: HistoryLine | None
    changed: str


def moment_at(
    session: Session, facts: CanvasFacts, revision: int, reader: Reader, *, named: bool = True
) -> Moment:
    """The canvas after the operation that `revision` belongs to, or after the last one there is.

    Not `named`: its notes tell nobody's name.
    """
    canvas_id = facts.canvas.id
    last = _last(session, canvas_id, facts.canvas.revision + 1) or 0
    here = (_first(session, canvas_id, revision - 1) or last) if revision > 0 else 0
    change = session.get(Change, (canvas_id, here)) if here else None
    definition = catalog.definition(facts.canvas.definition_key)
    lines = lines_of(session, canvas_id, definition, reader, [change] if change else [])
    return Moment(
        canvas=_canvas_at(session, facts, here, reader.locale, named=named),
        revision=here,
        last=last,
        previous=(_last(session, canvas_id, here) or 0) if here else None,
        following=_first(session, canvas_id, here),
        line=lines[0] if lines else None,
        changed=change.note_id if change else "",
    )


def _canvas_at(
    session: Session, facts: CanvasFacts, revision: int, locale: str, *, named: bool
) -> CanvasView:
    """The canvas with the notes of then, except those that are hidden or veiled now."""
    secret = secret_note_ids(session, facts.canvas.id)
    states = states_at(session, facts.canvas.id, revision).values()
    shown = [_row(facts, each) for each in states if not (each.deleted or each.hidden or each.id in secret)]
    order = {state.id: (state.position, state.id) for state in states}
    definition = catalog.definition(facts.canvas.definition_key)
    notes = sorted(shown, key=lambda note: order[note.id])
    return canvas_view(facts, definition, locale, notes, named=named)


def _row(facts: CanvasFacts, state: NoteState) -> NoteRow:
    fields = state.as_json()
    fields["author_name"], fields["canvas_id"] = fields["author"], facts.canvas.id
    return NoteRow(**{name: fields[name] for name in NoteRow._fields})


def _first(session: Session, canvas_id: str, beyond: int) -> int | None:
    """The first operation after the revision `beyond`."""
    found = select(func.min(Change.revision)).where(Change.canvas_id == canvas_id, IS_OPERATION)
    return session.exec(found.where(Change.revision > beyond)).one()


def _last(session: Session, canvas_id: str, before: int) -> int | None:
    found = select(func.max(Change.revision)).where(Change.canvas_id == canvas_id, IS_OPERATION)
    return session.exec(found.where(Change.revision < before)).one()
