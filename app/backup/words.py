"""What the desk says about the backups, in whole sentences."""

from datetime import datetime

from babel.dates import format_date, format_time

from app.backup.keeper import BackupState
from app.backup.mirror import Second
from app.clock import now
from app.errors import N_
from app.web.i18n import translate
from app.web.rendering import CONVENTIONS

_PROBLEMS = {
    "no_room": N_("No backup: the disk is almost full"),
    "damaged": N_("No backup: the data are damaged. See the server's window"),
    "failed": N_("No backup: see the server's window"),
}
_STICK = {
    Second.MISSING: N_("The USB stick for backups is missing"),
    Second.FULL: N_("The USB stick for backups is full"),
    Second.FAILED: N_("No backup on the USB stick: it cannot be written"),
}


def backup_words(state: BackupState, locale: str) -> str:
    """One short sentence: what is wrong, else when the last backup was."""
    if state.problem:
        return translate(locale, _PROBLEMS[state.problem])
    if state.second in _STICK:
        return translate(locale, _STICK[state.second])
    if state.at is None:
        return translate(locale, N_("No backup yet"))
    when = _when(state.at, locale)
    if state.second is Second.GOOD:
        return translate(locale, N_("Backup %(when)s, on the USB stick too"), when=when)
    return translate(locale, N_("Backup %(when)s"), when=when)


def room_words(free: int, locale: str) -> str:
    """That the disk is almost full; `free` in bytes."""
    return translate(
        locale, N_("The disk is almost full: %(free)s MB left. Free some now"), free=free // 1024**2
    )


def _when(at: datetime, locale: str) -> str:
    today = now().astimezone().date()
    if at.astimezone().date() == today:
        return str(format_time(at.astimezone(), "short", locale=CONVENTIONS[locale]))
    return str(format_date(at, "medium", locale=CONVENTIONS[locale]))
