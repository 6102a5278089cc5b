"""The settings of a run, and what all its people share while it goes on."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .model import Op, Read, Violation, block_keys

NETWORK_FAULTS = ("latency", "reset", "blackhole", "lost_ack", "slow", "offline", "storm")
MIX = {"add": 0.25, "edit": 0.38, "move": 0.17, "delete": 0.05, "restore": 0.05, "vote": 0.10}


@dataclass
class Config:
    """One run, times in seconds. A `plan` is worked off; without one, `faults` repeat for `duration`."""

    clients: int = 20
    canvases: int = 2
    screens: int = 2  # board windows per canvas, following the HTML stream
    poll_share: float = 0.2  # people whose network holds streams back, so that they long-poll
    duration: float = 30.0
    plan: tuple[str, ...] = ()
    faults: tuple[str, ...] = (*NETWORK_FAULTS, "crash")
    fault_gap: tuple[float, float] = (1.0, 4.0)
    fault_len: tuple[float, float] = (0.5, 6.0)
    lost_acks: float = 0.0  # share of the answers to changes that never arrive, all the time
    seed: int = 1
    think: float = 1.0
    timeout: float = 5.0
    idle: float = 30.0  # a stream without a byte for so long is given up
    backoff_max: float = 5.0
    drain: float = 60.0  # after the last fault people are waited for until nothing has happened for so long
    settle: float = 1.0
    max_attempts: int = 400
    max_outbox: int = 200
    max_text: int = 400
    hot: int = 4  # so many notes of a canvas draw
    hot_share: float = 0.6  # this share of all changes: conflicts on purpose
    double_send: float = 0.05
    mix: Mapping[str, float] = field(default_factory=lambda: MIX)
    blocks: tuple[str, ...] = field(default_factory=block_keys)


class World:
    """The history of one run, and who has seen what so far."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.reads: list[Read] = []
        self.violations: list[Violation] = []
        self.acked: dict[str, int] = defaultdict(int)  # canvas -> highest acknowledged revision
        self.ack_time: dict[tuple[str, int], float] = {}
        self.propagation: list[float] = []
        self.counts: Counter[str] = (
            Counter()
        )  # rebases, resyncs, reconnects, live_events, polls, screen_messages
        self.http: Counter[int] = Counter()
        self.stop = asyncio.Event()
        self.calm = True
        self.calm_since = 0.0
        self.drained = 0
        self.stirred = time.monotonic()

    def stir(self) -> None:
        """Something was answered or seen: the server is alive, if perhaps not fast."""
        self.stirred = time.monotonic()

    def acknowledge(self, op: Op) -> None:
        if op.rev is not None:
            self.acked[op.canvas] = max(self.acked[op.canvas], op.rev)
            self.ack_time.setdefault((op.canvas, op.rev), time.monotonic())

    def saw(self, canvas: str, rev: int, grace: float) -> None:
        """A window got `rev`. Counted as propagation only once all had time to come back after a fault."""
        self.stir()
        self.counts["live_events"] += 1
        acked = self.ack_time.get((canvas, rev))
        if acked is not None and self.calm and acked > self.calm_since + grace:
            self.propagation.append(max(0.0, time.monotonic() - acked))

    def violate(self, kind: str, message: str, ops: Sequence[str] = ()) -> None:
        if len(self.violations) < 500:
            self.violations.append(Violation(kind, message, [op for op in ops if op]))


def percentile(values: Sequence[float], share: float) -> float | None:
    """In milliseconds."""
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000, 1) if ranked else None
