"""Everything an operator may set, read once from the environment and frozen."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class UnsafeSettings(ValueError):
    """A setting that would lose notes or open a door. The text says what to change."""


def default_data_dir() -> Path:
    """`KANVAS_DATA`'s default: one visible folder in the user's home, easy to find and to copy."""
    return Path.home() / "kanvas-mitra"


@dataclass(frozen=True, slots=True)
class Settings:
    """One running installation. Times in seconds, sizes in bytes."""

    data_dir: Path = field(default_factory=default_data_dir)
    host: str = "0.0.0.0"
    port: int = 8000
    base_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    max_streams: int = 1200
    max_streams_per_person: int = 4
    heartbeat: float = 15.0
    send_timeout: float = 10.0
    max_body: int = 64 * 1024
    backup_every: float = 600.0
    backup_to: Path | None = None
    pdf_ahead: float = 10.0
    show_api_docs: bool = True

    @property
    def database(self) -> Path:
        return self.data_dir / "kanvas.db"

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https, so that cookies may demand it."""
        return self.base_url.lower().startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ, **overrides: object) -> "Settings":
        """Settings from `KANVAS_*` variables; `overrides` (from the command line) win.

        Raises UnsafeSettings for values that cannot be right.
        """
        given: dict[str, object] = {}
        if data := env.get("KANVAS_DATA"):
            given["data_dir"] = Path(data)
        if second := env.get("KANVAS_BACKUP_TO"):
            given["backup_to"] = Path(second)
        for name in ("host", "base_url"):
            if text := env.get(f"KANVAS_{name.upper()}"):
                given[name] = text
        for name in ("port", "max_streams", "max_streams_per_person", "backup_every", "pdf_ahead"):
            if text := env.get(f"KANVAS_{name.upper()}"):
                given[name] = _whole_number(f"KANVAS_{name.upper()}", text)
        for name in ("allowed_hosts", "trusted_proxies"):
            if listed := env.get(f"KANVAS_{name.upper()}"):
                given[name] = tuple(one.strip() for one in listed.split(",") if one.strip())
        if answer := env.get("KANVAS_API_DOCS"):
            given["show_api_docs"] = _yes_or_no("KANVAS_API_DOCS", answer)
        given |= {name: value for name, value in overrides.items() if value is not None}
        settings = cls(**given)  # type: ignore[arg-type]
        settings._refuse_unsafe()
        return settings

    def _refuse_unsafe(self) -> None:
        if not 0 <= self.port <= 65535:
            raise UnsafeSettings(f"port {self.port} is not between 0 and 65535")
        if self.max_streams < 1 or self.max_streams_per_person < 1:
            raise UnsafeSettings("KANVAS_MAX_STREAMS and KANVAS_MAX_STREAMS_PER_PERSON must be at least 1")
        if self.backup_every < 1:
            raise UnsafeSettings("KANVAS_BACKUP_EVERY must be at least 1 second")
        if self.pdf_ahead < 0:
            raise UnsafeSettings("KANVAS_PDF_AHEAD must be 0 or more seconds")
        if self.backup_to and self.backup_to.absolute().is_relative_to(self.data_dir.absolute()):
            raise UnsafeSettings(
                "KANVAS_BACKUP_TO must be outside the data folder: a USB stick, or another disk"
            )
        if self.base_url:
            url = urlsplit(self.base_url)
            if url.scheme not in ("http", "https") or not url.hostname or url.path not in ("", "/"):
                raise UnsafeSettings(
                    f"KANVAS_BASE_URL must look like https://kanvas.example.id, not {self.base_url!r}"
                )


def _whole_number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnsafeSettings(f"{name} must be a whole number, not {text!r}") from None


def _yes_or_no(name: str, text: str) -> bool:
    answers = dict.fromkeys(("1", "yes", "on", "true"), True) | dict.fromkeys(
        ("0", "no", "off", "false"), False
    )
    if text.lower() not in answers:
        raise UnsafeSettings(f"{name} must be yes or no, not {text!r}")
    return answers[text.lower()]
