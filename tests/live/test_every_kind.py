"""For every kind of change: what was before and the events of it are what is now (T-EVT-1).

For programs, state and log; for pages, rendered regions and the patches of a stage. A new kind of change or a
new action of a workshop is forgotten neither here nor there: the registries below say so.
"""

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from app.attendance.actions import Said, describe_self
from app.canvas.models import Note
from app.canvas.operations import ABOUT_CANVAS, Actor, Kind
from app.canvas.schemas import OperationIn
from app.comment.deeds import Deed
from app.identity.models import TokenKind
from app.live.board import BoardSource
from app.live.regions import DeskSource, PlanSource, ProjectorSource
from app.live.stage import Stage
from app.signal.models import Signal
from app.workshop import actions, agenda_actions, attention, running, scenes, stages, visits
from app.workshop.actions import Joining
from app.workshop.agenda_actions import StepWords
from app.workshop.agenda_steps import steps_of
from app.workshop.at_step import step_now
from app.workshop.models import StepNow, Workshop
from app.workshop.plans import Particulars, PlannedGroup
from tests.canvas.test_api import Program
from tests.factories import Room, new_uuid, write
from tests.live.test_convergence import Reader, regions_in

Notes = dict[str, dict[str, Any]]
FOR_FACILITATORS = ("hide", "show", *ABOUT_CANVAS)


@dataclass
class Table:
    """A canvas with something on it for every kind of change, and two programs that change it."""

    room: Room
    one: Program
    other: Program
    notes: list[str]
    hidden: str
    deleted: str

    def op(self, kind: str, **fields: Any) -> None:
        """What program `one` does, the facilitator where only they may."""
        headers = self.room.bearer() if kind in FOR_FACILITATORS else self.one.headers
        body = {"op_id": new_uuid(), "kind": kind} | fields
        url = f"/api/canvases/{self.one.canvas_id}/ops"
        answer = self.room.facilitator.post(url, json=body, headers=headers)
        assert answer.status_code == 200, answer.text

    def talk(self, path: str, body: dict[str, str]) -> str:
        """What program `one` says or does to a comment, the facilitator where only they may; its id."""
        headers = self.room.bearer() if body.get("deed") in ("hide", "show") else self.one.headers
        url = f"/api/canvases/{self.one.canvas_id}/comments{path}"
        answer = self.room.facilitator.post(url, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["comment"]["id"])

    def now(self) -> tuple[int, Notes]:
        fresh = self.one.get()
        return fresh["rev"], {note["id"]: note for note in fresh["notes"]}


def add_among_crowded_neighbours(table: Table) -> None:
    for _ in range(45):
        table.room.house.throttle._buckets._buckets.clear()
        table.op("add", note_id=new_uuid(), block="channels", text="Ide", before=table.notes[0])


def agree_on_a_step(table: Table) -> None:
    step = new_uuid()
    table.op("add", note_id=step, block="follow_up", text="Draf PKS", centre_owner="Balai")
    table.op("edit", note_id=step, base_version=1, due_on="2024-10-10", status="done")


def undo(table: Table) -> None:
    table.op("edit", note_id=table.notes[0], base_version=1, text="Diurungkan nanti")
    table.op("undo")


def redo(table: Table) -> None:
    undo(table)
    table.op("redo")


def undo_clearing(table: Table) -> None:
    table.op("clear", block="channels")
    table.op("undo")


def open_voting(table: Table) -> str:
    round_id = new_uuid()
    table.op("open_voting", op_id=round_id, question="Mana yang paling penting?", named=True)
    return round_id


def open_for_the_first_time(table: Table) -> None:
    open_voting(table)


def vote(table: Table) -> None:
    open_voting(table)
    table.op("vote", note_id=table.notes[0], value=True)


def close_voting(table: Table) -> None:
    round_id = open_voting(table)
    table.op("vote", note_id=table.notes[0], value=True)
    table.op("vote", note_id=table.notes[1], value=True)
    table.op("vote", note_id=table.notes[1], value=False)
    table.op("close_voting", round=round_id)


def open_voting_again(table: Table) -> None:
    close_voting(table)
    open_voting(table)


