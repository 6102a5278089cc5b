"""T-BAK-1, T-BAK-2: backups of a busy room are whole and cost nobody time; a new laptop goes on from one."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.backup.folder import BackupFolder
from app.backup.inspection import disagreements, inspect
from app.backup.rotation import Backup, Reason
from bench.server import HOST, Product
from tests.factories import new_uuid
from tests.faults.history.adapter import ProductAdapter
from tests.faults.history.run import Report, run
from tests.faults.history.world import Config

Notes = dict[tuple[str, str], tuple[object, ...]]
SHOWN = ("block", "text", "position", "version", "gives", "gets", "deleted", "hidden", "conflict_of")


@pytest.fixture
def product(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """A server that backs up far more often than in a real room."""
    product = Product(tmp_path, {"KANVAS_BACKUP_EVERY": str(getattr(request, "param", 1))})
    product.start()
    yield product
    product.stop()


def stored(backup: Path) -> Notes:
    """The notes as the table has them."""
    with closing(sqlite3.connect(backup)) as database:
        rows = database.execute(
            "SELECT canvas_id, id, block, text, position, version, gives, gets, deleted_at IS NOT NULL,"
            " hidden_at IS NOT NULL, conflict_of FROM note"
        ).fetchall()
    return {(row[0], row[1]): (*row[2:8], bool(row[8]), bool(row[9]), row[10]) for row in rows}


def replayed(backup: Path) -> Notes:
    """The notes as the log of changes makes them, revision after revision, without a gap."""
    notes: Notes = {}
    with closing(sqlite3.connect(backup)) as database:
        heads = dict(database.execute("SELECT id, revision FROM canvas").fetchall())
        counted = dict.fromkeys(heads, 0)
        for canvas, revision, note, after in database.execute(
            "SELECT canvas_id, revision, note_id, after FROM change ORDER BY canvas_id, revision"
        ):
            counted[canvas] += 1
            assert revision == counted[canvas]
            state = json.loads(after)
            # A vote withdrawn from a note that never was: there is nothing to show.
            if state is None:
                continue
            notes[canvas, note] = tuple(state[name] for name in SHOWN)
    assert counted == heads
    return notes


def check(backups: list[Backup], report: Report) -> None:
    """Every backup is whole, replays, and has what had been acknowledged well before it was made."""
    for backup in backups:
        assert inspect(backup.path).problem == "" and disagreements(backup.path) == 0
        assert replayed(backup.path) == stored(backup.path)
        with closing(sqlite3.connect(backup.path)) as database:
            heads = dict(database.execute("SELECT id, revision FROM canvas").fetchall())
        # Recorded times are monotonic, a file's are not.
        finished = backup.path.stat().st_mtime - time.time() + time.monotonic()
        for op in report.ops:
            if op.outcome == "ok" and op.rev and op.done and op.done < finished - 3:
                assert op.rev <= heads[op.canvas], f"{op.op_id} is not in {backup.path.name}"


def answer_times(report: Report) -> list[float]:
    return sorted(op.done - op.invoked for op in report.ops if op.outcome == "ok" and op.done)


def calm(duration: float, **settings: Any) -> Config:
    """A run in which nothing goes wrong: the first fault would come after its end."""
    return Config(duration=duration, fault_gap=(duration, duration), faults=("storm",), **settings)


async def work(product: Product, config: Config) -> Report:
    token = product.facilitator_token
    return await run(config, lambda url: ProductAdapter(url, token), HOST, product.port)


async def test_backups_of_a_busy_room_are_whole_and_current(product: Product) -> None:
    report = await work(product, calm(clients=8, think=0.3, duration=8))
    product.terminate()

    assert not report.violations, str(report)
    backups = BackupFolder(product.data / "backups").backups()
    assert len(backups) >= 4
    check(backups, report)
    newest = backups[0].path
    assert stored(newest) == stored(product.data / "kanvas.db")


@pytest.mark.nightly
@pytest.mark.parametrize("product", [5], indirect=True)
async def test_backups_of_sixty_people_are_whole_and_cost_nobody_time(product: Product) -> None:
    report = await work(product, calm(clients=60, canvases=6, think=1.0, duration=180))
    for _ in range(90):
        if any(backup.reason == Reason.END for backup in BackupFolder(product.data / "backups").backups()):
            break
        await asyncio.sleep(1)
    product.terminate()

    assert not report.violations, str(report)
    backups = BackupFolder(product.data / "backups").backups()
    assert len(backups) >= 20
    check(backups, report)
    times = answer_times(report)
    p95 = times[int(len(times) * 0.95)]
    print(
        f"{len(backups)} backups kept, {len(times)} changes, answered p50 {times[len(times) // 2]:.3f} s,"
        f" p95 {p95:.3f} s, at most {times[-1]:.3f} s"
    )
    assert p95 <= 0.5


class Phone:
    """A participant by the API, who keeps what was not answered, and what was, to offer it again."""

    def __init__(self, http: httpx2.Client, token: str, canvas: str) -> None:
        self.http, self.canvas = http, canvas
        self.bearer = {"authorization": f"Bearer {token}"}
        self.kept: list[dict[str, Any]] = []

    def add(self, text: str) -> None:
        op = {"op_id": new_uuid(), "kind": "add", "note_id": new_uuid(), "block": "channels", "text": text}
        self.kept.append(op)
        self.offer(op)

    def offer(self, op: dict[str, Any]) -> None:
        answer = self.http.post(f"/api/canvases/{self.canvas}/ops", json=op, headers=self.bearer)
        assert answer.status_code == 200, answer.text

    def offer_all_again(self) -> None:
        for op in self.kept:
            self.offer(op)

    def texts(self) -> list[str]:
        answer = self.http.get(f"/api/canvases/{self.canvas}", headers=self.bearer).json()
        return sorted(note["text"] for note in answer["notes"])

    def epoch(self) -> str:
        return str(self.http.get(f"/api/canvases/{self.canvas}", headers=self.bearer).json()["epoch"])

    def hears(self, after: str) -> str:
        where = f"/api/canvases/{self.canvas}/events"
        heard = ""
        with self.http.stream("GET", where, headers=self.bearer | {"last-event-id": after}) as stream:
            for piece in stream.iter_text():
                heard += piece
                if "event: reset" in heard or "event: hb" in heard:
                    break
        return heard


def kanvas(*arguments: str) -> str:
    command = [sys.executable, "-m", "app.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.nightly
def test_the_restore_drill_on_a_new_laptop_takes_less_than_two_minutes(tmp_path: Path) -> None:
    """By the manual (docs/cadangan.md) and nothing else: the stick, `kanvas restore`, `kanvas serve`."""
    stick = tmp_path / "stick"
    stick.mkdir()
    for laptop in ("old", "new"):
        (tmp_path / laptop).mkdir()
    old = Product(tmp_path / "old", {"KANVAS_BACKUP_EVERY": "2", "KANVAS_BACKUP_TO": str(stick)})
    old.start()
    facilitator = {"authorization": f"Bearer {old.facilitator_token}"}
    with httpx2.Client(base_url=old.url, timeout=20) as http:
        plan = {"title": "Lokakarya Banten", "groups": [{"name": "Meja 1"}]}
        workshop = http.post("/api/workshops", json=plan, headers=facilitator).json()
        joining = {"code": workshop["join_code"], "group_id": workshop["groups"][0]["id"]}
        seats = [http.post("/api/join", json=joining | {"name": f"Orang {n}"}).json() for n in range(5)]
        phones = [Phone(http, seat["token"], seat["canvas_id"]) for seat in seats]
        for number, phone in enumerate(phones):
            phone.add(f"Sebelum {number}")
        expected = phones[0].texts()
        deadline = time.monotonic() + 20
        while not (found := sorted(stick.glob("*/*.db"))) or len(stored(found[-1])) < 5:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        backup = tmp_path / "newest.db"
        shutil.copy(found[-1], backup)
        for number, phone in enumerate(phones):
            phone.add(f"Sesudah {number}")
        everything, old_epoch = phones[0].texts(), phones[0].epoch()
        revision = int(http.get(f"/api/canvases/{phones[0].canvas}", headers=phones[0].bearer).json()["rev"])
    old.kill()

    began = time.monotonic()
    new = Product(tmp_path / "new")
    kanvas("restore", str(backup), "--data", str(new.data))
    new.start()
    took = time.monotonic() - began
    try:
        with httpx2.Client(base_url=new.url, timeout=20) as http:
            back = [Phone(http, seat["token"], seat["canvas_id"]) for seat in seats]
            assert back[0].texts() == expected and back[0].epoch() != old_epoch
            assert "event: reset" in back[0].hears(f"{old_epoch}-{revision}")
            for phone, before in zip(back, phones, strict=True):
                phone.kept = before.kept
                phone.offer_all_again()
                phone.offer_all_again()
            assert back[0].texts() == everything
    finally:
        new.stop()
    print(f"restored and serving after {took:.1f} s")
    assert took < 120
