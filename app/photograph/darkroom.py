"""Having a photograph developed by a child process (`darkroomwork`), and its refusal put into words."""

import subprocess
import sys
import threading

from app.errors import N_, Invalid, Refused, TooLong, TooMany
from app.export.press import DIRECTORY, child_environment
from app.photograph.darkroomwork import MAX_FILE
from app.photograph.jpeg import size_of

COMMAND = (sys.executable, "-m", "app.photograph.darkroomwork")
PATIENCE = 30.0
# A child may take much memory for a moment: one after the other.
_ROOM = threading.BoundedSemaphore(1)
_HEIC = b"ftyp"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc"})


def develop(document: bytes) -> bytes:
    """The photograph as it is kept: small, upright, with nothing about it inside. Raises Refused."""
    if len(document) > MAX_FILE:
        raise _too_big()
    if document[4:8] == _HEIC and document[8:12] in _HEIC_BRANDS:
        apple = N_("HEIC cannot be read here. Save it as JPEG, or send it by WhatsApp and add what arrives.")
        raise Invalid("photograph_heic", apple)
    if not _ROOM.acquire(timeout=PATIENCE):
        others = N_("Other photographs are being read. Please try again.")
        raise TooMany("photographs_busy", others, retry_after=5)
    try:
        answer = _ask_child(document)
    finally:
        _ROOM.release()
    try:
        size_of(answer)
    except ValueError:
        raise _too_big() if answer == b"too_big" else _unreadable() from None
    return answer


def _ask_child(document: bytes) -> bytes:
    try:
        done = subprocess.run(
            COMMAND,
            input=document,
            stdout=subprocess.PIPE,
            cwd=DIRECTORY,
            env=child_environment(),
            timeout=PATIENCE,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b"too_big"
    # Killed at one of its limits it says nothing.
    return done.stdout or b"too_big"


def _too_big() -> Refused:
    return TooLong("photograph_too_big", N_("This photograph is too large: at most 25 MB and 65 megapixels."))


def _unreadable() -> Refused:
    no_picture = N_("This is no photograph, or it is damaged. JPEG, PNG and WebP can be read.")
    return Invalid("photograph_unreadable", no_picture)
