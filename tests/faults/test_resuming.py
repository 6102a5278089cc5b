"""Whatever a client says it has seen last, it gets everything newer or is told to start over (T-EVT-2)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx2
import pytest

from bench.room import Guest, Room
from bench.server import HOST, Product
from tests.faults.streams import Message, Stream, board_path, log_path, message_of, reaches

CHANGES = 30
FOREIGN = ["{epoch}-{future}", "{epoch}-99999999999999999999", "another-3", "{epoch}", "{epoch}-", "-"]
GARBAGE = ["{epoch}--1", "{epoch}-1e1", "{epoch}-٣", "x" * 2000, "0x10", "null", "{epoch}-3-4"]


@dataclass
class Table:
    """A canvas changed `CHANGES` times, and people around it."""

    room: Room
    port: int
    epoch: str
    guests: list[Guest]
    board_head: int  # the board counts people too, so its revisions are the log's plus a constant

    async def resume(self, number: int, board: bool, last_event_id: str) -> Stream:
        """What guest `number` gets who has seen `last_event_id`."""
        guest = self.guests[number % len(self.guests)]
        stream = Stream(self.port, board_path(guest) if board else log_path(guest), guest, last_event_id)
        await stream.open()
        return await asyncio.wait_for(stream.until(reaches(self.head(board))), 10)

    async def answer(self, number: int, since: str) -> Message:
        """What guest `number` gets who asks without a stream."""
        guest = self.guests[number % len(self.guests)]
        url = f"http://{HOST}:{self.port}{board_path(guest)}"
        async with httpx2.AsyncClient(headers=guest.headers) as http:
            got = await http.get(url, params={"since": since, "wait": 0})
        return message_of(got.text.removesuffix("\n\n"))

    def head(self, board: bool) -> int:
        return self.board_head if board else CHANGES


@pytest.fixture
async def table(server: Product, block_key: str) -> AsyncIterator[Table]:
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(20)
        for writer in range(3):
            await room.write(guests[writer], [f"note {writer}.{n}" for n in range(10)], block_key)
        snapshot = await room.snapshot(room.canvases[0])
        assert snapshot["rev"] == CHANGES
        fresh = await Stream(server.port, board_path(guests[0]), guests[0]).open()
        await asyncio.wait_for(fresh.until(reaches(CHANGES)), 10)
        head = int(fresh.place.rpartition("-")[2])
        yield Table(room, server.port, snapshot["epoch"], guests, head)


async def test_every_revision_resumes_without_a_hole(table: Table) -> None:
    for since in range(CHANGES):
        log = await table.resume(since, False, f"{table.epoch}-{since}")
        revisions = [message.rev for message in log.seen if message.kind == "op"]
        assert revisions == list(range(since + 1, CHANGES + 1))
        board = await table.resume(since, True, f"{table.epoch}-{table.board_head - CHANGES + since}")
        assert [message.rev for message in board.seen if message.id] == [table.board_head]
        assert f'data-note="{log.seen[-1].told["note_id"]}"' in "".join(
            message.text for message in board.seen
        )


async def test_one_answer_has_the_bytes_of_the_stream(table: Table) -> None:
    for since in range(table.board_head - CHANGES, table.board_head, 5):
        place = f"{table.epoch}-{since}"
        (streamed,) = (one for one in (await table.resume(since, True, place)).seen if one.id)
        answer = await table.answer(since, place)
        assert answer == Message("", streamed.id, streamed.text)


async def test_who_has_everything_gets_only_what_comes(table: Table, block_key: str) -> None:
    resuming = [
        asyncio.create_task(table.resume(0, board, f"{table.epoch}-{table.head(board)}"))
        for board in (False, True)
    ]
    await asyncio.sleep(0.5)
    assert not any(task.done() for task in resuming)
    await table.room.write(table.guests[1], ["one more"], block_key)
    for stream, board in zip(await asyncio.gather(*resuming), (False, True), strict=True):
        assert [message.rev for message in stream.seen if message.id] == [table.head(board) + 1]


@pytest.mark.parametrize("board", [False, True])
async def test_a_future_foreign_or_senseless_id_is_told_to_start_over(table: Table, board: bool) -> None:
    for number, template in enumerate([*FOREIGN, *GARBAGE]):
        claimed = template.format(epoch=table.epoch, future=table.head(board) + 1)
        stream = await table.resume(number, board, claimed)
        kinds = {message.kind for message in stream.seen}
        revisions = [message.rev for message in stream.seen if message.id]
        everything = [table.board_head] if board else list(range(1, CHANGES + 1))
        assert "reset" in kinds or stream.status == 400 or revisions == everything, (
            f"{template!r}: {stream.seen}"
        )
        if board:
            assert (await table.answer(number, claimed)).kind == "reset", template


async def test_the_long_poll_gives_the_same_changes_as_the_stream(table: Table) -> None:
    log = await table.resume(0, False, f"{table.epoch}-0")
    streamed = [message.told for message in log.seen if message.kind == "op"]
    for since in range(0, CHANGES, 7):
        answer = (await table.room.changes(table.room.canvases[0], since)).json()
        assert answer["changes"] == streamed[since:]
        assert (answer["epoch"], answer["rev"]) == (table.epoch, CHANGES)


async def test_a_long_poll_waits_for_the_next_change(table: Table, block_key: str) -> None:
    waiting = asyncio.create_task(table.room.changes(table.room.canvases[0], CHANGES, wait=10))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    await table.room.write(table.guests[0], ["the next"], block_key)
    answer = (await asyncio.wait_for(waiting, 5)).json()
    assert [change["rev"] for change in answer["changes"]] == [CHANGES + 1]
