import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from app.web.body import BodyLimit
from app.web.errors import ErrorPages, TooSlow
from app.web.protocol import http_protocol

LIMIT = 64 * 1024
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


async def _measure(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


ROUTES = [
    Route("/notes", _measure, methods=["GET", "POST"]),
    Route("/imports/canvas", _measure, methods=["POST"]),
]


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(*ROUTES, body_limits={"/imports/": 3 * LIMIT})


@pytest.mark.parametrize("size", [0, 1, LIMIT - 1, LIMIT])
def test_what_fits_arrives_whole(client: TestClient, size: int) -> None:
    assert client.post("/notes", content=b"x" * size, headers=SAME_ORIGIN).text == str(size)


@pytest.mark.parametrize("size", [LIMIT + 1, 10 * LIMIT])
def test_what_does_not_fit_is_refused(client: TestClient, size: int) -> None:
    answer = client.post("/notes", content=b"x" * size, headers=SAME_ORIGIN | {"accept": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["error"] == "body_too_long"
    assert answer.headers["connection"] == "close"


def test_some_paths_take_more(client: TestClient) -> None:
    assert client.post("/imports/canvas", content=b"x" * 3 * LIMIT, headers=SAME_ORIGIN).text == str(
        3 * LIMIT
    )
    answer = client.post("/imports/canvas", content=b"x" * (3 * LIMIT + 1), headers=SAME_ORIGIN)
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["9" * 30, str(LIMIT + 1)])
def test_an_announced_excess_is_refused_before_anything_is_received(pages: ErrorPages, length: str) -> None:
    received = _Sender([], [(b"content-length", length.encode())])
    assert received.status(pages) == 413
    assert received.asked <= 1


def test_an_excess_without_announcement_is_refused_while_it_comes(pages: ErrorPages) -> None:
    small = _Sender([b"x" * 1024] * 64, [(b"transfer-encoding", b"chunked")])
    assert small.status(pages) == 200
    large = _Sender([b"x" * 1024] * 10_000, [(b"transfer-encoding", b"chunked")])
    assert large.status(pages) == 413
    assert large.asked < 1_200  # 65 to notice, and then no more than 1 MB thrown away


@pytest.mark.parametrize("length", [b"-1", b"x", b"1e9", "\u0663".encode()])
def test_a_nonsense_announcement_gains_nothing(pages: ErrorPages, length: bytes) -> None:
    assert _Sender([b"x" * 1024] * 200, [(b"content-length", length)]).status(pages) == 413


def test_a_body_that_never_ends_is_given_up(pages: ErrorPages) -> None:
    quick = _Sender([b"x"], [(b"transfer-encoding", b"chunked")])
    assert quick.status(pages, deadline=0.1) == 200
    slow = _Sender([b"x"] * 1_000, [(b"transfer-encoding", b"chunked")], pause=0.02)
    assert slow.status(pages, deadline=0.1) == 408
    assert slow.asked < 150


def test_large_bodies_are_held_a_few_at_a_time(pages: ErrorPages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.body.LARGE_AT_ONCE", 2)
    held: list[int] = [0]

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        held.append(held[-1] + 1)
        await asyncio.sleep(0.01)
        held.append(held[-1] - 1)
        await _plain(scope, receive, send)

    senders = [_Sender([b"x"], [(b"transfer-encoding", b"chunked")]) for _ in range(6)]

    async def all_at_once(limits: dict[str, int]) -> int:
        held[:] = [0]
        body = BodyLimit(slow, pages, limits=limits)
        await asyncio.gather(*(body(one._scope(), one._receive, one._send) for one in senders))
        return max(held)

    assert asyncio.run(all_at_once({})) == 6
    assert asyncio.run(all_at_once({"/": 2 * LIMIT})) == 2


def test_what_a_route_reads_is_held_by_nobody_and_counted_while_it_comes(
    tiny_client: Callable[..., TestClient], pages: ErrorPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tiny_client(*ROUTES, body_limits={"/imports/": 3 * LIMIT}, read_by_routes=("/imports/",))

    def post(pieces: int) -> int:
        body = (b"x" * LIMIT for _ in range(pieces))
        return large.post("/imports/canvas", content=body, headers=SAME_ORIGIN).status_code

    assert [post(3), post(4)] == [200, 413]
    stranger = _Sender([b"x"] * 9, [(b"content-length", b"9")])
    assert stranger.status(pages, read_by_routes=("/",)) == 200 and stranger.asked == 0
    assert _Sender([], [(b"content-length", b"99999999")]).status(pages, read_by_routes=("/",)) == 413
    monkeypatch.setattr("app.web.body.SLOW", 1e9)
    body = BodyLimit(_until_the_end, pages, deadline=0.1, read_by_routes=("/",))
    slow = _Sender([b"x"] * 1_000, [(b"transfer-encoding", b"chunked")], pause=0.02)
    with pytest.raises(TooSlow):
        asyncio.run(body(slow._scope(), slow._receive, slow._send))


def test_a_client_that_leaves_half_way_is_not_answered(pages: ErrorPages) -> None:
    gone = _Sender([b"x", None], [(b"transfer-encoding", b"chunked")])
    with pytest.raises(ClientDisconnect):
        gone.status(pages)
    assert gone.sent == []


def test_a_request_without_a_body_is_passed_on_at_once(pages: ErrorPages) -> None:
    stream = _Sender([], [])
    assert stream.status(pages) == 200
    assert stream.asked == 0


@pytest.fixture
def server(
    tiny_app: Callable[..., FastAPI], running: Callable[..., AbstractContextManager[tuple[str, int]]]
) -> Iterator[tuple[str, int]]:
    with running(tiny_app(*ROUTES), http_protocol()) as address:
        yield address


HEAD = b"POST /notes HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"


@pytest.mark.parametrize(
    "announce", [b"Content-Length: 300000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_a_huge_upload_is_answered_and_not_buffered(server: tuple[str, int], announce: bytes) -> None:
    chunked = b"Transfer" in announce
    piece = b"x" * 65536
    piece = b"10000\r\n" + piece + b"\r\n" if chunked else piece
    with socket.create_connection(server, timeout=10) as upload:
        upload.sendall(HEAD + announce + piece * 3)
        assert upload.recv(100).startswith(b"HTTP/1.1 413 ")
        with pytest.raises(ConnectionError):
            upload.sendall(piece * 300)


def test_after_a_refusal_the_next_connection_works(server: tuple[str, int]) -> None:
    with socket.create_connection(server, timeout=10) as upload:
        upload.sendall(HEAD + b"Content-Length: 5\r\n\r\nhello")
        assert upload.recv(1000).startswith(b"HTTP/1.1 200 ")
        upload.sendall(HEAD + b"Content-Length: 5\r\n\r\nagain")
        assert upload.recv(1000).startswith(b"HTTP/1.1 200 ")


class _Sender:
    """A client at the ASGI level that counts how often it was asked for more."""

    def __init__(
        self, pieces: list[bytes | None], headers: list[tuple[bytes, bytes]], pause: float = 0.0
    ) -> None:
        self.asked = 0
        self.sent: list[Message] = []
        self._pieces = pieces
        self._pause = pause
        self._headers = headers

    def status(self, pages: ErrorPages, deadline: float = 20.0, read_by_routes: tuple[str, ...] = ()) -> int:
        body = BodyLimit(_plain, pages, deadline=deadline, read_by_routes=read_by_routes)
        asyncio.run(body(self._scope(), self._receive, self._send))
        return int(self.sent[0]["status"])

    def _scope(self) -> dict[str, object]:
        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": self._headers}
        return {**scope, "server": ("testserver", 80), "scheme": "http"}

    async def _receive(self) -> Message:
        self.asked += 1
        await asyncio.sleep(self._pause)
        if self.asked > len(self._pieces):
            return {"type": "http.request", "body": b"", "more_body": False}
        piece = self._pieces[self.asked - 1]
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": True}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


async def _plain(scope: object, receive: object, send: Callable[[Message], object]) -> None:
    await PlainTextResponse("ok")(scope, receive, send)  # type: ignore[arg-type]


async def _until_the_end(scope: object, receive: Callable[[], Any], send: object) -> None:
    while (await receive())["more_body"]:
        pass
