"""Having a file taken apart by a child process (`unpackwork`), and its answer put into words."""

import json
import logging
import subprocess
import sys
import threading
from typing import Any

from app.errors import N_, Invalid, Refused, TooLong, TooMany
from app.export.press import DIRECTORY, child_environment
from app.importing.recognition import Kind, unreadable

COMMAND = (sys.executable, "-m", "app.importing.unpackwork")
PATIENCE = 20.0
# Rarely more than one person imports; two children at once leave room for the PDFs of all others.
_ROOM = threading.BoundedSemaphore(2)
log = logging.getLogger(__name__)


def unpack(document: bytes, kind: Kind) -> dict[str, Any]:
    """What the child found. Raises Refused: too big, damaged, not ours."""
    if not _ROOM.acquire(timeout=PATIENCE):
        raise TooMany("imports_busy", N_("Other files are being read. Please try again."), retry_after=5)
    try:
        found = _ask_child(document, kind)
    finally:
        _ROOM.release()
    if problem := found.get("problem"):
        log.info("A file was not read: %s %s", problem, found.get("because", ""))
        raise _refusal(problem)
    return found


def _ask_child(document: bytes, kind: Kind) -> dict[str, Any]:
    try:
        done = subprocess.run(
            (*COMMAND, kind.value),
            input=document,
            stdout=subprocess.PIPE,
            cwd=DIRECTORY,
            # lxml would follow what the standard library's parser leaves alone.
            env=child_environment() | {"OPENPYXL_LXML": "False"},
            timeout=PATIENCE,
            start_new_session=True,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        # It ran into its limits: of time, of memory, or of what its libraries can stand.
        return {"problem": "too_big"}
    return answer


def _refusal(problem: str) -> Refused:
    match problem:
        case "too_big":
            return TooLong("file_too_big", N_("There is too much in this file: unpacked, at most 20 MB."))
        case "encrypted":
            locked = N_("This file has a password. Please save it without one, and try again.")
            return Invalid("file_locked", locked)
        case "plain_pdf":
            printed = N_(
                "This PDF holds no canvas. Take the PDF or JSON of one canvas, or the zip of everything."
            )
            return Invalid("pdf_without_canvas", printed)
        case "damaged":
            cut = N_("This file is damaged or was cut off on its way. Please copy or download it again.")
            return Invalid("archive_damaged", cut)
    return unreadable()
