"""Nothing acknowledged is lost, doubled or different in any window, whatever network and server suffer.

T-DUR-1, and T-OFF-3 where a test says so.
"""

import asyncio
import random
import sqlite3

import pytest

from bench.server import Product
from tests.faults.history.adapter import ProductAdapter
from tests.faults.history.run import Report, run
from tests.faults.history.world import NETWORK_FAULTS, Config


async def workshop_under_fire(server: Product, config: Config) -> Report:
    async def crash() -> None:
        server.kill()
        await asyncio.to_thread(server.start)

    token = server.facilitator_token
    return await run(config, lambda url: ProductAdapter(url, token), "127.0.0.1", server.port, crash)


def shuffled(seed: int, *faults: str) -> tuple[str, ...]:
    return tuple(random.Random(seed).sample(faults, len(faults)))


def integrity(server: Product) -> str:
    server.terminate()
    with sqlite3.connect(server.data / "kanvas.db") as database:
        verdict = str(database.execute("PRAGMA integrity_check").fetchone()[0])
    database.close()
    return verdict


async def test_ten_kills_and_every_network_fault_lose_nothing(server_process: Product) -> None:
    plan = shuffled(1, *["crash"] * 10, *NETWORK_FAULTS)
    config = Config(
        plan=plan,
        think=0.7,
        fault_gap=(0.1, 0.6),
        fault_len=(0.2, 1.0),
        timeout=3,
        backoff_max=1.5,
        drain=20,
    )
    report = await workshop_under_fire(server_process, config)
    assert not report.violations, str(report)
    assert report.stats["faults"] == {"crash": 10} | dict.fromkeys(NETWORK_FAULTS, 1)
    assert report.stats["ok"] > 300 and report.stats["retried_ok"] > 20, str(report)
    assert report.stats["screen_messages"] > 20 and report.stats["polls"] > 5, str(report)
    assert integrity(server_process) == "ok"
    print(report)


@pytest.mark.nightly
async def test_a_hundred_kills_lose_nothing(server_process: Product) -> None:
    plan = shuffled(2, *["crash"] * 100, *NETWORK_FAULTS * 5)
    config = Config(
        clients=30, canvases=3, plan=plan, think=0.3, fault_gap=(0.3, 1.6), timeout=4, backoff_max=2, drain=20
    )
    report = await workshop_under_fire(server_process, config)
    assert not report.violations, str(report)
    assert report.stats["faults"]["crash"] == 100
    assert report.stats["ok"] > 5_000 and report.stats["retried_ok"] > 500, str(report)
    assert integrity(server_process) == "ok"
    print(report)


@pytest.mark.parametrize(
    ("people", "seconds", "changes"),
    [(12, 6, 50), pytest.param(30, 200, 5_000, marks=pytest.mark.nightly)],
    ids=["12", "30"],
)
async def test_what_is_sent_again_because_its_answer_was_lost_is_done_once(
    server_process: Product, people: int, seconds: float, changes: int
) -> None:
    """Three of ten answers never arrive (T-OFF-3)."""
    config = Config(
        clients=people,
        lost_acks=0.3,
        think=0.2,
        fault_gap=(seconds, seconds),
        duration=seconds,
        backoff_max=1,
    )
    report = await workshop_under_fire(server_process, config)
    assert not report.violations, str(report)
    assert report.stats["ok"] >= changes and not report.stats["faults"], str(report)
    assert report.stats["lost_acks"] > 0.25 * report.stats["ok"], str(report)
    assert report.stats["retried_ok"] > 0.2 * report.stats["ok"], str(report)
    print(report)
