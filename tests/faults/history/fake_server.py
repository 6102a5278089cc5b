"""A tiny in-memory server that speaks the product's API, for testing the checker itself."""

import asyncio
import contextlib
import html
import json
import random
import time
from urllib.parse import parse_qsl, urlsplit

from .fake_store import Answer, Board, Store, Told

STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
BEAT = 1.0


class FakeServer:
    """Correct unless `bugs` says otherwise."""

    def __init__(self, bugs: set[str], seed: int) -> None:
        self.rng = random.Random(seed)
        self.store = Store(bugs, self.rng)
        self.port = 0
        self._cache: dict[str, tuple[float, Told]] = {}
        self._links: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=2048)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for link in list(self._links):
            link.transport.abort()

    async def crash(self) -> None:
        """Kill -9 and start again."""
        await self.stop()
        self.store.reboot()
        self._cache.clear()
        await asyncio.sleep(0.3)
        await self.start()

    async def _serve(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        self._links.add(sink)
        try:
            while True:
                await self._exchange(source, sink)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._links.discard(sink)
            sink.transport.abort()

    async def _exchange(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        line, *lines = (await source.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
        method, target, _ = line.split(" ", 2)
        headers = {
            name.lower(): value.strip() for name, _, value in (text.partition(":") for text in lines if text)
        }
        body = await source.readexactly(int(headers.get("content-length", 0)))
        url = urlsplit(target)
        query = dict(parse_qsl(url.query))
        parts = url.path.strip("/").split("/")
        if parts[-1] == "events":
            await self._stream(sink, parts, headers.get("last-event-id") or query.get("after", "0"))
            raise ConnectionResetError
        await asyncio.sleep(self.rng.uniform(0, 0.003))  # let requests interleave
        token = headers.get("authorization", "").rpartition(" ")[2]
        status, told = await self._answer(method, parts, query, json.loads(body or b"{}"), token)
        out = json.dumps(told).encode()
        sink.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(out)}\r\n\r\n".encode() + out)
        await sink.drain()

    async def _answer(
        self, method: str, parts: list[str], query: dict[str, str], body: Told, token: str
    ) -> Answer:
        if parts == ["api", "workshops"]:
            groups = [{"id": str(n), "canvas_id": self.store.create()} for n, _ in enumerate(body["groups"])]
            return 201, {"id": "w", "join_code": "7K4M9XQ2", "groups": groups}
        if parts == ["api", "join"]:
            return 200, {
                "token": body["name"],
                "participant_id": body["name"],
                "canvas_id": f"k{body['group_id']}",
            }
        if method == "POST":
            return self.store.apply(parts[2], body, token)
        if parts[-1] == "changes":
            return 200, await self._changes(parts[2], int(query["after"]), float(query["wait"]))
        return 200, self._snapshot(parts[2])

    def _snapshot(self, canvas: str) -> Told:
        taken, cached = self._cache.get(canvas, (0.0, {}))
        if self.store.has("stale_cache") and time.monotonic() - taken < 0.4:
            return cached
        board = self.store.boards[canvas]
        notes = list(board.notes.values()) + board.copies
        snapshot = {"epoch": self.store.epoch, "rev": len(board.log), "notes": notes}
        self._cache[canvas] = (time.monotonic(), snapshot)
        return snapshot

    async def _changes(self, canvas: str, after: int, wait: float) -> Told:
        board = self.store.boards[canvas]
        if len(board.log) <= after and wait:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(board.changed.wait(), wait)
        newer = board.log[after:]
        shown = newer[-1:] if self.store.has("feed_hole") else newer
        return {"epoch": self.store.epoch, "rev": len(board.log), "changes": shown}

    async def _stream(self, sink: asyncio.StreamWriter, parts: list[str], after: str) -> None:
        screen = parts[0] == "canvases"
        board = self.store.boards[parts[1 if screen else 2]]
        epoch, _, rev = after.rpartition("-")
        seen = int(rev)
        sink.write(STREAM)
        needless = bool(epoch and self.store.boots and self.store.has("needless_reset"))
        if needless or seen > len(board.log) or epoch not in ("", self.store.epoch):
            sink.write(b"event: reset\ndata: {}\n\n")
            await sink.drain()
            return
        if seen and not screen and self.store.has("replay_off_by_one"):
            seen += 1
        while not sink.is_closing():
            changed = board.changed
            sink.write(self._patch(board, seen) if screen else self._log(board, seen))
            seen = max(seen, len(board.log))
            await sink.drain()
            try:
                await asyncio.wait_for(changed.wait(), BEAT)
            except TimeoutError:
                sink.write(f'event: hb\ndata: {{"rev": {seen}}}\n\n'.encode())

    def _log(self, board: Board, seen: int) -> bytes:
        return b"".join(
            f"id: {self.store.epoch}-{event['rev']}\nevent: op\ndata: {json.dumps(event)}\n\n".encode()
            for event in board.log[seen:]
            if not (seen and self.store.has("missed_event", 0.1))
        )

    def _patch(self, board: Board, seen: int) -> bytes:
        newer = [block for block, rev in board.regions.items() if rev > seen]
        if not newer:
            return b""
        lines = "\n".join(_region(board, block) for block in newer).split("\n")
        text = "".join(f"data: {line}\n" for line in lines)
        return f"id: {self.store.epoch}-{len(board.log)}\n{text}\n".encode()


def _region(board: Board, block: str) -> str:
    there = sorted(
        (note for note in board.notes.values() if note["block"] == block), key=lambda n: n["position"]
    )
    notes = "".join(f'<li data-note="{note["id"]}">{html.escape(note["text"])}</li>' for note in there)
    return f'<hx-partial hx-target="#block-{block}" hx-swap="outerMorph"><ul>{notes}</ul></hx-partial>'
