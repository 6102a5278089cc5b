"""One window of measuring: who reads, who saves, what it costs, and how busy the machine is otherwise."""

import contextlib
import multiprocessing
import os
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil

from .crowd import crowd_process
from .savers import Saves, savers_process
from .targets import Target

SPAWN = multiprocessing.get_context("spawn")
SETTLE = 0.5  # seconds a round lasts beyond the last save


@dataclass
class Window:
    """What one round measured. Delays in seconds."""

    delays: "array[float]"
    acks: list[float]
    missing: int
    messages: int
    received: int
    lost: int
    refused: int
    seconds: float
    server_cpu: float
    others: float  # percent of one core used by nobody we know


class Staff:
    """The people who save at one target, in a process of their own."""

    def __init__(self, target: Target) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.child = SPAWN.Process(
            target=savers_process, args=(theirs, target.server.port, target.savers), daemon=True
        )
        self.child.start()
        theirs.close()

    def save(self, rate: float, seconds: float) -> Saves:
        self.pipe.send(("save", rate, seconds))
        saves: Saves = self.pipe.recv()
        return saves

    def leave(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(("leave",))
        self.child.join(5)


class Audience:
    """`size` open pages at one target, in a process of their own."""

    def __init__(self, target: Target, size: int) -> None:
        self.target, self.size = target, size
        before = target.server.rss()
        self.pipe, theirs = SPAWN.Pipe()
        pages = [target.page] * size
        self.child = SPAWN.Process(
            target=crowd_process, args=(theirs, target.server.port, pages), daemon=True
        )
        self.child.start()
        theirs.close()
        # The board counts from another start than the answers do.
        self.shift = self.pipe.recv() - target.head
        self.memory = (target.server.rss() - before) / size

    def watch(self, staff: Staff, rate: float, seconds: float) -> Window:
        """One round: everybody saves at `rate`, everybody watches."""
        self._ask("begin")
        known = (self.target.server.pid, self.child.pid, staff.child.pid, os.getpid())
        cpu, ours, machine, began = (
            self.target.server.cpu_seconds(),
            _cpu(known),
            _machine(),
            time.monotonic(),
        )
        saves = staff.save(rate, seconds)
        time.sleep(SETTLE)
        cpu = self.target.server.cpu_seconds() - cpu
        spent = time.monotonic() - began
        others = (_machine() - machine - (_cpu(known) - ours)) / spent * 100
        self.target.head = max(saves.asked, default=self.target.head)
        shown = {rev + self.shift: asked for rev, asked in saves.asked.items()}
        delays, missing, messages, received, lost = self._ask("end", shown)
        acks = [saves.acknowledged[rev] - asked for rev, asked in saves.asked.items()]
        return Window(
            delays, acks, missing, messages, received, lost, saves.refused, spent, cpu, max(0.0, others)
        )

    def _ask(self, *command: Any) -> Any:
        self.pipe.send(command)
        return self.pipe.recv()

    def leave(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(("leave",))
        self.child.join(5)


def _cpu(pids: Sequence[int | None]) -> float:
    times = [psutil.Process(pid).cpu_times() for pid in pids if pid]
    return float(sum(spent.user + spent.system for spent in times))


def _machine() -> float:
    """CPU seconds the whole machine has worked so far."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq + times.steal)
