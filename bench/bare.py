"""The yardstick: the least a server can do to put one message on everybody's screen.

Raw ASGI on the same uvicorn, loop and parser as the product. GET opens a stream, POST sends the same
bytes to all of them. With `--durable FILE` each POST is first committed to SQLite with an fsync.

    python -m bench.bare --port 8001 --payload 2000
"""

import argparse
import asyncio
import json
import queue
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.types import Receive, Scope, Send

STREAM_HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
JSON_HEADERS = [(b"content-type", b"application/json")]


class Disk:
    """One writer thread with group commit: the cheapest durable write there is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()

    async def write(self, body: bytes) -> None:
        done = asyncio.get_running_loop().create_future()
        if not hasattr(self, "_thread"):
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        self._waiting.put((body, done))
        await done

    def _run(self) -> None:
        with sqlite3.connect(self._path, isolation_level=None) as connection:
            for statement in (
                "PRAGMA journal_mode=WAL",
                "PRAGMA synchronous=FULL",
                "CREATE TABLE entry (body BLOB)",
            ):
                connection.execute(statement)
            while True:
                batch = [self._waiting.get()]
                while not self._waiting.empty():
                    batch.append(self._waiting.get())
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT INTO entry VALUES (?)", [(body,) for body, _ in batch])
                connection.execute("COMMIT")
                batch[0][1].get_loop().call_soon_threadsafe(_tell, [done for _, done in batch])


def _tell(written: Sequence[asyncio.Future[None]]) -> None:
    for done in written:
        done.set_result(None)


class Broadcast:
    """The ASGI application."""

    def __init__(self, payload: int, disk: Disk | None) -> None:
        self._padding = b"data: " + b"x" * payload + b"\n"
        self._disk = disk
        self._readers: set[Send] = set()
        self._rev = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] == "GET" and scope["path"] == "/events":
            await self._stream(receive, send)
        elif scope["method"] == "POST":
            await self._save(receive, send)
        else:
            await _answer(send, 404, {})

    async def _stream(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
        await send(
            {
                "type": "http.response.body",
                "body": b"id: bare-%d\ndata: here\n\n" % self._rev,
                "more_body": True,
            }
        )
        self._readers.add(send)
        while (await receive())["type"] != "http.disconnect":
            pass
        self._readers.discard(send)

    async def _save(self, receive: Receive, send: Send) -> None:
        body = (await receive())["body"]
        if self._disk:
            await self._disk.write(body)
        self._rev += 1
        rev = self._rev
        message = b"id: bare-%d\n%s\n" % (rev, self._padding)
        for reader in tuple(self._readers):
            await reader({"type": "http.response.body", "body": message, "more_body": True})
        await _answer(send, 200, {"rev": rev})


async def _answer(send: Send, status: int, told: object) -> None:
    body = json.dumps(told).encode()
    headers = [*JSON_HEADERS, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--payload", type=int, required=True, help="bytes of one message")
    parser.add_argument("--durable", type=Path, help="commit each save to this SQLite file first")
    given = parser.parse_args()
    app = Broadcast(given.payload, Disk(given.durable) if given.durable else None)
    uvicorn.run(app, host="127.0.0.1", port=given.port, log_level="warning", access_log=False, backlog=2048)


if __name__ == "__main__":
    main()
