"""Nobody reads "saved" before the drive was told to keep it: seen in the server's own calls (T-DUR-2a)."""

import asyncio
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.factories import new_uuid

WRITERS = 10
CALLS = "fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg"
WAL = "/kanvas.db-wal"
CALL = re.compile(r"(\d+) +[\d.]+ (\w+)\((\d+<[^>]*)>(.*)")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
RESUMED = re.compile(r"(\d+) +[\d.]+ <\.\.\. \w+ resumed>")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace exists on Linux only")


class Call(NamedTuple):
    """What one thread asked of the system; `content` as strace shows it."""

    name: str
    file: str
    content: str

    @property
    def is_commit(self) -> bool:
        """Whether this writes the head of a frame in the WAL that ends a transaction."""
        written = STRING.search(self.content)
        head = written[1].encode().decode("unicode_escape") if written else ""
        return len(head) == 24 and head[4:8] != "\0\0\0\0"


def moments(trace: Iterable[str]) -> Iterator[tuple[str, Call]]:
    """("begins" or "ends", call) in the order of the trace; a call that fails has no end."""
    open_calls: dict[str, Call] = {}
    for line in trace:
        if begun := CALL.match(line):
            thread, *seen = begun.groups()
            call = Call(*seen)
            yield "begins", call
            if line.rstrip().endswith("<unfinished ...>"):
                open_calls[thread] = call
                continue
        elif (resumed := RESUMED.match(line)) and resumed[1] in open_calls:
            call = open_calls.pop(resumed[1])
        else:
            continue
        if not re.search(r"\) += -1 ", line):
            yield "ends", call


class Wal:
    """Which operations lie behind a commit that was flushed, and since when."""

    def __init__(self) -> None:
        self.durable: dict[str, int] = {}
        self.flushes = 0
        self._written: set[str] = set()
        self._committed: set[str] = set()
        self._covered: set[str] = set()
        self._commits = False

    def take(self, now: int, when: str, call: Call) -> None:
        if call.name in ("fdatasync", "fsync"):
            if when == "begins":
                self._covered = self._committed.copy()
            else:
                self.flushes += 1
                self._committed -= self._covered
                for operation in self._covered:
                    self.durable.setdefault(operation, now)
        elif when == "ends" and call.is_commit:
            self._commits = True
        elif when == "ends":
            self._written |= set(UUID.findall(call.content))
            if self._commits:
                self._committed |= self._written - self.durable.keys()
                self._written, self._commits = set(), False


def judge(trace: Iterable[str], acknowledged: Mapping[str, str]) -> tuple[list[str], int]:
    """What was answered too early or never, and how often the WAL was flushed; note by operation."""
    wal = Wal()
    begun: dict[str, int] = {}  # connection -> when its newest answer began
    answers: dict[str, int] = {}
    for now, (when, call) in enumerate(moments(trace)):
        if call.file.endswith(WAL):
            wal.take(now, when, call)
        elif "socket:" in call.file and when == "begins":
            if "HTTP/1.1 " in call.content:
                begun[call.file] = now
            for name in UUID.findall(call.content):
                answers.setdefault(name, begun[call.file])
    complaints = []
    for operation, note in acknowledged.items():
        if note not in answers:
            complaints.append(f"{operation}: the trace has no answer")
        elif operation not in wal.durable:
            complaints.append(f"{operation}: was answered, but never flushed")
        elif wal.durable[operation] > answers[note]:
            complaints.append(f"{operation}: was answered before the flush had ended")
    return complaints, wal.flushes


OPERATION, NOTE = "0198c2a0-1111-4111-8111-000000000001", "0198c2a0-2222-4222-8222-000000000002"
FRAMES = [
    r'7 1.0 pwrite64(9</d/kanvas.db-wal>, "\0\0\0\5\0\0\0\0\1\2\3\4\1\2\3\4\1\2\3\4\1\2\3\4", 24, 32) = 24',
    rf'7 1.1 pwrite64(9</d/kanvas.db-wal>, "\r\0{OPERATION}\0", 4096, 56) = 4096',
    r'7 1.2 pwrite64(9</d/kanvas.db-wal>, "\0\0\0\6\0\0\0\7\1\2\3\4\1\2\3\4\1\2\3\4\1\2\3\4", 24, 4152) = 24',
    r'7 1.3 pwrite64(9</d/kanvas.db-wal>, "\n\0\0", 4096, 4176) = 4096',
]
FLUSH = "7 1.4 fdatasync(9</d/kanvas.db-wal>) = 0"
HALF_FLUSHED, REST = (
    "7 1.4 fdatasync(9</d/kanvas.db-wal> <unfinished ...>",
    "7 1.7 <... fdatasync resumed>) = 0",
)
ANSWER = [
    r'5 1.5 write(20<socket:[42]>, "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", 39) = 39',
    rf'5 1.6 write(20<socket:[42]>, "{{\"rev\":1,\"note\":{{\"id\":\"{NOTE}\"", 60) = 60',
]


