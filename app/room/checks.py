"""The room check: what spoils a workshop, looked at before the guests come. Pure functions on facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.errors import N_
from app.room.phone import PhoneTest
from app.room.power import Power
from app.room.zones import ZONES, zone_of

# Earlier than this no laptop can be that runs this program.
_WRITTEN = 2026
_HARMLESS = timedelta(minutes=2)
_TOLD = "%(told)s"
_SET_THE_CLOCK = N_("Set it in the laptop's settings of date and time, then start the program again.")


class State(StrEnum):
    """How urgent it is. Advice is about what the laptop cannot see, or what a workshop can do without."""

    READY = "ready"
    LOOK = "look"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Told:
    """What another part of the program says of itself, in the host's language."""

    says: str
    is_well: bool = True


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is known of the laptop and its room.

    `now` carries the laptop's time zone; `newest` is when the newest change was made, by the clock of that
    moment. `unsuitable`: what is wrong with the data folder (`app.places`). `is_for_itself`: the server was
    started for this laptop alone. `stick` is None where no second folder for backups was named.
    """

    address: str
    phone: PhoneTest
    now: datetime
    newest: datetime
    province: str
    power: Power
    free: int
    sqlite: str
    unsuitable: str | None
    backups: Told
    has_backup: bool
    stick: Told | None
    disk_is_full: str = ""
    is_for_itself: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do about it. Msgids, with their parameters."""

    state: State
    says: str
    do: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def ready(says: str, do: str = "", **params: object) -> Finding:
    return Finding(State.READY, says, do, params)


def look(says: str, do: str = "", **params: object) -> Finding:
    return Finding(State.LOOK, says, do, params)


def advice(says: str, do: str = "", **params: object) -> Finding:
    return Finding(State.ADVICE, says, do, params)


def check_address(facts: RoomFacts) -> Finding:
    shown = urlsplit(facts.address)
    if facts.is_for_itself:
        return look(
            N_("The program serves this laptop alone, because it was started with --host."),
            N_("Close it and start it without --host."),
        )
    if _is_loopback(shown.hostname or ""):
        return look(
            N_("This laptop is on no network."),
            N_("Connect it to the room's Wi-Fi, or switch a hotspot on. Internet is not needed."),
        )
    if (shown.hostname or "").startswith("169.254."):
        return look(
            N_("The router has given this laptop no address."),
            N_("Switch the laptop's Wi-Fi off and on again. If that does not help, restart the router."),
        )
    return ready(N_("The QR codes lead to %(address)s."), address=shown.netloc)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_phone(facts: RoomFacts) -> Finding:
    phone = facts.phone
    if phone.holds(facts.address, facts.now):
        return ready(N_("A phone has come through, %(time)s."), time=phone.at)
    if phone.is_recent(facts.now):
        return look(
            N_("A phone came by %(other)s, but now the QR codes lead to %(address)s."),
            N_("Scan the test code once more."),
            other=phone.host,
            address=urlsplit(facts.address).netloc,
        )
    return look(
        N_("No phone has come through yet."),
        N_("Scan the test code with a phone that is on the room's Wi-Fi."),
    )


def check_power(facts: RoomFacts) -> Finding:
    plugged, left = facts.power.plugged, facts.power.percent
    if plugged is None:
        return advice(
            N_("The laptop does not say whether it is plugged in."),
            N_("Plug the charger in, and set the laptop not to sleep."),
        )
    if plugged:
        return ready(N_("Plugged in. Also set the laptop not to sleep."))
    if left is None:
        return look(N_("On battery."), N_("Plug the charger in."))
    return look(N_("On battery, %(left)s%% left."), N_("Plug the charger in."), left=left)


def check_clock(facts: RoomFacts) -> Finding:
    now, newest = facts.now, facts.newest
    zone = ZONES.get(now.utcoffset() or timedelta())
    needed = zone_of(facts.province) or zone
    if now.year < _WRITTEN:
        return look(N_("It says %(now)s, which is long past."), _SET_THE_CLOCK, now=now)
    if now < newest - _HARMLESS:
        return look(
            N_("It says %(now)s, but something was written here on %(newest)s already."),
            _SET_THE_CLOCK,
            now=now,
            newest=newest,
        )
    if zone is None:
        return look(N_("It says %(now)s, in a time zone outside Indonesia."), _SET_THE_CLOCK, now=now)
    if zone != needed:
        return look(
            N_("It keeps %(zone)s, but %(province)s keeps %(needed)s."),
            _SET_THE_CLOCK,
            zone=zone,
            needed=needed,
            province=facts.province,
        )
    return ready(N_("%(now)s %(zone)s. Compare it with your phone."), now=now, zone=zone)


def check_disk(facts: RoomFacts) -> Finding:
    if facts.disk_is_full:
        return look(_TOLD, told=facts.disk_is_full)
    return ready(N_("%(free)s GB are free."), free=facts.free / 1e9)


def check_storage(facts: RoomFacts) -> Finding:
    if facts.unsuitable:
        return look(
            N_("The data lie in %(place)s, where notes get lost."),
            N_("Stop the program, move its folder to the laptop's own disk, and start it with --data."),
            place=facts.unsuitable,
        )
    return ready(N_("Notes are kept on this laptop's own disk (SQLite %(version)s)."), version=facts.sqlite)


def check_backups(facts: RoomFacts) -> Finding:
    if not facts.backups.is_well:
        return look(_TOLD, told=facts.backups.says)
    soon = N_("The first one is made by itself, within minutes.")
    return ready(_TOLD, "" if facts.has_backup else soon, told=facts.backups.says)


def check_stick(facts: RoomFacts) -> Finding:
    if facts.stick is None:
        return advice(
            N_("All backups are on this laptop too."),
            N_("A USB stick helps when the laptop breaks: plug one in and start with --backup-to."),
        )
    if facts.stick.is_well:
        return ready(N_("Every backup is also put on the stick."))
    return look(_TOLD, told=facts.stick.says)


CHECKS: Mapping[str, Callable[[RoomFacts], Finding]] = {
    "address": check_address,
    "phone": check_phone,
    "power": check_power,
    "clock": check_clock,
    "disk": check_disk,
    "storage": check_storage,
    "backups": check_backups,
    "stick": check_stick,
}
