"""What is measured: the product with real HTML or as an API, and the two bare servers."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.faults.history.model import block_keys

from .room import Guest, Room
from .savers import Saver
from .server import HOST, Product, Server, free_port

TABLE = 25  # people at one table; more windows than that are the facilitator's
NOTES = 60  # on the measured canvas, as a group has after an hour
WORDS = "siswa magang di bengkel mitra tiga bulan, dinilai bersama oleh instruktur dan penyelia {}"
LIMITS = {"KANVAS_MAX_STREAMS": "5000", "KANVAS_MAX_STREAMS_PER_PERSON": "5000"}


@dataclass
class Target:
    """A running server, how to open a page there, and who saves."""

    name: str
    server: Server
    savers: list[Saver]
    page: bytes
    head: int = 0  # revision the answers have reached


def request(method: str, path: str, headers: Mapping[str, str] = {}, body: bytes = b"") -> bytes:
    """An HTTP/1.1 request as bytes."""
    fields = {"Host": HOST, **headers}
    if method == "POST":
        fields["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def product(folder: Path, savers: int, *, api_streams: bool, forms: bool) -> Target:
    """The product with one canvas of `NOTES` notes; `savers` people at its table will rewrite them."""
    server = Product(folder, LIMITS)
    server.start()
    try:
        return await _furnished(server, savers, api_streams=api_streams, forms=forms)
    except BaseException:
        server.stop()
        raise


async def _furnished(server: Product, savers: int, *, api_streams: bool, forms: bool) -> Target:
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(TABLE)
        canvas = room.canvases[0]
        owned: list[list[dict[str, Any]]] = [[] for _ in range(savers)]
        blocks = block_keys()
        for number in range(NOTES):
            writer, block = number % savers, blocks[number % len(blocks)]
            owned[writer] += await room.write(guests[writer], [WORDS.format(number)], block)
        rev = (await room.snapshot(canvas))["rev"]
    make = FormSave if forms else ApiSave
    people = [Saver(make(guest), notes) for guest, notes in zip(guests, owned, strict=False)]
    path = f"/api/canvases/{canvas}/events?after={rev - 1}" if api_streams else f"/canvases/{canvas}/events"
    page = request("GET", path, {"Accept": "text/event-stream", **room.host.headers})
    return Target("product", server, people, page, rev)


def bare(folder: Path, savers: int, payload: int, *, durable: bool) -> Target:
    """A bare broadcast server with messages of the same size."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", "--port", str(port), "--payload", str(payload)]
    if durable:
        command += ["--durable", str(folder / "bare.db")]
    server = Server(command, port, folder / f"bare-{durable}.log")
    server.start()
    page = request("GET", "/events", {"Accept": "text/event-stream"})
    return Target(
        "bare + fsync" if durable else "bare", server, [Saver(BareSave(), [{}]) for _ in range(savers)], page
    )


@dataclass
class ApiSave:
    """An edit by the API."""

    guest: Guest

    def __call__(self, note: dict[str, Any], number: int) -> bytes:
        op = {"op_id": str(uuid4()), "kind": "edit", "note_id": note["id"], "base_version": note["version"]}
        body = json.dumps(op | {"text": WORDS.format(number)}).encode()
        headers = {"Content-Type": "application/json", **self.guest.headers}
        return request("POST", f"/api/canvases/{self.guest.canvas}/ops", headers, body)


@dataclass
class FormSave:
    """An edit by the board's form, as the outbox of a browser sends it."""

    guest: Guest

    def __call__(self, note: dict[str, Any], number: int) -> bytes:
        form = {"op_id": str(uuid4()), "base_version": note["version"], "text": WORDS.format(number)}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            **self.guest.headers,
        }
        path = f"/canvases/{self.guest.canvas}/notes/{note['id']}"
        return request("POST", path, headers, urlencode(form).encode())


class BareSave:
    """A save at the bare server."""

    def __call__(self, note: dict[str, Any], number: int) -> bytes:
        body = WORDS.format(number).encode()
        return request("POST", "/save", {"Content-Type": "text/plain"}, body)
