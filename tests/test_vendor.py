"""What others made is here byte for byte, and installing never depends on one registry's host name."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MANIFESTS = [ROOT / "static/vendor/VENDOR.toml", ROOT / "static/fonts/FONTS.toml"]
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-dev.lock"]


def vendored(manifest: Path) -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads(manifest.read_text("utf-8"))["file"]
    return files


def locked(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock.read_text("utf-8"), re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {name.group().lower() for name in names if name}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.name)
def test_every_vendored_file_is_the_one_its_manifest_names(manifest: Path) -> None:
    for file in vendored(manifest):
        content = (manifest.parent / file["path"]).read_bytes()
        assert sha256(content).hexdigest() == file["sha256"], file["path"]
        assert file["version"] and file["source"], file["path"]
        assert (manifest.parent / file["licence_file"]).exists(), file["path"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.name)
def test_no_vendored_file_is_missing_from_the_manifest(manifest: Path) -> None:
    present = {path.name for path in manifest.parent.iterdir()} - {manifest.name, "README.txt"}
    assert present == {file["path"] for file in vendored(manifest)}


def test_notice_names_every_vendored_version() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for file in vendored(MANIFESTS[0]):
        assert f"{file['package'].removesuffix('.org')} {file['version']}" in notice


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert not re.search(r"https?://|file://|^-", text, re.MULTILINE)
    hashed = re.findall(r"^[a-z0-9].*==.*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(hashed) == len(locked(lock)) > 20


def test_the_locks_hold_everything_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    runtime = named(project["project"]["dependencies"]) | named(groups["build"])
    assert runtime <= locked(LOCKS[0])
    assert locked(LOCKS[0]) | named(groups["dev"]) <= locked(LOCKS[1])


def test_both_locks_agree() -> None:
    pin = re.compile(r"^[a-z0-9][^=\n]*==[^ \n]+", re.MULTILINE)
    runtime, everything = (set(pin.findall(lock.read_text("utf-8"))) for lock in LOCKS)
    assert runtime <= everything
