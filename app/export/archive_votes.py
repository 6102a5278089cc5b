"""Voting in an archive: closed rounds with what came of them. Who voted only where names were shown.

Rounds that are open stay behind: nobody is to count their votes.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from app.canvas.models import MAX_NOTES, Canvas, Note
from app.canvas.voting import Counted
from app.canvas.voting_models import MAX_BUDGET, MAX_QUESTION, VotingRound
from app.ids import new_uuid

Short = Annotated[str, Field(max_length=250)]


class VotesEntry(BaseModel):
    """The votes for a note; `note` and `voters` are keys of entries of the same group."""

    model_config = ConfigDict(extra="forbid")
    note: Short
    votes: Annotated[int, Field(ge=1, le=500)]
    by_host: Annotated[int, Field(ge=0, le=500)] = 0
    voters: Annotated[list[Short], Field(max_length=500)] = []


class RoundEntry(BaseModel):
    """A round of voting that is closed."""

    model_config = ConfigDict(extra="forbid")
    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
    budget: Annotated[int, Field(ge=1, le=MAX_BUDGET)]
    block: Short | None = None
    named: bool = False
    opened_at: AwareDatetime
    closed_at: AwareDatetime
    votes: Annotated[list[VotesEntry], Field(max_length=MAX_NOTES)] = []


def round_entries(
    session: Session, canvas_id: str, note_keys: Mapping[str, str], people: Mapping[str, str]
) -> list[RoundEntry]:
    """The closed rounds of a canvas, oldest first."""
    closed = session.exec(
        select(VotingRound)
        .where(VotingRound.canvas_id == canvas_id, col(VotingRound.closed).is_not(None))
        .order_by(col(VotingRound.opened))
    )
    return [
        RoundEntry(
            question=each.question,
            budget=each.budget,
            block=each.block,
            named=each.is_named,
            opened_at=each.opened_at,
            closed_at=each.closed_at or each.opened_at,
            votes=[
                VotesEntry(
                    note=note_keys[counted.note_id],
                    votes=counted.votes,
                    by_host=counted.by_host,
                    voters=[people[voter] for voter in counted.voters if voter in people],
                )
                for counted in (Counted(**result) for result in each.result)
                if counted.note_id in note_keys
            ],
        )
        for each in closed
    ]


def add_rounds(
    session: Session,
    canvas_id: str,
    entries: list[RoundEntry],
    note_ids: Mapping[str, str],
    people: Mapping[str, str],
) -> None:
    """The rounds of an entry on a canvas that has its notes already; the last result stands on them."""
    canvas = session.get_one(Canvas, canvas_id)
    result: list[Counted] = []
    for number, entry in enumerate(entries):
        result = [
            Counted(
                note_ids[each.note],
                each.votes,
                each.by_host,
                [people[voter] for voter in each.voters if voter in people] if entry.named else [],
            )
            for each in entry.votes
            if each.note in note_ids
        ]
        session.add(
            VotingRound(
                canvas_id=canvas_id,
                id=new_uuid(),
                question=entry.question,
                budget=entry.budget,
                block=entry.block,
                is_named=entry.named,
                # Before everything that will be logged here, and in their order.
                opened=number - len(entries),
                closed=canvas.revision,
                opened_at=entry.opened_at,
                closed_at=entry.closed_at,
                result=[asdict(each) for each in result],
            )
        )
    for each in result:
        note = session.get_one(Note, (canvas_id, each.note_id))
        note.votes, note.voters = each.votes, each.voters
    session.flush()
