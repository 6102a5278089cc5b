"""One stream: pushed to while the connection takes bytes, cut off when it does not, ended with its access."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Mapping

import pytest
from starlette.types import Message

from app import errors
from app.db import Topic
from app.live.log import Entry, Log
from app.live.stage import FRAMES_KEPT, Stage
from app.live.stages import Opened, StageKey, Stages
from app.live.stream import EventStream
from app.live.streams import Streams

KEY = StageKey("board", "c1", "id")
HERE = Topic("canvas", "c1")


class Paper:
    """A source whose one region says which revision it is."""

    def __init__(self) -> None:
        self.revision = 1
        self.text = "satu"

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        return self.revision, {"block": f"data: {self.text}\n".encode()} if self.text else {}


class Connection:
    """What uvicorn gives a stream: `send` waits while the reader does not read, and breaks when told to."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.broken: Exception | None = None

    async def send(self, message: Message) -> None:
        if self.broken:
            raise self.broken
        if not self.reads.is_set():
            await self.reads.wait()
        self.sent.append(message["body"])

    async def receive(self) -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    @property
    def text(self) -> str:
        return b"".join(self.sent).decode()


class House:
    """Streams over one stage, with short times."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.stages = Stages(lambda key: Opened(Stage(paper, "e"), frozenset({HERE})))
        self.streams = Streams(self.stages, limit=10, limit_per_person=4, heartbeat=60, send_timeout=0.2)
        self.streams.start()
        self.running: list[asyncio.Task[None]] = []

    async def open(self, since: str = "", person: str = "sari") -> Connection:
        connection = Connection()
        self.add(connection, since, person)
        await asyncio.sleep(0.05)
        return connection

    def add(self, connection: Connection, since: str, person: str) -> EventStream:
        stream = self.streams.open(KEY, since, person)
        self.running.append(asyncio.create_task(stream.run(connection.receive, connection.send)))
        return stream

    async def commit(self, text: str) -> None:
        self.paper.revision += 1
        self.paper.text = text
        self.stages.nudge([HERE])
        await asyncio.sleep(0.05)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House(Paper())
    yield house
    await house.streams.stop()
    await asyncio.wait_for(asyncio.gather(*house.running, return_exceptions=True), 2)
    await house.stages.stop()


async def test_a_connection_that_breaks_while_it_is_pushed_to_costs_nobody_else_the_message(
    house: House,
) -> None:
    connections = [await house.open(person=f"p{number}") for number in range(4)]
    connections[1].broken = RuntimeError("unable to perform operation on a closed transport")

    await house.commit("dua")

    assert ["dua" in one.text for one in connections] == [True, False, True, True]
    assert len(house.streams) == 3


async def test_a_reader_that_does_not_read_is_cut_off_even_when_it_was_pushed_to(house: House) -> None:
    stuck, reading = await house.open(person="stuck"), await house.open(person="reading")
    stuck.reads.clear()

    await house.commit("dua")
    assert len(house.streams) == 2
    await asyncio.sleep(1.3)

    assert len(house.streams) == 1
    assert "dua" in reading.text


async def test_a_reader_that_does_not_read_does_not_hold_up_the_end(house: House) -> None:
    stuck = await house.open()
    stuck.reads.clear()
    await house.commit("dua")

    house.streams.close_all()
    await asyncio.sleep(0.05)

    assert len(house.streams) == 0


async def test_a_change_without_anything_to_see_does_not_put_off_the_heartbeat(house: House) -> None:
    house.streams._heartbeat = 0.2
    connection = await house.open(since="e-1")
    before = connection.text.count("event: hb")

    for _ in range(25):
        await house.commit("")

    assert connection.text.count("event: hb") > before


async def test_a_revision_nobody_can_have_is_a_reset(house: House) -> None:
    for since in ("e-" + "9" * 5000, "e-99", "e-x", "other-1", "e-"):
        connection = await house.open(since=since)
        assert "event: reset" in connection.text, since[:20]


async def test_a_facilitator_whose_access_ends_loses_the_stream(house: House) -> None:
    await house.open(person="f1")
    await house.open(person="p1")

    house.streams.revoke([Topic("facilitator", "f1"), Topic("canvas", "p1")])
    await asyncio.sleep(0.05)

    assert len(house.streams) == 1


class Poll:
    """A long-poll that waits."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.closed = False

    def close(self) -> None:
        self.closed = True


