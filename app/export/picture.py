"""A canvas as a picture to send: the sheet of its PDF, as wide as messengers leave it, in few bytes."""

import io
from typing import Any

# WhatsApp sends so much in HD; the letters of a full A3 sheet are 22 pixels high then.
WIDTH = 2400
_COLOURS = 128


def picture(pdf: bytes, page: int) -> bytes:
    """A page of a PDF as PNG, the first is 1; nothing where it has no such page."""
    # Only the child loads the library, which reads what it is given in C++.
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(pdf)
    if page > len(document):
        return b""
    sheet = document[page - 1]
    image = sheet.render(scale=WIDTH / sheet.get_width()).to_pil()
    out = io.BytesIO()
    # Paper has few colours: a palette takes a third of the bytes.
    image.quantize(_COLOURS, dither=0).save(out, "PNG", optimize=True)
    return out.getvalue()
