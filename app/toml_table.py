"""TOML written by people: every error names the file, the place and what is wrong. Standard library only."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class MalformedFile(ValueError):
    """A file that cannot be used as it is; the message tells its author where and why."""


class TomlTable:
    """One table of a file. Ask for every key it may have, then let `refuse_unread` catch misspelt ones."""

    def __init__(self, entries: dict[str, object], where: str) -> None:
        self.where = where
        self._entries = entries
        self._read: set[str] = set()

    @classmethod
    def of_file(cls, path: Path) -> "TomlTable":
        """The whole of a file."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        except FileNotFoundError:
            raise MalformedFile(f"{path.name}: there is no such file") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MalformedFile(f"{path.name}: not readable as TOML: {error}") from error

    def error(self, complaint: str) -> MalformedFile:
        """The exception to raise about this table."""
        return MalformedFile(f"{self.where}: {complaint}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; without a default it must be there."""
        found = self._typed(key, str, "a text", default)
        if not found.strip() and default is None:
            raise self.error(f"{key} is blank")
        return found

    def number(self, key: str) -> int:
        """A whole number."""
        return self._typed(key, int, "a whole number", None)

    def optional_number(self, key: str) -> int | None:
        """A whole number, or None when it is not there."""
        return self.number(key) if key in self._entries else None

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        return self._typed(key, bool, "true or false", False)

    def choice(self, key: str, allowed: Sequence[T]) -> T:
        """One of the allowed texts, which must be there."""
        found = self.optional_choice(key, allowed)
        if found is None:
            raise self.error(f"{key} is missing")
        return found

    def optional_choice(self, key: str, allowed: Sequence[T]) -> T | None:
        """One of the allowed texts, or None when it is not there."""
        found = self._take(key)
        if found is None:
            return None
        for choice in allowed:
            if choice == found:
                return choice
        raise self.error(f"{key} must be one of {', '.join(map(str, allowed))}, not {found!r}")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        return tuple(self._list(key, str, "texts"))

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty when it is not there."""
        return tuple(self._list(key, int, "whole numbers"))

    def table(self, key: str) -> "TomlTable":
        """A table inside this one."""
        entries: dict[str, object] = self._typed(key, dict, "a table", None)
        return TomlTable(entries, f"{self.where}, {key}")

    def tables(self, key: str) -> list["TomlTable"]:
        """A list of tables; empty when it is not there. Places count from 1, as people do."""
        rows: list[dict[str, object]] = self._list(key, dict, "tables")
        return [TomlTable(row, f"{self.where}, {key} {place}") for place, row in enumerate(rows, 1)]

    def names(self) -> tuple[str, ...]:
        """The keys as they stand in the file."""
        return tuple(self._entries)

    def refuse_unread(self) -> None:
        """Complain about keys that nobody asked for."""
        unread = [key for key in self._entries if key not in self._read]
        if unread:
            raise self.error(f"unknown key {', '.join(unread)}")

    def _take(self, key: str) -> object:
        self._read.add(key)
        return self._entries.get(key)

    def _typed(self, key: str, kind: type[T], words: str, default: T | None) -> T:
        found = self._take(key)
        if found is None:
            if default is None:
                raise self.error(f"{key} is missing")
            return default
        if not _is(found, kind):
            raise self.error(f"{key} must be {words}, not {found!r}")
        return found  # type: ignore[return-value]

    def _list(self, key: str, kind: type[T], words: str) -> list[T]:
        found = self._take(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(_is(one, kind) for one in found):
            raise self.error(f"{key} must be a list of {words}")
        return found


def _is(found: object, kind: type) -> bool:
    # bool is an int and datetime is a date in Python; in a file written by people they are different things.
    if isinstance(found, bool | datetime):
        return kind is type(found)
    return isinstance(found, kind)
