"""Packaged files: kept for a year under their fingerprint, asked for again without it."""

import mimetypes
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.resources import STATIC
from app.web.headers import IMMUTABLE, REVALIDATE
from app.web.packs import Pack, pack, style_pack
from app.web.rendering import Renderer
from app.web.urls import Urls, urls

# Windows takes these from its registry, where any program may have spoilt them; with nosniff a module
# served as text/plain does not run.
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("text/css", ".css"),
    ("image/svg+xml", ".svg"),
    ("font/woff2", ".woff2"),
):
    mimetypes.add_type(_type, _suffix)


class PackagedFiles(StaticFiles):
    """Mount at `/static`, the place `urls.static()` points to."""

    def __init__(self, directory: Path = STATIC, known: Urls = urls) -> None:
        super().__init__(directory=directory)
        self._known = known

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        current = self._known.static_version(path.replace(os.sep, "/"))
        kept = asked is not None and asked == [current]
        response.headers["cache-control"] = IMMUTABLE if kept else REVALIDATE
        return response


def packed(renderer: Renderer) -> Callable[[Request], Awaitable[Response]]:
    """Route at `/static-generated/{name}.js`, where `urls.scripts()` and `urls.spoken_scripts()` point to."""

    def made(name: str) -> Pack:
        page, _, locale = name.partition(".")
        return renderer.scripts(page, locale) if locale else pack(page)

    async def route(request: Request) -> Response:
        return _packed(request, made, "text/javascript")

    return route


async def packed_styles(request: Request) -> Response:
    """Route at `/static-generated/{name}.css`, the place `urls.styles()` points to."""
    return _packed(request, style_pack, "text/css")


def _packed(request: Request, make: Callable[[str], Pack], media_type: str) -> Response:
    try:
        made = make(request.path_params["name"])
    except KeyError:
        raise HTTPException(404) from None
    kept = request.query_params.get("v") == made.version
    headers = {"cache-control": IMMUTABLE if kept else REVALIDATE}
    return Response(made.text, media_type=media_type, headers=headers)
