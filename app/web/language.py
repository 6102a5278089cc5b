"""The language switch: a form that sets a cookie and leads back to the page it stands on."""

import re
from typing import Annotated
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse

from app.errors import N_, Invalid
from app.web.i18n import COOKIE, LANGUAGES
from app.web.urls import urls

_ONE_YEAR = 365 * 24 * 3600
_LONGEST = 2_000
_PRINTABLE = re.compile(r"[!-~]+", re.ASCII)

router = APIRouter(include_in_schema=False)


@router.post(urls.language())
async def choose_language(
    request: Request, locale: Annotated[str, Form()], path: Annotated[str, Form()] = ""
) -> RedirectResponse:
    if locale not in LANGUAGES:
        raise Invalid("unknown_language", N_("This language is not available."))
    return remembered(request, path, COOKIE, locale)


def remembered(request: Request, path: str, name: str, choice: str) -> RedirectResponse:
    """Back to `path`, or else to the page before, with a choice that this browser keeps for a year."""
    back = local_path(path or page_before(request), fallback=urls.home())
    response = RedirectResponse(back, status_code=303)
    response.set_cookie(
        name,
        choice,
        max_age=_ONE_YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def local_path(wanted: str, fallback: str) -> str:
    """`wanted` when every browser and proxy reads it as a path of this site, else `fallback`."""
    reading = wanted[: _LONGEST + 1]
    if len(reading) > _LONGEST or not _PRINTABLE.fullmatch(reading):
        return fallback
    for _ in range(4):
        if not _is_local(reading):
            return fallback
        decoded = unquote(reading)
        if decoded == reading:
            return wanted
        reading = decoded
    return fallback


def _is_local(reading: str) -> bool:
    path = re.split(r"[?#]", reading, maxsplit=1)[0]
    return (
        path.startswith("/")
        and "//" not in path
        and "\\" not in reading
        and reading.isprintable()
        and not {".", ".."} & set(path.split("/"))
    )


def page_before(request: Request) -> str:
    """The page of this site a form stands on; empty when the browser does not say."""
    try:
        before = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    if before.netloc != request.headers.get("host"):
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path