async def test_long_polls_end_with_the_access_and_with_the_server(house: House) -> None:
    sari, budi = Poll("sari"), Poll("budi")
    with house.streams.polling(sari), house.streams.polling(budi):
        house.streams.revoke([Topic("participant", "sari")])
        assert (sari.closed, budi.closed) == (True, False)
        house.streams.close_all()
        assert budi.closed


async def test_waiting_polls_count_against_everybodys_limit(house: House) -> None:
    house.streams._limit = 2
    with (
        house.streams.polling(Poll("a")),
        house.streams.polling(Poll("b")),
        pytest.raises(errors.Unavailable),
    ):
        house.streams.open(KEY, "", "c")


async def test_a_burst_of_pages_gets_no_more_streams_than_one_after_the_other(house: House) -> None:
    connections = [Connection() for _ in range(7)]
    for connection in connections:
        house.add(connection, "", "sari")
    await asyncio.sleep(0.05)

    assert len(house.streams) == 4
    assert sum("event: bye" in connection.text for connection in connections) == 3


async def test_a_stage_keeps_few_messages_however_many_revisions_people_come_back_with() -> None:
    stage = Stage(Paper(), "e")
    stage.take(100_000, {"block": b"data: x\n"})

    for since in range(5_000):
        assert stage.ready(since) == b"id: e-100000\ndata: x\n\n"

    assert len(stage._frames) <= FRAMES_KEPT


async def test_a_program_that_reads_ahead_of_its_log_gets_every_revision_once() -> None:
    head = 3

    def read(after: int) -> tuple[int, list[Entry]]:
        return head, [Entry(number, b"{}") for number in range(after + 1, head + 1)]

    log = Log(read, "e")
    stages = Stages(lambda key: Opened(log, frozenset({HERE})))
    streams = Streams(stages, limit=10, limit_per_person=4, heartbeat=60, send_timeout=1)
    connection = Connection()
    running = asyncio.create_task(streams.open(KEY, "e-0", "p").run(connection.receive, connection.send))
    await asyncio.sleep(0.05)
    head = 8
    for number in (5, 6, 7, 8):  # the log catches up page by page; the stream reads 4 to 8 by itself
        log._take(8, [Entry(number, b"{}")])
        await asyncio.sleep(0.05)
    streams.close_all()
    await running
    await stages.stop()

    assert re.findall(r"id: e-(\d+)", connection.text) == list("12345678")


def said(revision: int) -> bytes:
    return b"id: e-%d\nevent: op\ndata: {}\n\n" % revision


async def test_many_who_ask_for_the_same_past_cost_one_look_at_it() -> None:
    looks = 0

    def read(after: int) -> tuple[int, list[Entry]]:
        nonlocal looks
        looks += 1
        time.sleep(0.05)
        return 3, [Entry(number, b"{}") for number in range(after + 1, 4)]

    log = Log(read, "e")
    answers = await asyncio.gather(*(log.frame(0) for _ in range(50)))

    assert set(answers) == {(3, said(1) + said(2) + said(3))}
    assert looks == 1
    await log.frame(0)
    assert looks == 2


async def test_a_past_that_cannot_be_read_fails_for_all_who_asked_and_is_read_again() -> None:
    answers: list[Exception | tuple[int, list[Entry]]] = [OSError("disk"), (1, [Entry(1, b"{}")])]

    def read(after: int) -> tuple[int, list[Entry]]:
        time.sleep(0.05)
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    log = Log(read, "e")
    failed = await asyncio.gather(*(log.frame(0) for _ in range(3)), return_exceptions=True)

    assert [type(one) for one in failed] == [OSError] * 3
    assert await log.frame(0) == (1, said(1))
