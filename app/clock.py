"""The one source of time, so that tests can set it."""

import time
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def steady() -> datetime:
    """The time that has passed since this process began, put on top of when that was: for what runs out.

    Setting the computer's clock does not move it; sleeping does.
    """
    return _BEGAN + timedelta(seconds=_ticks() - _FIRST_TICK)


def _ticks() -> float:
    # The plain monotonic clock of Linux stands still while a laptop sleeps.
    source = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic() if source is None else time.clock_gettime(source)


_BEGAN, _FIRST_TICK = now(), _ticks()
