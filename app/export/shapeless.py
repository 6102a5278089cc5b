"""Letters that no font of this computer has a shape for: blank on paper, so a sign stands for each.

Runs in the press only. In the canvas, and in the file within the PDF, what was written stays.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.export.job import Job

SIGN = "□"


@contextmanager
def shapeless_letters() -> Iterator[set[str]]:
    """Gathers them while something is drawn, from WeasyPrint's warnings."""
    found = set[str]()
    logger, listener = logging.getLogger("weasyprint"), _Listener(found)
    level, propagates = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(listener)
    try:
        yield found
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagates


def with_signs(job: Job, letters: set[str]) -> Job:
    """The same paper, with the sign in the place of these letters."""
    signs = str.maketrans(dict.fromkeys(letters, SIGN))
    return replace(
        job,
        html=job.html.translate(signs),
        rest=job.rest.translate(signs),
        plan=job.plan.translate(signs),
        then=[with_signs(each, letters) for each in job.then],
    )


class _Listener(logging.Handler):
    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg) and isinstance(record.args, tuple):
            self._found.add(str(record.args[0]))
