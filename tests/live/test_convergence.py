"""Any interleaving of commits, lost nudges, drops and slow readers: everybody ends with a fresh render."""

import asyncio
import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from app.canvas.actions import add_note, delete_note, hide_note, move_note, restore_note, show_note
from app.canvas.models import Note
from app.canvas.operations import Actor, Operation, Tags, Wording
from app.canvas.rewording import edit_note
from app.comment.actions import Place, add_comment, add_reply, change_comment
from app.comment.deeds import Deed
from app.comment.models import Comment, CommentKind
from app.db import Database
from app.errors import Refused
from app.identity.models import TokenKind
from app.ids import new_uuid
from app.live.board import BoardSource
from app.live.stage import Stage
from app.web.rendering import Renderer
from app.workshop.actions import (
    Joining,
    join_workshop,
    remove_participant,
)
from tests.databases import database, first_canvas
from tests.patches import taken

BLOCKS = ("channels", "key_resources", "cost_structure")
KINDS = ("add", "edit", "move", "delete", "restore", "hide", "show", "join", "remove")
TALKING = ("comment", "reply", "settle", "open", "take_back", "bring_back", "hide_it", "show_it")
DEEDS: dict[str, Deed] = {
    "settle": "resolve",
    "open": "reopen",
    "take_back": "withdraw",
    "bring_back": "restore",
    "hide_it": "hide",
    "show_it": "show",
}
SOMEBODY = Actor("system", None, "Uji")

steps = st.lists(
    st.one_of(
        st.tuples(st.just("commit"), st.sampled_from(KINDS + TALKING), st.integers(0, 50)),
        st.tuples(st.just("look"), st.just(""), st.just(0)),
        st.tuples(st.just("pull"), st.just(""), st.integers(0, 3)),
        st.tuples(st.just("reload"), st.just(""), st.integers(0, 3)),
        st.tuples(st.just("restart"), st.just(""), st.just(0)),
    ),
    max_size=40,
)


class Reader:
    """A browser: regions by id, morphed as messages arrive; it may not read for a long time."""

    def __init__(self) -> None:
        self.since = -1
        self.regions: dict[str, str] = {}

    def reload(self, page: dict[str, str], revision: int) -> None:
        self.regions, self.since = dict(page), revision

    async def pull(self, stage: Stage) -> None:
        if stage.revision > self.since:
            self.since, frame = await stage.frame(self.since)
            self.regions = taken(self.regions, html_of(frame))


def html_of(frame: bytes) -> str:
    """What a message says."""
    return "\n".join(
        line.removeprefix("data: ") for line in frame.decode().split("\n") if line.startswith("data: ")
    )


def regions_in(frame: bytes) -> dict[str, str]:
    """Region id to HTML, for a page that shows nothing yet."""
    return taken({}, html_of(frame))


