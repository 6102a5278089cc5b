"""The writing side: one person's intents, an outbox in order, the same op_id until the answer is known."""

import asyncio
import contextlib
import dataclasses
import random
import time
from collections.abc import Sequence

import httpx2

from .adapter import LOST, ProductAdapter, client_uuid
from .model import Note, Op, Result
from .window import Window, backoff
from .world import Config, World

# Ends of texts that have broken other products.
NASTY = (
    *("", "", ""),
    " caf\u00e9",
    " \U0001f469\u200d\U0001f680\U0001f1ea\U0001f1ec",
    " \u0645\u0631\u062d\u0628\u0627",
    " \u202eabc\u202c",
    " a\u200bb",
    " <b>&amp;</b>",
    " <img src=x onerror=alert(1)>",
    " </hx-partial><hx-partial hx-target='#map'>",
    " {{7*7}}",
    " '; DROP TABLE note;--",
    " =1+1",
    "\n\u2028line",
    "\n\ndata: {}\n\nid: 7",
    "\r\nreturn",
    " \u0301combining",
)


class Author:
    """Invents changes against a stale replica and delivers them."""

    def __init__(self, world: World, adapter: ProductAdapter, window: Window, config: Config) -> None:
        self.world, self.adapter, self.window, self.config = world, adapter, window, config
        self.name, self.canvas = window.name, window.canvas
        self.rng = random.Random(f"{config.seed}/{self.name}")
        self.outbox: list[Op] = []
        self.sending = False
        self.participant = ""
        self.voted: list[str] = []
        self._count = 0

    async def think(self, http: httpx2.AsyncClient) -> None:
        """Queue a change every now and then, until cancelled."""
        await asyncio.sleep(self.rng.random() * min(1.0, self.config.think))
        while True:
            await asyncio.sleep(self.rng.expovariate(1 / self.config.think))
            if len(self.outbox) > self.config.max_outbox:
                continue
            if self.rng.random() < 0.04 and self.window.online.is_set():
                with contextlib.suppress(*LOST):
                    await self.window.read(http)
            elif op := self.invent():
                self._queue(op)

    async def send(self, http: httpx2.AsyncClient) -> None:
        """Empty the outbox in order, one in flight, until cancelled."""
        while True:
            await self.window.online.wait()
            if not self.outbox:
                await asyncio.sleep(0.01)
                continue
            op = self.outbox[0]
            self.sending = True
            try:
                await self._deliver(http, op)
            finally:
                self.sending = False
            if op.outcome != "unknown" or op.attempts >= self.config.max_attempts:
                self.outbox.pop(0)

    def invent(self) -> Op | None:
        """A change this person might make to what the own window shows."""
        notes = list(self.window.replica.notes.values())
        kinds = dict(self.config.mix)
        if not self.window.graves:
            kinds.pop("restore", None)
        kind = self.rng.choices(list(kinds), list(kinds.values()))[0] if notes else "add"
        if kind == "add":
            return self._add(notes)
        if kind == "restore":
            return self._op("restore", self.rng.choice(self.window.graves[-20:]))
        note = self._popular(notes)
        if kind == "vote":
            return self._vote(note)
        if kind == "edit":
            return self._edit(note)
        if kind == "move":
            return self._move(note, notes)
        return self._op(kind, note.id)

    def _vote(self, note: Note) -> Op:
        """People tap the same note again when the Wi-Fi is slow, and change their mind."""
        again = [known for known in self.voted if known in self.window.replica.notes]
        chosen = self.rng.choice(again) if again and self.rng.random() < 0.5 else note.id
        self.voted.append(chosen)
        op = self._op("vote", chosen, value=self.rng.random() < 0.75)
        return dataclasses.replace(op, voter=self.participant)

    def _popular(self, notes: Sequence[Note]) -> Note:
        """People crowd the same few notes."""
        hot = sorted(notes, key=lambda note: note.id)[: self.config.hot]
        return self.rng.choice(hot if self.rng.random() < self.config.hot_share else notes)

    def _add(self, notes: Sequence[Note]) -> Op:
        block = self.rng.choice(self.config.blocks)
        mark = f"{self.name}.{self._count + 1}"
        text = f"<<{mark}>>{self.rng.choice(NASTY)}"
        op = self._op("add", client_uuid(f"{self.config.seed}/note/{mark}"), block=block, text=text)
        return dataclasses.replace(op, token=mark, args={**op.args, "before": self._before(block, notes)})

    def _edit(self, note: Note) -> Op | None:
        if len(note.text) > self.config.max_text:
            return None
        mark = f"{self.name}.{self._count + 1}"
        text = f"{note.text} <<{mark}>>{self.rng.choice(NASTY)}"
        return dataclasses.replace(
            self._op("edit", note.id, text=text, base_version=note.version), token=mark
        )

    def _move(self, note: Note, notes: Sequence[Note]) -> Op:
        block = self.rng.choice((note.block, *self.config.blocks))
        others = [other for other in notes if other.id != note.id]
        return self._op("move", note.id, block=block, before=self._before(block, others))

    def _before(self, block: str, notes: Sequence[Note]) -> str | None:
        """A note of the block to stand before, or None for its end."""
        there = [note.id for note in notes if note.block == block]
        return self.rng.choice(there) if there and self.rng.random() < 0.5 else None

    def _op(self, kind: str, note_id: str, **args: object) -> Op:
        self._count += 1
        op_id = client_uuid(f"{self.config.seed}/op/{self.name}.{self._count}")
        return Op(op_id, self.name, self.canvas, kind, note_id, args)

    def _queue(self, op: Op, at: int | None = None) -> None:
        self.outbox.insert(len(self.outbox) if at is None else at, op)
        self.world.ops.append(op)

    async def _deliver(self, http: httpx2.AsyncClient, op: Op) -> None:
        op.invoked = op.invoked or time.monotonic()
        op.attempts += 1
        try:
            result = await (self._twice(http, op) if self._impatient() else self.adapter.mutate(http, op))
        except LOST as lost:
            result = Result("unknown", detail=type(lost).__name__)
        if result.http:
            op.http.append(result.http)
            self.world.http[result.http] += 1
        op.detail = result.detail
        if result.status == "unknown":
            await asyncio.sleep(backoff(self.config, op.attempts, self.rng))
            return
        self.world.stir()
        self._settle(op, result)

    def _impatient(self) -> bool:
        return self.rng.random() < self.config.double_send

    async def _twice(self, http: httpx2.AsyncClient, op: Op) -> Result:
        """A double click, or a second tab that replays the outbox."""
        answers = await asyncio.gather(
            self.adapter.mutate(http, op), self.adapter.mutate(http, op), return_exceptions=True
        )
        told = [answer for answer in answers if isinstance(answer, Result)]
        changes = [answer for answer in told if answer.status == "ok" and answer.changed]
        if len(changes) == 2 and changes[0].rev != changes[1].rev:
            given = f"{changes[0].rev} and {changes[1].rev}"
            self.world.violate("idempotency", f"{op.kind} sent twice was given revisions {given}", [op.op_id])
        known = [answer for answer in told if answer.status != "unknown"]
        accepted = [answer for answer in known if answer.status == "ok"]
        return (changes or accepted or known or [Result("unknown", detail="both copies failed")])[0]

    def _settle(self, op: Op, result: Result) -> None:
        op.done = time.monotonic()
        if result.status == "ok":
            op.outcome, op.rev, op.changed = "ok", result.rev, result.changed
            op.landed = result.note.id if result.note else op.note_id
            self.window.own_ack = max(self.window.own_ack, result.rev or 0)
            self.world.acknowledge(op)
            return
        op.outcome = "fail"
        if result.status == "conflict":
            op.detail = "conflict"
            if op.kind == "edit" and result.note is not None:
                self._rebase(op, result.note)

    def _rebase(self, op: Op, theirs: Note) -> None:
        """The server refused to overwrite: put our words on its text, as a new intent."""
        self.world.counts["rebases"] += 1
        again = self._op(
            "edit", op.note_id, text=f"{theirs.text} <<{op.token}>>", base_version=theirs.version
        )
        self._queue(dataclasses.replace(again, token=op.token), at=1)
