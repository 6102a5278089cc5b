"""While a server runs, backups come by themselves: after changes, at an end, and never twice for nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.backup.folder import BackupFolder
from app.backup.inspection import inspect
from app.backup.keeper import BackupKeeper
from app.backup.mirror import Mirror, Second
from app.backup.rotation import Reason
from tests.conftest import browser
from tests.factories import Room, open_room

SOON = 5.0


def eventually(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + SOON
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


class Clockwork:
    """A keeper that looks all the time, at the database of a room."""

    def __init__(self, room: Room, every: float, mirror: Mirror | None = None) -> None:
        self.folder = BackupFolder(room.house.settings.backups)
        self.present = 0
        self.keeper = BackupKeeper(
            room.house.db.path,
            self.folder,
            lambda: self.present,
            every=every,
            mirror=mirror,
            look_every=0.02,
            empty_for=0.1,
        )

    def reasons(self) -> list[Reason]:
        return [backup.reason for backup in self.folder.backups()]


@pytest.fixture
def clockwork(room: Room) -> Iterator[Callable[..., Clockwork]]:
    with ExitStack() as stopping:

        def start(every: float = 3600, mirror: Mirror | None = None) -> Clockwork:
            made = Clockwork(room, every, mirror)
            stopping.callback(made.keeper.pause)
            made.keeper.start()
            return made

        yield start


def test_a_change_is_backed_up_when_it_is_time_and_silence_is_not(
    room: Room, clockwork: Callable[..., Clockwork]
) -> None:
    sari = room.join()
    running = clockwork(every=0.1)
    eventually(lambda: running.reasons() == [Reason.AUTO])
    time.sleep(0.5)
    assert running.reasons() == [Reason.AUTO]

    sari.add("Baru")

    eventually(lambda: len(running.reasons()) == 2)
    assert inspect(running.folder.backups()[0].path).count("note") == 1
    assert running.keeper.state.at == running.folder.backups()[0].at


def test_closing_joining_and_an_empty_room_end_a_workshop(
    room: Room, clockwork: Callable[..., Clockwork]
) -> None:
    running = clockwork()
    time.sleep(0.1)
    room.on_desk("joining", open="0")
    eventually(lambda: running.reasons() == [Reason.END])

    running.present = 3
    time.sleep(0.1)
    room.host().add("Terakhir")
    time.sleep(0.2)
    assert running.reasons() == [Reason.END], "people are still there"
    running.present = 0

    eventually(lambda: running.reasons() == [Reason.END, Reason.END])


def test_the_server_backs_up_when_it_stops_and_again_only_after_a_change(room: Room) -> None:
    settings = room.house.settings
    folder = BackupFolder(settings.backups)

    def serve(write: bool) -> int:
        with browser(settings) as http:
            if write:
                open_room(http, "BLK Lebak") if not folder.backups() else http.get("/")
        return len(folder.backups())

    room.facilitator.app.state.parts.backups.pause()  # type: ignore[attr-defined]
    assert serve(write=False) == 1
    assert serve(write=False) == 1
    assert [backup.reason for backup in folder.backups()] == [Reason.STOP]


def test_a_disk_without_room_is_told_and_tried_again(
    room: Room, clockwork: Callable[..., Clockwork], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage)
    running = clockwork(every=0.05)
    eventually(lambda: running.keeper.state.problem == "no_room")
    assert running.reasons() == [] and not running.keeper.state.is_well

    monkeypatch.undo()

    eventually(lambda: running.reasons() == [Reason.AUTO] and running.keeper.state.is_well)


def test_a_stick_gets_every_backup_is_missed_and_catches_up(
    room: Room, clockwork: Callable[..., Clockwork], tmp_path: Path
) -> None:
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    running = clockwork(
        every=0.1, mirror=Mirror(stick, "a1b2", room.house.settings.data_dir, look_every=0.02)
    )
    eventually(lambda: running.keeper.state.second == Second.GOOD)
    (copy,) = stick.glob("kanvas-mitra-a1b2/*.db")
    assert copy.read_bytes() == running.folder.backups()[0].path.read_bytes()

    stick.rename(pocket)
    eventually(lambda: running.keeper.state.second == Second.MISSING)
    assert not running.keeper.state.is_well
    room.join().add("Tanpa USB")
    eventually(lambda: len(running.reasons()) == 2)
    assert not stick.exists(), "nothing is written where the stick was"

    pocket.rename(stick)
    eventually(lambda: (stick / "kanvas-mitra-a1b2" / running.folder.backups()[0].path.name).exists())
    eventually(lambda: running.keeper.state.second == Second.GOOD)


def test_the_last_backup_reaches_the_stick_before_the_server_is_gone(room: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    keeper = Clockwork(room, 3600, Mirror(stick, "a1b2", room.house.settings.data_dir)).keeper
    keeper.start()

    keeper.stop()

    assert [file.name.rsplit("-", 1)[1] for file in stick.glob("*/*.db")] == ["stop.db"]


def test_health_tells_of_backups(room: Room) -> None:
    health = room.facilitator.get("/healthz").json()

    assert health["status"] == "ok"
    assert (health["last_backup"], health["backup_problem"], health["second_folder"]) == (None, "", "none")
