"""What a photograph may be when it is kept: a small JPEG that holds its picture and nothing else. Pure.

So what comes in an archive is looked at without being decoded, and carries neither a place nor a bomb.
"""

import re
from collections.abc import Iterator

LONGEST_SIDE = 1280
# Twelve of them, as text, leave half of an archive to the notes.
MAX_BYTES = 160_000
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = (0xC0, 0xC2)
# Tables, frames, scans and the mark of the format: no EXIF, no profile, no thumbnail, no comment.
_PLAIN = frozenset({*_FRAMES, _SCAN, 0xC4, 0xDB, 0xDD, 0xE0})
# Behind a scan's head stand its bytes, in which 0xff is followed by 0 or counts a restart.
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height. Raises ValueError for anything that is not kept."""
    if len(jpeg) > MAX_BYTES:
        raise ValueError("too large")
    size = (0, 0)
    for marker, body in _segments(jpeg):
        if marker not in _PLAIN or (marker == 0xE0 and (body[:5] != b"JFIF\0" or len(body) != 14)):
            raise ValueError("not only a picture")
        if marker in _FRAMES:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
    if not 0 < min(size) <= max(size) <= LONGEST_SIDE:
        raise ValueError("no size, or too large a one")
    return size


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    if jpeg[:2] != bytes((0xFF, _START)):
        raise ValueError("no JPEG")
    at = 2
    while jpeg[at : at + 2] != bytes((0xFF, _END)):
        head = jpeg[at : at + 4]
        length = int.from_bytes(head[2:], "big")
        if len(head) < 4 or head[0] != 0xFF or length < 2 or at + 2 + length > len(jpeg):
            raise ValueError("cut off")
        yield head[1], jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if head[1] == _SCAN:
            found = _NEXT.search(jpeg, at)
            if found is None:
                raise ValueError("cut off")
            at = found.start()
    if at + 2 != len(jpeg):
        raise ValueError("more behind it")
