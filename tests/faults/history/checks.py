"""The rules: pure functions of a recorded history and the final views. Every rule names itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .log_checks import check_log
from .model import Finals, Op, Read, Violation, tokens
from .view_checks import check_screens, check_views

Log = Iterator[Violation]


def check(ops: Sequence[Op], reads: Sequence[Read], finals: Mapping[str, Finals]) -> list[Violation]:
    """Everything in which the final state breaks what was promised while it came about."""
    written = {
        canvas: {op.token for op in ops if op.canvas == canvas and op.token}
        for canvas in {op.canvas for op in ops}
    }
    found: list[Violation] = []
    for canvas, end in finals.items():
        mine = [op for op in ops if op.canvas == canvas]
        found += _nothing_lost(canvas, mine, end)
        found += _nothing_twice(canvas, end)
        found += _nothing_from_elsewhere(canvas, mine, end, written)
        found += _last_placement_holds(canvas, mine, end)
        found += _votes_are_as_last_told(canvas, mine, end)
        found += _revisions_hold(canvas, mine, end)
        if end.log is not None:
            found += check_log(canvas, end, mine)
        found += check_views(canvas, end)
        found += check_screens(canvas, end)
    found += _reads_see_what_was_acknowledged(reads)
    found += _epoch_stays(reads)
    return found


def fates(ops: Sequence[Op]) -> dict[str, Op | None]:
    """The last acknowledged add, delete or restore of each note; None where an unanswered one is open."""
    last: dict[str, Op | None] = {}
    for op in ops:
        if op.kind in ("add", "delete", "restore") and op.outcome == "ok" and op.rev is not None:
            known = last.get(op.note_id)
            if known is None or known.rev is None or op.rev >= known.rev:
                last[op.note_id] = op
    for op in ops:
        if op.kind in ("add", "delete", "restore") and op.outcome == "unknown" and op.attempts:
            last[op.note_id] = None
    return last


def _nothing_lost(canvas: str, ops: Sequence[Op], end: Finals) -> Log:
    live = end.snapshot.notes
    present = {token for note in live.values() for token in tokens(note.text)}
    fate = fates(ops)
    for note, op in fate.items():
        if op is None:
            continue
        if op.kind == "delete" and note in live:
            yield Violation(
                "resurrected", f"{canvas}: {note} deleted at revision {op.rev} is back", [op.op_id]
            )
        if op.kind != "delete" and note not in live:
            kind = f"lost_{op.kind}"
            yield Violation(
                kind, f"{canvas}: {note} ({op.kind}, acknowledged at {op.rev}) is gone", [op.op_id]
            )
    for op in ops:
        if op.kind != "edit" or op.outcome != "ok" or op.token in present:
            continue
        home = op.landed or op.note_id
        ending = fate.get(home, op)
        if ending is not None and ending.kind != "delete":
            message = f"{canvas}: <<{op.token}>> on {home}, acknowledged at revision {op.rev}, is in no note"
            yield Violation("lost_edit", message, [op.op_id])


def _nothing_twice(canvas: str, end: Finals) -> Log:
    where: dict[str, list[str]] = defaultdict(list)
    for note in end.snapshot.notes.values():
        for token in tokens(note.text):
            where[token].append(note.id)
    kept_both = {note.conflict_of for note in end.snapshot.notes.values() if note.conflict_of}
    for token, homes in where.items():
        if len(homes) > 1 and not set(homes) & kept_both:
            yield Violation(
                "duplicate", f"{canvas}: <<{token}>> appears {len(homes)} times in {sorted(set(homes))}"
            )
    for note_id in end.snapshot.duplicates:
        yield Violation("duplicate", f"{canvas}: note {note_id} is listed twice")


def _nothing_from_elsewhere(
    canvas: str, ops: Sequence[Op], end: Finals, written: Mapping[str, set[str]]
) -> Log:
    accepted = {op.token for op in ops if op.outcome in ("ok", "unknown")}
    refused = {op.token for op in ops if op.outcome == "fail"} - accepted
    for token in {token for note in end.snapshot.notes.values() for token in tokens(note.text)}:
        if token in refused:
            yield Violation("refused_but_applied", f"{canvas}: <<{token}>> was refused and is present")
        elif token not in written.get(canvas, set()):
            owner = next((other for other, theirs in written.items() if token in theirs), None)
            origin = f"written on {owner}" if owner else "nobody wrote"
            yield Violation("cross_canvas" if owner else "phantom", f"{canvas} shows <<{token}>> {origin}")


def _last_placement_holds(canvas: str, ops: Sequence[Op], end: Finals) -> Log:
    last: dict[str, Op] = {}
    for op in ops:
        placed = op.kind in ("add", "move") and op.outcome == "ok" and op.rev is not None
        if placed and (op.note_id not in last or (op.rev or 0) >= (last[op.note_id].rev or 0)):
            last[op.note_id] = op
    unsure = {
        op.note_id for op in ops if op.kind in ("add", "move") and op.outcome == "unknown" and op.attempts
    }
    for note_id, op in last.items():
        note = end.snapshot.notes.get(note_id)
        if note and note_id not in unsure and note.block != op.args["block"]:
            message = (
                f"{canvas}: {note_id} is in {note.block}, revision {op.rev} put it into {op.args['block']}"
            )
            yield Violation("move", message, [op.op_id])


def _votes_are_as_last_told(canvas: str, ops: Sequence[Op], end: Finals) -> Log:
    """Each person's vote for a note is as their last acknowledged one says, and counts once."""
    last: dict[tuple[str, str], Op] = {}
    unsure: set[tuple[str, str]] = set()
    for op in ops:  # those of one client are in order
        if op.kind == "vote" and op.outcome == "ok":
            last[op.voter, op.note_id] = op
        elif op.kind == "vote" and op.outcome == "unknown" and op.attempts:
            unsure.add((op.voter, op.note_id))
    for (voter, note_id), op in last.items():
        note = end.snapshot.notes.get(note_id)
        if note and (voter, note_id) not in unsure and (voter in note.voters) != op.args["value"]:
            message = f"{canvas}: {op.client} on {note_id} should be {op.args['value']}: {note.voters}"
            yield Violation("vote", message, [op.op_id])
    for note in end.snapshot.notes.values():
        if len(set(note.voters)) != len(note.voters):
            yield Violation("vote", f"{canvas}: somebody is counted twice on {note.id}: {note.voters}")


