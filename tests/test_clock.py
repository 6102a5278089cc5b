"""There is one clock to set, and what measures a length of time does not look at it (T-CLK-1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WALL_CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "fromtimestamp"}
OWNERS = {"datetime", "date", "time", "dt"}
SOURCES = sorted(path for path in (ROOT / "app").rglob("*.py") if path != ROOT / "app/clock.py")


def wall_clocks(source: str) -> Iterator[str]:
    """Calls such as `datetime.now()` and `time.time()`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if name in OWNERS and node.func.attr in WALL_CLOCKS:
                yield f"line {node.lineno}: {name}.{node.func.attr}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_but_the_clock_asks_what_time_it_is(path: Path) -> None:
    assert list(wall_clocks(path.read_text("utf-8"))) == []


def test_the_search_would_find_them() -> None:
    found = list(wall_clocks("import time, datetime\ntime.time()\ndatetime.datetime.now()\ndate.today()\n"))
    assert len(found) == 3
    assert not list(wall_clocks("time.monotonic()"))
