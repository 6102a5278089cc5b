"""Text in cells, so that no program takes it for a formula; and the same text out of them again. Pure.

In a workbook a cell says that it is text. A CSV file cannot: there what looks like a formula gets an
apostrophe in front, which is taken away again when the list comes back. So does each piece of a text between
separators: who opens the file with the wrong separator breaks texts apart there.
"""

import re
import unicodedata

MARK = "'"
# What Excel and LibreOffice begin a formula or a command with; −, because they read a number from it.
_BEGINNINGS = frozenset("=+-@\u2212")
_SEPARATOR = re.compile("([;,|\t\r\n])")
MOST_UNITS = 32_767
_ELLIPSIS = "…"
# How a workbook spells characters that XML cannot hold.
_SPELLED = re.compile("_x([0-9A-Fa-f]{4})_")


def marked(text: str) -> str:
    """Text that begins no formula; `unmarked` gives the original back, whatever it was."""
    return "".join(
        MARK + piece if _looks_like_formula(piece.lstrip(MARK)) else piece for piece in _SEPARATOR.split(text)
    )


def unmarked(text: str) -> str:
    """The original of a marked text. An apostrophe before anything else is the text's own."""
    return "".join(
        piece[1:] if piece.startswith(MARK) and _looks_like_formula(piece.lstrip(MARK)) else piece
        for piece in _SEPARATOR.split(text)
    )


def spelled_out(text: str) -> str:
    """A text of a workbook as openpyxl reads it, with its returns and control characters in their places.

    A note that says `_x000D_` itself gets a return there: the one thing that does not come back as it was.
    """
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), text)


def fitting(text: str) -> str:
    """Text as long as a cell may be: 32,767 units of UTF-16; the end of a longer one is left out."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MOST_UNITS * 2:
        return text
    return units[: (MOST_UNITS - 1) * 2].decode("utf-16-le", "ignore") + _ELLIPSIS


def _looks_like_formula(piece: str) -> bool:
    # Blanks, invisible marks and quotes do not stop every program from reading on.
    seen = (letter for letter in piece if letter != '"' and unicodedata.category(letter)[0] not in "CZ")
    # Full-width and small forms become the plain sign in NFKC, as in some spreadsheets.
    return unicodedata.normalize("NFKC", next(seen, ""))[:1] in _BEGINNINGS
