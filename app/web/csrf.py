"""Requests that change something must come from our own pages, or carry no authority but a bearer token.

No tokens in forms: a live partial is rendered once for everybody. Browsers say where a request comes from, by
`Sec-Fetch-Site` and, on plain http addresses of a LAN where Chromium sends no Fetch Metadata, by `Origin`.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class CsrfProtection:
    """ASGI middleware. Where authority could only come from a header, cookies are taken off the request."""

    def __init__(self, app: ASGIApp, api_prefix: str = "/api/") -> None:
        self._app = app
        self._api_prefix = api_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if has_bearer(headers):
                _forget_cookies(scope)
            elif scope["method"] not in SAFE_METHODS:
                if not says_origin(headers) and scope["path"].startswith(self._api_prefix):
                    _forget_cookies(scope)
                elif not is_same_origin(headers):
                    raise Forbidden(
                        "cross_origin",
                        N_("This request did not come from this site's own page. Open the page again."),
                    )
        await self._app(scope, receive, send)


def has_bearer(headers: Headers) -> bool:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and bool(token.strip())


def says_origin(headers: Headers) -> bool:
    """Whether a browser says where the request comes from; it always does when it changes something."""
    return "sec-fetch-site" in headers or "origin" in headers


def is_same_origin(headers: Headers) -> bool:
    """Whether the browser vouches that one of our own pages, or its user directly, sent this."""
    origins = headers.getlist("origin")
    sites = headers.getlist("sec-fetch-site")
    if sites:
        if sites == ["none"]:
            return not origins or _names_host(origins, headers)
        return sites == ["same-origin"]
    return _names_host(origins, headers)


def _names_host(origins: list[str], headers: Headers) -> bool:
    if len(origins) != 1:
        return False
    try:
        origin = urlsplit(origins[0])
    except ValueError:
        return False
    port = _DEFAULT_PORTS.get(origin.scheme)
    if port is None or not origin.netloc:
        return False
    host = headers.get("host", "").lower()
    return origin.netloc.lower().removesuffix(port) == host.removesuffix(port)


def _forget_cookies(scope: Scope) -> None:
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
