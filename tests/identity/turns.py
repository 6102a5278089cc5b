"""How long guesses would have to wait, on a clock that stands still: a slow machine earns nobody a guess."""

import time

from app.web.joining import GuessThrottle


def waits_of(throttle: GuessThrottle) -> list[float]:
    """Nobody waits from now on; the seconds they would have waited are put into the list."""
    waits: list[float] = []
    now = time.monotonic()

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    throttle._sleep = wait
    for part in (throttle, throttle._addresses, throttle._everybody):
        part._clock = lambda: now
    return waits
