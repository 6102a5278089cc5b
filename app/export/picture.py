"""A canvas as pictures to send: the sheets of its PDF, as wide as messengers leave them, in few bytes."""

import io
from typing import Any

# WhatsApp sends the first in HD: the letters of a full A3 sheet are 22 pixels high then. What is full to its
# edges is narrower, so that it is sent over a slow network too.
WIDTHS = (2400, 2000, 1600)
MOST_BYTES = 200_000
# Paper has few colours: a palette takes a third of the bytes, and letters stay smooth.
_COLOURS = 32


def page_count(pdf: bytes) -> bytes:
    """How many pages a PDF has, as digits: files are bytes."""
    return str(len(_opened(pdf))).encode()


def picture(pdf: bytes, page: int) -> bytes:
    """A page of a PDF as PNG, the first is 1; nothing where it has no such page."""
    document = _opened(pdf)
    if page > len(document):
        return b""
    content = b""
    for width in WIDTHS:
        content = _drawn(document[page - 1], width)
        if len(content) < MOST_BYTES:
            break
    return content


def _opened(pdf: bytes) -> Any:
    # Only the child loads the library, which reads what it is given in C++.
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def _drawn(sheet: Any, width: int) -> bytes:
    image = sheet.render(scale=width / sheet.get_width()).to_pil()
    out = io.BytesIO()
    image.quantize(_COLOURS, dither=0).save(out, "PNG", optimize=True)
    return out.getvalue()