def _revisions_hold(canvas: str, ops: Sequence[Op], end: Finals) -> Log:
    given: dict[int, str] = {}
    for op in ops:
        if op.outcome != "ok" or op.rev is None:
            continue
        if op.rev > end.snapshot.rev:
            message = f"{canvas}: revision {op.rev} was acknowledged, the canvas is at {end.snapshot.rev}"
            yield Violation("rolled_back", message, [op.op_id])
        if op.changed and given.setdefault(op.rev, op.op_id) != op.op_id:
            message = f"{canvas}: revision {op.rev} was given to two changes"
            yield Violation("rev_reused", message, [op.op_id, given[op.rev]])


def _reads_see_what_was_acknowledged(reads: Sequence[Read]) -> Log:
    """Never older than what was acknowledged before the read began; never backwards."""
    seen: dict[tuple[str, str], Read] = {}
    for read in sorted(reads, key=lambda read: read.done):
        if read.rev < read.own_ack:
            message = f"{read.client} had revision {read.own_ack} acknowledged and then read {read.rev}"
            yield Violation("read_your_writes", message)
        elif read.rev < read.must_see:
            message = f"{read.client} read revision {read.rev} after {read.must_see} had been acknowledged"
            yield Violation("stale_read", message)
        before = seen.get((read.client, read.canvas))
        if before and read.invoked >= before.done and read.rev < before.rev:
            yield Violation(
                "went_backwards", f"{read.client} read revision {before.rev} and later {read.rev}"
            )
        if before is None or read.rev >= before.rev:
            seen[(read.client, read.canvas)] = read


def _epoch_stays(reads: Sequence[Read]) -> Log:
    """A new epoch makes every window start over; only a restored or replaced canvas may have one."""
    epochs: dict[str, set[str]] = defaultdict(set)
    for read in reads:
        epochs[read.canvas].add(read.epoch)
    for canvas, known in epochs.items():
        if len(known) > 1:
            yield Violation(
                "epoch_changed", f"{canvas}: had the epochs {sorted(known)} though nothing was restored"
            )
