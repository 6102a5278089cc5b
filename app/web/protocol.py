"""What uvicorn's HTTP protocols lack: a deadline and a size for the header of a request.

Without them a few hundred half-sent headers keep their connections for ever. Streams are not affected: the
deadline ends when the header is complete, and between requests uvicorn's keep-alive timeout takes over.
"""

import asyncio
from http import HTTPStatus

from app.web.headers import NO_STORE, SECURITY_HEADERS

HEADER_DEADLINE = 10.0
HEADER_LIMIT = 16 * 1024
# In a request's state: throws the connection away with all that its reader has not read.
ABORT = "abort"


class Deadline:
    """Closes a connection unless it is stopped in time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._loop = loop
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None

    def start(self, transport: asyncio.Transport) -> None:
        """Begin to wait; one that already runs keeps its time, so that trickling bytes win nothing."""
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, transport.close)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def refuse(transport: asyncio.Transport, status: HTTPStatus) -> None:
    """Answer what never became a request, with the headers every answer has, and close."""
    body = f"{status.phrase}\n".encode()
    headers = {
        **SECURITY_HEADERS,
        "cache-control": NO_STORE,
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "connection": "close",
    }
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    transport.write("\r\n".join([*lines, "", ""]).encode() + body)
    transport.close()


def http_protocol() -> type[asyncio.Protocol]:
    """The protocol for `uvicorn.Config(http=…)`: httptools where it is installed, else pure Python."""
    try:
        from app.web.protocol_httptools import PatientHttpToolsProtocol
    except ImportError:
        from app.web.protocol_h11 import PatientH11Protocol

        return PatientH11Protocol
    return PatientHttpToolsProtocol
