"""Two people do two things to one note at the same moment, every pair of things there is (T-CON-3).

One writer puts them in an order. `after` says what each does to the note as it finds it, and so what every
pair may come to: the one order or the other, and nothing between.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pytest
from sqlmodel import Session, select

from app.canvas.actions import add_note, delete_note, hide_note, move_note, restore_note, show_note
from app.canvas.gathering import cluster_notes, rename_cluster
from app.canvas.models import Canvas, Note
from app.canvas.operations import Actor, NoteState, Operation, Outcome, Tags, Wording
from app.canvas.past import replayed
from app.canvas.rewording import edit_note
from app.canvas.silence import hide_writing, reveal_notes
from app.canvas.trash import clear_block
from app.canvas.undo import redo, undo
from app.canvas.versions import reinstate
from app.canvas.votes import cast_vote
from app.canvas.voting import Question, open_voting
from app.canvas.voting_models import Vote
from app.db import Database
from app.errors import Refused
from app.ids import new_uuid
from app.workshop.models import Participant
from tests.databases import database, first_canvas, log_of

ONE, OTHER = Actor("facilitator", "1", "Satu"), Actor("facilitator", "2", "Dua")
HOST = Actor("facilitator", "3", "Tiga")
NOTE = "note"
ROUND = "round"
OF_CANVAS = {"clear", "reinstate", "cluster", "rename", "undo", "redo", "hide_writing", "reveal_notes"}
DEEDS: dict[str, Callable[[Session, Operation], Outcome | int]] = {
    "reword": lambda session, op: edit_note(session, op, 1, Wording(f"Kata {op.actor.name}")),
    "tag": partial(edit_note, base_version=1, tags=Tags((2,))),
    "move": partial(move_note, block="key_resources"),
    "delete": delete_note,
    "restore": restore_note,
    "hide": hide_note,
    "show": show_note,
    "clear": partial(clear_block, block="channels"),
    "reinstate": partial(reinstate, revision=0),
    "cluster": partial(cluster_notes, note_ids=[NOTE], block="channels", name="Bersama"),
    "rename": partial(rename_cluster, block="channels", cluster="Bersama", name="Lain"),
    "undo": partial(undo, moderates=True),
    "redo": partial(redo, moderates=True),
    "hide_writing": hide_writing,
    "reveal_notes": reveal_notes,
    "vote": lambda session, op: cast_vote(session, op, ROUND, op.actor.id or ""),
}


@dataclass(frozen=True)
class Seen:
    """A note as far as the deeds go; made ready, it looks like this."""

    text: str = "Awal"
    segments: tuple[int, ...] = ()
    inclusion: bool = True
    evidence: str | None = "fact"
    side: str | None = None
    block: str = "channels"
    deleted: bool = False
    hidden: bool = False
    cluster: str = ""
    voters: tuple[str, ...] = ()


def prepare_note(session: Session, canvas_id: str) -> None:
    """A note both have changed and undone something on: each has one thing to undo and one to redo."""

    def do(deed: Callable[..., Outcome], actor: Actor, **fields: object) -> None:
        note_id = "" if deed is undo else NOTE
        deed(session, Operation(canvas_id, note_id, new_uuid(), actor), **fields)

    do(add_note, ONE, block="channels", wording=Wording("Awal"), tags=Tags())
    do(edit_note, OTHER, base_version=1, tags=Tags(inclusion=True))
    do(edit_note, ONE, base_version=1, tags=Tags(inclusion=True, evidence="fact"))
    do(edit_note, ONE, base_version=1, tags=Tags(inclusion=True, evidence="fact", side="blk"))
    do(undo, ONE, moderates=True)
    do(move_note, OTHER, block="cost_structure")
    do(undo, OTHER, moderates=True)
    open_voting(session, Operation(canvas_id, "", ROUND, HOST), Question("?"))


def after(deed: str, note: Seen, actor: Actor) -> Seen | str:
    """What the note becomes, or the code of the refusal."""
    if note.deleted and deed in {"reword", "tag", "move", "delete", "hide", "show", "cluster"}:
        return "note_gone"
    match deed:
        case "hide_writing" | "reveal_notes":
            # What everybody saw before stays to be seen.
            return note
        case "vote":
            if note.deleted or note.hidden:
                return "note_gone"
            return replace(note, voters=tuple(sorted({*note.voters, str(actor.id)})))
        case "reword":
            return replace(note, text=f"Kata {actor.name}") if note.text == "Awal" else "version_conflict"
        case "tag":
            return replace(note, segments=(2,), inclusion=False, evidence=None, side=None)
        case "move":
            return replace(note, block="key_resources", cluster="")
        case "cluster":
            return replace(note, block="channels", cluster="Bersama")
        case "rename":
            is_there = not note.deleted and note.cluster == "Bersama"
            return replace(note, cluster="Lain") if is_there else "cluster_gone"
        case "delete":
            return replace(note, deleted=True)
        case "restore":
            return replace(note, deleted=False)
        case "hide":
            return replace(note, hidden=True)
        case "show":
            return replace(note, hidden=False)
        case "clear":
            is_there = note.block == "channels" and not note.deleted and not note.hidden
            return replace(note, deleted=True) if is_there else "block_empty"
        case "reinstate":
            is_there = not note.deleted and not note.hidden
            return replace(note, deleted=True) if is_there else "same_as_now"
        case "undo":
            if note.deleted or note.segments:
                return "changed_by_others"
            return replace(note, evidence=None) if actor == ONE else replace(note, inclusion=False)
    # "redo"
    if note.deleted or (actor == OTHER and note.block != "channels"):
        return "changed_by_others"
    return replace(note, side="blk") if actor == ONE else replace(note, block="cost_structure")


def orders(first: str, second: str) -> list[tuple[Seen, set[tuple[str, str]]]]:
    """The note and the refusals of either order. `first` is what ONE does, `second` what OTHER does."""
    found = []
    for order in ([(first, ONE), (second, OTHER)], [(second, OTHER), (first, ONE)]):
        note, refused = Seen(), set()
        for deed, actor in order:
            outcome = after(deed, note, actor)
            if isinstance(outcome, str):
                refused.add((actor.name, outcome))
            else:
                note = outcome
        found.append((note, refused))
    return found


class House:
    """A database that writes, and empty canvases in it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        with db.transaction() as session:
            canvas, _ = first_canvas(session)
            self.place = canvas.workshop_id, canvas.group_id
            for actor in (ONE, OTHER):
                # Who votes has to sit at the table.
                who = {"id": actor.id, "workshop_id": canvas.workshop_id, "group_id": canvas.group_id}
                session.add(Participant.model_validate(who | {"name": actor.name}))
        db.start()

    def make_ready(self, session: Session, count: int) -> list[str]:
        workshop_id, group_id = self.place
        canvases = [Canvas(workshop_id=workshop_id, group_id=group_id) for _ in range(count)]
        session.add_all(canvases)
        session.flush()
        for canvas in canvases:
            prepare_note(session, canvas.id)
        return [canvas.id for canvas in canvases]

    async def perform(self, canvas_id: str, deed: str, actor: Actor) -> tuple[str, str] | None:
        """Who was refused, and why."""
        op = Operation(canvas_id, "" if deed in OF_CANVAS else NOTE, new_uuid(), actor)
        try:
            await self.db.write(DEEDS[deed], op)
        except Refused as refusal:
            return actor.name, refusal.code
        return None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with database(tmp_path_factory.mktemp("pairs")) as db:
        yield House(db)


