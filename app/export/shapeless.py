"""Letters that no font of this computer has a shape for: blank on paper, so a sign stands for each.

Runs in the press only. In the canvas, and in the file within the PDF, what was written stays.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.export.job import Job
from app.export.typesetting import Typesetter

SIGN = "□"
_ANY_FONT_HAS = "\u024f"  # Latin with its accents

# Of all letters that were met: to ask takes as long as to draw them.
_met: set[str] = set()
_shapeless: set[str] = set()


def with_signs(job: Job) -> Job:
    """The same paper, with the sign in the place of what has no shape."""
    letters = {letter for letter in set(_text_of(job)) if letter > _ANY_FONT_HAS}
    if new := letters - _met:
        _shapeless.update(_drawn_without_shape(new))
        _met.update(new)
    return _translated(job, str.maketrans(dict.fromkeys(letters & _shapeless, SIGN)))


def _text_of(job: Job) -> str:
    return "".join((job.html, job.rest, job.plan, *map(_text_of, job.then)))


def _translated(job: Job, signs: dict[int, str]) -> Job:
    if not signs:
        return job
    texts = {name: getattr(job, name).translate(signs) for name in ("html", "rest", "plan")}
    return replace(job, **texts, then=[_translated(each, signs) for each in job.then])


def _drawn_without_shape(letters: set[str]) -> set[str]:
    with _warnings() as found:
        Typesetter({}).set(f"<p>{' '.join(sorted(letters))}</p>").write_pdf()
    return found & letters


@contextmanager
def _warnings() -> Iterator[set[str]]:
    """The letters that WeasyPrint warns of while it draws."""
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


class _Listener(logging.Handler):
    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg) and isinstance(record.args, tuple):
            self._found.add(str(record.args[0]))
