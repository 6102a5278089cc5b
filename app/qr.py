"""QR codes, made here: no picture is ever fetched from anywhere."""

import io
from functools import lru_cache

import segno


def qr_svg(text: str) -> bytes:
    """An SVG of the code, black on transparent, scaling to whatever box it is put in."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, dark="#000", light="#fff"
    )
    return out.getvalue()


@lru_cache(maxsize=32)
def qr_data(text: str) -> str:
    """The same as a `data:` address, for a code that holds a secret and must not have one of its own.

    Kept, because the wall and the room check draw the same few codes again and again.
    """
    return segno.make(text, error="m", micro=False).svg_data_uri(
        border=2, omitsize=True, dark="#000", light="#fff"
    )


def qr_terminal(text: str) -> str:
    """The code in half blocks, for a terminal."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
