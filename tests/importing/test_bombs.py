"""What a file from elsewhere may not do to the computer that looks at it (T-IMP-1)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.importing.bombs import BOMBS

ROOT = Path(__file__).parent.parent.parent
OPENED = (
    *("a gigabyte of zeros", "a zip that lies", "zips in zips", "a zip of many files"),
    *("a list of a million rows", "a billion laughs", "a PDF of zeros"),
)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such measuring there")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All files, looked at one after the other by a process that measures itself."""
    folder = tmp_path_factory.mktemp("bombs")
    for number, (make, _) in enumerate(BOMBS.values()):
        (folder / f"{number:03}").write_bytes(make())
    command = [sys.executable, "-m", "tests.importing.bombs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=240, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("number", range(len(BOMBS)), ids=list(BOMBS))
def test_a_bomb_is_refused_with_its_reason_and_in_no_time(measured: dict[str, Any], number: int) -> None:
    _, code, seconds = measured["files"][number]

    assert code == list(BOMBS.values())[number][1]
    assert seconds <= 2


def test_no_bomb_takes_more_than_fifty_megabytes_from_the_server(measured: dict[str, Any]) -> None:
    assert len(BOMBS) >= 150
    assert measured["grown"] <= 50


@pytest.mark.parametrize("name", OPENED)
def test_the_child_that_opens_a_file_stays_small(name: str) -> None:
    document = BOMBS[name][0]()
    peak = "open('/proc/self/status').read().split('VmHWM:')[1].split()[0]"
    code = f"import sys, app.importing.unpackwork as work; work.main(); sys.stderr.write('peak ' + {peak})"
    command = [sys.executable, "-c", code, "pdf" if document.startswith(b"%PDF") else "zip"]
    done = subprocess.run(command, input=document, capture_output=True, cwd=ROOT, check=True)

    assert json.loads(done.stdout)["problem"]
    assert int(done.stderr.split(b"peak ")[1]) / 1024 <= 70, (
        "20 of them are the interpreter and its libraries"
    )
