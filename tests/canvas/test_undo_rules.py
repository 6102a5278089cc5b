"""Ten people change, undo and redo at one canvas as they please: undo never removes another's change.

T-UND-1: what the model says of every undo and redo, the database and the replayed log must say too.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import sqlalchemy
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app import errors
from app.canvas import positions
from app.canvas.actions import add_note, delete_note, hide_note, move_note, restore_note, show_note
from app.canvas.models import Canvas, Change, Note
from app.canvas.operations import Actor, NoteState, Operation, Outcome, Tags, Wording
from app.canvas.past import replayed, states_at
from app.canvas.rewording import edit_note
from app.canvas.standing import WORDS
from app.canvas.trash import clear_block, restore_deleted
from app.canvas.undo import redo, undo
from app.canvas.versions import reinstate
from app.db import Database
from app.identity.models import TokenKind
from app.workshop.actions import Joining, join_workshop
from tests.canvas.undo_model import FACILITATOR, Model, States, meaning, part
from tests.databases import database, first_canvas, log_of

BLOCKS = ("channels", "key_resources", "cost_structure")
# Ten people, of whom some are busier: only who changes the same notes can come into each other's way.
people = st.sampled_from([*range(10), 0, 0, 1, 1, 2, 2, 9])
picks = st.integers(0, 30)
blocks = st.sampled_from(BLOCKS)
COLUMNS = [getattr(Note, name) for name in Note.model_fields]
THE_NOTES = sqlalchemy.select(*COLUMNS).where(col(Note.canvas_id) == bindparam("canvas_id"))


class House:
    """One database with ten people in it, shared by all examples; each example is rolled back."""

    def __init__(self, db: Database) -> None:
        self.db = db
        with db.transaction() as session:
            canvas, facilitator_id = first_canvas(session)
            self.workshop_id, self.group_id = canvas.workshop_id, canvas.group_id
            self.actors = [self._join(session, f"Orang {number}") for number in range(9)]
            self.actors.append(Actor("facilitator", facilitator_id, "F"))

    def _join(self, session: Session, name: str) -> Actor:
        joining = Joining(name, self.group_id)
        person, _ = join_workshop(session, self.workshop_id, joining, TokenKind.API)
        return Actor("participant", person.id, name)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with database(tmp_path_factory.mktemp("undo")) as db:
        yield House(db)


class AtTheTable(RuleBasedStateMachine):
    """Ten people at one canvas; the last of them is the facilitator."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self.house.db.writer, expire_on_commit=False)
        canvas = Canvas(workshop_id=self.house.workshop_id, group_id=self.house.group_id)
        self.session.add(canvas)
        self.session.flush()
        self.canvas = canvas
        self.model = Model()
        self.made = 0
        self.look()
        for person in range(3):
            self.do(person, add_note, self.uuid(), BLOCKS[0], Wording("Ide"), Tags())

    def teardown(self) -> None:
        log = log_of(self.session, self.canvas.id)
        assert [change.revision for change in log] == list(range(1, self.canvas.revision + 1))
        assert replayed(log) == self.notes
        for revision in range(0, self.canvas.revision, 5):
            assert states_at(self.session, self.canvas.id, revision) == replayed(log[:revision])
        self.session.rollback()
        self.session.close()

    def look(self) -> None:
        """What the table holds now; not what the session remembers of it."""
        rows = self.session.connection().execute(THE_NOTES, {"canvas_id": self.canvas.id})
        self.notes: States = {row.id: NoteState.of(cast(Note, row)) for row in rows}

    def perform(
        self, person: int, action: Callable[..., Outcome], note_id: str, *args: Any, **more: Any
    ) -> bool:
        """Whether it was not refused."""
        op = Operation(self.canvas.id, note_id, self.uuid(), self.house.actors[person])
        try:
            with self.session.begin_nested():
                action(self.session, op, *args, **more)
            done = True
        except errors.Refused:
            self.session.refresh(self.canvas)
            done = False
        self.look()
        return done

    def do(self, person: int, action: Callable[..., Outcome], note_id: str, *args: Any, **more: Any) -> None:
        before, revision = self.notes, self.canvas.revision
        if not self.perform(person, action, note_id, *args, **more):
            assert self.notes == before
            return
        log = self.session.exec(
            select(Change).where(Change.canvas_id == self.canvas.id, Change.revision > revision)
        ).all()
        own = {change.note_id for change in log if not change.is_spread}
        after = {note_id: state for note_id, state in self.notes.items() if note_id in own}
        self.model.change(person, self.canvas.revision, before, after)

    def uuid(self) -> str:
        """A new one, but the same in every run of an example."""
        self.made += 1
        return str(uuid.UUID(int=self.made))

    def pick(self, number: int) -> str:
        notes = sorted(self.notes)
        return notes[number % len(notes)] if notes else self.uuid()

    @rule(person=people, block=blocks, before=picks)
    def add(self, person: int, block: str, before: int) -> None:
        text = f"Ide {self.canvas.revision}"
        self.do(person, add_note, self.uuid(), block, Wording(text), Tags(), self.pick(before))

    @rule(person=people, note=picks, text=st.sampled_from("abc"))
    def edit(self, person: int, note: int, text: str) -> None:
        note_id = self.pick(note)
        version = state.version if (state := self.notes.get(note_id)) else 1
        self.do(person, edit_note, note_id, version, Wording(text))

    @rule(person=people, note=picks, segment=st.integers(1, 2), inclusion=st.booleans())
    def tag(self, person: int, note: int, segment: int, inclusion: bool) -> None:
        self.do(person, edit_note, self.pick(note), 1, None, Tags((segment,), inclusion))

    @rule(person=people, note=picks, block=blocks, before=picks)
    def move(self, person: int, note: int, block: str, before: int) -> None:
        self.do(person, move_note, self.pick(note), block, self.pick(before))

    @rule(person=people, note=picks)
    def delete(self, person: int, note: int) -> None:
        self.do(person, delete_note, self.pick(note))

    @rule(person=people, note=picks)
    def restore(self, person: int, note: int) -> None:
        self.do(person, restore_note, self.pick(note))

    @rule(note=picks)
    def hide(self, note: int) -> None:
        self.do(FACILITATOR, hide_note, self.pick(note))

    @rule(note=picks)
    def show(self, note: int) -> None:
        self.do(FACILITATOR, show_note, self.pick(note))

    @rule(person=people, block=blocks)
    def clear(self, person: int, block: str) -> None:
        self.do(person, clear_block, "", block)

    @rule(person=people, operation=picks)
    def restore_from_trash(self, person: int, operation: int) -> None:
        self.do(person, restore_deleted, "", operation)

    @rule(person=people, revision=picks)
    def go_back(self, person: int, revision: int) -> None:
        self.do(person, reinstate, "", revision)

    @rule(person=people)
    def undo(self, person: int) -> None:
        self._turn(person, undo, self.model.undo)

    @rule(person=people)
    def redo(self, person: int) -> None:
        self._turn(person, redo, self.model.redo)

    @rule(person=people, steps=st.integers(1, 3))
    def undo_and_redo(self, person: int, steps: int) -> None:
        before = self.notes
        undone = [step for step in range(steps) if self._turn(person, undo, self.model.undo)]
        for _ in undone:
            assert self._turn(person, redo, self.model.redo)
        assert meaning(self.notes) == meaning(before)

    def _turn(
        self, person: int, action: Callable[..., Outcome], told: Callable[[int, States], States | None]
    ) -> bool:
        before = self.notes
        expected = told(person, before)
        done = self.perform(person, action, "", moderates=person == FACILITATOR)
        assert done == (expected is not None)
        assert meaning(self.notes) == meaning(expected or before)
        for note_id, state in self.notes.items():
            reworded = part(state, WORDS) != part(before[note_id], WORDS)
            assert state.version == before[note_id].version + reworded
        return done


def test_undo_and_redo_take_back_what_is_ones_own_and_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Neighbours step aside soon.
    monkeypatch.setattr(positions, "CLOSEST", 200.0)
    AtTheTable.house = house
    run_state_machine_as_test(
        AtTheTable,
        settings=settings(
            max_examples=500,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # To shrink thirty steps takes longer than a test may run.
            phases=[Phase.reuse, Phase.generate],
        ),
    )
