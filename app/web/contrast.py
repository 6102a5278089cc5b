"""How strong the colours are: a form that sets a cookie. Whoever never chose gets what a device asks for."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse

from app.errors import N_, Invalid
from app.web.language import remembered
from app.web.urls import urls

COOKIE = "contrast"
CONTRASTS = ("normal", "high")

router = APIRouter(include_in_schema=False)


def contrast_of(connection: HTTPConnection) -> str:
    """The contrast somebody chose; empty until then."""
    chosen = connection.cookies.get(COOKIE, "")
    return chosen if chosen in CONTRASTS else ""


@router.post(urls.contrast())
async def choose_contrast(
    request: Request, contrast: Annotated[str, Form()], path: Annotated[str, Form()] = ""
) -> RedirectResponse:
    if contrast not in CONTRASTS:
        raise Invalid("unknown_contrast", N_("This contrast is not available."))
    return remembered(request, path, COOKIE, contrast)
