"""Everybody votes at once on a bad link: never more than the budget, and each vote counts once (T-CON-5)."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.factories import new_uuid
from tests.faults.history.proxy import ChaosProxy

NOTES = 12
BUDGET = 3
PACE = 0.1  # seconds between two taps of one person
LOST = 0.15  # share of the answers that never arrive
BETWEEN_CUTS = 3  # answers for each person before the next cut of all connections at once
MOST = "SELECT count(*) FROM vote GROUP BY round_id, participant_id ORDER BY count(*) DESC LIMIT 1"


@dataclass
class Voter:
    """Somebody who taps faster than they think; each tap is offered until its answer is there."""

    guest: Guest
    url: str
    notes: list[str]
    rng: random.Random
    told: set[str] = field(default_factory=set)  # what the acknowledged taps come to
    refused: Counter[str] = field(default_factory=Counter)
    attempts: int = 0

    async def tap(self, taps: int, began: float) -> None:
        async with httpx2.AsyncClient(timeout=20) as http:
            for number in range(taps):
                await asyncio.sleep(max(0.0, began + number * PACE - time.monotonic()))
                note, value = self.rng.choice(self.notes), self.rng.random() < 0.7
                body = {"op_id": new_uuid(), "kind": "vote", "note_id": note, "value": value}
                answer = await self._insist(http, body)
                if answer.status_code == 200:
                    (self.told.add if value else self.told.discard)(note)
                else:
                    self.refused[answer.json()["error"]] += 1

    async def _insist(self, http: httpx2.AsyncClient, body: dict[str, Any]) -> httpx2.Response:
        url = f"{self.url}/api/canvases/{self.guest.canvas}/ops"
        while True:
            self.attempts += 1
            try:
                answer = await http.post(url, json=body, headers=self.guest.headers)
                if answer.status_code in (200, 422):
                    return answer
                assert answer.status_code in (429, 503), answer.text
            except httpx2.HTTPError:
                pass
            await asyncio.sleep(self.rng.uniform(0.05, 0.3))


async def everybody_votes(server: Product, block: str, people: int, taps: int) -> None:
    proxy = ChaosProxy("127.0.0.1", server.port, random.Random(5), LOST)
    await proxy.start()
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(people)
        notes = [note["id"] for note in await room.write(guests[0], ["Ide"] * NOTES, block)]
        host, round_id = Guest(room.host.token, room.canvases[0]), new_uuid()
        asked: dict[str, Any] = {"question": "Mana yang paling penting?", "budget": BUDGET, "named": True}
        (await room.change(host, "open_voting", op_id=round_id, **asked)).raise_for_status()
        began = time.monotonic()
        flaky = f"http://127.0.0.1:{proxy.port}"
        voters = [Voter(guest, flaky, notes, random.Random(n)) for n, guest in enumerate(guests)]
        voting = asyncio.gather(*(voter.tap(taps, began) for voter in voters))
        looks, cuts = 0, 1
        while not voting.done():
            # After so many answers, not seconds: a cut makes everybody ask again, and a server that is asked
            # by more people than it answers between two cuts would never come to an end.
            if proxy.given >= cuts * BETWEEN_CUTS * people:
                proxy.cut()
                cuts += 1
            assert (most(server) or 0) <= BUDGET
            shown = (await room.snapshot(room.canvases[0]))["notes"]
            assert {(note["votes"], len(note["voters"])) for note in shown} == {(0, 0)}, (
                "hidden until the end"
            )
            looks += 1
            await asyncio.sleep(0.5)
        await voting
        took = time.monotonic() - began
        (await room.change(host, "close_voting", round=round_id)).raise_for_status()
        result = (await room.snapshot(room.canvases[0]))["notes"]
        log = await whole_log(room)
    await proxy.stop()
    refused = sum((voter.refused for voter in voters), Counter())
    attempts = sum(voter.attempts for voter in voters)
    given = sum(len(voter.told) for voter in voters)
    print(
        f"{people} people, {people * taps} taps in {took:.1f} s, {attempts - people * taps} sent again, "
        f"{proxy.lost} answers lost, all cut off {cuts - 1} times, {refused['votes_spent']} over the budget: "
        f"{given} votes stand"
    )
    assert {note["id"]: note["votes"] for note in result} == {
        note: sum(note in voter.told for voter in voters) for note in notes
    }
    assert all(len(set(note["voters"])) == note["votes"] >= 0 for note in result)
    assert max(len(voter.told) for voter in voters) <= BUDGET and refused.keys() <= {"votes_spent"}
    votes = [change["op_id"] for change in log if change["kind"] == "vote"]
    assert len(set(votes)) == len(votes) == people * taps - refused["votes_spent"]
    assert attempts > people * taps and proxy.lost > 0 and cuts > 1 and looks > 1, "the link was not bad"


def most(server: Product) -> int | None:
    """The most votes that anybody has at this moment."""
    with sqlite3.connect(server.data / "kanvas.db") as database:
        row = database.execute(MOST).fetchone()
    database.close()
    return int(row[0]) if row else None


async def whole_log(room: Room) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = []
    while page := (await room.changes(room.canvases[0], len(log))).raise_for_status().json()["changes"]:
        log += page
    return log


async def test_thirty_people_tap_as_fast_as_they_can_and_every_vote_counts_once(
    server_process: Product, block_key: str
) -> None:
    await everybody_votes(server_process, block_key, people=30, taps=20)


@pytest.mark.nightly
async def test_three_hundred_people_tap_as_fast_as_they_can_and_every_vote_counts_once(
    server_process: Product, block_key: str
) -> None:
    await everybody_votes(server_process, block_key, people=300, taps=30)
