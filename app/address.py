"""Under which address phones in the room reach this machine."""

import contextlib
import ipaddress
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

# An address is asked for on every desk; it changes only when the laptop changes its Wi-Fi.
_FRESH = 10.0
# Connecting a UDP socket sends nothing: it only asks the routing table which of our addresses would be used.
_PROBES = ("192.168.255.254", "10.255.255.254", "172.31.255.254", "203.0.113.1")


def lan_address() -> str:
    """This machine's address on the local network: 192.168 before 10 before 172; loopback without any."""
    return next(iter(own_addresses()), "127.0.0.1")


def own_addresses() -> tuple[str, ...]:
    """All addresses of this machine on networks, the likeliest first; public ones only without others.

    Complete on Linux and Windows; elsewhere those that the routing table would use.
    """
    found = [address for probe in (*_PROBES, *_neighbours()) if (address := _source_towards(probe))]
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            found += [
                str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
            ]
    private = [address for address in found if ipaddress.ip_address(address).is_private]
    return tuple(dict.fromkeys(sorted(private or found, key=_preference)))


def _neighbours() -> list[str]:
    with contextlib.suppress(OSError):
        return neighbours(Path("/proc/net/route").read_text())
    return []


def neighbours(routes: str) -> list[str]:
    """An address in each network of this machine, from Linux's /proc/net/route (bytes in reverse order)."""
    lines = [line.split() for line in routes.splitlines()[1:]]
    networks = [line[1] for line in lines if len(line) > 2 and line[2] == "00000000" != line[1]]
    return [str(ipaddress.IPv4Address(bytes.fromhex(network)[::-1]) + 1) for network in networks]


def _source_towards(probe: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probing:
        try:
            probing.connect((probe, 9))
            address: str = probing.getsockname()[0]
        except OSError:
            return None
    return None if ipaddress.ip_address(address).is_loopback else address


def _preference(address: str) -> int:
    prefixes = ("192.168.", "10.", "172.")
    return next((i for i, prefix in enumerate(prefixes) if address.startswith(prefix)), len(prefixes))


@dataclass(slots=True)
class PublicAddress:
    """The address on QR codes: the configured one, else the one phones in the room can reach.

    `chosen`: the one a host picked where there are several; it counts while this machine has it.
    """

    configured: str
    host: str
    port: int
    chosen: str = ""
    _known: tuple[str, ...] = field(default=(), init=False)
    _looked_at: float = field(default=-_FRESH, init=False)

    def __call__(self) -> str:
        """For instance http://192.168.1.20:8000, without a slash at the end."""
        if self.configured:
            return self.configured.rstrip("/")
        if not self._is_everywhere:
            return self._at(self.host)
        known = self.choices()
        return self._at(self.chosen if self.chosen in known else next(iter(known), "127.0.0.1"))

    def choices(self) -> tuple[str, ...]:
        """The addresses a host may choose from; none where the address was given at the start."""
        if self.configured or not self._is_everywhere:
            return ()
        if time.monotonic() - self._looked_at > _FRESH:
            self._known, self._looked_at = own_addresses(), time.monotonic()
        return self._known

    @property
    def is_for_this_machine(self) -> bool:
        """Whether the server was told to answer nobody else, though no proxy is said to stand before it."""
        return not self.configured and (self.host == "localhost" or self.host.startswith("127."))

    @property
    def _is_everywhere(self) -> bool:
        return self.host in ("0.0.0.0", "::", "")

    def _at(self, host: str) -> str:
        name = f"[{host}]" if ":" in host else host
        return f"http://{name}" if self.port == 80 else f"http://{name}:{self.port}"
