"""Voting for programs: what the operations of the API that are about votes mean."""

from sqlmodel import Session

from app import errors
from app.canvas.operations import Actor, Operation, Outcome
from app.canvas.results import own_votes
from app.canvas.schemas import OperationIn, VotingOut, needed
from app.canvas.votes import cast_vote, withdraw_vote
from app.canvas.voting import Question, close_voting, latest_round, open_voting, reopen_voting
from app.errors import N_


def perform_voting(
    session: Session, operation: Operation, op: OperationIn, *, moderates: bool
) -> Outcome | int:
    """Do what `op` asks; a revision alone where it is not about one note."""
    if op.kind == "close_voting":
        return close_voting(session, operation, needed(op.round, "round"))
    if op.kind == "open_voting":
        if op.round:
            return reopen_voting(session, operation, op.round)
        asked = Question(needed(op.question, "question"), op.budget or 3, op.block, bool(op.named))
        return open_voting(session, operation, asked)
    voter = _voter(operation.actor, op, moderates=moderates)
    round_id = op.round or _open_round(session, operation.canvas_id)
    if needed(op.value, "value"):
        return cast_vote(session, operation, round_id, voter, by_host=op.voter is not None)
    return withdraw_vote(session, operation, round_id, voter)


def voting_out(session: Session, canvas_id: str, actor: Actor) -> VotingOut | None:
    """The vote that is open or was open last, with the asker's own votes."""
    latest = latest_round(session, canvas_id)
    if latest is None:
        return None
    is_participant = actor.kind == "participant" and actor.id
    return VotingOut(
        id=latest.id,
        question=latest.question,
        budget=latest.budget,
        block=latest.block,
        named=latest.is_named,
        open=latest.closed is None,
        mine=own_votes(session, canvas_id, latest.id, actor.id or "") if is_participant else [],
    )


def _voter(actor: Actor, op: OperationIn, *, moderates: bool) -> str:
    if op.voter is not None and moderates:
        return op.voter
    if op.voter is None and actor.kind == "participant" and actor.id:
        return actor.id
    raise errors.Invalid("not_at_this_table", N_("Only people at this table vote here."))


def _open_round(session: Session, canvas_id: str) -> str:
    latest = latest_round(session, canvas_id)
    return latest.id if latest else ""
