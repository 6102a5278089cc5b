"""T-PLC-1: a folder that would lose notes is refused before the first one, with the reason."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app import places, storage
from app.settings import Settings, UnsafeSettings
from app.storage import StorageError, prepare
from tests.conftest import browser
from tests.upgrades.make import make

ROOT = Path(__file__).parent.parent
MOUNTINFO = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
45 22 0:41 / /home/sari/Kantor rw,relatime shared:30 - cifs //server/kantor rw,vers=3.0
46 22 0:42 / /mnt/nas\\040lama rw - nfs4 10.0.0.2:/data rw
47 46 8:17 / /mnt/nas\\040lama/lokal rw - ext4 /dev/sdb1 rw
48 22 0:50 / /mnt/ganti rw - nfs4 10.0.0.2:/data rw
49 22 8:18 / /mnt/ganti rw - ext4 /dev/sdc1 rw
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//sari@nas._smb._tcp.local/Kantor (1) on /Volumes/Kantor (1) (smbfs, nodev, nosuid, mounted by sari)
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - BBPVP Serang/Lokakarya", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Pribadi)/kanvas", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-sari@contoh.id/My Drive", "iCloud"),
        ("Google Drive/kanvas", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Nextcloud/kanvas", "Nextcloud"),
    ],
)
def test_a_folder_of_a_program_for_clouds_is_refused_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    settings = Settings(data_dir=tmp_path / folder / "kanvas-mitra")

    with pytest.raises(StorageError, match=program) as refused:
        prepare(settings)

    assert "--data" in str(refused.value)
    assert not settings.database.exists()


def test_a_folder_that_onedrive_has_taken_over_under_another_name_is_refused() -> None:
    env = {"OneDrive": "C:\\Users\\Sari\\Awan"}

    assert places.synced_by(PureWindowsPath("C:\\Users\\Sari\\Awan\\Documents"), env) == "OneDrive"
    assert places.synced_by(PureWindowsPath("C:\\Users\\Sari\\kanvas-mitra"), env) is None


def test_a_folder_with_the_mark_of_such_a_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Bersama" / ".stfolder").mkdir(parents=True)

    with pytest.raises(StorageError, match="Syncthing"):
        prepare(Settings(data_dir=tmp_path / "Bersama" / "data"))


@pytest.mark.parametrize("folder", ["Drive", "Onedriver", "dropboxes", "lokakarya-onedrive", "kanvas-mitra"])
def test_other_names_are_nobodys_business(tmp_path: Path, folder: str) -> None:
    assert places.unsuitable(tmp_path / folder) is None


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/sari/Kantor/kanvas", "cifs"),
        ("/mnt/nas lama", "nfs4"),
        ("/mnt/nas lama/lokal/kanvas", None),
        ("/mnt/ganti/kanvas", None),
        ("/home/sari/Kantorku", None),
        ("/home/sari", None),
    ],
)
def test_linux_tells_which_folders_are_on_a_network(folder: str, kind: str | None) -> None:
    assert places.network_kind(PurePosixPath(folder), places.linux_mounts(MOUNTINFO)) == kind


@pytest.mark.parametrize(
    ("folder", "kind"), [("/Volumes/Kantor (1)/kanvas", "smbfs"), ("/Users/sari/kanvas-mitra", None)]
)
def test_macos_tells_it_too(folder: str, kind: str | None) -> None:
    assert places.network_kind(PurePosixPath(folder), places.mac_mounts(MAC)) == kind


def test_a_network_drive_is_refused_with_its_kind(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_network_kind", lambda _place: "nfs4")

    with pytest.raises(StorageError, match=r"a network drive \(nfs4\)"):
        prepare(settings)


def test_a_full_disk_takes_no_new_workshop_but_opens_the_old_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    full = type("Usage", (), {"free": 10 * 1024**2})
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    with pytest.raises(StorageError, match="no room left"):
        prepare(settings)
    monkeypatch.undo()
    prepare(settings)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)

    prepare(settings)

    assert "hardly any room" in caplog.text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 20 MB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_full_to_the_last_byte_still_lets_the_server_start_and_show(small_disk: Path) -> None:
    settings = Settings(data_dir=small_disk / "data", host="127.0.0.1")
    (settings.data_dir).mkdir()
    settings.database.write_bytes(make())
    prepare(settings)
    with contextlib.suppress(OSError), (small_disk / "ballast").open("wb", 0) as ballast:
        while True:
            ballast.write(bytes(4096))
    assert shutil.disk_usage(small_disk).free == 0

    with browser(settings) as http:
        assert http.get("/join").status_code == 200
        assert http.get("/healthz").json()["status"] == "low_disk"
    prepare(settings)


def test_an_old_sqlite_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "OLDEST_SQLITE", (99, 0))

    with pytest.raises(StorageError, match="too old"):
        prepare(settings)


@pytest.fixture
def anybody() -> Iterator[Path]:
    """A folder that everybody can enter: pytest's own are for their owner, and root may do everything."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


START = """
import os, sys, tempfile
from pathlib import Path
from app.settings import Settings
from app.storage import *
with tempfile.TemporaryDirectory() as folder:
    prepare(Settings(data_dir=Path(folder, "data")))  # loads what nobody could load afterwards
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    prepare(Settings(data_dir=Path(sys.argv[1])))
    print("served")
except StorageError as error:
    print(error)
"""


def start_without_rights(data: Path) -> str:
    """What the start says to somebody without special rights."""
    done = subprocess.run(
        [sys.executable, "-c", START, str(data)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return done.stdout.strip() + done.stderr[-500:]


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
class TestRights:
    def test_a_read_only_folder_is_explained(self, anybody: Path) -> None:
        (anybody / "data").mkdir(mode=0o555)

        words = start_without_rights(anybody / "data")

        assert "cannot be made or written" in words or "read-only" in words

    def test_a_write_protected_database_is_explained_and_not_called_damaged(self, anybody: Path) -> None:
        data = anybody / "data"
        prepare(Settings(data_dir=data))
        (data / "kanvas.db").chmod(0o444)
        if os.geteuid() == 0:
            shutil.chown(data, 65534, 65534)
        (data / "server.lock").unlink(missing_ok=True)

        words = start_without_rights(data)

        assert "cannot be written" in words and "damaged" not in words


def test_a_database_that_another_program_holds_is_not_called_damaged(settings: Settings) -> None:
    prepare(settings)
    with contextlib.closing(sqlite3.connect(settings.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StorageError, match="Another program uses"):
            prepare(settings)


def test_backups_inside_the_data_folder_are_no_second_folder(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="outside the data folder"):
        Settings.from_env({}, data_dir=tmp_path, backup_to=tmp_path / "second")
