"""Rules about the log: no hole, every acknowledged change once, in its place; it replays to the snapshot."""

from collections.abc import Iterator, Mapping, Sequence

from .model import Event, Finals, Note, Op, Violation, tokens

Log = Iterator[Violation]


def check_log(canvas: str, end: Finals, ops: Sequence[Op]) -> Log:
    """The log of one canvas, read from its first revision, against acknowledgements and snapshot."""
    log = end.log or []
    yield from _contiguous(canvas, log)
    yield from _acknowledged_once(canvas, log, end, ops)
    yield from _replays(canvas, log, end, {op.op_id: op for op in ops})
    if end.feed is not None and [(e.rev, e.op_id) for e in end.feed] != [(e.rev, e.op_id) for e in log]:
        message = (
            f"{canvas}: the long-poll feed has {len(end.feed)} changes, the stream {len(log)}, or other ones"
        )
        yield Violation("feed_differs", message)


def _contiguous(canvas: str, log: Sequence[Event]) -> Log:
    for before, event in enumerate(log):
        if event.rev != before + 1:
            yield Violation(
                "log_gap", f"{canvas}: revision {event.rev} stands at place {before + 1} of the log"
            )
            return


def _acknowledged_once(canvas: str, log: Sequence[Event], end: Finals, ops: Sequence[Op]) -> Log:
    revision: dict[str, int] = {}
    for event in log:
        if event.op_id in revision:
            message = f"{canvas}: one change applied at revision {revision[event.op_id]} and {event.rev}"
            yield Violation("applied_twice", message, [event.op_id])
        if event.op_id:
            revision[event.op_id] = event.rev
    for op in ops:
        # A vote changes no note, and is in the log all the same.
        is_logged = op.changed or op.kind == "vote"
        if op.outcome != "ok" or not is_logged or op.rev is None or op.rev > end.snapshot.rev:
            continue
        if revision.get(op.op_id) != op.rev:
            message = (
                f"{canvas}: {op.kind} acknowledged at {op.rev}, the log has it at {revision.get(op.op_id)}"
            )
            yield Violation("ack_not_in_log", message, [op.op_id])


def _replays(canvas: str, log: Sequence[Event], end: Finals, ops: Mapping[str, Op]) -> Log:
    state: dict[str, Note] = {}
    buried: dict[str, Note] = {}
    for event in log:
        if event.note is None:
            if gone := state.pop(event.note_id, None):
                buried[event.note_id] = gone
            continue
        old = state.get(event.note.id) or buried.get(event.note.id)
        wiped = set(tokens(old.text)) - set(tokens(event.note.text)) if old else set()
        if wiped:
            culprit = f"revision {event.rev} ({event.kind})"
            message = f"{canvas}: {culprit} wiped {sorted(wiped)[:4]} from {event.note.id}"
            yield Violation("lost_update", message, [event.op_id])
        state[event.note.id] = event.note
        op = ops.get(event.op_id)
        if op and op.kind in ("add", "move"):
            yield from _stands_where_asked(canvas, event.rev, op, state)
    last = log[-1].rev if log else 0
    if last == end.snapshot.rev and {id_: note.key() for id_, note in state.items()} != end.snapshot.digest():
        yield Violation("replay_differs", f"{canvas}: replaying the log does not give the snapshot")


def _stands_where_asked(canvas: str, rev: int, op: Op, state: Mapping[str, Note]) -> Log:
    """Directly before the note it named, if that one was in the block; otherwise last."""
    there = sorted(
        (note for note in state.values() if note.block == op.args["block"]),
        key=lambda note: (note.position, note.id),
    )
    order = [note.id for note in there]
    if op.note_id not in order:
        yield Violation(
            "wrong_place", f"{canvas}: revision {rev} did not put {op.note_id} into its block", [op.op_id]
        )
        return
    wanted = op.args["before"] if op.args["before"] in order else None
    follower = (*order, None)[order.index(op.note_id) + 1]
    if follower != wanted and op.args["before"] != op.note_id:
        message = f"{canvas}: revision {rev} put {op.note_id} before {follower}, asked was {wanted}"
        yield Violation("wrong_place", message, [op.op_id])
