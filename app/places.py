"""Folders in which SQLite loses notes: shared over a network, or kept in step by a program for clouds."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

# Locks and shared memory do not reach across these.
NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs"),
        *("ceph", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "fuse.rclone", "fuse.davfs2"),
        *("fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs"),
    )
)
# A folder's name; "OneDrive - BBPVP Serang" is one too.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "drivefs": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
}
_MARKS = {".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".tmp.drivedownload": "Google Drive"}
_REMOTE_DRIVE = 4


def unsuitable(folder: Path) -> str | None:
    """What is wrong with `folder` as a home of a database: "a network drive (smbfs)", "OneDrive"; or None."""
    place = folder.resolve()
    if program := synced_by(place, os.environ):
        return program
    kind = _network_kind(place)
    return f"a network drive ({kind})" if kind else None


def synced_by(place: PurePath, env: Mapping[str, str]) -> str | None:
    """The program that keeps `place` in step with a cloud, by the names of its folders and their marks."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if (root := env.get(name)) and place.is_relative_to(root):
            return "OneDrive"
    for part in place.parts:
        words = part.casefold()
        for begin, program in _SYNCED.items():
            if words == begin or words.startswith((f"{begin} -", f"{begin}-", f"{begin} (")):
                return program
    for above in (place, *place.parents):
        for mark, program in _MARKS.items():
            with contextlib.suppress(OSError):
                if Path(above, mark).exists():
                    return program
    return None


def _network_kind(place: Path) -> str | None:
    if sys.platform == "win32":
        return _windows_kind(place)
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
            return network_kind(place, mac_mounts(listed.stdout))
        return network_kind(place, linux_mounts(Path("/proc/self/mountinfo").read_text()))
    return None


def network_kind(place: PurePath, mounts: Iterable[tuple[str, str]]) -> str | None:
    """The kind of file system that `place` lies on, when it is one of a network."""
    # Later mounts hide earlier ones at the same place.
    here = [(len(PurePath(where).parts), kind) for where, kind in mounts if place.is_relative_to(where)]
    deepest = max((depth for depth, _ in here), default=0)
    kind = next((kind for depth, kind in reversed(here) if depth == deepest), "")
    return kind if kind in NETWORK else None


def linux_mounts(mountinfo: str) -> list[tuple[str, str]]:
    """Mount points and kinds of file system, from /proc/self/mountinfo."""
    mounts = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) > 4 and kinds:
            mounts.append((fields[4].encode().decode("unicode_escape"), kinds[0]))
    return mounts


def mac_mounts(listed: str) -> list[tuple[str, str]]:
    """The same from `mount`: `//sari@host/share on /Volumes/share (smbfs, nodev, nosuid)`."""
    mounts = []
    for line in listed.splitlines():
        where, _, kinds = line.partition(" on ")[2].rpartition(" (")
        mounts.append((where, kinds.split(",")[0].strip(") ")))
    return mounts


def _windows_kind(place: Path) -> str | None:
    if place.drive.startswith("\\\\"):
        return place.drive
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE:
            return place.drive
    return None
