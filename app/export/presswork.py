"""The press itself: a child process that lays out one job after another. Only here is WeasyPrint imported.

`python -m app.export.presswork` reads jobs from stdin and writes proofs to stdout. It has no database, no
settings and no network, and lives under limits of memory and processor time.
"""

import gc
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import IO

from app.export.job import Job, PressClosed, Proof, receive_job, send_proof

MEMORY = 1024**3
PROCESSOR_SECONDS = 60
LARGEST_FILE = 64 * 1024**2


def limit_process(memory: int | None = None) -> None:
    """Bound memory and file size, and let the server go first, where the system can (not Windows)."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory or MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _set_limit(resource, kind, limit)
    os.nice(5)


def allow_processor_time(seconds: int = PROCESSOR_SECONDS) -> None:
    """Give the next job `seconds` more than what this process has used so far."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_limit(resource, resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _set_limit(resource: object, kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)  # type: ignore[attr-defined]
    with suppress(OSError, ValueError):  # macOS refuses some limits; the parent's clock still holds
        resource.setrlimit(kind, (limit, hard))  # type: ignore[attr-defined]


def work(jobs: IO[bytes], proofs: IO[bytes]) -> None:
    """Answer jobs until the other end closes the pipe."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    while True:
        try:
            job = receive_job(jobs)
        except PressClosed:
            return
        send_proof(proofs, _without_looking_for_garbage(_proof, job, partial(_say, proofs)))


def _say(proofs: IO[bytes], settled: int) -> None:
    """How many of several papers are settled; the next one has its own time."""
    send_proof(proofs, Proof(settled=settled))
    allow_processor_time()


def _without_looking_for_garbage(
    work: Callable[[Job, Callable[[int], None]], Proof], job: Job, say: Callable[[int], None]
) -> Proof:
    """A layout is a million objects that live until it is drawn: the collector would look in vain."""
    gc.disable()
    try:
        return work(job, say)
    finally:
        gc.enable()


def _proof(job: Job, say: Callable[[int], None]) -> Proof:
    allow_processor_time()
    try:
        from app.export.binding import lay_out
    except OSError:
        return Proof(problem="pango")
    except ImportError:
        return Proof(problem="weasyprint")
    try:
        return lay_out(job, say)
    except MemoryError:
        return Proof(problem="memory")
    except Exception as error:
        logging.getLogger(__name__).exception("layout failed")
        return Proof(problem=type(error).__name__)


def main() -> None:
    # Libraries that print a hint (WeasyPrint without Pango does) must not write into the answers.
    proofs = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_process()
    work(sys.stdin.buffer, proofs)


if __name__ == "__main__":
    main()
