"""A TCP proxy that can misbehave like a venue's Wi-Fi."""

import asyncio
import random

MODES = ("latency", "reset", "blackhole", "lost_ack", "slow")


class ChaosProxy:
    """Stands between all clients of a run and the server; `mode` is "ok" or one of MODES.

    `loses`: so large a share of the answers to changes is lost, whatever the mode. `given` counts the others.
    """

    def __init__(self, host: str, port: int, rng: random.Random, loses: float = 0.0) -> None:
        self.target, self.rng, self.mode, self.loses = (host, port), rng, "ok", loses
        self.given = self.lost = 0
        self._changing: set[asyncio.StreamWriter] = set()  # links to a client that waits for such an answer
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
                self._pump(from_client, to_server, to_client), self._pump(from_server, to_client)
            )
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._changing.discard(to_client)
            for link in (to_client, to_server):
                if link:
                    self._links.discard(link)
                    link.transport.abort()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        asking: asyncio.StreamWriter | None = None,
    ) -> None:
        """To the server what `asking` sends, or else its answers."""
        try:
            while part := await source.read(65536):
                if asking and part.startswith(b"POST "):
                    self._changing.add(asking)
                elif not asking and self._is_lost(sink):
                    break
                if not await self._pass(part, sink, bool(asking)):
                    break
        except OSError:
            pass
        finally:
            sink.transport.abort()

    def _is_lost(self, to_client: asyncio.StreamWriter) -> bool:
        if to_client not in self._changing:
            return False
        self._changing.discard(to_client)
        is_lost = self.rng.random() < self.loses
        self.lost += is_lost
        self.given += not is_lost
        return is_lost

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
