"""The test with a phone: whether one has reached this laptop on the network it is in now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

# A room that was tried the evening before is tried again.
_HOLDS_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class PhoneTest:
    """When a phone last came, and by which name of ours. Nothing is kept of the phone itself."""

    at: datetime | None = None
    host: str = ""

    def holds(self, address: str, now: datetime) -> bool:
        """Whether a phone came lately, by the very address that is on the QR codes."""
        return self.is_recent(now) and self.host == urlsplit(address).netloc

    def is_recent(self, now: datetime) -> bool:
        """Whether a phone came lately at all."""
        return self.at is not None and abs(now - self.at) < _HOLDS_FOR


def is_this_machine(client: str, reached: str) -> bool:
    """Whether the laptop itself asks: what it sends to an address of its own also comes from there."""
    if client == reached:
        return True
    try:
        parsed = ip_address(client)
    except ValueError:
        return False
    plain = (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed
    return plain.is_loopback
