"""A real server as a child: started, measured, killed and started again by its process id."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx2
import psutil

HOST = "127.0.0.1"
FIRST_START = 90.0  # seconds, with migrations, on a machine that has other work too
SETUP_LINK = re.compile(r"/setup/[\w-]+")


class NotReady(Exception):
    """The server did not answer in time, or ended by itself. Carries what it wrote."""


class Server:
    """A command that listens on `port`. Its output goes to `log`, which is in every error message."""

    def __init__(self, command: Sequence[str], port: int, log: Path, env: Mapping[str, str] = {}) -> None:
        self.command, self.port, self.log = command, port, log
        self._env = {**os.environ, **env}
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        assert self._child is not None, "the server was not started"
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self, patience: float = FIRST_START) -> None:
        """Start, and return when it answers. Raises NotReady."""
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(self.command, stdout=log, stderr=log, env=self._env)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and self.running:
            # Not a mere connection: the socket may listen long before anybody answers.
            try:
                httpx2.get(f"{self.url}/healthz", timeout=patience)
                return
            except httpx2.HTTPError:
                time.sleep(0.02)
        code = self._child.poll()
        ending = f"does not answer after {patience:g} s" if code is None else f"ended with {code}"
        output = self.log.read_text(errors="replace")[-2000:]
        self.kill()
        raise NotReady(f"{' '.join(self.command)} {ending}:\n{output}")

    def kill(self) -> None:
        """As `kill -9`: no goodbye, no flush."""
        if self._child and self.running:
            self._child.kill()
        if self._child:
            self._child.wait()

    def terminate(self, patience: float = 20.0) -> float:
        """SIGTERM; the seconds until the process was gone. Raises subprocess.TimeoutExpired."""
        assert self._child is not None
        began = time.monotonic()
        self._child.send_signal(signal.SIGTERM)
        self._child.wait(patience)
        return time.monotonic() - began

    def stop(self) -> None:
        """End it, politely if possible."""
        if self.running:
            try:
                self.terminate(8)
            except subprocess.TimeoutExpired:
                self.kill()

    def cpu_seconds(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def rss(self) -> int:
        """Resident bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def sockets(self) -> int:
        """How many connections the process holds."""
        connections = psutil.Process(self.pid).net_connections("tcp")
        return sum(connection.status != psutil.CONN_LISTEN for connection in connections)


class Product(Server):
    """The product itself on a data folder of its own. `env` overrides its settings.

    `within` is a command that runs another one in place of itself, where the folder looks different.
    """

    def __init__(self, folder: Path, env: Mapping[str, str] = {}, within: Sequence[str] = ()) -> None:
        self.data = folder / "data"
        self._python = [*within, sys.executable]
        port = free_port()
        where = ["--data", str(self.data), "--port", str(port), "--host", HOST]
        # PDFs nobody asked for would be drawn while something else is measured.
        env = {"KANVAS_PDF_AHEAD": "0", **env}
        super().__init__([*self._python, "-m", "app.cli", "serve", *where], port, folder / "server.log", env)

    @cached_property
    def facilitator_token(self) -> str:
        """An API token, come by as a facilitator does: the one-time link first, then `kanvas token`."""
        link = SETUP_LINK.search(self.log.read_text(encoding="utf-8"))
        assert link, "the server printed no set-up link"
        password = secrets.token_urlsafe(16)
        form = {"name": "Fasilitator", "password": password, "password_again": password}
        with httpx2.Client(headers={"Origin": self.url}) as http:
            assert http.post(self.url + link.group(), data=form).status_code == 303
        command = [*self._python, "-m", "app.cli", "token", "--data", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.strip()

    def health(self) -> dict[str, Any]:
        """What /healthz says. Raises NotReady when nothing is said."""
        try:
            told: dict[str, Any] = httpx2.get(f"{self.url}/healthz", timeout=5).raise_for_status().json()
        except httpx2.HTTPError as silence:
            raise NotReady(str(silence)) from silence
        return told


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
