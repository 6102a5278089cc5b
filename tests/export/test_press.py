"""The child process: what it may use, and what happens when it dies."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.export.job import Job
from app.export.press import PdfFailed, PdfTooBig, PdfUnavailable, Press
from tests.export.paper import composed

SHEET = Job(html="<p>Halo</p>", font_size=12, size=1)


def press_after(first: str, patience: float = 30) -> Press:
    """A press whose child runs some code before it starts to work."""
    return Press(patience, (sys.executable, "-c", f"{first}\nfrom app.export.presswork import main; main()"))


def once(flag: Path, code: str) -> str:
    """Code that only the first child runs."""
    return f"import pathlib; flag = pathlib.Path({str(flag)!r})\nif not flag.exists(): flag.touch(); {code}"


def test_a_job_that_takes_too_long_is_killed_and_the_next_one_works(tmp_path: Path) -> None:
    press = press_after(once(tmp_path / "slow", "import time; time.sleep(60)"), patience=1)
    started = time.monotonic()

    with pytest.raises(PdfTooBig):
        press.run(SHEET)

    assert time.monotonic() - started < 10
    press._patience = 30
    assert press.run(SHEET).pdf.startswith(b"%PDF")
    press.close()


def test_a_child_that_dies_is_replaced(tmp_path: Path) -> None:
    press = press_after(once(tmp_path / "dead", "import os; os._exit(3)"))

    with pytest.raises(PdfFailed):
        press.run(SHEET)

    assert press.run(SHEET).pdf.startswith(b"%PDF")
    press.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_a_job_that_wants_too_much_memory_is_refused() -> None:
    press = press_after("import app.export.binding as it; it.lay_out = lambda job, say: bytes(1 << 40)")

    with pytest.raises(PdfTooBig):
        press.run(SHEET)

    press.close()


@pytest.mark.parametrize("error", ["OSError('cannot load library libpango')", "ImportError"])
def test_a_computer_without_pango_says_so(error: str) -> None:
    press = press_after(
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == 'weasyprint': raise {error}\n"
        "sys.meta_path.insert(0, Nothing())"
    )

    with pytest.raises(PdfUnavailable):
        press.run(SHEET)

    press.close()


def test_what_a_library_prints_does_not_disturb_the_answers() -> None:
    press = press_after("import app.export.presswork as work\nwork.limit_process = lambda: print('loud')")

    assert press.run(SHEET).pages == 1
    press.close()


def test_the_child_sees_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KANVAS_SECRET", "rahasia")
    seen = tmp_path / "environment"
    press = press_after(f"import os, pathlib; pathlib.Path({str(seen)!r}).write_text(' '.join(os.environ))")

    press.run(SHEET)

    assert "PATH" in seen.read_text().split()
    assert "KANVAS_SECRET" not in seen.read_text()
    press.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_the_child_lives_under_limits() -> None:
    code = (
        "import resource as r; from app.export.presswork import *; limit_process(); allow_processor_time(60);"
        "print(*(r.getrlimit(kind)[0] for kind in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    memory, seconds, core = map(int, output.split())

    assert memory == 1024**3
    assert 60 <= seconds <= 65
    assert core == 0


def test_the_server_never_loads_what_draws_or_writes_office_files() -> None:
    large = {"weasyprint", "pptx", "xlsxwriter", "openpyxl", "pypdfium2"}
    code = f"import sys, app.factory; print({large} & set(sys.modules))"

    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert output == "set()\n"


def test_a_stopped_press_takes_no_further_job(press: Press) -> None:
    stopped = Press()
    stopped.stop()

    with pytest.raises(PdfFailed):
        stopped.run(SHEET)


def test_a_press_works_through_many_sheets_with_one_child(press: Press) -> None:
    composed({"channels": ["satu"]}).draw(press)
    child = press._process
    composed({"channels": ["dua"]}).draw(press)

    assert child is not None and press._process is child
    assert os.getpid() != child.pid