def write_alone(table: Table) -> None:
    table.op("hide_writing")
    for block in ("channels", "customer_segments"):
        table.op("add", note_id=new_uuid(), block=block, text="Belum terlihat", segments=[3])
    table.op("edit", note_id=table.notes[0], base_version=1, text="Terlihat seperti biasa")
    table.op("add", note_id=new_uuid(), block="channels", text="Ditarik lagi")
    table.op("undo")


def reveal_notes(table: Table) -> None:
    write_alone(table)
    table.op("redo")
    table.op("reveal_notes")
    table.op("add", note_id=new_uuid(), block="channels", text="Terlambat")


def bring_back_what_was_never_shown(table: Table) -> None:
    write_alone(table)
    table.op("reveal_notes")
    table.op("redo")
    table.op("undo")
    table.op("redo")


def undo_clustering(table: Table) -> None:
    table.op("cluster", note_ids=table.notes, block="key_resources", name="Info")
    table.op("undo")


def rename(table: Table) -> None:
    table.op("cluster", note_ids=table.notes, block="channels", name="Info")
    table.op("rename", block="channels", cluster="Info", name="Kabar")
    table.op("rename", block="channels", cluster="Kabar", name="")


CANVAS: list[tuple[Kind, Callable[[Table], None]]] = [
    ("add", lambda table: table.op("add", note_id=new_uuid(), block="key_resources", text="Baru")),
    ("add", add_among_crowded_neighbours),
    ("edit", agree_on_a_step),
    (
        "edit",
        lambda table: table.op("edit", note_id=table.notes[0], base_version=1, text="Lain", segments=[2]),
    ),
    ("move", lambda table: table.op("move", note_id=table.notes[0], block="cost_structure")),
    ("move", lambda table: table.op("move", note_id=table.notes[2], block="channels", before=table.notes[0])),
    ("delete", lambda table: table.op("delete", note_id=table.notes[1])),
    ("restore", lambda table: table.op("restore", note_id=table.deleted)),
    ("hide", lambda table: table.op("hide", note_id=table.notes[0])),
    ("show", lambda table: table.op("show", note_id=table.hidden)),
    ("clear", lambda table: table.op("clear", block="channels")),
    ("reinstate", lambda table: table.op("reinstate", revision=1)),
    ("move", lambda table: table.op("move", note_ids=table.notes, block="cost_structure")),
    ("delete", lambda table: table.op("delete", note_ids=table.notes)),
    ("cluster", lambda table: table.op("cluster", note_ids=table.notes[:2], block="channels", name="Info")),
    ("cluster", undo_clustering),
    ("rename", rename),
    ("undo", undo),
    ("undo", undo_clearing),
    ("redo", redo),
    ("open_voting", open_for_the_first_time),
    ("open_voting", open_voting_again),
    ("vote", vote),
    ("close_voting", close_voting),
    ("hide_writing", write_alone),
    ("reveal_notes", reveal_notes),
    ("reveal_notes", bring_back_what_was_never_shown),
]
WORKSHOP: dict[str, Callable[[Session, Workshop, Table], object]] = {
    "join_workshop": lambda session, workshop, table: actions.join_workshop(
        session, workshop.id, Joining("Tuti", table.room.groups[0]["id"]), TokenKind.API
    ),
    "seat": lambda session, workshop, table: actions.seat(
        session, workshop, Joining("Tuti", table.room.groups[0]["id"])
    ),
    "remove_participant": lambda session, workshop, table: actions.remove_participant(
        session, workshop.id, table.one.participant_id
    ),
    "restore_participant": lambda session, workshop, table: (
        actions.remove_participant(session, workshop.id, table.one.participant_id),
        actions.restore_participant(session, workshop.id, table.one.participant_id),
    ),
    "open_joining": lambda session, workshop, table: actions.open_joining(session, workshop.id),
    "close_joining": lambda session, workshop, table: actions.close_joining(session, workshop.id),
    "renew_join_code": lambda session, workshop, table: actions.renew_join_code(
        session, workshop.id, workshop.join_code
    ),
    "renew_projector_link": lambda session, workshop, table: actions.renew_projector_link(
        session, workshop.id, workshop.projector_token
    ),
    "correct_workshop": lambda session, workshop, table: actions.correct_workshop(
        session, workshop.id, Particulars("Lokakarya Serang", date(2026, 12, 9))
    ),
    "add_group": lambda session, workshop, table: actions.add_group(
        session, workshop, PlannedGroup("BLK Cilegon", "galangan"), "baru"
    ),
    "show_scene": lambda session, workshop, table: scenes.show_scene(
        session, workshop.id, "canvas", table.room.groups[0]["id"]
    ),
}
HOST = running.Host(Actor("facilitator", None, "Fasilitator"), "id")


