"""Setting a question of the checks aside, and asking it again."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas.checks import Area, area_of
from app.canvas.models import MAX_DISMISSALS, MAX_FINDING, MAX_REASON, Dismissal
from app.canvas.operations import Actor
from app.clock import now
from app.errors import N_


def dismiss_finding(
    session: Session,
    canvas_id: str,
    dismissal_id: str,
    finding: str,
    preset: str | None,
    comment: str,
    actor: Actor,
) -> None:
    """Set the finding with this key aside; once for each `dismissal_id`, which is a UUID of the client's.

    Words count more than `preset`. Raises Invalid or TooLong.
    """
    if session.get(Dismissal, (canvas_id, dismissal_id)):
        return
    comment = " ".join(comment.split())
    # Voices: a facilitator's own questions, asked only when wanted.
    if area_of(finding) in (None, Area.VOICES) or len(finding) > MAX_FINDING:
        raise errors.Invalid("unknown_finding", N_("There is no such question."))
    if not (comment or preset):
        raise errors.Invalid("reason_missing", N_("Say in a few words why."))
    if len(comment) > MAX_REASON:
        raise errors.TooLong("reason_too_long", N_("A reason may have at most 200 characters."))
    kept = select(func.count()).select_from(Dismissal).where(Dismissal.canvas_id == canvas_id)
    if session.exec(kept).one() >= MAX_DISMISSALS:
        raise errors.Invalid(
            "too_many_dismissals", N_("On this canvas 2,000 questions were set aside; that is the most.")
        )
    stands = select(Dismissal.id).where(
        Dismissal.canvas_id == canvas_id,
        Dismissal.finding == finding,
        col(Dismissal.withdrawn_at).is_(None),
    )
    session.add(
        Dismissal(
            canvas_id=canvas_id,
            id=dismissal_id,
            finding=finding,
            preset=None if comment else preset,
            comment=comment,
            actor_kind=actor.kind,
            actor_id=actor.id,
            # Of two people at once the first has done it; the other's is remembered and changes nothing.
            withdrawn_at=now() if session.exec(stands).first() else None,
        )
    )
    session.flush()


def withdraw_dismissal(session: Session, canvas_id: str, dismissal_id: str) -> str:
    """Ask a question again that was set aside; returns the finding's key. Raises NotFound."""
    dismissal = session.get(Dismissal, (canvas_id, dismissal_id))
    if dismissal is None:
        raise errors.NotFound("dismissal_not_found", N_("This question was not set aside."))
    dismissal.withdrawn_at = dismissal.withdrawn_at or now()
    session.flush()
    return dismissal.finding


def standing_dismissals(session: Session, canvas_id: str) -> Sequence[Dismissal]:
    """Those not taken back, oldest first."""
    return session.exec(
        select(Dismissal)
        .where(Dismissal.canvas_id == canvas_id, col(Dismissal.withdrawn_at).is_(None))
        .order_by(col(Dismissal.at), col(Dismissal.id))
    ).all()
