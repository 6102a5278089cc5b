"""How often. All clocks are monotonic seconds and may be given; all memory is bounded."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from app.errors import N_, TooMany

Clock = Callable[[], float]
CAPACITY = 10_000


class TokenBucket:
    """`burst` at once, `rate` a second over time."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float, at: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = at

    def take(self, at: float) -> float:
        """0.0 when one was left and is now taken, else the seconds until there will be one."""
        self._left = min(self._burst, self._left + (at - self._at) * self._rate)
        self._at = at
        if self._left >= 1:
            self._left -= 1
            return 0.0
        return (1 - self._left) / self._rate

    def give_back(self) -> None:
        self._left = min(self._burst, self._left + 1)


class Buckets:
    """One bucket per key, for any thread. The key not used for longest is forgotten first."""

    def __init__(
        self, rate: float, burst: float, clock: Clock = time.monotonic, capacity: int = CAPACITY
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._capacity = capacity
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str) -> float:
        """0.0 when the key has one left, else the seconds to wait."""
        with self._lock:
            at = self._clock()
            bucket = self._buckets.get(key)
            if bucket is None:
                bucket = self._buckets[key] = TokenBucket(self._rate, self._burst, at)
                if len(self._buckets) > self._capacity:
                    self._buckets.popitem(last=False)
            self._buckets.move_to_end(key)
            return bucket.take(at)

    def give_back(self, key: str) -> None:
        with self._lock:
            if bucket := self._buckets.get(key):
                bucket.give_back()


class Throttle:
    """Changes by one person: `check` with the verified session's id, never with what a client claims."""

    def __init__(self, rate: float = 20, burst: float = 60, clock: Clock = time.monotonic) -> None:
        self._buckets = Buckets(rate, burst, clock)

    def check(self, session_id: str) -> None:
        """Raises TooMany when this session is too fast."""
        if wait := self._buckets.take(session_id):
            raise TooMany("too_many_changes", N_("Too many changes in a short time."), retry_after=wait)
