"""Languages: which one a request wants, and the words of each. Catalogs are compiled in memory at start."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

from app.errors import N_
from app.resources import LOCALE

__all__ = [
    "DEFAULT_LOCALE",
    "LANGUAGES",
    "N_",
    "locale_of",
    "po_file",
    "translate",
    "translate_plural",
    "translations",
]

DEFAULT_LOCALE = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "language"


def locale_of(connection: HTTPConnection) -> str:
    """The language somebody chose, Indonesian until then. A program, without cookies, says it in a header."""
    if connection.url.path.startswith("/api/"):
        # Not for browsers: many phones here speak English to people who do not.
        chosen = connection.headers.get("accept-language", "")[:2].lower()
    else:
        chosen = connection.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT_LOCALE


def po_file(locale: str, directory: Path = LOCALE) -> Path:
    return directory / locale / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=16)
def translations(locale: str, directory: Path = LOCALE) -> gettext.NullTranslations:
    """The compiled catalog. Without a file, every message stays as it is written in the code."""
    path = po_file(locale, directory)
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(locale: str, message: str, **params: object) -> str:
    """`message` in the reader's language. As in templates, a literal per cent sign is written `%%`."""
    return translations(locale).gettext(message) % params


def translate_plural(locale: str, singular: str, plural: str, num: int, **params: object) -> str:
    """The form for `num`, which the message may use as `%(num)s`."""
    return translations(locale).ngettext(singular, plural, num) % {"num": num, **params}
