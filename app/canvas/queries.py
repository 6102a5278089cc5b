"""Reading canvases, their notes and their log. Short statements on a session of the caller's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.canvas.models import Canvas, Change, Note
from app.partnership.models import Partnership
from app.workshop.models import Group, Workshop


@dataclass(frozen=True, slots=True)
class CanvasFacts:
    """Where a canvas stands: its workshop, table and partnership."""

    canvas: Canvas
    workshop: Workshop
    group: Group
    partnership: Partnership | None

    @property
    def revision(self) -> int:
        """What the live board counts: changes of the notes, and of the workshop around them."""
        return self.canvas.revision + self.workshop.revision

    @property
    def title(self) -> str:
        return self.partnership.title if self.partnership else self.group.name

    @property
    def held_on(self) -> date:
        return self.workshop.held_on


def canvas_facts(session: Session, canvas_id: str) -> CanvasFacts | None:
    """The canvas with everything its heading needs, or None."""
    row = session.exec(
        select(Canvas, Workshop, Group, Partnership)
        .join(Workshop, col(Workshop.id) == Canvas.workshop_id)
        .join(Group, col(Group.id) == Canvas.group_id)
        .join(Partnership, col(Partnership.id) == Canvas.partnership_id, isouter=True)
        .where(Canvas.id == canvas_id)
    ).first()
    return CanvasFacts(*row) if row else None


def visible_notes(session: Session, canvas_id: str, blocks: Iterable[str] | None = None) -> Sequence[Note]:
    """Notes that are neither deleted nor hidden, in reading order; only of `blocks` when given."""
    statement = select(Note).where(
        Note.canvas_id == canvas_id, col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None)
    )
    if blocks is not None:
        statement = statement.where(col(Note.block).in_(list(blocks)))
    return session.exec(statement.order_by(col(Note.position), col(Note.id))).all()


def hidden_notes(session: Session, workshop_id: str) -> Sequence[Note]:
    """Notes a facilitator has hidden in a workshop, latest first."""
    return session.exec(
        select(Note)
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(
            Canvas.workshop_id == workshop_id,
            col(Note.hidden_at).is_not(None),
            col(Note.deleted_at).is_(None),
        )
        .order_by(col(Note.hidden_at).desc())
    ).all()


def note_counts(session: Session, workshop_id: str) -> dict[str, dict[str, int]]:
    """Visible notes of each canvas and block: {canvas_id: {block: count}}; empty blocks are left out."""
    rows = session.exec(
        select(Note.canvas_id, Note.block, func.count())
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(
            Canvas.workshop_id == workshop_id, col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None)
        )
        .group_by(Note.canvas_id, Note.block)
    ).all()
    counts: dict[str, dict[str, int]] = {}
    for canvas_id, block, count in rows:
        counts.setdefault(canvas_id, {})[block] = count
    return counts


def note_counts_by_block(session: Session, canvas_id: str) -> dict[str, int]:
    """Visible notes of one canvas: {block: count}."""
    rows = session.exec(
        select(Note.block, func.count())
        .where(Note.canvas_id == canvas_id, col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None))
        .group_by(Note.block)
    ).all()
    return dict(rows)


def notes_by(session: Session, participant_id: str) -> Sequence[Note]:
    """The visible notes a participant wrote."""
    return session.exec(
        select(Note).where(
            Note.author_id == participant_id, col(Note.deleted_at).is_(None), col(Note.hidden_at).is_(None)
        )
    ).all()


def changes_after(session: Session, canvas_id: str, revision: int, limit: int = 1000) -> Sequence[Change]:
    """The log newer than `revision`, oldest first."""
    return session.exec(
        select(Change)
        .where(Change.canvas_id == canvas_id, Change.revision > revision)
        .order_by(col(Change.revision))
        .limit(limit)
    ).all()


def hidden_note_ids(session: Session, canvas_id: str) -> set[str]:
    """Notes whose past and present text no participant may read."""
    return set(
        session.exec(
            select(Note.id).where(Note.canvas_id == canvas_id, col(Note.hidden_at).is_not(None))
        ).all()
    )