@pytest.mark.parametrize(
    ("trace", "complaint"),
    [
        ([*FRAMES, FLUSH, *ANSWER], None),
        ([*FRAMES, HALF_FLUSHED, REST, *ANSWER], None),
        ([*FRAMES, *ANSWER, FLUSH], "before the flush had ended"),
        ([*FRAMES, ANSWER[0], FLUSH, ANSWER[1]], "before the flush had ended"),
        ([*FRAMES, HALF_FLUSHED, *ANSWER, REST], "before the flush had ended"),
        ([*FRAMES[:2], FLUSH, *FRAMES[2:], *ANSWER], "never flushed"),
        ([*FRAMES[:3], FLUSH, FRAMES[3], *ANSWER], "never flushed"),
        ([*FRAMES, FLUSH.replace("= 0", "= -1 EIO (Input/output error)"), *ANSWER], "never flushed"),
        ([*FRAMES, FLUSH.replace("db-wal", "db"), *ANSWER], "never flushed"),
        ([*FRAMES, FLUSH], "no answer"),
    ],
)
def test_the_check_finds_every_answer_that_came_too_early(trace: list[str], complaint: str | None) -> None:
    complaints, _ = judge(trace, {OPERATION: NOTE})

    assert len(complaints) == (0 if complaint is None else 1)
    assert complaint is None or complaint in complaints[0]


class TracedProduct(Product):
    """A server whose writes and flushes strace writes down; strace lets it keep its process id."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.trace = folder / "trace"
        options = ["-D", "-f", "--seccomp-bpf", "-y", "-ttt", "-s", "4200", "-e", f"trace={CALLS}"]
        self.command = ["strace", *options, "-o", str(self.trace), *self.command]

    def lines(self, patience: float = 30) -> Iterator[str]:
        """The whole trace, after the end of the server."""
        ending = re.compile(rf"^{self.pid} +[\d.]+ \+\+\+ ", re.MULTILINE)
        deadline = time.monotonic() + patience
        while not ending.search(self.trace.read_bytes()[-2000:].decode("ascii")):
            assert time.monotonic() < deadline, "strace does not come to its end"
            time.sleep(0.1)
        with self.trace.open(encoding="ascii") as lines:
            yield from lines


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[TracedProduct]:
    if not shutil.which("strace"):
        pytest.fail("strace is not installed. bin/test installs what bin/packages.txt names.")
    trial = subprocess.run(["strace", "-f", "true"], capture_output=True, text=True, check=False)
    if trial.returncode:
        pytest.fail(f"This machine does not let strace watch a program: {trial.stderr[-300:]}")
    product = TracedProduct(tmp_path)
    product.start()
    yield product
    product.kill()


async def saves_are_flushed_first(server: TracedProduct, block: str, saves: int) -> None:
    acknowledged: dict[str, str] = {}
    async with Room(server.url, server.facilitator_token) as room:

        async def write(guest: Guest, times: int) -> None:
            for number in range(times):
                operation, note = new_uuid(), new_uuid()
                answer = await room.change(
                    guest, "add", note, op_id=operation, block=block, text=f"Kelas industri {number}"
                )
                assert answer.status_code == 200, answer.text
                acknowledged[operation] = note

        began = time.monotonic()
        await asyncio.gather(*(write(guest, saves // WRITERS) for guest in await room.join(WRITERS)))
        seconds = time.monotonic() - began
    server.kill()
    complaints, flushes = judge(server.lines(), acknowledged)
    print(
        f"{len(acknowledged)} saves of {WRITERS} people in {seconds:.1f} s under strace, {flushes} flushes of"
        f" the WAL, {len(complaints)} answered too early"
    )
    assert not complaints, complaints[:10]
    assert len(acknowledged) == saves
    assert flushes < saves, "nobody shared a commit"


async def test_saves_of_ten_people_at_once_are_flushed_before_they_are_answered(
    traced: TracedProduct, block_key: str
) -> None:
    await saves_are_flushed_first(traced, block_key, saves=200)


@pytest.mark.nightly
async def test_a_thousand_of_a_thousand_saves_are_flushed_before_they_are_answered(
    traced: TracedProduct, block_key: str
) -> None:
    await saves_are_flushed_first(traced, block_key, saves=1_000)
