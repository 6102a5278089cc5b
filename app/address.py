"""Under which address phones in the room reach this machine."""

import ipaddress
import socket
import time
from dataclasses import dataclass, field

# An address is asked for on every desk; it changes only when the laptop changes its Wi-Fi.
_FRESH = 10.0
# Connecting a UDP socket sends nothing: it only asks the routing table which of our addresses would be used.
_PROBES = ("192.168.255.254", "10.255.255.254", "172.31.255.254", "203.0.113.1")


def lan_address() -> str:
    """This machine's address on the local network: 192.168 before 10 before 172; loopback without any."""
    found = [address for probe in _PROBES if (address := _source_towards(probe))]
    private = [address for address in found if ipaddress.ip_address(address).is_private]
    return min(private or found or ["127.0.0.1"], key=_preference)


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
    """The address on QR codes: the configured one, else the one phones in the room can reach."""

    configured: str
    host: str
    port: int
    _known: str = field(default="", init=False)
    _looked_at: float = field(default=-_FRESH, init=False)

    def __call__(self) -> str:
        """For instance http://192.168.1.20:8000, without a slash at the end."""
        if self.configured:
            return self.configured.rstrip("/")
        if self.host not in ("0.0.0.0", "::", ""):
            return self._at(self.host)
        if time.monotonic() - self._looked_at > _FRESH:
            self._known, self._looked_at = lan_address(), time.monotonic()
        return self._at(self._known)

    @property
    def is_for_this_machine(self) -> bool:
        """Whether the server was told to answer nobody else, though no proxy is said to stand before it."""
        return not self.configured and (self.host == "localhost" or self.host.startswith("127."))

    def _at(self, host: str) -> str:
        name = f"[{host}]" if ":" in host else host
        return f"http://{name}" if self.port == 80 else f"http://{name}:{self.port}"
