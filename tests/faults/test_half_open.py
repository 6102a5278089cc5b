"""Phones that vanish without a word are given up soon (T-LIV-5, the server's half)."""

import contextlib
import ctypes
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.room import Guest, Room
from bench.server import HOST, Product
from tests.faults.streams import board_path, request
from tests.faults.test_slow_readers import holds

GIVEN_UP = 45.0
SO_ATTACH_FILTER = 26
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a socket drop what arrives")

# The server with patience in hundredths: what is tested is that silence ends, not how long a minute is.
HASTY = """
import sys, app.server, app.cli
app.server.UNACKNOWLEDGED = 1_000
app.cli.main(sys.argv[1:])
"""


def vanish(link: socket.socket) -> None:
    """From now on nothing that is sent to `link` arrives, and nobody says so: the Wi-Fi is gone."""
    drop_all = ctypes.create_string_buffer(b"\x06\x00\x00\x00\x00\x00\x00\x00")  # BPF: return 0 bytes
    program = ctypes.create_string_buffer(16)
    ctypes.c_ushort.from_buffer(program, 0).value = 1
    ctypes.c_void_p.from_buffer(program, 8).value = ctypes.addressof(drop_all)
    link.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program.raw)


@contextlib.contextmanager
def vanished(server: Product, guests: list[Guest]) -> Iterator[None]:
    """Boards that were open when their phones left the building."""
    with contextlib.ExitStack() as stack:
        for guest in guests:
            link = stack.enter_context(socket.create_connection((HOST, server.port)))
            link.sendall(request(board_path(guest), guest))
            received = b""
            while b"event: hb" not in received:
                received += link.recv(65536)
            vanish(link)
        yield


async def test_who_vanished_is_given_up_with_the_next_change(tmp_path: Path, block_key: str) -> None:
    server = Product(tmp_path)
    server.command = [server.command[0], "-c", HASTY, *server.command[3:]]
    server.start()
    try:
        async with Room(server.url, server.facilitator_token) as room:
            guests = await room.join(51)
            with vanished(server, guests[1:]):
                assert server.health()["open_streams"] == 50
                await room.write(guests[0], ["siapa masih di sini?"], block_key)
                await holds(lambda: server.health()["open_streams"] == 0, 10)
    finally:
        server.stop()


@pytest.mark.nightly
async def test_fifty_phones_that_vanished_are_given_up_by_their_heartbeats(server_process: Product) -> None:
    async with Room(server_process.url, server_process.facilitator_token) as room:
        guests = await room.join(50)
        with vanished(server_process, guests):
            began = time.monotonic()
            sockets = server_process.sockets()
            await holds(lambda: server_process.health()["open_streams"] == 0, GIVEN_UP)
            await holds(lambda: server_process.sockets() <= sockets - 50 + 2, 5)
            print(f"50 vanished phones given up after {time.monotonic() - began:.0f} s")
