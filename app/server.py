"""The HTTP server: uvicorn, told to end event streams before it waits for them."""

import asyncio
import contextlib
import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.parts import Parts
from app.web.protocol import http_protocol

BACKLOG = 2048
KEEP_ALIVE = 10
# A peer that vanished without a word is given up after this many milliseconds of unacknowledged data.
UNACKNOWLEDGED = 20_000
OTHER_FILES = 512


class Server(uvicorn.Server):
    """uvicorn waits for every open response before it stops; streams are open for ever. So they end first."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=http_protocol(),
                ws="none",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=5,
                backlog=BACKLOG,
            )
        )
        self._parts: Parts = app.state.parts
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._parts.streams.close_all)
        super().handle_exit(sig, frame)


def allow_connections(wanted: int) -> None:
    """Let this process have so many connections, and files beside them, as far as the system lets.

    The usual 1,024 of Linux and 256 of macOS are too few for a large room; SQLite would be refused its files.
    """
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        needed = min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < needed:
        with contextlib.suppress(OSError, ValueError):  # macOS refuses more than its own maximum
            resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError, for instance when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            # On Windows SO_REUSEADDR would let a second server take half of the visitors.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError:
        with contextlib.suppress(OSError):
            listening.close()
        raise
    return listening
