"""People who offer what they wrote again and again, as the product's own pages do, until it is taken."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2

from bench.room import Guest, Room
from tests.factories import new_uuid


@dataclass(frozen=True)
class Answer:
    """What one attempt was told; status 0 when nothing came back. Times are monotonic."""

    began: float
    ended: float
    status: int
    retry_after: int | None = None


@dataclass
class Save:
    operation: str = field(default_factory=new_uuid)
    note: str = field(default_factory=new_uuid)
    answers: list[Answer] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        return bool(self.answers) and self.answers[-1].status == 200


class Insister:
    """Writes note after note until `stop`; goes on to the next only when one was taken."""

    def __init__(self, room: Room, guest: Guest, block: str) -> None:
        self.room, self.guest, self.block = room, guest, block
        self.saves: list[Save] = []
        self.stop = asyncio.Event()

    async def run(self) -> None:
        while not self.stop.is_set():
            self.saves.append(Save())
            while not self.saves[-1].taken:
                await self._offer(self.saves[-1])
                await asyncio.sleep(random.uniform(0.2, 0.6))

    async def _offer(self, save: Save) -> None:
        began = time.monotonic()
        try:
            answer = await self.room.change(
                self.guest,
                "add",
                save.note,
                op_id=save.operation,
                block=self.block,
                text="Kelas industri",
            )
        except httpx2.HTTPError:
            save.answers.append(Answer(began, time.monotonic(), 0))
            return
        wait = answer.headers.get("retry-after")
        save.answers.append(
            Answer(began, time.monotonic(), answer.status_code, int(wait) if wait is not None else None)
        )


class Crowd:
    """Many of them: `async with Crowd(room, guests, block) as crowd`; at the end all was taken."""

    def __init__(self, room: Room, guests: Sequence[Guest], block: str, patience: float = 60) -> None:
        self.room, self.patience = room, patience
        self.people = [Insister(room, guest, block) for guest in guests]

    async def __aenter__(self) -> "Crowd":
        self._writing = [asyncio.create_task(person.run()) for person in self.people]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for person in self.people:
            person.stop.set()
        if kind:
            for task in self._writing:
                task.cancel()
        ends = await asyncio.wait_for(asyncio.gather(*self._writing, return_exceptions=True), self.patience)
        if not kind:
            assert not any(ends), ends

    @property
    def saves(self) -> list[Save]:
        return [save for person in self.people for save in person.saves]

    @property
    def answers(self) -> list[Answer]:
        return [answer for save in self.saves for answer in save.answers]

    def told(self, status: int, since: float, until: float = float("inf")) -> list[Answer]:
        """The answers of this kind to what was sent and answered in this time."""
        return [
            answer
            for answer in self.answers
            if answer.status == status and since <= answer.began and answer.ended <= until
        ]

    async def refused(self, since: float, patience: float = 20) -> float:
        """Wait for the first refusal of something sent after `since`; when it came."""
        deadline = time.monotonic() + patience
        while not (refusals := self.told(503, since)):
            assert time.monotonic() < deadline, "nothing is refused"
            await asyncio.sleep(0.05)
        return min(answer.ended for answer in refusals)

    def check_answers(self) -> None:
        """Each attempt was taken, or refused with a time to come again, or cut off with the server."""
        assert {answer.status for answer in self.answers} <= {0, 200, 503}
        assert all((answer.retry_after or 0) >= 1 for answer in self.answers if answer.status == 503)

    async def check_everything_is_there_once(self, canvas: str) -> None:
        """What was taken, and nothing else, is in the log and on the canvas, each exactly once."""
        assert all(save.taken for save in self.saves)
        log: list[dict[str, Any]] = []
        while page := (await self.room.changes(canvas, len(log))).raise_for_status().json()["changes"]:
            log += page
        assert [change["rev"] for change in log] == list(range(1, len(log) + 1))
        assert sorted(change["op_id"] for change in log) == sorted(save.operation for save in self.saves)
        notes = (await self.room.snapshot(canvas))["notes"]
        assert sorted(note["id"] for note in notes) == sorted(save.note for save in self.saves)
