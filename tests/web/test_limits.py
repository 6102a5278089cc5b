from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import TooMany
from app.web.limits import Buckets, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_is_free_and_then_the_rate_holds(clock: Clock) -> None:
    buckets = Buckets(rate=2, burst=3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    clock.now += 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0, 0.5]


def test_rest_refills_the_burst_and_no_more(clock: Clock) -> None:
    buckets = Buckets(rate=2, burst=3, clock=clock)
    buckets.take("a")
    clock.now += 1_000_000
    assert [buckets.take("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_one_key_does_not_pay_for_another(clock: Clock) -> None:
    buckets = Buckets(rate=1, burst=1, clock=clock)
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0
    assert buckets.take("b") == 0


def test_what_is_given_back_can_be_taken_again(clock: Clock) -> None:
    buckets = Buckets(rate=1, burst=1, clock=clock)
    buckets.take("a")
    buckets.give_back("a")
    assert buckets.take("a") == 0
    buckets.give_back("unknown")
    assert len(buckets) == 1


def test_memory_is_bounded_and_the_busy_ones_are_remembered(clock: Clock) -> None:
    buckets = Buckets(rate=1, burst=1, clock=clock, capacity=100)
    for number in range(10_000):
        buckets.take(str(number))
        buckets.take("busy")
    assert len(buckets) == 100
    assert buckets.take("busy") > 0


def test_threads_may_take_at_the_same_time(clock: Clock) -> None:
    buckets = Buckets(rate=1, burst=100, clock=clock, capacity=2)
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda turn: buckets.take("a"), range(1_000)))
        list(threads.map(lambda turn: buckets.take(str(turn % 7)), range(5_000)))
    assert taken.count(0) == 100
    assert len(buckets) == 2


def test_a_person_may_make_sixty_changes_at_once_and_twenty_a_second(clock: Clock) -> None:
    throttle = Throttle(clock=clock)
    for _ in range(60):
        throttle.check("sri")
    with pytest.raises(TooMany) as refusal:
        throttle.check("sri")
    assert 0 < (refusal.value.retry_after or 0) <= 0.05
    throttle.check("budi")
    clock.now += 1
    for _ in range(20):
        throttle.check("sri")
    with pytest.raises(TooMany):
        throttle.check("sri")
