import asyncio
import heapq

import pytest

from app.errors import TooMany
from app.web.joining import GuessThrottle, network_of

ROOM = "203.0.113.7"


class Time:
    """A clock whose sleepers wake in order, so that minutes pass at once."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, future))
        await future

    async def pass_until(self, at: float) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        while self._sleepers and self._sleepers[0][0] <= at:
            self.now, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)
            for _ in range(5):
                await asyncio.sleep(0)
        self.now = at


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def throttle(time: Time) -> GuessThrottle:
    return GuessThrottle(clock=time, sleep=time.sleep)


async def _guess(throttle: GuessThrottle, address: str) -> bool:
    """One wrong code; whether it was looked up."""
    try:
        await throttle.turn(address)
    except TooMany:
        return False
    return True


async def _join(throttle: GuessThrottle, address: str) -> bool:
    if not await _guess(throttle, address):
        return False
    throttle.succeeded(address)
    return True


async def test_a_room_behind_one_address_joins_at_once(time: Time, throttle: GuessThrottle) -> None:
    for _ in range(300):
        assert await asyncio.wait_for(_join(throttle, ROOM), 1)
    assert time.now == 0


async def test_thirty_wrong_codes_are_looked_up_and_the_next_one_waits(
    time: Time, throttle: GuessThrottle
) -> None:
    await asyncio.gather(*(_guess(throttle, ROOM) for _ in range(30)))
    waiting = [asyncio.ensure_future(_guess(throttle, ROOM)) for _ in range(3)]
    await time.pass_until(0.9)
    assert [task.done() for task in waiting] == [True, False, False]
    await time.pass_until(2.0)
    assert [task.result() for task in waiting] == [True, True, True]


async def test_the_right_code_gets_through_after_the_budget_is_spent(
    time: Time, throttle: GuessThrottle
) -> None:
    assert await _join(throttle, ROOM)
    for _ in range(30):
        await _guess(throttle, ROOM)
    people = [asyncio.ensure_future(_join(throttle, ROOM)) for _ in range(40)]
    await time.pass_until(10)
    assert [task.result() for task in people] == [True] * 40


async def test_the_queue_is_bounded_and_says_what_to_do(time: Time, throttle: GuessThrottle) -> None:
    for _ in range(30):
        await _guess(throttle, ROOM)
    waiting = [asyncio.ensure_future(throttle.turn(ROOM)) for _ in range(10)]
    await asyncio.sleep(0)
    with pytest.raises(TooMany) as refusal:
        await throttle.turn(ROOM)
    assert "QR" in refusal.value.message
    assert (refusal.value.retry_after or 0) > 0
    await time.pass_until(20)
    await asyncio.gather(*waiting)


async def test_a_guesser_elsewhere_does_not_slow_the_room(time: Time, throttle: GuessThrottle) -> None:
    attack = [asyncio.ensure_future(_guess(throttle, "198.51.100.1")) for _ in range(1_000)]
    await time.pass_until(0)
    assert await asyncio.wait_for(_join(throttle, ROOM), 1)
    assert time.now == 0
    await time.pass_until(60)
    assert sum(task.result() for task in attack) <= 30 + 12


async def test_many_guessers_cannot_shut_out_a_room_that_has_begun(
    time: Time, throttle: GuessThrottle
) -> None:
    throttle.vouch(ROOM)
    attack = [
        asyncio.ensure_future(_guess(throttle, f"198.51.{host}.1")) for host in range(200) for _ in range(30)
    ]
    await time.pass_until(0)
    people = [asyncio.ensure_future(_join(throttle, ROOM)) for _ in range(30)]
    await time.pass_until(15)
    assert [task.result() for task in people] == [True] * 30
    for task in attack:
        task.cancel()


async def test_guessing_does_not_pay(time: Time, throttle: GuessThrottle) -> None:
    tries = []
    for second in range(600):
        tries += [asyncio.ensure_future(_guess(throttle, f"198.51.{n}.{second % 200}")) for n in range(28)]
        await time.pass_until(float(second))
    await time.pass_until(700)
    looked_up = sum(task.result() for task in tries)
    assert looked_up <= 300 + 600 * 10
    # With 200 live workshops and codes of 40 bits, a year of this finds one with less than one chance in ten.
    assert looked_up * 6 * 24 * 365 * 200 < 32**8 / 10


async def test_somebody_who_leaves_the_queue_frees_the_place(time: Time, throttle: GuessThrottle) -> None:
    for _ in range(30):
        await _guess(throttle, ROOM)
    waiting = [asyncio.ensure_future(throttle.turn(ROOM)) for _ in range(10)]
    await asyncio.sleep(0)
    assert not await _guess(throttle, ROOM)
    waiting[-2].cancel()
    await asyncio.sleep(0)
    newcomer = asyncio.ensure_future(_guess(throttle, ROOM))
    await time.pass_until(60)
    assert newcomer.result()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_memory_is_bounded(throttle: GuessThrottle) -> None:
    for number in range(20_000):
        throttle.vouch(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(throttle._known) <= 1_000


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.168.1.5", "192.168.1.5"),
        ("::ffff:192.168.1.5", "192.168.1.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("x" * 1_000, "x" * 64),
    ],
)
def test_an_address_counts_as_what_one_household_controls(address: str, network: str) -> None:
    assert network_of(address) == network
