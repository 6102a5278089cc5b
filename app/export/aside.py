"""Files that take long to write, written outside this process, so that the room does not wait for them.

One file, one child, under the limits of the press. What goes in is pickled, what comes out are bytes: at both
ends is this code, and a child reads nothing but what we send it.
"""

import asyncio
import hashlib
import pickle
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from app.errors import N_, Unavailable
from app.export.press import DIRECTORY, child_environment
from app.export.presswork import allow_processor_time, limit_process

AT_ONCE = 2
WAITING = 10
PATIENCE = 60.0
_KEPT_BYTES = 16 * 1024**2
_COMMAND = (sys.executable, "-m", "app.export.aside")


class FileQueueFull(Unavailable):
    """More files are asked for than can be written at once."""

    code = "file_queue_full"
    message = N_("Many files are being made right now.")


class FileFailed(Unavailable):
    """A child took more time or memory than a file may take, or broke down; the server's log says why."""

    code = "file_failed"
    message = N_("This file could not be made. Try again, or download the PDF instead.")


class Workbench:
    """Writes files, `AT_ONCE` of them, with `waiting` in line. What many ask for is written once and kept."""

    def __init__(self, *, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._room = AT_ONCE + waiting
        self._patience = patience
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="file")
        self._lock = threading.Lock()
        self._under_way: dict[bytes, Future[bytes]] = {}
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._is_closed = False

    async def make(self, write: Callable[..., bytes], *what: object, kept: bool = True) -> bytes:
        """What `write(*what)` answers; it is a function of a module. Raises FileQueueFull or FileFailed."""
        task = await asyncio.to_thread(pickle.dumps, (write, what))
        # Shielded: one reader who leaves must not take the file away from the others who wait for it.
        return await asyncio.shield(asyncio.wrap_future(self._writing(task, kept)))

    async def close(self) -> None:
        """End all children, whatever they are at."""
        with self._lock:
            self._is_closed = True
            for child in self._children:
                child.kill()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    def _writing(self, task: bytes, kept: bool) -> Future[bytes]:
        key = hashlib.sha256(task).digest()
        with self._lock:
            if key in self._under_way:
                return self._under_way[key]
            if key in self._kept:
                self._kept.move_to_end(key)
                known: Future[bytes] = Future()
                known.set_result(self._kept[key])
                return known
            if self._is_closed:
                raise FileFailed
            if len(self._under_way) >= self._room:
                raise FileQueueFull(retry_after=5)
            writing = self._threads.submit(self._write, key, task, kept)
            self._under_way[key] = writing
        writing.add_done_callback(lambda _: self._under_way.pop(key, None))
        return writing

    def _write(self, key: bytes, task: bytes, kept: bool) -> bytes:
        content = self._in_a_child(task)
        with self._lock:
            if kept:
                self._kept[key] = content
            while sum(map(len, self._kept.values())) > _KEPT_BYTES:
                self._kept.popitem(last=False)
        return content

    def _in_a_child(self, task: bytes) -> bytes:
        with self._lock:
            if self._is_closed:
                raise FileFailed
            child = subprocess.Popen(
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=DIRECTORY,
                env=child_environment(),
                start_new_session=True,  # Ctrl+C in the terminal is the server's to handle
            )
            self._children.add(child)
        try:
            content, _ = child.communicate(task, self._patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise FileFailed from None
        finally:
            with self._lock:
                self._children.discard(child)
        if child.returncode:
            raise FileFailed
        return content


def main() -> None:
    limit_process()
    allow_processor_time()
    write, what = pickle.load(sys.stdin.buffer)
    content = write(*what)
    with suppress(BrokenPipeError):
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
