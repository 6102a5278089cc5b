import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.web.headers import SECURITY_HEADERS
from app.web.protocol import HEADER_DEADLINE, HEADER_LIMIT, http_protocol
from app.web.protocol_h11 import PatientH11Protocol
from app.web.protocol_httptools import PatientHttpToolsProtocol

DEADLINE = 0.6
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class _ShortH11(PatientH11Protocol):
    header_deadline = DEADLINE


class _ShortHttpTools(PatientHttpToolsProtocol):
    header_deadline = DEADLINE


async def _hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _deaf(request: Request) -> Response:
    return PlainTextResponse("no, thank you")


async def _stream(request: Request) -> Response:
    async def beats() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield b"event: hb\n\n"
            await asyncio.sleep(DEADLINE / 4)

    return StreamingResponse(beats(), media_type="text/event-stream")


APP = Starlette(
    routes=[
        Route("/", _hello),
        Route("/stream", _stream),
        Route("/echo", _echo, methods=["POST"]),
        Route("/deaf", _deaf, methods=["POST"]),
    ]
)


@pytest.fixture(params=[_ShortH11, _ShortHttpTools])
def server(
    request: pytest.FixtureRequest, running: Callable[..., AbstractContextManager[tuple[str, int]]]
) -> Iterator[tuple[str, int]]:
    with running(APP, request.param) as address:
        yield address


def _connect(server: tuple[str, int]) -> socket.socket:
    return socket.create_connection(server, timeout=10)


def _answer(connection: socket.socket) -> bytes:
    """One whole answer with a Content-Length; empty when the server closed instead."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return received
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _seconds_until_closed(connection: socket.socket, trickle: bytes = b"") -> float:
    start = time.monotonic()
    connection.settimeout(0.05 if trickle else 10)
    while time.monotonic() < start + 10:
        try:
            if not connection.recv(65536):
                break
        except TimeoutError:
            connection.send(trickle)
        except ConnectionError:
            break
    return time.monotonic() - start


BEGINNINGS = [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: local", GET[:-2]]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_half_a_header_is_closed_at_the_deadline(server: tuple[str, int], beginning: bytes) -> None:
    with _connect(server) as connection:
        connection.sendall(GET)
        assert _answer(connection).startswith(b"HTTP/1.1 200")
    with _connect(server) as connection:
        connection.sendall(beginning)
        assert DEADLINE * 0.8 < _seconds_until_closed(connection) < DEADLINE * 3


@pytest.mark.parametrize(
    ("beginning", "trickle"), [(b"GET / HTTP/1.1\r\nX-Slow: ", b"a"), (GET[:-2], b"X: y\r\n"), (b"", b"\r\n")]
)
def test_trickling_wins_no_time(server: tuple[str, int], beginning: bytes, trickle: bytes) -> None:
    with _connect(server) as connection:
        connection.sendall(beginning)
        assert _seconds_until_closed(connection, trickle) < DEADLINE * 3


@pytest.mark.parametrize("beginning", [b"GET / HT", GET[:-2], b"\r\n"])
def test_a_second_request_has_a_deadline_too(server: tuple[str, int], beginning: bytes) -> None:
    with _connect(server) as connection:
        connection.sendall(GET)
        assert _answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(beginning)
        assert _seconds_until_closed(connection) < DEADLINE * 3


def test_thirty_slow_connections_end_while_honest_ones_are_served(server: tuple[str, int]) -> None:
    slow = [_connect(server) for _ in range(30)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
    slowest = 0.0
    for _ in range(20):
        start = time.monotonic()
        with _connect(server) as connection:
            connection.sendall(GET)
            assert _answer(connection).endswith(b"hello")
        slowest = max(slowest, time.monotonic() - start)
    assert slowest < DEADLINE
    start = time.monotonic()
    for connection in slow:
        _seconds_until_closed(connection)
        connection.close()
    assert time.monotonic() - start < DEADLINE * 3


def test_an_honest_connection_is_kept_beyond_the_deadline(server: tuple[str, int]) -> None:
    with _connect(server) as connection:
        for _ in range(3):
            connection.sendall(GET)
            assert _answer(connection).endswith(b"hello")
            time.sleep(DEADLINE * 0.7)


def test_a_stream_outlives_the_deadline(server: tuple[str, int]) -> None:
    with _connect(server) as connection:
        connection.sendall(b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        received = b""
        while not received.endswith(b"0\r\n\r\n"):
            piece = connection.recv(65536)
            assert piece, "the stream was cut"
            received += piece
    assert received.count(b"event: hb") == 8


def test_requests_in_one_packet_are_all_answered(server: tuple[str, int]) -> None:
    with _connect(server) as connection:
        connection.sendall(GET * 3)
        received = b""
        while received.count(b"hello") < 3:
            piece = connection.recv(65536)
            assert piece
            received += piece


def test_a_large_body_is_no_header(server: tuple[str, int]) -> None:
    size = HEADER_LIMIT * 20
    head = f"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode()
    with _connect(server) as connection:
        for _ in range(2):
            connection.sendall(head + b"x" * size)
            assert _answer(connection).endswith(str(size).encode())


def test_a_body_nobody_reads_is_no_header_either(server: tuple[str, int]) -> None:
    head = b"POST /deaf HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000\r\n\r\n"
    with _connect(server) as connection:
        connection.sendall(head + b"x" * 100)
        assert _answer(connection).endswith(b"no, thank you")
        connection.sendall(b"x" * 39_900 + GET)
        assert _answer(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * HEADER_LIMIT * 3,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: x\r\n" * 6_000,
        b"GET /" + b"x" * HEADER_LIMIT * 3,
    ],
    ids=["one long line", "many lines", "a long path"],
)
def test_a_header_without_end_is_refused_early(server: tuple[str, int], head: bytes) -> None:
    with _connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 8_000 + b"\r\n\r\n")
        assert _answer(connection).startswith(b"HTTP/1.1 200")
    with _connect(server) as connection:
        connection.sendall(head)
        assert _status(connection) in (b"400", b"431")


def _status(connection: socket.socket) -> bytes:
    return connection.recv(65536).split(b" ")[1]


def test_what_is_no_http_gets_an_answer_with_the_security_headers(server: tuple[str, int]) -> None:
    with _connect(server) as connection:
        connection.sendall(b"\x16\x03\x01 this is TLS\r\n\r\n")
        answer = _answer(connection).lower()
    assert answer.startswith(b"http/1.1 400 ")
    for name, value in SECURITY_HEADERS.items():
        assert f"{name}: {value}\r\n".lower().encode() in answer


def test_the_fast_protocol_is_chosen_and_the_limits_are_those_promised() -> None:
    protocol: Any = http_protocol()
    assert protocol is PatientHttpToolsProtocol
    assert (
        (protocol.header_deadline, protocol.header_limit) == (HEADER_DEADLINE, HEADER_LIMIT) == (10.0, 16384)
    )


def test_without_httptools_the_other_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "app.web.protocol_httptools", None)
    assert http_protocol() is PatientH11Protocol
