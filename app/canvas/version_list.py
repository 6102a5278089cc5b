"""What the list of versions shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.canvas.history import names_of, version_name
from app.canvas.models import Version


@dataclass(frozen=True, slots=True)
class VersionView:
    """A named revision, and who named it when; `is_automatic`: the server did, while that person acted."""

    id: str
    revision: int
    name: str
    is_automatic: bool
    who: str
    at: datetime


def version_views(session: Session, canvas_id: str, locale: str) -> tuple[VersionView, ...]:
    """All of them, latest first."""
    versions = session.exec(
        select(Version)
        .where(Version.canvas_id == canvas_id)
        .order_by(col(Version.revision).desc(), col(Version.at).desc())
    ).all()
    people = names_of(session, ((each.actor_kind, each.actor_id) for each in versions), locale)
    return tuple(
        VersionView(
            each.id,
            each.revision,
            version_name(each, locale),
            each.is_automatic,
            people[each.actor_kind, each.actor_id],
            each.at,
        )
        for each in versions
    )