def step(session: Session, workshop: Workshop, number: int) -> str:
    """A step of the agenda, by its place."""
    return steps_of(session, workshop.id)[number].id


def enter(session: Session, workshop: Workshop, number: int, group_id: str = "") -> None:
    """Everybody, or a group, at a step."""
    present = step_now(session, workshop.id, group_id)
    seen = present.step_id if present else ""
    running.enter_step(session, workshop.id, HOST, step(session, workshop, number), seen, group_id)


Act = Callable[[Session, Workshop, Table], object]


def entered(*acts: Act) -> Act:
    """What is done, one after the other, while a step is under way."""

    def act(session: Session, workshop: Workshop, table: Table) -> None:
        enter(session, workshop, 3)
        for each in acts:
            each(session, workshop, table)

    return act


WORKSHOP |= {
    "enter_step": lambda session, workshop, table: enter(session, workshop, 23),
    "end_agenda": entered(
        lambda session, workshop, table: running.end_agenda(
            session, workshop.id, HOST, step(session, workshop, 3)
        )
    ),
    "rejoin": entered(
        lambda session, workshop, table: enter(session, workshop, 24, table.room.groups[0]["id"]),
        lambda session, workshop, table: running.rejoin(
            session, workshop.id, HOST, table.room.groups[0]["id"]
        ),
    ),
    "extend": entered(lambda session, workshop, table: running.extend(session, workshop.id, "")),
    "pause": entered(lambda session, workshop, table: running.pause(session, workshop.id)),
    "go_on": entered(
        lambda session, workshop, table: running.pause(session, workshop.id),
        lambda session, workshop, table: running.go_on(session, workshop.id),
    ),
    "choose_agenda": lambda session, workshop, table: agenda_actions.choose_agenda(
        session, workshop.id, "", "two-days"
    ),
    "set_start": lambda session, workshop, table: agenda_actions.set_start(session, workshop.id, 1, 555),
    "add_step": lambda session, workshop, table: agenda_actions.add_step(
        session, workshop.id, new_uuid(), StepWords("Foto", 5), stages.Stage.OPEN, 1
    ),
    "change_step": entered(
        lambda session, workshop, table: agenda_actions.change_step(
            session, workshop.id, step(session, workshop, 3), StepWords("Foto", 5), "id"
        )
    ),
    "place_step": lambda session, workshop, table: agenda_actions.place_step(
        session, workshop.id, step(session, workshop, 3), step(session, workshop, 1)
    ),
    "skip_step": lambda session, workshop, table: agenda_actions.skip_step(
        session, workshop.id, step(session, workshop, 0)
    ),
    "keep_step": lambda session, workshop, table: agenda_actions.keep_step(
        session, workshop.id, step(session, workshop, 0)
    ),
    "remove_step": lambda session, workshop, table: agenda_actions.remove_step(
        session, workshop.id, step(session, workshop, 0)
    ),
}
WALK = "Kunjung karya"


def walk(session: Session, workshop: Workshop, table: Table) -> None:
    """Everybody on a gallery walk, at the first canvas."""
    agenda_actions.choose_agenda(session, workshop.id, "", "two-days")
    number = next(n for n, each in enumerate(steps_of(session, workshop.id)) if each.title["id"] == WALK)
    enter(session, workshop, number)


def another_visit(session: Session, workshop: Workshop, table: Table) -> None:
    """Everybody at the next canvas, if there were only two to visit."""
    walk(session, workshop, table)
    row = session.get_one(StepNow, (workshop.id, ""))
    row.visit_count = 2
    visits.next_visit(session, workshop.id, row.step_id, 1)


