"""Whatever a client says it has seen last, it gets everything newer or is told to start over (T-EVT-2)."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.streams import Stream, board_path, log_path

CHANGES = 30
FUTURE_OR_FOREIGN = ["{epoch}-31", "{epoch}-99999999999999999999", "another-3", "{epoch}", "{epoch}-"]
GARBAGE = ["{epoch}--1", "{epoch}-1e1", "{epoch}-٣", "x" * 2000, "0x10", "null", "{epoch}-3-4"]


@pytest.fixture
async def room(server_process: Product) -> AsyncIterator[Room]:
    async with Room(server_process.url, server_process.facilitator_token()) as room:
        yield room


async def changed_canvas(room: Room, block: str) -> tuple[str, list[Guest]]:
    """Twenty guests at a canvas that has been changed `CHANGES` times; its epoch."""
    guests = await room.join(20)
    for writer in range(0, CHANGES, 10):
        await room.write(guests[writer // 10], [f"note {writer + n}" for n in range(10)], block)
    snapshot = await room.snapshot(room.canvases[0])
    assert snapshot["rev"] == CHANGES
    return snapshot["epoch"], guests


async def resumed(server: Product, guest: Guest, path: str, last_event_id: str) -> Stream:
    stream = await Stream(server.port, path, guest, last_event_id).open()
    return await asyncio.wait_for(stream.until(CHANGES), 10)


async def test_every_revision_resumes_without_a_hole(
    server_process: Product, room: Room, block_key: str
) -> None:
    epoch, guests = await changed_canvas(room, block_key)
    for since in range(CHANGES):
        guest = guests[since % len(guests)]
        log = await resumed(server_process, guest, log_path(guest), f"{epoch}-{since}")
        assert [message.rev for message in log.seen if message.kind == "op"] == list(
            range(since + 1, CHANGES + 1)
        )
        board = await resumed(server_process, guest, board_path(guest), f"{epoch}-{since}")
        assert [message.rev for message in board.seen if message.id] == [CHANGES]
        assert f'data-note="{log.seen[-1].told["note_id"]}"' in "".join(
            message.text for message in board.seen
        )


async def test_who_has_everything_gets_only_what_comes(
    server_process: Product, room: Room, block_key: str
) -> None:
    epoch, guests = await changed_canvas(room, block_key)
    streams = [
        Stream(server_process.port, path(guests[0]), guests[0], f"{epoch}-30")
        for path in (log_path, board_path)
    ]
    for stream in streams:
        await stream.open()
    following = [asyncio.create_task(stream.until(CHANGES + 1)) for stream in streams]
    await room.write(guests[1], ["one more"], block_key)
    await asyncio.wait_for(asyncio.gather(*following), 10)
    for stream in streams:
        assert [message.rev for message in stream.seen if message.id] == [CHANGES + 1]


async def test_a_future_foreign_or_senseless_id_is_told_to_start_over(
    server_process: Product, room: Room, block_key: str
) -> None:
    epoch, guests = await changed_canvas(room, block_key)
    for number, template in enumerate([*FUTURE_OR_FOREIGN, *GARBAGE]):
        guest = guests[number % len(guests)]
        for path in (log_path, board_path):
            stream = await resumed(server_process, guest, path(guest), template.format(epoch=epoch))
            assert stream.status < 500, template
            kinds = {message.kind for message in stream.seen}
            revisions = [message.rev for message in stream.seen if message.kind in ("op", "") and message.id]
            complete = revisions == list(range(1, CHANGES + 1)) or (
                path is board_path and revisions == [CHANGES]
            )
            assert "reset" in kinds or complete or stream.status == 400, (
                f"{template!r} got {kinds}, {revisions}"
            )


async def test_the_long_poll_gives_the_same_changes_as_the_stream(
    server_process: Product, room: Room, block_key: str
) -> None:
    epoch, guests = await changed_canvas(room, block_key)
    log = await resumed(server_process, guests[0], log_path(guests[0]), f"{epoch}-0")
    streamed = [message.told for message in log.seen if message.kind == "op"]
    for since in range(0, CHANGES, 7):
        answer = (await room.changes(room.canvases[0], since)).json()
        assert answer["changes"] == streamed[since:]
        assert (answer["epoch"], answer["rev"]) == (epoch, CHANGES)


async def test_a_long_poll_waits_for_the_next_change(
    server_process: Product, room: Room, block_key: str
) -> None:
    _, guests = await changed_canvas(room, block_key)
    waiting = asyncio.create_task(room.changes(room.canvases[0], CHANGES, wait=10))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await room.write(guests[0], ["the next"], block_key)
    answer = (await asyncio.wait_for(waiting, 5)).json()
    assert [change["rev"] for change in answer["changes"]] == [CHANGES + 1]
