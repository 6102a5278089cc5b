"""The state of the fake server: a correct canvas log, and the bugs that can be seeded into it."""

import asyncio
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Told = dict[str, Any]  # a note or an event, as the API spells it
Answer = tuple[int, Told]
Ballot = tuple[str, str, bool]  # who, for which note, and whether

BUGS = {
    "lost_update": "an edit overwrites without looking at base_version",
    "dup_on_retry": "no idempotency key: a repeated request is applied again",
    "ack_before_disk": "acknowledges first, writes to disk 0.8 s later; a crash rolls back",
    "missed_event": "10 % of the live events are not sent to a subscriber",
    "replay_off_by_one": "resuming by Last-Event-ID starts one event too late",
    "feed_hole": "the long-poll answers only with the newest change",
    "new_epoch": "a crash makes a new epoch although nothing was lost",
    "needless_reset": "after a crash everybody who resumes is told to start over",
    "resurrect": "an edit of a deleted note brings it back",
    "lost_restore": "restores are acknowledged and not done",
    "cross_canvas": "10 % of the edits land on another canvas as well",
    "wrong_place": "moves ignore `before` and go to the end",
    "phantom_move": "30 % of the moves copy the note instead of moving it",
    "double_vote": "a vote is counted every time it arrives",
    "deaf_vote": "5 % of the votes are answered 200 and not counted",
    "stale_cache": "snapshots come from a cache that is up to 0.4 s old",
    "stale_region": "a move refreshes only the block it enters",
    "swallow_error": "5 % of the edits are answered 200 without being stored",
    "applied_but_500": "8 % of the changes are stored, answered 500, and a retry is refused",
}


@dataclass
class Board:
    """One canvas. `log` is the truth, everything else is folded from it."""

    notes: dict[str, Told] = field(default_factory=dict)
    graves: dict[str, Told] = field(default_factory=dict)
    log: list[Told] = field(default_factory=list)
    answered: dict[str, Told] = field(default_factory=dict)  # op_id -> event
    copies: list[Told] = field(default_factory=list)
    regions: dict[str, int] = field(default_factory=dict)  # block -> revision it last changed at
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def fold(self, event: Told) -> None:
        self.log.append(event)
        self.answered[event["op_id"]] = event
        old = self.notes.pop(event["note_id"], None)
        if old:
            self.graves[old["id"]] = old
        if event["note"]:
            self.notes[event["note"]["id"]] = event["note"]
        for note in (old, event["note"]):
            if note:
                self.regions[note["block"]] = event["rev"]

    def between(self, block: str, before: str | None, moving: str) -> float:
        """A position directly before `before`, or at the end of the block."""
        there = [note for note in self.notes.values() if note["block"] == block and note["id"] != moving]
        there.sort(key=lambda note: (note["position"], note["id"]))
        ids = [note["id"] for note in there]
        at = ids.index(before) if before in ids else len(ids)
        low = there[at - 1]["position"] if at else 0.0
        high = there[at]["position"] if at < len(ids) else low + 2.0
        return float((low + high) / 2)