def let_go(session: Session, workshop: Workshop, table: Table) -> None:
    """Everybody led to a block, and back."""
    attention.lead_to(session, workshop.id, block="channels")
    attention.let_go(session, workshop.id)


WORKSHOP |= {
    "next_visit": another_visit,
    "lead_to": lambda session, workshop, table: attention.lead_to(session, workshop.id, block="channels"),
    "let_go": let_go,
    "set_lock": lambda session, workshop, table: attention.set_lock(session, workshop.id, locked=True),
}
EVERY_KIND = pytest.mark.parametrize(
    ("kind", "change"), CANVAS, ids=[f"{kind}-{number}" for number, (kind, _) in enumerate(CANVAS)]
)


def comment(table: Table, **place: str) -> str:
    """Something said, by program `one`."""
    body = {"op_id": new_uuid(), "kind": "ask", "text": "Kapan?", **(place or {"note_id": table.notes[0]})}
    return table.talk("", body)


def done(*deeds: str) -> Callable[[Table], None]:
    """A comment, and what is done to it."""

    def change(table: Table) -> None:
        said = comment(table)
        for deed in deeds:
            table.talk(f"/{said}", {"op_id": new_uuid(), "deed": deed})

    return change


COMMENTS: list[tuple[str, Callable[[Table], object]]] = [
    ("add", comment),
    ("add", lambda table: comment(table, block="channels")),
    ("add", lambda table: table.talk("", {"op_id": new_uuid(), "reply_to": comment(table), "text": "Besok"})),
    ("resolve", done("resolve")),
    ("reopen", done("resolve", "reopen")),
    ("withdraw", done("withdraw")),
    ("restore", done("withdraw", "restore")),
    ("hide", done("hide")),
    ("show", done("hide", "show")),
]


def signal(table: Table, **said: bool) -> None:
    """What program `one` says without words, while a step is under way."""

    def act(session: Session) -> None:
        enter(session, session.get_one(Workshop, table.room.workshop_id), 4)

    write(table.room.facilitator, act)
    url = f"/api/canvases/{table.one.canvas_id}/signals"
    body = {"op_id": new_uuid(), **said}
    assert table.room.facilitator.post(url, json=body, headers=table.one.headers).status_code == 200


def lower_hand(table: Table) -> None:
    signal(table, hand=True)
    with table.room.house.db.read() as session:
        (raised,) = session.exec(select(Signal)).all()
    assert table.room.on_desk("hands", number=str(raised.number)).status_code == 303


def describe(table: Table) -> None:
    """What the person behind program `one` says about themselves."""
    room, said = table.room, Said("female", "alumni", "id")
    write(
        room.facilitator,
        lambda session: describe_self(session, room.workshop_id, table.one.participant_id, said),
    )


SIGNALS: list[tuple[str, Callable[[Table], object]]] = [
    ("done", lambda table: signal(table, done=True)),
    ("hand", lambda table: signal(table, hand=True)),
    ("lowered", lower_hand),
    ("about", describe),
]
# They change nothing that a page which is open already shows.
UNSEEN = {"save_agenda", "create_workshop", "reopen_link", "use_link", "stamp"}
# Parts of other changes, and what only reads.
UNSEEN |= {"bring_to_step", "presentation", "begin_visits", "send_groups", "due_visits", "attention_view"}


def test_every_kind_of_change_has_a_case_and_is_one_that_programs_may_ask_for() -> None:
    kinds = set(typing.get_args(Kind))

    assert {kind for kind, _ in CANVAS} == kinds
    assert set(typing.get_args(OperationIn.model_fields["kind"].annotation)) == kinds


def test_everything_done_to_comments_has_a_case() -> None:
    assert {deed for deed, _ in COMMENTS} == {"add", *typing.get_args(Deed)}


def test_every_action_of_a_workshop_has_a_case_or_is_unseen() -> None:
    own = {
        name
        for module in (actions, scenes, running, agenda_actions, attention, visits)
        for name, action in inspect.getmembers(module, inspect.isfunction)
        if action.__module__ == module.__name__
        and not name.startswith("_")
        and "session" in inspect.signature(action).parameters
    }

    assert set(WORKSHOP) | UNSEEN == own


