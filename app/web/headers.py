"""Security headers and the default for caches, on every response: pages, errors, files and streams."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    # Not no-referrer: with it Chromium sends `Origin: null` with forms, and csrf.py would refuse them.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# Other files have nothing to be allowed, and every phone pays for every letter of theirs.
PAGE_HEADERS = {"permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}
# Only over https: on plain http browsers ignore the first by design and complain about the second.
HTTPS_HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
}
NO_STORE = "no-store"
REVALIDATE = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


class SecurityHeaders:
    """The outermost middleware. Headers an answer already has are replaced, except its Cache-Control."""

    def __init__(self, app: ASGIApp, https: bool = False) -> None:
        self._app = app
        self._headers = SECURITY_HEADERS | (HTTPS_HEADERS if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.update(PAGE_HEADERS)
                headers.setdefault("cache-control", NO_STORE)
            await send(message)

        await self._app(scope, receive, with_headers)
