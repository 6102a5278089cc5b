"""How much a request may bring and how long it may take; neither uvicorn nor Starlette has a limit."""

import asyncio
import contextlib
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import N_, Refused, TooLong
from app.web.errors import ErrorPages, TooSlow

DEFAULT_LIMIT = 64 * 1024
DEFAULT_DEADLINE = 20.0
# Bytes a second of a slow Wi-Fi: what is read while it comes has as much more time.
SLOW = 512 * 1024
LARGE_AT_ONCE = 6
_MEGABYTE = 1024 * 1024
_DRAIN_BYTES = _MEGABYTE
_DRAIN_SECONDS = 2.0


class BodyLimit:
    """ASGI middleware that receives the whole body before the application sees the request.

    `limits` overrides the limit for paths that begin with a prefix, the longest prefix first. What goes to
    paths in `read_by_routes` is not held, only counted: those routes look first who sends it.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: ErrorPages,
        limit: int = DEFAULT_LIMIT,
        limits: Mapping[str, int] | None = None,
        deadline: float = DEFAULT_DEADLINE,
        read_by_routes: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._pages = pages
        self._limit = limit
        self._limits = sorted((limits or {}).items(), key=lambda entry: -len(entry[0]))
        self._deadline = deadline
        self._read_by_routes = read_by_routes
        # Anybody may send a large body before it is known who they are: only so many are held at once.
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        if scope["path"].startswith(self._read_by_routes):
            await self._count(scope, receive, send, limit)
            return
        async with contextlib.AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._deadline):
                    if limit > self._limit:
                        await held.enter_async_context(self._large)
                    body = await _receive_body(Headers(scope=scope), receive, limit)
            except TooLong as refusal:
                await self._refuse(refusal, scope, receive, send)
            except TimeoutError:
                await self._refuse(TooSlow(), scope, receive, send)
            else:
                await self._app(scope, _replay(body, receive), send)

    async def _count(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        try:
            _check_announced(Headers(scope=scope), limit)
        except TooLong as refusal:
            await self._refuse(refusal, scope, receive, send)
        else:
            await self._app(scope, _counted(receive, limit, self._deadline + limit / SLOW), send)

    def _limit_of(self, path: str) -> int:
        return next((limit for prefix, limit in self._limits if path.startswith(prefix)), self._limit)

    async def _refuse(self, refusal: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and close. What is still coming is thrown away for a moment, or the answer would be lost
        in the reset of a connection closed with unread bytes.
        """
        response = self._pages.answer(Request(scope), refusal)
        response.headers["connection"] = "close"
        start: Message = {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
        await send(start)
        await send({"type": "http.response.body", "body": response.body, "more_body": True})
        await _drain(receive)
        await send({"type": "http.response.body", "body": b""})


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _check_announced(headers: Headers, limit: int) -> None:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > limit):
        raise _too_long(limit)


def _counted(receive: Receive, limit: int, seconds: float) -> Receive:
    """The body as it comes. Raises TooLong or TooSlow where it is read."""
    left, until = limit, asyncio.get_running_loop().time() + seconds
    is_coming = True

    async def counted() -> Message:
        nonlocal left, is_coming
        try:
            async with asyncio.timeout_at(until if is_coming else None):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        left -= len(message.get("body", b""))
        if left < 0:
            raise _too_long(limit)
        is_coming = message.get("more_body", False)
        return message

    return counted


async def _receive_body(headers: Headers, receive: Receive, limit: int) -> bytes:
    _check_announced(headers, limit)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_long(limit)
        if not message.get("more_body", False):
            return bytes(body)


def _too_long(limit: int) -> TooLong:
    if limit < _MEGABYTE:
        return TooLong("body_too_long")
    too_large = N_("This file is too large: at most %(megabytes)s MB.")
    return TooLong("body_too_long", too_large, megabytes=limit // _MEGABYTE)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: bytes | None = body

    async def replay() -> Message:
        nonlocal waiting
        if waiting is None:
            return await receive()
        given, waiting = waiting, None
        return {"type": "http.request", "body": given, "more_body": False}

    return replay


async def _drain(receive: Receive) -> None:
    left = _DRAIN_BYTES
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while left > 0:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return
                left -= len(message.get("body", b""))
    except TimeoutError:
        return