@pytest.fixture
def table(room: Room) -> Table:
    one, other = Program(room), Program(room)
    notes = [one.add("Satu"), one.add("Dua"), other.add("Tiga"), one.add("Tersembunyi"), one.add("Terhapus")]
    table = Table(room, one, other, notes[:3], hidden=notes[3], deleted=notes[4])
    table.op("hide", note_id=table.hidden)
    table.op("delete", note_id=table.deleted)
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])
    return table


@EVERY_KIND
def test_state_before_and_the_log_since_are_the_state_now(
    table: Table, kind: str, change: Callable[[Table], None]
) -> None:
    revision, notes = table.now()

    change(table)

    events = table.one.get("/changes", after=revision)
    for event in events["changes"]:
        if event["kind"] == "vote":
            continue
        if event["note"]:
            notes[event["note_id"]] = event["note"]
        else:
            notes.pop(event["note_id"], None)
    assert [event["rev"] for event in events["changes"]] == list(range(revision + 1, events["rev"] + 1))
    assert kind in {event["kind"] for event in events["changes"]}
    assert (events["rev"], notes) == table.now()


@EVERY_KIND
def test_pages_patched_since_a_change_are_pages_loaded_after_it(
    table: Table, kind: str, change: Callable[[Table], None]
) -> None:
    pages = [Watched(table, source) for source in sources(table)]

    change(table)

    for page in pages:
        page.catch_up()


@pytest.mark.parametrize(
    "change",
    [change for _, change in COMMENTS + SIGNALS],
    ids=[f"{deed}-{n}" for n, (deed, _) in enumerate(COMMENTS + SIGNALS)],
)
def test_pages_patched_since_something_was_said_are_pages_loaded_after_it(
    table: Table, change: Callable[[Table], object]
) -> None:
    pages = [Watched(table, source) for source in sources(table)]
    notes = table.now()

    change(table)

    for page in pages:
        page.catch_up()
    assert table.now() == notes, "comments and signals count for themselves"


@pytest.mark.parametrize("name", sorted(WORKSHOP))
def test_pages_patched_since_an_action_of_the_workshop_are_pages_loaded_after_it(
    table: Table, name: str
) -> None:
    pages = [Watched(table, source) for source in sources(table)]

    def act(session: Session) -> None:
        WORKSHOP[name](session, session.get_one(Workshop, table.room.workshop_id), table)

    write(table.room.facilitator, act)

    for page in pages:
        page.catch_up()


def test_a_change_without_an_event_would_be_noticed(table: Table) -> None:
    page = Watched(table, sources(table)[0])

    def change_behind_the_log(session: Session) -> None:
        note = session.exec(select(Note).where(Note.id == table.notes[0])).one()
        note.text = "Tanpa jejak"

    write(table.room.facilitator, change_behind_the_log)

    with pytest.raises(AssertionError):
        page.catch_up()


Source = Callable[[], Any]


def sources(table: Table) -> list[Source]:
    """What board, desk and wall read, each made anew when called."""
    house, workshop_id = table.room.house, table.room.workshop_id
    room = (house.db, house.renderer, house.desks, workshop_id, "id")
    return [
        lambda: BoardSource(house.db, house.renderer, table.one.canvas_id, "id"),
        lambda: PlanSource(house.db, house.renderer, table.one.canvas_id, "id"),
        lambda: DeskSource(*room),
        lambda: ProjectorSource(*room),
    ]


class Watched:
    """A page that was open before a change, and its stage."""

    def __init__(self, table: Table, source: Source) -> None:
        self.source = source
        self.stage = Stage(source(), "e")
        self.call = table.room.facilitator.portal.call  # type: ignore[union-attr]
        self.call(self.stage.look)
        self.page = Reader()
        revision, page = self.fresh()
        self.page.reload(page, revision)

    def fresh(self) -> tuple[int, dict[str, str]]:
        revision, bodies = self.source().read()
        return revision, regions_in(b"".join(bodies.values()))

    def catch_up(self) -> None:
        self.call(self.stage.look)
        self.call(self.page.pull, self.stage)
        assert (self.page.since, self.page.regions) == self.fresh()
