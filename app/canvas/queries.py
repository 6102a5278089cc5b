"""Reading canvases, their notes and their log. Short statements on a session of the caller's.

What runs with every change is a constant: SQLAlchemy takes longer to build and hash a statement than SQLite
to answer it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import Wording
from app.identity.models import Facilitator
from app.partnership.models import Partnership
from app.workshop.models import Group, Participant, Workshop

_THE_CANVAS = Canvas.id == bindparam("canvas_id")
_COUNTED = (col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None))
_VISIBLE = (*_COUNTED, col(Note.veiled_by).is_(None))


@dataclass(frozen=True, slots=True)
class CanvasFacts:
    """Where a canvas stands: its workshop, table and partnership."""

    canvas: Canvas
    workshop: Workshop
    group: Group
    partnership: Partnership | None

    @property
    def revision(self) -> int:
        """What the live board counts: changes of the notes, of what is said about them or signalled, and of
        the workshop around them.
        """
        own = self.canvas.revision + self.canvas.comment_revision + self.canvas.signal_revision
        return own + self.workshop.revision

    @property
    def held_on(self) -> date:
        return self.workshop.held_on


class NoteRow(NamedTuple):
    """What views need of a note: a third of the time of a whole `Note`."""

    id: str
    canvas_id: str
    block: str
    text: str
    author_id: str | None
    author_name: str
    segments: list[int]
    side: str | None
    inclusion: bool
    evidence: str | None
    gives: str
    gets: str
    conflict_of: str | None
    version: int
    votes: int
    cluster: str
    amount: int | None
    amount_low: int | None
    amount_high: int | None


_FACTS = (
    select(Canvas, Workshop, Group, Partnership)
    .join(Workshop, col(Workshop.id) == Canvas.workshop_id)
    .join(Group, col(Group.id) == Canvas.group_id)
    .join(Partnership, col(Partnership.id) == Canvas.partnership_id, isouter=True)
    .where(_THE_CANVAS)
)
_REVISIONS = (
    sqlalchemy.select(
        col(Canvas.region_revisions),
        col(Canvas.comment_stamps),
        col(Canvas.revision),
        col(Canvas.comment_revision),
        col(Canvas.signal_revision),
        col(Workshop.revision),
    )
    .join(Workshop, col(Workshop.id) == Canvas.workshop_id)
    .where(col(Canvas.id) == bindparam("canvas_id"))
)
_NOTES = (
    sqlalchemy.select(*(getattr(Note, name) for name in NoteRow._fields))
    .where(col(Note.canvas_id) == bindparam("canvas_id"), *_VISIBLE)
    .order_by(col(Note.position), col(Note.id))
)
_NOTES_IN_BLOCKS = _NOTES.where(col(Note.block).in_(bindparam("blocks", expanding=True)))


def canvas_facts(session: Session, canvas_id: str) -> CanvasFacts | None:
    """The canvas with everything its heading needs, or None."""
    row = session.exec(_FACTS, params={"canvas_id": canvas_id}).first()
    return CanvasFacts(*row) if row else None


def known_facts(session: Session, canvas_id: str) -> CanvasFacts:
    """`canvas_facts` of a canvas that is there."""
    facts = canvas_facts(session, canvas_id)
    assert facts is not None
    return facts


class Revisions(NamedTuple):
    """What a live board goes by. Every sum is one of counters that only rise, so it tells each of them.

    `blocks`: stamps of notes and comments together.
    """

    blocks: Mapping[str, int]
    notes: int
    comments: int
    signals: int
    workshop: int

    @property
    def live(self) -> int:
        """See `CanvasFacts.revision`."""
        return self.notes + self.comments + self.signals + self.workshop


def canvas_revisions(session: Session, canvas_id: str) -> Revisions:
    """Where the counters of a canvas stand. Raises NoResultFound."""
    row = session.connection().execute(_REVISIONS, {"canvas_id": canvas_id}).one()
    stamps, commented, *counters = row
    both = {key: stamps.get(key, 0) + commented.get(key, 0) for key in stamps.keys() | commented.keys()}
    return Revisions(both, *counters)


def shown_notes(session: Session, canvas_id: str, blocks: Iterable[str] | None = None) -> Sequence[NoteRow]:
    """What everybody sees, in reading order; only of `blocks` when given."""
    if blocks is None:
        rows = session.connection().execute(_NOTES, {"canvas_id": canvas_id})
    else:
        rows = session.connection().execute(
            _NOTES_IN_BLOCKS, {"canvas_id": canvas_id, "blocks": list(blocks)}
        )
    return [NoteRow._make(row) for row in rows]


def visible_notes(session: Session, canvas_id: str) -> Sequence[Note]:
    """Notes that everybody sees, in reading order."""
    statement = select(Note).where(Note.canvas_id == canvas_id, *_VISIBLE)
    return session.exec(statement.order_by(col(Note.position), col(Note.id))).all()


def hidden_notes(session: Session, workshop_id: str) -> Sequence[Note]:
    """Notes a facilitator has hidden in a workshop, latest first; those still veiled they do not see."""
    return session.exec(
        select(Note)
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(
            Canvas.workshop_id == workshop_id,
            col(Note.hidden_at).is_not(None),
            col(Note.deleted_at).is_(None),
            col(Note.veiled_by).is_(None),
        )
        .order_by(col(Note.hidden_at).desc())
    ).all()


def note_counts(session: Session, workshop_id: str) -> dict[str, dict[str, int]]:
    """Notes of each canvas and block, veiled ones too: {canvas_id: {block: count}}, without empty blocks."""
    rows = session.exec(
        select(Note.canvas_id, Note.block, func.count())
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(Canvas.workshop_id == workshop_id, *_COUNTED)
        .group_by(Note.canvas_id, Note.block)
    ).all()
    counts: dict[str, dict[str, int]] = {}
    for canvas_id, block, count in rows:
        counts.setdefault(canvas_id, {})[block] = count
    return counts


def note_counts_by_block(session: Session, canvas_id: str) -> dict[str, int]:
    """Visible notes of one canvas: {block: count}."""
    rows = session.exec(
        select(Note.block, func.count()).where(Note.canvas_id == canvas_id, *_VISIBLE).group_by(Note.block)
    ).all()
    return dict(rows)


def notes_by(session: Session, participant_id: str) -> Sequence[Note]:
    """The notes a participant wrote that are there and not hidden."""
    return session.exec(select(Note).where(Note.author_id == participant_id, *_COUNTED)).all()


def reworded_by(session: Session, note: Note) -> str:
    """Who gave a note its present words; empty when that person is no longer known."""
    changes = session.exec(
        select(Change)
        .where(Change.canvas_id == note.canvas_id, Change.note_id == note.id)
        .order_by(col(Change.revision).desc())
    )
    for change in changes:
        if (change.before or {}).get("version") != note.version:
            return _name_of(session, change)
    return ""


def _name_of(session: Session, change: Change) -> str:
    people: type[Participant] | type[Facilitator] = Participant
    if change.actor_kind == "facilitator":
        people = Facilitator
    return session.exec(select(people.name).where(people.id == change.actor_id)).first() or ""


def wording_at(session: Session, canvas_id: str, note_id: str, version: int) -> Wording | None:
    """The words of a note at a version, as the log has them; None when it never had that version."""
    states = session.exec(
        select(Change.after)
        .where(Change.canvas_id == canvas_id, Change.note_id == note_id)
        .order_by(col(Change.revision).desc())
    )
    for state in states:
        if state and state["version"] == version:
            return Wording(**{name: state.get(name, "") for name in Wording.__slots__})
    return None


def hidden_note_ids(session: Session, canvas_id: str) -> set[str]:
    """Notes whose past and present text no participant may read, because a facilitator has hidden them."""
    return set(
        session.exec(
            select(Note.id).where(Note.canvas_id == canvas_id, col(Note.hidden_at).is_not(None))
        ).all()
    )
