"""Guessing join codes must not pay, and a room of people behind one address must still get in.

Wrong codes have a budget per address and one for everybody. When it is spent nobody is shut out: further
codes wait their turn in one of two lanes, the faster one for addresses from which people already came in.
Scanned links carry 128 bits, cannot be guessed and never come here.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from app.errors import N_, TooMany
from app.web.limits import Buckets, Clock

_KNOWN_ADDRESSES = 1_000
_KNOWN_FOR = 3600.0


@dataclass(slots=True)
class _Lane:
    rate: float
    places: int
    waiting: int = 0
    next_turn: float = 0.0


class GuessThrottle:
    """Ask `turn` before a typed code is looked up; say `succeeded` when it was right."""

    def __init__(
        self,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        per_address: int = 30,
        overall: int = 300,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._addresses = Buckets(per_address / 60, per_address, clock)
        self._everybody = Buckets(overall / 60, overall, clock, capacity=1)
        self._known: OrderedDict[str, float] = OrderedDict()
        self._known_lane = _Lane(rate=4, places=40)
        self._lane = _Lane(rate=1, places=10)

    async def turn(self, address: str) -> None:
        """Returns when one code from this address may be looked up. Raises TooMany when too many wait."""
        network = network_of(address)
        if self._within_budget(network):
            return
        lane = self._known_lane if self._is_known(network) else self._lane
        await self._queue(lane)

    def succeeded(self, address: str) -> None:
        """The code was right: it costs nothing, and more people may be coming from there."""
        network = network_of(address)
        self._addresses.give_back(network)
        self._everybody.give_back("")
        self.vouch(address)

    def vouch(self, address: str) -> None:
        """Somebody came in from this address in another way: a scanned link, a facilitator's password."""
        network = network_of(address)
        self._known[network] = self._clock() + _KNOWN_FOR
        self._known.move_to_end(network)
        if len(self._known) > _KNOWN_ADDRESSES:
            self._known.popitem(last=False)

    def _within_budget(self, network: str) -> bool:
        # Taken before the answer is known, or a thousand guesses at once would find the budget unspent.
        if self._addresses.take(network):
            return False
        if self._everybody.take(""):
            self._addresses.give_back(network)
            return False
        return True

    def _is_known(self, network: str) -> bool:
        return self._known.get(network, 0.0) > self._clock()

    async def _queue(self, lane: _Lane) -> None:
        at = self._clock()
        turn = max(at, lane.next_turn)
        if lane.waiting >= lane.places:
            raise TooMany(
                "too_many_codes",
                N_("Many people are entering codes right now. Scan the QR code instead, or wait a moment."),
                retry_after=turn - at,
            )
        lane.next_turn = turn + 1 / lane.rate
        lane.waiting += 1
        try:
            await self._sleep(turn - at)
        finally:
            lane.waiting -= 1


def network_of(address: str) -> str:
    """What one household or laptop controls: an IPv4 address, or 64 bits of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed) >> 64 << 64, 64)))
