"""Browsers with a profile on the disk, which can be killed; and a network that can go dark."""

import asyncio
import random
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.devices import LAPTOP
from tests.browser.house import House
from tests.faults.history.proxy import ChaosProxy


@dataclass
class OwnBrowser:
    """Somebody's own Chromium. What it keeps outlives `kill`, as on their device."""

    playwright: Playwright
    profile: Path
    flags: list[str]
    origin: str
    context: BrowserContext | None = None

    def open(self, cookies: Mapping[str, str] = {}) -> Page:
        """Start it; an empty page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path="/usr/bin/chromium-headless-shell",
            args=self.flags,
            base_url=self.origin,
            viewport={"width": LAPTOP[0], "height": LAPTOP[1]},
        )
        self.context.set_default_timeout(15_000)
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.origin} for name, value in cookies.items()]
        )
        return self.context.pages[0]

    def kill(self) -> None:
        """As `kill -9`, every process of it at once."""
        mark = f"--user-data-dir={self.profile}"
        # Some of its processes end, and turn into others' children, while one looks.
        family = [each for each in psutil.process_iter() if mark in _command(each)]
        assert family, "the browser does not run"
        for each in family:
            each.kill()
        psutil.wait_procs(family, timeout=10)
        self.close()

    def close(self) -> None:
        if self.context:
            with suppress(Error):  # killed before
                self.context.close()
        self.context = None


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


class Air:
    """`with Air() as air`: what lies between the browsers and the server; `mode` is one of ChaosProxy's."""

    def __init__(self, seed: int = 1) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="air", daemon=True)
        self._proxy = ChaosProxy("127.0.0.1", 0, random.Random(seed))

    def __enter__(self) -> "Air":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._proxy.start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        await self._proxy.stop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def port(self) -> int:
        return self._proxy.port

    @property
    def mode(self) -> str:
        return self._proxy.mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._proxy.mode = mode

    def aim(self, port: int) -> None:
        """Whose traffic it carries."""
        self._proxy.target = ("127.0.0.1", port)


class FarHouse(House):
    """A server that browsers reach through the air."""

    def __init__(self, folder: Path, air: Air) -> None:
        self.air = air
        super().__init__(folder)
        air.aim(self.port)

    @property
    def origin(self) -> str:
        return super().origin.replace(str(self.port), str(self.air.port))


@contextmanager
def far_house(folder: Path) -> Iterator[FarHouse]:
    """A server behind its own air."""
    with Air() as air:
        house = FarHouse(folder, air)
        house.start()
        yield house
        house.stop()


def forget_profile(profile: Path) -> None:
    """Chromium leaves up to 100 MB behind."""
    shutil.rmtree(profile, ignore_errors=True)
