"""One press: a child process that is started when first needed, watched, and replaced when it dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import app
from app.errors import N_, Unavailable
from app.export.job import Job, PressClosed, Proof, receive_proof, send_job

PATIENCE = 90.0
COMMAND = (sys.executable, "-m", "app.export.presswork")
_JOBS_PER_PROCESS = 50  # then a fresh one, should a library keep memory
DIRECTORY = Path(app.__file__).resolve().parent.parent
# The child learns where programs, fonts and temporary files are, and none of our settings or secrets.
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"),
    *("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES"),
    *("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
_LIMIT_SIGNALS = {-getattr(signal, name) for name in ("SIGKILL", "SIGXCPU") if hasattr(signal, name)}


def child_environment() -> dict[str, str]:
    """What a child process is told."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


class PdfUnavailable(Unavailable):
    """This computer lacks the libraries that draw a PDF. The browser's own print works."""

    code = "pdf_unavailable"
    message = N_("This computer cannot make PDF files yet, because the Pango library is missing.")


class PdfTooBig(Unavailable):
    """The canvas took more time or memory than a PDF may take."""

    code = "pdf_too_big"
    message = N_("The PDF took too long to make. Please use the print page instead.")


class PdfFailed(Unavailable):
    """The press broke down for a reason nobody foresaw; its last words are in the server's log."""

    code = "pdf_failed"
    message = N_("The PDF could not be made. Please use the print page instead.")


class Press:
    """Runs one job at a time. A job that takes longer than `patience` seconds is killed."""

    def __init__(self, patience: float = PATIENCE, command: Sequence[str] = COMMAND) -> None:
        self._patience = patience
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._stopped = threading.Event()

    def run(self, job: Job, heard: Callable[[int], None] = lambda settled: None) -> Proof:
        """The child's answer. After PdfUnavailable, PdfTooBig or PdfFailed the next job has a new child.

        Of several papers `heard` learns how many are settled; each of them has its own time.
        """
        process = self._start()
        try:
            with _killed_after(self._patience, process):
                proof = _exchange(process, job)
            while proof.settled:
                heard(proof.settled)
                with _killed_after(self._patience, process):
                    proof = _next(process)
        except (PressClosed, OSError):
            self.close()
            raise (PdfTooBig() if process.returncode in _LIMIT_SIGNALS else PdfFailed()) from None
        self._jobs += 1
        if proof.problem or self._jobs >= _JOBS_PER_PROCESS:
            self.close()
        return _without_problem(proof)

    def stop(self) -> None:
        """Cut a running job short, from any thread; there will be no further one."""
        self._stopped.set()
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the child, whatever it was at."""
        process, self._process, self._jobs = self._process, None, 0
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # a killed child leaves half a job in the pipe
                    pipe.close()  # type: ignore[union-attr]

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        if self._stopped.is_set():
            raise PdfFailed
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=DIRECTORY,
            env=child_environment(),
            start_new_session=True,  # Ctrl+C in the terminal is the server's to handle
        )
        if self._stopped.is_set():  # in the moment before there was a child to end
            self.close()
            raise PdfFailed
        return self._process


def _exchange(process: subprocess.Popen[bytes], job: Job) -> Proof:
    assert process.stdin
    send_job(process.stdin, job)
    return _next(process)


def _next(process: subprocess.Popen[bytes]) -> Proof:
    assert process.stdout
    return receive_proof(process.stdout)


@contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _without_problem(proof: Proof) -> Proof:
    if proof.problem in ("pango", "weasyprint"):
        raise PdfUnavailable
    if proof.problem == "memory":
        raise PdfTooBig
    if proof.problem:
        raise PdfFailed
    return proof
