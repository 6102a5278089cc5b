"""A child process that takes one file from elsewhere apart, under limits of memory and processor time.

`python -m app.importing.unpackwork KIND` reads the file from stdin and writes one JSON object to stdout: what
was in it, or a `problem`. It has no database, no settings and no network, and writes no file.
"""

import io
import json
import os
import sys
import zipfile

from app.export.presswork import allow_processor_time, limit_process
from app.importing.bounds import MAX_BYTES, MAX_UNPACKED

MEMORY = 256 * 1024**2
PROCESSOR_SECONDS = 8
MAX_ENTRIES = 500
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1


class Problem(Exception):
    """What keeps a file from being read, as a code that `unpack` puts into words."""


def read_zip(document: bytes) -> dict[str, object]:
    """The one JSON file at the top of a zip that "Download everything" made."""
    if document.count(_ENTRY) > MAX_ENTRIES:
        raise Problem("too_big")
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        entries = packed.infolist()
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Problem("too_big")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Problem("encrypted")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise Problem("unknown")
        found = [entry for entry in entries if "/" not in entry.filename and entry.filename.endswith(".json")]
        if len(found) != 1:
            raise Problem("unknown")
        if found[0].file_size > MAX_BYTES:
            raise Problem("too_big")
        with packed.open(found[0]) as entry:
            # Never more than this at once: a directory may lie about what comes out.
            return {"json": entry.read(MAX_BYTES).decode()}


READERS = {"zip": read_zip}


def taken_apart(kind: str, document: bytes) -> dict[str, object]:
    """What is in a file of this kind, or the problem with it."""
    try:
        return READERS[kind](document)
    except Problem as problem:
        return {"problem": str(problem)}
    except MemoryError:
        return {"problem": "too_big"}
    except Exception as error:
        # Whatever a library makes of a broken file: the words are the same, the log gets the name.
        return {"problem": "damaged", "because": type(error).__name__}


def main() -> None:
    # Libraries that print a hint must not write into the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_process(MEMORY)
    allow_processor_time(PROCESSOR_SECONDS)
    document = sys.stdin.buffer.read(MAX_BYTES + 1)
    answers.write(json.dumps(taken_apart(sys.argv[1], document)).encode())
    answers.close()


if __name__ == "__main__":
    main()
