"""Which names we answer to. A foreign name pointed at us (DNS rebinding) must not open a laptop."""

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, Refused

# Names nobody can register on the internet, so nobody else can point them at us.
LOCAL_SUFFIXES = (".localhost", ".local", ".lan", ".home.arpa", ".internal", ".test", ".mshome.net")
_HOST = re.compile(
    r"(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE
)


class UnknownHost(Refused):
    status = 400
    code = "unknown_host"
    message = N_(
        "This server does not answer to the name %(host)s. Use the address that it printed at start. "
        "Whoever runs it can allow the name: KANVAS_ALLOWED_HOSTS=%(host)s"
    )


class AllowedHosts:
    """ASGI middleware. `allowed` are further names; a leading dot stands for every name below it."""

    def __init__(self, app: ASGIApp, allowed: Collection[str] = (), base_url: str = "") -> None:
        own = urlsplit(base_url).hostname
        self._app = app
        self._allowed = {name.lower().rstrip(".") for name in allowed} | ({own} if own else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            named = Headers(scope=scope).getlist("host")
            host = _host_of(named[0]) if len(named) == 1 else None
            if host is None:
                raise Refused("bad_host", N_("This request does not say clearly which server it is for."))
            if not self.answers_to(host):
                raise UnknownHost(host=host)
        await self._app(scope, receive, send)

    def answers_to(self, host: str) -> bool:
        """Whether `host`, in lower case and without a port, is one of our names."""
        if host in self._allowed or "." not in host or host.endswith(LOCAL_SUFFIXES) or _is_address(host):
            return True
        return any(name.startswith(".") and host.endswith(name) for name in self._allowed)


def _host_of(header: str) -> str | None:
    match = _HOST.fullmatch(header)
    return match[1].lower() if match else None


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
