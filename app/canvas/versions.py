"""Versions: revisions of a canvas that were given a name, and bringing the notes back to one of them."""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas.journal import rewrite
from app.canvas.models import MAX_VERSION_NAME, MAX_VERSIONS, Canvas, Note, Version
from app.canvas.operations import Actor, NoteState, Operation, Outcome, Rewriting, Wording
from app.canvas.past import states_at
from app.errors import N_


def save_version(
    session: Session, canvas_id: str, version_id: str, name: str, actor: Actor, *, automatic: bool = False
) -> None:
    """Give the present revision a name; once for each `version_id`, which is a UUID of the client's.

    `automatic`: the server does so before something large. Then `name` is a message, which readers get in
    their language, and nothing is saved where the revision has a version already or there are too many.
    Raises Invalid.
    """
    if session.get(Version, (canvas_id, version_id)):
        return
    canvas = session.get_one(Canvas, canvas_id)
    name = " ".join(name.split())
    if not automatic:
        _check(session, canvas_id, name)
    elif not canvas.revision or _is_saved(session, canvas) or _is_full(session, canvas_id, automatic):
        return
    session.add(
        Version(
            canvas_id=canvas_id,
            id=version_id,
            revision=canvas.revision,
            name=name[:MAX_VERSION_NAME],
            is_automatic=automatic,
            actor_kind=actor.kind,
            actor_id=actor.id,
        )
    )
    session.flush()


def reinstate(session: Session, op: Operation, revision: int) -> Outcome:
    """Bring the notes back to where they were at `revision`, as one operation of ordinary changes.

    What came later goes to the trash; hidden and veiled notes stay as they are. Raises Invalid.
    """

    def plan(canvas: Canvas) -> Rewriting:
        if not 0 <= revision <= canvas.revision:
            raise errors.Invalid("unknown_revision", N_("The canvas has no such version."))
        then = states_at(session, canvas.id, revision)
        rows = session.exec(
            select(Note)
            .where(
                Note.canvas_id == canvas.id,
                col(Note.hidden_at).is_(None),
                col(Note.veiled_by).is_(None),
            )
            .order_by(col(Note.block), col(Note.position), col(Note.id))
        )
        states = [
            after
            for before in map(NoteState.of, rows)
            if (after := _as_then(before, then.get(before.id))) != before
        ]
        if not states:
            raise errors.Invalid("same_as_now", N_("The canvas already is as it was in this version."))
        save_version(
            session, canvas.id, op.op_id, N_("Before a version was restored"), op.actor, automatic=True
        )
        return Rewriting(states, target=revision)

    return rewrite(session, op, "reinstate", plan)


def _as_then(note: NoteState, then: NoteState | None) -> NoteState:
    """The note as it was then, off the canvas if it was not there; hidden or not as it is now."""
    if then is None or then.deleted:
        return replace(note, deleted=True)
    version = note.version + (Wording.of(note) != Wording.of(then))
    return replace(
        then,
        version=version,
        hidden=note.hidden,
        veiled_by=note.veiled_by,
        conflict_of=note.conflict_of,
        votes=note.votes,
        voters=note.voters,
    )


def _check(session: Session, canvas_id: str, name: str) -> None:
    if not name:
        raise errors.Invalid("version_nameless", N_("Give the version a name."))
    if len(name) > MAX_VERSION_NAME:
        raise errors.Invalid("version_name_long", N_("A version's name may have at most 80 characters."))
    if _is_full(session, canvas_id, automatic=False):
        raise errors.Invalid("too_many_versions", N_("This canvas has 500 versions; that is the most."))


def _is_saved(session: Session, canvas: Canvas) -> bool:
    saved = select(Version.id).where(Version.canvas_id == canvas.id, Version.revision == canvas.revision)
    return session.exec(saved).first() is not None


def _is_full(session: Session, canvas_id: str, automatic: bool) -> bool:
    kept = select(func.count()).select_from(Version).where(Version.canvas_id == canvas_id)
    return session.exec(kept.where(Version.is_automatic == automatic)).one() >= MAX_VERSIONS
