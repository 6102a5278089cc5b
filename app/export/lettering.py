"""How much room text takes in Arial, or a font as wide: near enough to give each note its height. Pure."""

import unicodedata
from collections.abc import Iterator

LINE = 1.2
# Of an em; what is not named here is a small letter.
_NARROW, _SMALL, _CAPITAL, _BROAD = 0.3, 0.56, 0.7, 0.9
_EM = 1.1
_THIN = frozenset(" !',.:;|`ijl()[]/\\ftI")
_WIDE = frozenset("mwMW@%—…")


def printable(text: str) -> str:
    """Text as a slide may hold it: line breaks stay, what neither shows nor moves anything goes."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        letter
        for letter in kept
        if letter == "\n" or (unicodedata.category(letter) != "Cc" and letter not in "\ufffe\uffff")
    )


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """The lines of a text between margins `width` points apart, at `size` points; a word may be broken."""
    room = width / size
    for line in text.split("\n"):
        held, used = "", 0.0
        for word in line.split(" "):
            needed = sum(map(_width, word))
            if held and used + _NARROW + needed > room:
                yield held
                held, used = "", 0.0
            elif held:
                held, used = held + " ", used + _NARROW
            if needed <= room:
                held, used = held + word, used + needed
                continue
            for letter in word:
                if held and used + _width(letter) > room:
                    yield held
                    held, used = "", 0.0
                held, used = held + letter, used + _width(letter)
        yield held


def height(text: str, width: float, size: float) -> float:
    """Points from the top of its first line to the bottom of its last."""
    return sum(1 for _ in wrapped(text, width, size)) * size * LINE


def _width(letter: str) -> float:
    if letter in _THIN:
        return _NARROW
    if letter in _WIDE:
        return _BROAD
    if letter.isascii():
        return _CAPITAL if letter.isupper() else _SMALL
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    return _EM if ord(letter) > 0x1100 else _CAPITAL
