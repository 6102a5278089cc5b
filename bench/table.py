"""Figures as text."""

from array import array
from collections.abc import Sequence

from .measure import Audience, Window

COLUMNS = (
    f"{'open':>5} {'server':<13}{'p50':>7}{'p95':>7}{'p99':>7}{'max':>8} ms   {'ack p50':>7}{'p99':>7} ms  "
    f"{'CPU s':>7}{'server':>8}{'kB':>6}  {'others':>7}  rounds\n"
    f"{'pages':>5} {'':<13}{'save to everybody’s screen':>32}   {'':>17}  "
    f"{'/1,000':>7}{'% core':>8}{'/page':>6}  {'% core':>7}  calm/all"
)


def headline() -> str:
    return COLUMNS


def share(values: Sequence[float], part: float) -> float:
    """A percentile, in milliseconds."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * part))] * 1000 if ranked else float("nan")


def pooled(windows: Sequence[Window]) -> "array[float]":
    delays = array("d")
    for window in windows:
        delays.extend(window.delays)
    return delays


def cpu_per_thousand(windows: Sequence[Window]) -> float:
    return (
        1000
        * sum(window.server_cpu for window in windows)
        / max(1, sum(window.messages for window in windows))
    )


def row(size: int, name: str, windows: Sequence[Window], memory: float, calm: int, rounds: int) -> str:
    """One line of the table."""
    delays, acks = pooled(windows), [ack for window in windows for ack in window.acks]
    busy = 100 * sum(window.server_cpu for window in windows) / sum(window.seconds for window in windows)
    others = max(window.others for window in windows)
    line = f"{size:>5} {name:<13}" + "".join(f"{share(delays, part):>7.1f}" for part in (0.5, 0.95, 0.99))
    line += f"{share(delays, 1):>8.1f}      {share(acks, 0.5):>7.1f}{share(acks, 0.99):>7.1f}     "
    line += (
        f"{cpu_per_thousand(windows):>7.4f}{busy:>8.1f}{memory / 1000:>6.0f}  {others:>7.0f}  {calm}/{rounds}"
    )
    return line + _remarks(windows, calm)


def _remarks(windows: Sequence[Window], calm: int) -> str:
    """Everything that makes a line worth less."""
    remarks = [] if calm >= len(windows) else ["NOT CALM"]
    for name in ("missing", "lost", "refused"):
        if count := sum(getattr(window, name) for window in windows):
            remarks.append(f"{count} {name}")
    return "  " + ", ".join(remarks) if remarks else ""


def verdict(columns: Sequence[Sequence[Window]], audiences: Sequence[Audience]) -> str:
    """The product in multiples of each bare server."""
    mine, lines = columns[0], []
    for theirs, audience in zip(columns[1:], audiences[1:], strict=True):
        parts = [share(pooled(mine), p) / share(pooled(theirs), p) for p in (0.5, 0.95, 0.99)]
        cpu = cpu_per_thousand(mine) / max(1e-9, cpu_per_thousand(theirs))
        memory = audiences[0].memory / max(1.0, audience.memory)
        times = "  ".join(
            f"{name} {part:.2f}×" for name, part in zip(("p50", "p95", "p99"), parts, strict=True)
        )
        lines.append(f"      product / {audience.target.name}: {times}  CPU {cpu:.2f}×  memory {memory:.2f}×")
    return "\n".join(lines) + "\n"
