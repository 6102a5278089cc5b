"""From save to everybody's screen: the product beside a bare broadcast server, in the same run.

    python -m bench.live
    python -m bench.live --clients 26,200 --seconds 5 --rounds 2

What the columns mean, and what the figures do not say: bench/README.md.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .measure import Audience, Staff, Window
from .table import headline, row, verdict
from .targets import Target, bare, product

CALIBRATION = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    sizes = [int(size) for size in given.clients.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), sizes, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", default="26,200,500,1000", help="how many pages are open, comma list")
    parser.add_argument("--writers", type=int, default=4, help="people who save")
    parser.add_argument("--rate", type=float, default=20.0, help="saves per second, all writers together")
    parser.add_argument("--seconds", type=float, default=6.0, help="length of one round")
    parser.add_argument("--rounds", type=int, default=3, help="calm rounds wanted for each size")
    parser.add_argument("--attempts", type=int, default=8, help="rounds at most for each size")
    parser.add_argument("--calm", type=float, default=20.0, help="percent of one core others may use")
    parser.add_argument(
        "--api", action="store_true", help="follow the API's stream instead of the board's HTML"
    )
    parser.add_argument("--forms", action="store_true", help="save by the board's form instead of the API")
    parser.add_argument("--no-bare", action="store_true", help="only the product")
    return parser


def _measure(folder: Path, sizes: Sequence[int], given: argparse.Namespace) -> int:
    targets: list[Target] = []
    staff: list[Staff] = []
    try:
        made = product(folder, given.writers, api_streams=given.api, forms=given.forms)
        targets.append(asyncio.run(made))
        staff.append(Staff(targets[0]))
        if not given.no_bare:
            payload = _payload(targets[0], staff[0], given.rate)
            print(f"one message of the product: {payload:,} bytes; {given.rate:g} saves a second")
            for durable in (False, True):
                targets.append(bare(folder, given.writers, payload, durable=durable))
                staff.append(Staff(targets[-1]))
        print(headline())
        for size in sizes:
            _one_size(size, targets, staff, given)
    finally:
        for writers in staff:
            writers.leave()
        for target in targets:
            target.server.stop()
    return 0


def _payload(target: Target, staff: Staff, rate: float) -> int:
    """The size of the product's average message."""
    audience = Audience(target, 5)
    try:
        window = audience.watch(staff, rate, CALIBRATION)
    finally:
        audience.leave()
    return window.received // max(1, window.messages)


def _one_size(
    size: int, targets: Sequence[Target], staff: Sequence[Staff], given: argparse.Namespace
) -> None:
    audiences = [Audience(target, size) for target in targets]
    rounds: list[list[Window]] = []
    try:
        for attempt in range(given.attempts):
            order = list(range(len(targets)))
            order = order[attempt % len(order) :] + order[: attempt % len(order)]
            windows = {n: audiences[n].watch(staff[n], given.rate, given.seconds) for n in order}
            rounds.append([windows[n] for n in range(len(targets))])
            if sum(_is_calm(windows, given.calm) for windows in rounds) >= given.rounds:
                break
    finally:
        for audience in audiences:
            audience.leave()
    calm = [windows for windows in rounds if _is_calm(windows, given.calm)]
    used = calm if len(calm) >= given.rounds else sorted(rounds, key=_noise)[: given.rounds]
    for number, target in enumerate(targets):
        windows_of = [windows[number] for windows in used]
        print(row(size, target.name, windows_of, audiences[number].memory, len(calm), len(rounds)))
    if len(targets) > 1:
        print(verdict([[windows[number] for windows in used] for number in range(len(targets))], audiences))
    sys.stdout.flush()


def _is_calm(windows: Sequence[Window], limit: float) -> bool:
    return _noise(windows) <= limit


def _noise(windows: Sequence[Window]) -> float:
    return max(window.others for window in windows)


if __name__ == "__main__":
    sys.exit(main())