PAIRS = list(itertools.product(DEEDS, repeat=2))


@pytest.mark.parametrize("first", DEEDS)
async def test_every_pair_comes_to_one_of_its_two_orders(house: House, first: str) -> None:
    await play(house, [(one, other) for one, other in PAIRS if one == first], times=2)


@pytest.mark.nightly
@pytest.mark.parametrize("first", DEEDS)
async def test_every_pair_comes_to_one_of_its_two_orders_two_hundred_times(house: House, first: str) -> None:
    await play(house, [(one, other) for one, other in PAIRS if one == first], times=200)


def test_the_two_orders_differ_where_somebody_is_too_late() -> None:
    different = [pair for pair in PAIRS if orders(*pair)[0] != orders(*pair)[1]]

    assert ("reword", "delete") in different and ("delete", "undo") in different
    assert ("tag", "move") not in different
    assert len(different) > 40


async def play(house: House, pairs: list[tuple[str, str]], times: int) -> None:
    for first, second in pairs:
        canvases = await house.db.write(house.make_ready, times)
        for number, canvas_id in enumerate(canvases):
            deeds = [house.perform(canvas_id, first, ONE), house.perform(canvas_id, second, OTHER)]
            # Both wait in one queue; now the one is ahead, now the other.
            answers = await asyncio.gather(*(deeds if number % 2 else reversed(deeds)))
            refused = {answer for answer in answers if answer}
            assert (seen(house, canvas_id), refused) in orders(first, second), (first, second)


def seen(house: House, canvas_id: str) -> Seen:
    """The note as it is, which the log says too."""
    with house.db.read() as session:
        note = NoteState.of(session.get_one(Note, (canvas_id, NOTE)))
        assert replayed(log_of(session, canvas_id))[NOTE] == note
        votes = session.exec(select(Vote.participant_id).where(Vote.canvas_id == canvas_id)).all()
    fields = {name: getattr(note, name) for name in Seen.__dataclass_fields__}
    return Seen(**fields | {"segments": tuple(note.segments), "voters": tuple(sorted(votes))})
