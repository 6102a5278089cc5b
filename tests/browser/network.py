"""Between the browser and the server: a network that can hold back, freeze or cut what passes."""

import asyncio
import re
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bench.server import free_port
from tests.browser.house import NAME, House

STREAM = re.compile(rb"content-type: text/event-stream", re.I)
EVENT = re.compile(rb"\n(?:event|id): ")
HEAD_END = b"\r\n\r\n"


class Network:
    """`with Network(server_port) as network`: listens on `port`; `mode` says what it does with new answers.

    "good" · "held": streams arrive when they end, everything else at once · "body held": their headers arrive
    · "first held": nothing arrives before a second event · "impatient": held, and no answer may take 1.5 s.
    Between `darken` and `lighten` nothing passes at all: a black hole, and nobody is told.
    """

    def __init__(self, server_port: int, port: int) -> None:
        self.port = port
        self.mode = "good"
        self._server_port = server_port
        self._frozen: set[asyncio.StreamWriter] = set()
        self._links: set[asyncio.StreamWriter] = set()
        self._streaming: set[asyncio.StreamWriter] = set()
        self._light = asyncio.Event()
        self._light.set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network", daemon=True)

    def __enter__(self) -> "Network":
        self._thread.start()
        self._listening = self._call(asyncio.start_server(self._connect, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def freeze(self) -> None:
        """Half-open: streams that are open now stay so, and nothing passes there any more. New ones do."""
        self._call(self._freeze())

    def darken(self) -> None:
        """Half-open, all of it: links stay open, new ones open, and nothing passes either way."""
        self._call(self._darken())

    def lighten(self, *, is_late: bool = True) -> None:
        """It passes again. What was on its way arrives late, or else those links stay half-open for ever."""
        self._call(self._lighten(is_late))

    async def light(self) -> None:
        """Returns while the network is not dark."""
        await self._light.wait()

    def began(self, link: asyncio.StreamWriter) -> None:
        """A stream begins on this link."""
        self._streaming.add(link)

    def is_frozen(self, link: asyncio.StreamWriter) -> bool:
        return link in self._frozen

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _freeze(self) -> None:
        self._frozen |= self._streaming

    async def _darken(self) -> None:
        self._light.clear()

    async def _lighten(self, is_late: bool) -> None:
        if not is_late:
            self._frozen |= self._links
        self._light.set()

    async def _close(self) -> None:
        self._listening.close()
        for link in list(self._links):
            link.transport.abort()
        await asyncio.sleep(0)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connect(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        to_server: asyncio.StreamWriter | None = None
        self._links.add(to_client)
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
            passage = Passage(self, to_client)
            back = asyncio.ensure_future(passage.run(from_server))
            while part := await from_client.read(65536):
                await self.light()
                if not self.is_frozen(to_client):
                    passage.asked()
                    to_server.write(part)
            back.cancel()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for links in (self._links, self._streaming, self._frozen):
                links.discard(to_client)
            for link in (to_client, to_server):
                if link:
                    link.transport.abort()


class Passage:
    """The way of answers on one connection."""

    def __init__(self, network: Network, to_client: asyncio.StreamWriter) -> None:
        self._network = network
        self._to_client = to_client
        self._is_stream = False
        self._held = b""
        self._impatience: asyncio.TimerHandle | None = None

    def asked(self) -> None:
        """A request begins, and so does the network's patience."""
        if self._network.mode == "impatient" and not self._impatience:
            loop = asyncio.get_running_loop()
            self._impatience = loop.call_later(1.5, self._to_client.transport.abort)

    async def run(self, from_server: asyncio.StreamReader) -> None:
        """Pass answers on until the server closes; what was held back arrives then."""
        try:
            while part := await from_server.read(65536):
                await self._network.light()
                if STREAM.search(part.split(HEAD_END, 1)[0]):
                    self._is_stream = True
                    self._network.began(self._to_client)
                if not self._network.is_frozen(self._to_client):
                    self._to_client.write(self._passed(part))
            self._to_client.write(self._held)
            self._to_client.close()
        except OSError:
            pass

    def _passed(self, part: bytes) -> bytes:
        mode = self._network.mode
        if not self._is_stream:
            if self._impatience:
                self._impatience.cancel()
                self._impatience = None
            return part
        if mode == "good":
            part, self._held = self._held + part, b""
            return part
        if mode == "body held" and not self._held and part.startswith(b"HTTP/"):
            head, end, part = part.partition(HEAD_END)
            self._held += part
            return head + end
        self._held += part
        if mode == "first held" and len(EVENT.findall(self._held)) > 1:
            # From now on everything comes at once.
            self._is_stream = False
            return self._held
        return b""


class HouseBehind(House):
    """A server that browsers reach through a network."""

    def __init__(self, folder: Path) -> None:
        self.front_port = free_port()
        super().__init__(folder)
        self.network = Network(self.port, self.front_port)

    @property
    def origin(self) -> str:
        return f"http://{NAME}:{self.front_port}"
