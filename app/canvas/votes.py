"""Votes of a round that is open: cast, withdrawn, and entered for people without a device.

A vote is an operation like every other: once per op_id, one revision. It leaves its note as it is, touches no
region, and the log does not say which way it went.
"""

import uuid
from collections.abc import Collection

from sqlmodel import Session, col, func, select

from app import errors
from app.canvas.journal import perform
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import Actor, Operation, Outcome
from app.canvas.voting_models import Vote, VotingRound
from app.errors import N_
from app.workshop.models import Participant


def cast_vote(
    session: Session, op: Operation, round_id: str, participant_id: str, *, by_host: bool = False
) -> Outcome:
    """A vote for the note of the operation; twice is once. Raises Gone or Invalid.

    Votes for notes that are gone do not count: whoever has no other left gives up the oldest of these.
    """

    def apply(canvas: Canvas, note: Note | None) -> tuple[Note, set[str]]:
        voting = _open_round(session, canvas, round_id)
        _check_voter(session, canvas, participant_id)
        if note is None or not note.is_visible:
            raise errors.Gone("note_gone", N_("This note was deleted."))
        if voting.block and note.block != voting.block:
            raise errors.Invalid("not_in_this_vote", N_("This vote is about another block."))
        if session.get(Vote, (canvas.id, round_id, participant_id, note.id)) is None:
            _make_room(session, voting, participant_id)
            session.add(
                Vote(
                    canvas_id=canvas.id,
                    round_id=round_id,
                    participant_id=participant_id,
                    note_id=note.id,
                    by_host=by_host,
                )
            )
        return note, set()

    return perform(session, op, "vote", apply)


def withdraw_vote(session: Session, op: Operation, round_id: str, participant_id: str) -> Outcome:
    """End `cast_vote`; also for a note that has left the block or the canvas. Raises Gone or Invalid."""

    def apply(canvas: Canvas, note: Note | None) -> tuple[Note, set[str]]:
        _open_round(session, canvas, round_id)
        _check_voter(session, canvas, participant_id)
        if note is None:
            raise errors.Gone("note_gone", N_("This note was deleted."))
        if vote := session.get(Vote, (canvas.id, round_id, participant_id, note.id)):
            session.delete(vote)
        return note, set()

    return perform(session, op, "vote", apply)


def enter_votes(
    session: Session,
    canvas_id: str,
    op_id: str,
    round_id: str,
    participant_id: str,
    note_ids: Collection[str],
    actor: Actor,
) -> None:
    """The host votes for somebody without a device: exactly these notes, in the place of what was entered for
    them before. All of it or, with a refusal, nothing.
    """
    if session.exec(
        select(Change.revision).where(Change.canvas_id == canvas_id, Change.op_id == op_id)
    ).first():
        return
    entered = set(
        session.exec(
            select(Vote.note_id).where(
                Vote.canvas_id == canvas_id,
                Vote.round_id == round_id,
                Vote.participant_id == participant_id,
                col(Vote.by_host).is_(True),
            )
        )
    )
    left, chosen = sorted(entered - set(note_ids)), [note for note in note_ids if note not in entered]
    for number, note_id in enumerate([*left, *chosen], start=1):
        is_last = number == len(left) + len(chosen)
        own_id = op_id if is_last else str(uuid.uuid5(uuid.NAMESPACE_OID, f"{op_id}/{note_id}"))
        op = Operation(canvas_id, note_id, own_id, actor)
        if note_id in entered:
            withdraw_vote(session, op, round_id, participant_id)
        else:
            cast_vote(session, op, round_id, participant_id, by_host=True)


def _open_round(session: Session, canvas: Canvas, round_id: str) -> VotingRound:
    voting = session.get(VotingRound, (canvas.id, round_id))
    if voting is None or voting.closed is not None:
        raise _closed()
    return voting


def _closed() -> errors.Gone:
    return errors.Gone("voting_closed", N_("The vote was closed before this arrived, so it does not count."))


def _check_voter(session: Session, canvas: Canvas, participant_id: str) -> None:
    voter = session.get(Participant, participant_id)
    if voter is None or voter.group_id != canvas.group_id or voter.removed_at:
        raise errors.Invalid("not_at_this_table", N_("Only people at this table vote here."))


def _make_room(session: Session, voting: VotingRound, participant_id: str) -> None:
    given = (
        Vote.canvas_id == voting.canvas_id,
        Vote.round_id == voting.id,
        Vote.participant_id == participant_id,
    )
    if session.exec(select(func.count()).select_from(Vote).where(*given)).one() < voting.budget:
        return
    votes = session.exec(
        select(Vote, Note)
        .join(Note, (col(Note.canvas_id) == Vote.canvas_id) & (col(Note.id) == Vote.note_id))
        .where(*given)
        .order_by(col(Vote.at), col(Vote.note_id))
    )
    idle = next((vote for vote, note in votes if not note.is_visible), None)
    if idle is None:
        raise errors.Invalid("votes_spent", N_("All votes are given. Withdraw one first."))
    session.delete(idle)
