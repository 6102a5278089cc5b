"""Reading what people have said about themselves. Only the host's desk and the person's own page may ask."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.attendance.models import SelfDescription
from app.canvas.models import Note
from app.canvas.voting_models import Vote


def descriptions_of(session: Session, participant_ids: Sequence[str]) -> Mapping[str, SelfDescription]:
    """What these people have said, by their ids."""
    found = select(SelfDescription).where(col(SelfDescription.participant_id).in_(participant_ids))
    return {each.participant_id: each for each in session.exec(found)}


def notes_by_author(session: Session, canvas_ids: Sequence[str]) -> Mapping[str, int]:
    """How many notes everybody has on these canvases, shown or not."""
    found = select(Note.author_id, func.count()).where(
        col(Note.canvas_id).in_(canvas_ids), col(Note.deleted_at).is_(None)
    )
    return {author: count for author, count in session.exec(found.group_by(Note.author_id)) if author}


def votes_by_voter(session: Session, canvas_ids: Sequence[str]) -> Mapping[str, int]:
    """How many votes everybody has given on these canvases; not for what."""
    found = select(Vote.participant_id, func.count()).where(col(Vote.canvas_id).in_(canvas_ids))
    return dict(session.exec(found.group_by(Vote.participant_id)).all())
