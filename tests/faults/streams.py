"""An event stream over a bare socket: what arrives, and whether it ended or was cut."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from bench.room import Guest
from bench.server import HOST


@dataclass(frozen=True)
class Message:
    kind: str  # "" for an unnamed one
    id: str
    text: str

    @property
    def rev(self) -> int:
        return int(self.id.rpartition("-")[2])

    @property
    def told(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.text)
        return content


def reaches(rev: int) -> Callable[[Message], bool]:
    """Whether a message brings its reader to `rev`."""
    return lambda message: bool(message.id) and message.rev >= rev


def mentions(note_id: str) -> Callable[[Message], bool]:
    """Whether a message is about, or shows, this note."""
    return lambda message: note_id in message.text


def log_path(guest: Guest) -> str:
    return f"/api/canvases/{guest.canvas}/events"


def board_path(guest: Guest) -> str:
    return f"/canvases/{guest.canvas}/events"


@dataclass
class Stream:
    """One GET that stays open. `ending` is "open", "clean" (the response was completed) or "cut"."""

    port: int
    path: str
    guest: Guest
    last_event_id: str = ""
    status: int = 0
    ending: str = "open"
    seen: list[Message] = field(default_factory=list)
    _source: asyncio.StreamReader | None = None
    _sink: asyncio.StreamWriter | None = None

    async def open(self) -> "Stream":
        """Send the request; returns when the status line and headers are here."""
        self._source, self._sink = await asyncio.open_connection(HOST, self.port)
        self._sink.write(request(self.path, self.guest, self.last_event_id))
        head = await self._source.readuntil(b"\r\n\r\n")
        self.status = int(head.split(b" ", 2)[1])
        return self

    async def follow(self) -> None:
        """Collect messages until the stream ends."""
        async for _ in self:
            pass

    async def until(self, enough: Callable[[Message], bool]) -> "Stream":
        """Collect messages up to the one that is `enough`, a reset or the end; then close."""
        async for message in self:
            if message.kind == "reset" or enough(message):
                break
        self.close()
        return self

    async def __aiter__(self) -> AsyncIterator[Message]:
        rest = ""
        try:
            while part := await self._chunk():
                *whole, rest = (rest + part).split("\n\n")
                for text in whole:
                    message = message_of(text)
                    self.seen.append(message)
                    yield message
            self.ending = "clean"
        except (OSError, asyncio.IncompleteReadError):
            self.ending = "cut"
        finally:
            self.close()

    @property
    def place(self) -> str:
        """The id to resume from."""
        return next((message.id for message in reversed(self.seen) if message.id), self.last_event_id)

    def close(self) -> None:
        if self._sink:
            self._sink.transport.abort()

    async def _chunk(self) -> str:
        """The next chunk of the response; empty at its proper end."""
        assert self._source is not None
        size = int(await self._source.readuntil(b"\r\n"), 16)
        body = await self._source.readexactly(size + 2)
        return body[:-2].decode()


def silent_reader(port: int, path: str, guest: Guest) -> socket.socket:
    """A connection that asks for a stream and never reads, with hardly any buffer of its own."""
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    link.connect((HOST, port))
    link.sendall(request(path, guest))
    return link


def request(path: str, guest: Guest, last_event_id: str = "") -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Accept: text/event-stream"]
    lines += [f"{name}: {value}" for name, value in guest.headers.items()]
    if last_event_id:
        lines.append(f"Last-Event-ID: {last_event_id}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def message_of(text: str) -> Message:
    """One message of a stream, without the empty line that ends it."""
    kind, id_, content = "", "", []
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "id":
            id_ = value
        elif name == "data":
            content.append(value)
    return Message(kind, id_, "\n".join(content))
