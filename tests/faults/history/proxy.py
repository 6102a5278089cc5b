"""A TCP proxy that can misbehave like a venue's Wi-Fi."""

import asyncio
import random

MODES = ("latency", "reset", "blackhole", "lost_ack", "slow")


class ChaosProxy:
    """Stands between all clients of a run and the server; `mode` is "ok" or one of MODES."""

    def __init__(self, host: str, port: int, rng: random.Random) -> None:
        self.target, self.rng, self.mode = (host, port), rng, "ok"
        self.port = 0
        self._links: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0, backlog=2048)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Reset every connection at once."""
        for link in list(self._links):
            link.transport.abort()

    async def _connect(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self._links.add(to_client)
        to_server: asyncio.StreamWriter | None = None
        try:
            if self.mode == "reset":
                return
            from_server, to_server = await asyncio.open_connection(*self.target)
            self._links.add(to_server)
            await asyncio.gather(
                self._pump(from_client, to_server, True), self._pump(from_server, to_client, False)
            )
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for link in (to_client, to_server):
                if link:
                    self._links.discard(link)
                    link.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, upstream: bool) -> None:
        try:
            while (part := await source.read(65536)) and await self._pass(part, sink, upstream):
                pass
        except OSError:
            pass
        finally:
            sink.transport.abort()

    async def _pass(self, part: bytes, sink: asyncio.StreamWriter, upstream: bool) -> bool:
        """Send `part` on in the way of the present mode; False cuts the connection."""
        mode = self.mode
        if mode == "reset":
            return False
        if mode == "blackhole":  # half-open: bytes vanish, nobody is told
            while self.mode == "blackhole":
                await asyncio.sleep(0.05)
            return False
        if mode == "lost_ack" and not upstream:  # the server did the work, the answer never arrives
            await asyncio.sleep(self.rng.uniform(0, 0.15))
            return False
        if mode == "latency":
            await asyncio.sleep(self.rng.uniform(0.02, 0.25))
        step = 512 if mode == "slow" and not upstream else len(part)
        for start in range(0, len(part), step):
            sink.write(part[start : start + step])
            await sink.drain()
            if step < len(part):
                await asyncio.sleep(0.05)
        return True
