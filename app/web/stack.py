"""The one right order of the middlewares."""

from collections.abc import Collection, Mapping

from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.web.body import DEFAULT_LIMIT, BodyLimit
from app.web.csrf import CsrfProtection
from app.web.errors import ErrorBoundary, ErrorPages
from app.web.headers import SecurityHeaders
from app.web.hosts import AllowedHosts

_NOT_COMPRESSED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf")


def middleware(
    pages: ErrorPages,
    *,
    base_url: str = "",
    allowed_hosts: Collection[str] = (),
    trusted_proxies: Collection[str] = (),
    max_body: int = DEFAULT_LIMIT,
    body_limits: Mapping[str, int] | None = None,
    read_by_routes: tuple[str, ...] = (),
) -> list[Middleware]:
    """What stands before the routes, outermost first. Forwarded headers count only from `trusted_proxies`."""
    https = base_url.startswith("https://")
    proxies = (
        [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(trusted_proxies))] if trusted_proxies else []
    )
    return [
        *proxies,
        Middleware(SecurityHeaders, https=https),
        Middleware(ErrorBoundary, pages=pages),
        Middleware(AllowedHosts, allowed=allowed_hosts, base_url=base_url),
        Middleware(CsrfProtection),
        Middleware(BodyLimit, pages=pages, limit=max_body, limits=body_limits, read_by_routes=read_by_routes),
        # Level 9: a millisecond more for a page, and some hundred bytes less for every phone.
        Middleware(GZipMiddleware, minimum_size=1024, compresslevel=9, exclude_content_types=_NOT_COMPRESSED),
    ]
