"""What a file is, told by what is in it: names and types are only what somebody called it. Pure."""

from enum import Enum

from app.errors import N_, Invalid


class Kind(Enum):
    """What somebody may bring. ZIP is also what a spreadsheet is."""

    JSON = "json"
    PDF = "pdf"
    ZIP = "zip"
    TEXT = "text"


def recognise(document: bytes) -> Kind:
    """Raises Invalid for what nobody here can read."""
    if not document.strip():
        raise Invalid("file_missing", N_("Please choose a file, or paste a list."))
    if document.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    # Some programs put a few bytes in front.
    if b"%PDF-" in document[:1024]:
        return Kind.PDF
    if document.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return Kind.JSON
    if b"\0" not in document[:4096]:
        return Kind.TEXT
    raise unreadable()


def unreadable() -> Invalid:
    """What is said of a file that nobody here can read."""
    return Invalid(
        "file_unknown", N_("Kanvas Mitra cannot read this file. Below you see which files it can read.")
    )
