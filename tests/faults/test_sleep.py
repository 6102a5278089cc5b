"""The facilitator's laptop falls asleep and wakes up: everybody goes on as if nothing had been (T-LIV-11)."""

import asyncio
import os
import signal

import pytest

from bench.server import Product
from tests.faults.history.adapter import ProductAdapter
from tests.faults.history.run import Report, run
from tests.faults.history.world import Config


async def workshop_with_naps(server: Product, naps: int, seconds: float) -> Report:
    """Where the checker would kill the server, its laptop sleeps."""

    async def nap() -> None:
        os.kill(server.pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        os.kill(server.pid, signal.SIGCONT)

    config = Config(plan=("crash",) * naps, think=0.5, fault_gap=(4, 6), timeout=3, idle=20, backoff_max=2)
    token = server.facilitator_token
    return await run(config, lambda url: ProductAdapter(url, token), "127.0.0.1", server.port, nap)


async def nothing_is_lacking(server: Product, naps: int, seconds: float) -> None:
    report = await workshop_with_naps(server, naps, seconds)
    assert not report.violations, str(report)
    assert report.stats["faults"] == {"crash": naps}
    assert report.stats["by_kind"].keys() >= {"add", "edit", "move"}, str(report)
    assert report.stats["retried_ok"] > 0, str(report)
    assert not [line for line in server.log.read_text("utf-8").splitlines() if "ERROR" in line]
    print(report)


async def test_after_ten_seconds_of_sleep_nothing_is_lacking(server_process: Product) -> None:
    await nothing_is_lacking(server_process, naps=1, seconds=10)


@pytest.mark.nightly
async def test_after_two_minutes_of_sleep_nothing_is_lacking(server_process: Product) -> None:
    await nothing_is_lacking(server_process, naps=2, seconds=60)