class World:
    """One canvas in a database file, its stage, and four readers."""

    def __init__(self, db: Database) -> None:
        self.db = db
        with db.transaction() as session:
            canvas, _ = first_canvas(session)
            self.workshop_id, self.canvas_id, self.group_id = canvas.workshop_id, canvas.id, canvas.group_id
        self.renderer = RENDERER
        self.people: list[str] = []
        self.readers = [Reader() for _ in range(4)]
        self.restart()

    def restart(self) -> None:
        self.stage = Stage(self.source(), "e")

    def source(self) -> BoardSource:
        return BoardSource(self.db, self.renderer, self.canvas_id, "id")

    def page(self) -> tuple[int, dict[str, str]]:
        """What a browser gets that loads the board now."""
        revision, bodies = self.source().read()
        return revision, regions_in(b"".join(bodies.values()))

    def commit(self, kind: str, pick: int) -> None:
        if kind in TALKING:
            self.talk(kind, pick)
            return
        with self.db.transaction() as session:
            notes = session.exec(select(Note).where(Note.canvas_id == self.canvas_id)).all()
            self._perform(session, kind, pick, notes[pick % len(notes)] if notes else None)

    def talk(self, kind: str, pick: int) -> None:
        """On a note that is there or, without one, on a block; to a comment, whatever may be done to it."""
        with self.db.transaction() as session:
            op = Operation(self.canvas_id, "", new_uuid(), SOMEBODY)
            notes = session.exec(
                select(Note).where(Note.canvas_id == self.canvas_id, col(Note.deleted_at).is_(None))
            ).all()
            said = session.exec(select(Comment).where(Comment.canvas_id == self.canvas_id)).all()
            comment = said[pick % len(said)] if said else None
            with contextlib.suppress(Refused):
                if kind == "comment":
                    place = (
                        Place(notes[pick % len(notes)].id) if notes and pick % 3 else Place(None, BLOCKS[0])
                    )
                    add_comment(session, op, place, list(CommentKind)[pick % 4], f"Kata {pick} <b>")
                elif comment is not None and kind == "reply":
                    add_reply(session, op, comment.id, "Jawaban")
                elif comment is not None:
                    change_comment(session, op, comment.id, DEEDS[kind])

    def _perform(self, session: Session, kind: str, pick: int, note: Note | None) -> None:
        block = BLOCKS[pick % len(BLOCKS)]
        op = Operation(self.canvas_id, note.id if note else new_uuid(), new_uuid(), SOMEBODY)
        match kind:
            case "join":
                person, _ = join_workshop(
                    session, self.workshop_id, Joining(f"Orang {pick}", self.group_id), TokenKind.API
                )
                self.people.append(person.id)
            case "remove":
                if self.people:
                    remove_participant(session, self.workshop_id, self.people.pop())
            case "add":
                add = Operation(self.canvas_id, new_uuid(), new_uuid(), SOMEBODY)
                add_note(session, add, block, Wording(f"Ide {pick}\n<b>"), Tags())
            case _ if note is None or (note.deleted_at and kind != "restore"):
                pass
            case "edit":
                edit_note(session, op, note.version, Wording(f"Diubah {pick}"))
            case "move":
                move_note(session, op, block)
            case "delete":
                delete_note(session, op)
            case "restore":
                restore_note(session, op)
            case "hide":
                hide_note(session, op)
            case "show":
                show_note(session, op)


RENDERER = Renderer()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with database(tmp_path_factory.mktemp("convergence")) as db:
        yield db


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(steps=[("commit", "add", 0), ("reload", "", 0), ("commit", "move", 1)])
@example(steps=[("commit", "add", 0), ("commit", "comment", 1), ("reload", "", 0), ("commit", "settle", 0)])
@given(steps=steps)
def test_everybody_ends_with_what_a_fresh_page_shows(db: Database, steps: list[tuple[str, str, int]]) -> None:
    asyncio.run(play(World(db), steps))


async def play(world: World, steps: list[tuple[str, str, int]]) -> None:
    await world.stage.look()
    for step, kind, number in steps:
        match step:
            case "commit":
                world.commit(kind, number)
            case "look":
                await world.stage.look()
            case "pull":
                await world.readers[number].pull(world.stage)
            case "reload":
                revision, page = world.page()
                world.readers[number].reload(page, revision)
            case "restart":
                world.restart()
                await world.stage.look()
    await world.stage.look()
    revision, fresh = world.page()
    for reader in world.readers:
        await reader.pull(world.stage)
        assert reader.since == revision
        assert reader.regions == fresh


async def test_a_reader_that_never_pulls_would_be_noticed(db: Database) -> None:
    world = World(db)
    world.commit("add", 1)
    await world.stage.look()
    revision, fresh = world.page()

    assert world.readers[0].regions != fresh

    await world.readers[0].pull(world.stage)
    assert (world.readers[0].since, world.readers[0].regions) == (revision, fresh)


async def test_a_page_loaded_between_a_change_and_its_undoing_hears_of_the_undoing(db: Database) -> None:
    world = World(db)
    await world.stage.look()
    world.commit("add", 1)
    revision, page = world.page()
    world.readers[0].reload(page, revision)
    world.commit("delete", 0)

    await world.stage.look()
    await world.readers[0].pull(world.stage)

    _, fresh = world.page()
    assert page != fresh
    assert world.readers[0].regions == fresh
