"""A child process that develops one photograph, under limits of memory and processor time.

`python -m app.photograph.darkroomwork` reads the file from stdin and writes to stdout a JPEG as it is kept
(`jpeg.size_of`), or a word for what is wrong. It has no database, no settings and no network.
"""

import io
import os
import sys
import warnings

from PIL import Image
from PIL.Image import Resampling, Transpose

from app.export.presswork import allow_processor_time, limit_process
from app.photograph.jpeg import LONGEST_SIDE, MAX_BYTES

MEMORY = 640 * 1024**2
PROCESSOR_SECONDS = 15
MAX_FILE = 25 * 1024**2
# What the best cameras of phones take in one picture; more would be a bomb.
MAX_PIXELS = 65_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# As good as fits: sides and qualities of which the last holds noise.
_TRIES = ((1.0, 85), (1.0, 75), (1.0, 65), (1.0, 55), (0.75, 60), (0.75, 45), (0.5, 50), (0.3, 40))


def developed(document: bytes) -> bytes:
    """The picture upright, small and bare. Raises what Pillow raises."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(document), formats=_FORMATS) as picture:
        turn = _turn(picture)
        # A JPEG is decoded at the half or the eighth of its size where that is enough.
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        flat = picture if picture.mode == "RGB" else _on_white(picture)
        flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Resampling.LANCZOS)
        upright = flat.transpose(turn) if turn is not None else flat
        # A new picture, because the old one remembers where and by whom it was taken.
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
    return _as_small_as_needed(bare)


def _turn(picture: Image.Image) -> Transpose | None:
    try:
        return _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # phones write much that no library can read; the picture is well
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _as_small_as_needed(picture: Image.Image) -> bytes:
    content = b""
    for side, quality in _TRIES:
        smaller = picture.copy()
        smaller.thumbnail((int(LONGEST_SIDE * side),) * 2, Resampling.LANCZOS)
        out = io.BytesIO()
        smaller.save(out, "JPEG", quality=quality, optimize=True)
        content = out.getvalue()
        if len(content) <= MAX_BYTES:
            break
    return content


def answer(document: bytes) -> bytes:
    """The photograph, or `too_big`, or `unreadable`."""
    try:
        return developed(document)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return b"too_big"
    except Exception:
        # Whatever a library makes of a broken file.
        return b"unreadable"


def main() -> None:
    # Libraries that print a hint must not write into the answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_process(MEMORY)
    allow_processor_time(PROCESSOR_SECONDS)
    answers.write(answer(sys.stdin.buffer.read(MAX_FILE)))
    answers.close()


if __name__ == "__main__":
    main()
