"""Longer runs by hand: python -m tests.faults.history --port 8000 --token TOKEN --duration 900"""

import argparse
import asyncio
import dataclasses
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx2

from .adapter import ProductAdapter
from .run import Crash, run
from .world import Config


def main(arguments: Sequence[str] | None = None) -> int:
    """0: no violation. 1: violations. 2: the run itself proves nothing."""
    given = _parser().parse_args(arguments)
    config = Config(
        clients=given.clients,
        canvases=given.canvases,
        duration=given.duration,
        seed=given.seed,
        think=given.think,
    )
    if given.faults:
        config.faults = tuple(given.faults.split(","))
    crash = _crash(given.kill, given.start, given.port) if given.kill and given.start else None
    report = asyncio.run(
        run(config, lambda url: ProductAdapter(url, given.token), "127.0.0.1", given.port, crash)
    )
    if given.history:
        lines = (json.dumps(dataclasses.asdict(op)) + "\n" for op in report.ops)
        given.history.write_text("".join(lines), encoding="utf-8")
    print(report)
    if report.stats["ok"] < config.clients * 5:
        print("too few acknowledged changes to mean anything", file=sys.stderr)
        return 2
    return 1 if report.violations else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--token", required=True, help="a facilitator's API token")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--canvases", type=int, default=2)
    parser.add_argument("--duration", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=1.0, help="mean seconds between changes of one person")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", help="comma list; default: all that are possible")
    parser.add_argument("--kill", help="command that kills the server, for the fault `crash`")
    parser.add_argument("--start", help="command that starts it again")
    parser.add_argument("--history", type=Path, help="write every change as a line of JSON")
    return parser


def _crash(kill: str, start: str, port: int) -> Crash:
    async def crash() -> None:
        await asyncio.to_thread(subprocess.run, kill, shell=True, check=False)
        await asyncio.to_thread(subprocess.Popen, start, shell=True)
        deadline = time.monotonic() + 30
        async with httpx2.AsyncClient(timeout=2) as http:
            while time.monotonic() < deadline:
                try:
                    await http.get(f"http://127.0.0.1:{port}/healthz")
                    return
                except httpx2.HTTPError:
                    await asyncio.sleep(0.1)

    return crash


if __name__ == "__main__":
    sys.exit(main())