class Store:
    """All canvases, and the disk that survives a crash."""

    def __init__(self, bugs: set[str], rng: random.Random) -> None:
        self.bugs, self.rng = bugs, rng
        self.disk: dict[str, list[Told]] = {}
        self.epoch = uuid.uuid4().hex[:8]
        self.boards: dict[str, Board] = {}
        self.boots = 0

    def create(self) -> str:
        canvas = f"k{len(self.boards)}"
        self.boards[canvas], self.disk[canvas] = Board(), []
        return canvas

    def reboot(self) -> None:
        """Memory is gone; only the disk is left."""
        self.boots += 1
        if self.has("new_epoch"):
            self.epoch = uuid.uuid4().hex[:8]
        self.boards = {}
        for canvas, log in self.disk.items():
            self.boards[canvas] = Board()
            for event in log:
                self.boards[canvas].fold(event)

    def has(self, bug: str, chance: float = 1.0) -> bool:
        return bug in self.bugs and self.rng.random() < chance

    def apply(self, canvas: str, op: Told, who: str) -> Answer:
        """Answer one change as the product would."""
        board = self.boards[canvas]
        done = board.answered.get(op["op_id"])
        if done and not self.has("dup_on_retry"):
            return (422, {"error": "duplicate"}) if done.get("broken") else _accepted(done)
        op = {"who": who, **op}
        make: Callable[[str, Board, Told], Told | Answer] = getattr(self, f"_{op['kind']}")
        made = make(canvas, board, op)
        if isinstance(made, tuple):
            return made
        event = self.commit(canvas, op, made["note_id"], made["note"], made.get("ballot"))
        if self.has("applied_but_500", 0.08):
            event["broken"] = True
            return 500, {}
        return _accepted(event)

    def commit(
        self, canvas: str, op: Told, note_id: str, note: Told | None, ballot: Ballot | None = None
    ) -> Told:
        board = self.boards[canvas]
        rev = len(board.log) + 1
        event = {"rev": rev, "op_id": op["op_id"], "kind": op["kind"], "note_id": note_id, "note": note}
        event["ballot"] = ballot
        regions = dict(board.regions)
        board.fold(event)
        if note and self.has("stale_region"):
            board.regions = {**regions, note["block"]: rev}
        if "ack_before_disk" in self.bugs:
            asyncio.get_running_loop().call_later(0.8, self._late, canvas, event, self.boots)
        else:
            self.disk[canvas].append(event)
        board.changed.set()
        board.changed = asyncio.Event()
        return event

    def _late(self, canvas: str, event: Told, boots: int) -> None:
        if boots == self.boots and len(self.disk[canvas]) == event["rev"] - 1:
            self.disk[canvas].append(event)

    def _add(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        note_id = op["note_id"]
        if note_id in board.graves and note_id not in board.notes:
            return 410, {}
        if note_id in board.notes:
            if not self.has("dup_on_retry"):
                return 422, {"error": "id taken"}
            note_id = str(uuid.uuid4())
        position = board.between(op["block"], op["before"], note_id)
        note = {"id": note_id, "block": op["block"], "text": op["text"], "position": position, "version": 1}
        return {"note_id": note_id, "note": {**note, "voters": []}}

    def _edit(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        old = board.notes.get(op["note_id"])
        if old is None and not self.has("resurrect"):
            return 410, {"error": "gone"}
        old = old or board.graves[op["note_id"]]
        if op["base_version"] != old["version"] and not self.has("lost_update"):
            return 409, {"rev": len(board.log), "note": old}
        if self.has("swallow_error", 0.05):
            return 200, {"rev": len(board.log), "note": old, "changed": True}
        note = {**old, "text": op["text"], "version": old["version"] + 1}
        if self.has("cross_canvas", 0.1):
            other = self.rng.choice([key for key in self.boards if key != canvas])
            self.commit(other, {"op_id": str(uuid.uuid4()), "kind": "add"}, note["id"], note)
        return {"note_id": note["id"], "note": note}

    def _move(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        old = board.notes.get(op["note_id"])
        if old is None:
            return 410, {"error": "gone"}
        if self.has("phantom_move", 0.3):
            board.copies.append(old)
        before = None if self.has("wrong_place") else op["before"]
        position = board.between(op["block"], before, old["id"])
        return {"note_id": old["id"], "note": {**old, "block": op["block"], "position": position}}

    def _delete(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        return (
            {"note_id": op["note_id"], "note": None}
            if op["note_id"] in board.notes
            else (410, {"error": "gone"})
        )

    def _open_voting(self, canvas: str, board: Board, op: Told) -> Told:
        return {"note_id": "", "note": None}

    def _close_voting(self, canvas: str, board: Board, op: Told) -> Told:
        """What the log says of votes, counted."""
        for note_id, given in _counted(board, twice=self.has("double_vote")).items():
            if note := board.notes.get(note_id):
                told = {"op_id": str(uuid.uuid4()), "kind": "close_voting"}
                self.commit(canvas, told, note_id, {**note, "voters": given})
        return {"note_id": "", "note": None}

    def _vote(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        if op["note_id"] not in board.notes:
            return 410, {"error": "gone"}
        if self.has("deaf_vote", 0.05):
            op["value"] = not op["value"]
        return {"note_id": "", "note": None, "ballot": (op["who"], op["note_id"], op["value"])}

    def _restore(self, canvas: str, board: Board, op: Told) -> Told | Answer:
        if op["note_id"] in board.notes:
            return 200, {"rev": len(board.log), "note": board.notes[op["note_id"]], "changed": False}
        if op["note_id"] not in board.graves:
            return 410, {"error": "gone"}
        if self.has("lost_restore"):
            return 200, {"rev": len(board.log), "note": board.graves[op["note_id"]], "changed": False}
        note = board.graves[op["note_id"]]  # its old place may be taken: back to the end of its block
        return {"note_id": note["id"], "note": {**note, "position": board.between(note["block"], None, "")}}


def _accepted(event: Told) -> Answer:
    return 200, {"rev": event["rev"], "note": event["note"], "changed": True}


def _counted(board: Board, *, twice: bool) -> dict[str, list[str]]:
    """Who votes for each note after all of the log; with `twice`, as often as they said so."""
    votes: dict[str, list[str]] = {}
    for who, note_id, value in [event["ballot"] for event in board.log if event["ballot"]]:
        given = votes.setdefault(note_id, [])
        if value and (twice or who not in given):
            given.append(who)
        elif not value and who in given:
            given.remove(who)
    return votes
