"""What is shown of votes: what is asked, how many have voted, and, of closed rounds only, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Integer, cast, func
from sqlmodel import Session, col, select

from app.canvas.definition import Definition
from app.canvas.models import Canvas, Note
from app.canvas.queries import NoteRow, shown_notes
from app.canvas.voting import Counted, latest_round
from app.canvas.voting_models import Vote, VotingRound
from app.workshop.models import Participant


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as everybody sees it. `block` is empty where it is about the whole canvas."""

    id: str
    canvas_id: str
    question: str
    budget: int
    block: str
    block_name: str
    is_named: bool
    is_open: bool

    def is_about(self, block: str) -> bool:
        """Whether notes of this block can be voted for now."""
        return self.is_open and self.block in ("", block)


@dataclass(frozen=True, slots=True)
class OwnVote:
    """A note somebody has voted for."""

    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """Somebody's own votes in a round that is open. Only ever in an answer to that person."""

    round: RoundView
    votes: tuple[OwnVote, ...]

    @property
    def left(self) -> int:
        """How many may still be given."""
        return max(0, self.round.budget - len(self.votes))


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people of a table have voted, and for how many of them the host did."""

    voted: int = 0
    by_host: int = 0


@dataclass(frozen=True, slots=True)
class RankedNote:
    """A note's place in a result; `is_tied` when others have as many votes."""

    rank: int
    is_tied: bool
    note_id: str
    text: str
    block_name: str
    votes: int
    by_host: int
    voters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A closed round: its notes that are still there to be seen, most votes first."""

    round: RoundView
    notes: tuple[RankedNote, ...]
    votes: int
    by_host: int


def round_view(voting: VotingRound, definition: Definition, locale: str) -> RoundView:
    """One row as templates see it."""
    return RoundView(
        id=voting.id,
        canvas_id=voting.canvas_id,
        question=voting.question,
        budget=voting.budget,
        block=voting.block or "",
        block_name=definition.place(voting.block).name.of(locale) if voting.block else "",
        is_named=voting.is_named,
        is_open=voting.closed is None,
    )


def latest_round_view(
    session: Session, canvas_id: str, definition: Definition, locale: str
) -> RoundView | None:
    """The round that is open or was open last."""
    latest = latest_round(session, canvas_id)
    return round_view(latest, definition, locale) if latest else None


def own_votes(session: Session, canvas_id: str, round_id: str, participant_id: str) -> list[str]:
    """The notes somebody has voted for that are still there, oldest vote first. Only for their own eyes."""
    return list(
        session.exec(
            select(Vote.note_id)
            .join(Note, (col(Note.canvas_id) == Vote.canvas_id) & (col(Note.id) == Vote.note_id))
            .where(
                Vote.canvas_id == canvas_id,
                Vote.round_id == round_id,
                Vote.participant_id == participant_id,
                col(Note.deleted_at).is_(None),
                col(Note.hidden_at).is_(None),
            )
            .order_by(col(Vote.at), col(Vote.note_id))
        )
    )


def ballot_of(session: Session, voting: RoundView | None, participant_id: str | None) -> Ballot | None:
    """The votes of a participant, while there is something to vote on."""
    if voting is None or not voting.is_open or participant_id is None:
        return None
    notes = {note.id: note.text for note in shown_notes(session, voting.canvas_id)}
    own = own_votes(session, voting.canvas_id, voting.id, participant_id)
    return Ballot(voting, tuple(OwnVote(note_id, notes[note_id]) for note_id in own))


def latest_rounds(session: Session, workshop_id: str) -> Mapping[str, VotingRound]:
    """The latest round of each canvas of a workshop that had one."""
    latest = (
        select(VotingRound.canvas_id, func.max(VotingRound.opened).label("opened"))
        .join(Canvas, col(Canvas.id) == VotingRound.canvas_id)
        .where(Canvas.workshop_id == workshop_id)
        .group_by(VotingRound.canvas_id)
        .subquery()
    )
    rounds = session.exec(
        select(VotingRound).join(
            latest,
            (col(VotingRound.canvas_id) == latest.c.canvas_id) & (col(VotingRound.opened) == latest.c.opened),
        )
    )
    return {each.canvas_id: each for each in rounds}


def turnouts(session: Session, workshop_id: str) -> Mapping[tuple[str, str], Turnout]:
    """How many have voted, by canvas and round; never for what."""
    voters = (
        select(Vote.canvas_id, Vote.round_id, func.min(cast(Vote.by_host, Integer)).label("only_by_host"))
        .join(Canvas, col(Canvas.id) == Vote.canvas_id)
        .where(Canvas.workshop_id == workshop_id)
        .group_by(Vote.canvas_id, Vote.round_id, Vote.participant_id)
        .subquery()
    )
    counted = session.exec(
        select(voters.c.canvas_id, voters.c.round_id, func.count(), func.sum(voters.c.only_by_host)).group_by(
            voters.c.canvas_id, voters.c.round_id
        )
    )
    return {(canvas, round_id): Turnout(voted, by_host) for canvas, round_id, voted, by_host in counted}


def result_view(
    session: Session, voting: VotingRound, definition: Definition, locale: str, *, named: bool = True
) -> ResultView:
    """What came of a closed round; nothing of an open one. Not `named`: without voters in any case."""
    counted = [Counted(**each) for each in voting.result] if voting.closed is not None else []
    notes = {note.id: note for note in shown_notes(session, voting.canvas_id)}
    ids = {voter for each in counted for voter in each.voters} if named else set()
    names = {
        one.id: one.name for one in session.exec(select(Participant).where(col(Participant.id).in_(ids)))
    }
    shown = [each for each in counted if each.note_id in notes]
    ranked = _ranked(shown, notes, names, definition, locale)
    return ResultView(
        round_view(voting, definition, locale),
        tuple(ranked),
        votes=sum(each.votes for each in shown),
        by_host=sum(each.by_host for each in shown),
    )


def results(
    session: Session, canvas_id: str, definition: Definition, locale: str, *, named: bool = True
) -> list[ResultView]:
    """All closed rounds of a canvas, latest first."""
    closed = session.exec(
        select(VotingRound)
        .where(VotingRound.canvas_id == canvas_id, col(VotingRound.closed).is_not(None))
        .order_by(col(VotingRound.opened).desc())
    ).all()
    return [result_view(session, each, definition, locale, named=named) for each in closed]


def _ranked(
    counted: Sequence[Counted],
    notes: Mapping[str, NoteRow],
    names: Mapping[str, str],
    definition: Definition,
    locale: str,
) -> list[RankedNote]:
    order = {note_id: place for place, note_id in enumerate(notes)}
    by_votes = sorted(counted, key=lambda each: (-each.votes, order[each.note_id]))
    ranked: list[RankedNote] = []
    for _, group in groupby(by_votes, lambda each: each.votes):
        equals, rank = list(group), len(ranked) + 1
        ranked += [
            RankedNote(
                rank=rank,
                is_tied=len(equals) > 1,
                note_id=each.note_id,
                text=notes[each.note_id].text,
                block_name=definition.place(notes[each.note_id].block).name.of(locale),
                votes=each.votes,
                by_host=each.by_host,
                voters=tuple(names[voter] for voter in each.voters if voter in names),
            )
            for each in equals
        ]
    return ranked
