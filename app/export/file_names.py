"""What a downloaded file is called, and how to say so in a header."""

import unicodedata
from urllib.parse import quote

from app.canvas.views import PrintFields
from app.errors import N_
from app.export.sheet import Paper
from app.web.i18n import translate

_LONGEST = 100
_FORBIDDEN = '/\\:*?"<>|'


def pdf_name(
    fields: PrintFields, paper: Paper, locale: str, *, blank: bool = False, named: bool = False
) -> str:
    """`Kanvas – Kelompok 2 – BBPVP Serang × petrokimia – versi 57 – A3.pdf`: readable on every system."""
    # Not inside the f-string: the catalogs are gathered from plain calls only.
    canvas = translate(locale, N_("Blank canvas")) if blank else translate(locale, N_("Canvas"))
    version = ""
    if fields.version and not blank:
        version = translate(locale, N_("version %(number)s"), number=fields.version)
    remarks = (version, paper.upper(), with_names(locale, named=named and not blank))
    return document_name(canvas, group_and_title(fields.designed_by, fields.partnership), "pdf", *remarks)


def document_name(kind: str, title: str, extension: str = "pdf", *remarks: str) -> str:
    """`Lembar komitmen – Kelompok 2 – BBPVP Serang × petrokimia.pdf`, in the same manner."""
    return f"{' – '.join(filter(None, (kind, tidy(title)[:_LONGEST].strip(), *remarks)))}.{extension}"


def group_and_title(group: str, title: str) -> str:
    """Two groups may work on one partnership, and their files lie in one folder."""
    return " – ".join(dict.fromkeys(filter(None, (group, title))))


def with_names(locale: str, *, named: bool) -> str:
    """The remark that somebody reads before passing a file on."""
    return translate(locale, N_("with names")) if named else ""


def content_disposition(name: str) -> str:
    """The header of a download (RFC 6266): the name in ASCII for old programs, in UTF-8 for all others."""
    plain = unicodedata.normalize("NFKD", name.replace("×", "x").replace("–", "-"))
    ascii_name = plain.encode("ascii", "ignore").decode().replace("%", "")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def tidy(text: str) -> str:
    """Text as a part of a file's name on every system."""
    # Control characters include line breaks and the marks that turn the writing direction around.
    allowed = (
        character if character not in _FORBIDDEN and unicodedata.category(character)[0] != "C" else " "
        for character in text
    )
    return " ".join("".join(allowed).split()).strip(". ")
