"""How much a file from elsewhere may hold, and a look at its shape before anything is made of it. Pure."""

import re

from app.errors import N_, Invalid, TooLong

MAX_BYTES = 5 * 1024 * 1024
# "Download everything" of forty canvases, of which one file is read.
MAX_ZIP = 40 * 1024 * 1024
# What a request may bring: the file, and the form around it.
MAX_BODY = MAX_ZIP + 64 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
# A workshop of 5,000 notes has half as many.
MAX_VALUES = 300_000
MAX_DEPTH = 16
# A string that never ends is a token too, or looking for its end would begin anew at every quotation mark.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)


def check_size(document: bytes) -> None:
    """Raises TooLong."""
    if len(document) > MAX_BYTES:
        raise TooLong("archive_too_long", N_("This file is too large: at most 5 MB."))


def check_shape(document: bytes) -> None:
    """Refuse JSON of too many values, or values in values in values. Raises TooLong or Invalid."""
    depth = values = 0
    for found in _TOKEN.finditer(document):
        token = found[0]
        if token in b"[{,":
            values += 1
            depth += token != b","
        elif token in b"]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise Invalid("archive_invalid", N_("This is not a file of Kanvas Mitra."))
        if values > MAX_VALUES:
            raise TooLong("archive_too_long", N_("This file holds too many notes: at most 5,000."))
