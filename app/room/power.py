"""Whether this laptop runs on mains power, as far as its system says."""

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Power:
    """Whether it is plugged in, and how full the battery is; None for what the system does not say."""

    plugged: bool | None = None
    percent: int | None = None


def power_now() -> Power:
    """How it is at this moment."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            return _windows_power()
        if sys.platform == "darwin":
            command = ["/usr/bin/pmset", "-g", "batt"]
            said = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
            return mac_power(said.stdout)
        return linux_power(Path("/sys/class/power_supply"))
    return Power()


def linux_power(supplies: Path) -> Power:
    """From the folder of chargers and batteries. Those of mice and pens are not the laptop's."""
    signs: list[bool] = []
    charge: list[int] = []
    for supply in sorted(supplies.iterdir()):
        if _said(supply, "scope") == "Device":
            continue
        if _said(supply, "type") != "Battery":
            signs += [online != "0" for online in (_said(supply, "online"),) if online]
            continue
        # Not every charger is listed, but a battery knows whether it is drained.
        signs += [status != "Discharging" for status in (_said(supply, "status"),) if status != "Unknown"]
        charge += [int(full) for full in (_said(supply, "capacity"),) if full.isdecimal()]
    return Power(any(signs) if signs else None, min(charge, default=None))


def _said(supply: Path, what: str) -> str:
    with contextlib.suppress(OSError):
        return (supply / what).read_text().strip()
    return ""


def mac_power(said: str) -> Power:
    """From `pmset -g batt`: `Now drawing from 'AC Power'`, then a line for each battery with `87%;`."""
    percent = [word[:-2] for word in said.split() if word.endswith("%;")]
    plugged = True if "'AC Power'" in said else False if "'Battery Power'" in said else None
    return Power(plugged, int(percent[0]) if percent and percent[0].isdecimal() else None)


def windows_power(line: int, percent: int) -> Power:
    """From GetSystemPowerStatus, where 255 stands for what is not known."""
    return Power({0: False, 1: True}.get(line), percent if percent <= 100 else None)


def _windows_power() -> Power:
    if sys.platform == "win32":
        import ctypes

        status = (ctypes.c_ubyte * 12)()
        if ctypes.windll.kernel32.GetSystemPowerStatus(status):
            return windows_power(status[0], status[2])
    return Power()
