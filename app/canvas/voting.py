"""Opening and closing a round of voting on a canvas's notes; `votes` casts and withdraws.

While a round is open its votes are single rows that nothing counts. Closing it writes the result into the
round and onto the notes, where every surface finds it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import func
from sqlmodel import Session, col, select

from app import errors
from app.canvas import catalog
from app.canvas.journal import announce
from app.canvas.limits import check_block
from app.canvas.models import Canvas, Note
from app.canvas.operations import Announcement, NoteState, Operation
from app.canvas.voting_models import MAX_BUDGET, MAX_QUESTION, MAX_ROUNDS, Vote, VotingRound
from app.clock import now
from app.errors import N_

# The board's region that says what is asked (templates/canvas/_voting.html).
REGION = "voting"


@dataclass(frozen=True, slots=True)
class Question:
    """What a round asks, how many votes everybody has, on which block or all, and whether names are shown."""

    text: str
    budget: int = 3
    block: str | None = None
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What a note got in a round; `voters` only where names are shown."""

    note_id: str
    votes: int
    by_host: int
    voters: list[str]


def open_voting(session: Session, op: Operation, question: Question) -> int:
    """Ask a canvas's table. Its notes show no earlier result from now on. Raises Invalid."""

    def plan(canvas: Canvas) -> Announcement:
        latest = latest_round(session, canvas.id)
        if latest and latest.closed is None:
            raise errors.Invalid("voting_is_open", N_("Here a vote is open already. Close it first."))
        kept = select(func.count()).select_from(VotingRound).where(VotingRound.canvas_id == canvas.id)
        if session.exec(kept).one() >= MAX_ROUNDS:
            raise errors.Invalid(
                "too_many_rounds", N_("On this canvas there were 200 votes; that is the most.")
            )
        asked = _checked(canvas, question)
        states = [replace(state, votes=0, voters=[]) for state in _counted_notes(session, canvas.id)]
        session.add(
            VotingRound(
                canvas_id=canvas.id,
                id=op.op_id,
                question=asked.text,
                budget=asked.budget,
                block=asked.block,
                is_named=asked.is_named,
                opened=canvas.revision + len(states) + 1,
            )
        )
        return Announcement(_regions(canvas, asked.block), states)

    return announce(session, op, "open_voting", plan)


def reopen_voting(session: Session, op: Operation, round_id: str) -> int:
    """Go on with the canvas's latest round; its result is out of sight again. Raises Invalid."""

    def plan(canvas: Canvas) -> Announcement:
        latest = latest_round(session, canvas.id)
        if latest is None or latest.id != round_id:
            raise errors.Invalid("not_the_latest_round", N_("Only the latest vote can be opened again."))
        latest.closed = latest.closed_at = None
        latest.result = []
        states = [replace(state, votes=0, voters=[]) for state in _counted_notes(session, canvas.id)]
        return Announcement(_regions(canvas, latest.block), states, target=latest.opened)

    return announce(session, op, "open_voting", plan)


def close_voting(session: Session, op: Operation, round_id: str) -> int:
    """End a round and show what came of it, on the notes themselves. Closing twice is closing once."""

    def plan(canvas: Canvas) -> Announcement:
        closing = session.get(VotingRound, (canvas.id, round_id))
        if closing is None:
            raise errors.Gone("voting_unknown", N_("There is no such vote here."))
        if closing.closed is not None:
            return Announcement(frozenset(), target=closing.opened)
        result = _count(session, closing)
        states = _with_votes(session, canvas.id, result)
        closing.result = [asdict(each) for each in result]
        closing.closed = canvas.revision + len(states) + 1
        closing.closed_at = now()
        return Announcement(_regions(canvas, closing.block), states, target=closing.opened)

    return announce(session, op, "close_voting", plan)


def latest_round(session: Session, canvas_id: str) -> VotingRound | None:
    """The round that is open or was open last."""
    rounds = select(VotingRound).where(VotingRound.canvas_id == canvas_id)
    return session.exec(rounds.order_by(col(VotingRound.opened).desc()).limit(1)).first()


def _checked(canvas: Canvas, question: Question) -> Question:
    text = " ".join(question.text.split())
    if not text:
        raise errors.Invalid("question_missing", N_("Say what the vote is about."))
    if len(text) > MAX_QUESTION:
        raise errors.TooLong("question_too_long", N_("A question may have at most 160 characters."))
    if not 1 <= question.budget <= MAX_BUDGET:
        raise errors.Invalid("budget_wrong", N_("Everybody may have 1 to 20 votes."))
    if question.block is not None:
        check_block(canvas, question.block)
    return replace(question, text=text)


def _regions(canvas: Canvas, block: str | None) -> frozenset[str]:
    blocks = (block,) if block else (each.key for each in catalog.definition(canvas.definition_key).places)
    return frozenset({REGION, *blocks})


def _count(session: Session, voting: VotingRound) -> list[Counted]:
    votes: dict[str, list[Vote]] = {}
    for vote in session.exec(
        select(Vote)
        .where(Vote.canvas_id == voting.canvas_id, Vote.round_id == voting.id)
        .order_by(col(Vote.at), col(Vote.participant_id))
    ):
        votes.setdefault(vote.note_id, []).append(vote)
    return [
        Counted(
            note_id,
            len(given),
            sum(vote.by_host for vote in given),
            [vote.participant_id for vote in given] if voting.is_named else [],
        )
        for note_id, given in sorted(votes.items())
    ]


def _with_votes(session: Session, canvas_id: str, result: Sequence[Counted]) -> list[NoteState]:
    counted = {each.note_id: each for each in result}
    notes = session.exec(select(Note).where(Note.canvas_id == canvas_id, col(Note.id).in_(counted)))
    return [
        replace(state, votes=counted[state.id].votes, voters=counted[state.id].voters)
        for state in map(NoteState.of, notes)
    ]


def _counted_notes(session: Session, canvas_id: str) -> list[NoteState]:
    """The notes that show a result."""
    notes = session.exec(select(Note).where(Note.canvas_id == canvas_id, Note.votes > 0))
    return [NoteState.of(note) for note in notes]
