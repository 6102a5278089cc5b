"""One operation, however often it arrives, has one effect and one answer (T-IDM-1)."""

import asyncio
import random
from typing import Any

from bench.room import Guest, Room
from bench.server import Product
from tests.factories import new_uuid

PEOPLE = 20
KEYS = 300
Body = dict[str, Any]


async def copies(room: Room, guest: Guest, body: Body, times: int) -> list[tuple[int, Any]]:
    answers = await asyncio.gather(*(room.change(guest, **body) for _ in range(times)))
    return [(answer.status_code, answer.json()) for answer in answers]


def operations(rng: random.Random, block_names: list[str], notes: list[str]) -> Body:
    """Something anybody may do to a note that is there, with an id of its own."""
    note, block = rng.choice(notes), rng.choice(block_names)
    body: Body = rng.choice(
        [
            {"kind": "add", "note_id": new_uuid(), "block": block, "text": "ditulis sekali"},
            {"kind": "edit", "note_id": note, "base_version": 1, "text": f"diubah {rng.random()}"},
            {"kind": "edit", "note_id": note, "base_version": 1, "segments": [rng.randint(1, 6)]},
            {"kind": "move", "note_id": note, "block": block},
            {"kind": "delete", "note_id": note},
            {"kind": "restore", "note_id": note},
        ]
    )
    return body | {"op_id": new_uuid()}


async def test_what_arrives_two_to_five_times_at_once_has_one_effect_and_one_answer(
    server_process: Product, block_names: list[str]
) -> None:
    rng = random.Random(4)
    async with Room(server_process.url, server_process.facilitator_token) as room:
        guests = await room.join(PEOPLE)
        notes = [note["id"] for note in await room.write(guests[0], ["Awal"] * 20, block_names[0])]
        accepted: list[tuple[Guest, Body, Any]] = []
        for number in range(KEYS):
            guest, body = guests[number % PEOPLE], operations(rng, block_names, notes)
            answers = await copies(room, guest, body, rng.randint(2, 5))
            statuses = {status for status, _ in answers}
            assert len(statuses) == 1 and statuses <= {200, 409, 410}, (body, answers)
            if statuses == {200}:
                assert all(answer == answers[0] for answer in answers), (body, answers)
                accepted.append((guest, body, answers[0][1]))
        log = (await room.changes(room.canvases[0], 0)).json()["changes"]
        assert len(accepted) > KEYS / 3
        assert len({change["op_id"] for change in log}) == len(log) == len(accepted) + 20

        server_process.kill()
        await asyncio.to_thread(server_process.start)
        before = await room.snapshot(room.canvases[0])
        for guest, body, answer in accepted:
            assert await copies(room, guest, body, 1) == [(200, answer)]
        guest, body, _ = next(entry for entry in accepted if entry[1]["kind"] == "add")
        assert (await room.change(guest, **body | {"text": "yang lain"})).status_code == 422
        assert await room.snapshot(room.canvases[0]) == before
