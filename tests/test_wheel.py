"""An installed wheel carries the files that stand beside app/ in a checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("canvases", "locale", "static", "templates")


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_a_wheel_carries_every_page_style_canvas_and_catalog(unpacked_wheel: Path) -> None:
    here = {path.relative_to(ROOT) for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()}
    files = unpacked_wheel / "app/_files"
    assert here
    assert {path.relative_to(files) for path in files.rglob("*") if path.is_file()} == here


def test_an_installed_app_finds_its_files(unpacked_wheel: Path, tmp_path: Path) -> None:
    question = (
        "import app.resources as r; print(r.CANVASES); assert (r.STATIC / 'vendor/htmx.min.js').exists()"
    )
    command = [
        sys.executable,
        "-I",
        "-c",
        f"import sys; sys.path.insert(0, {str(unpacked_wheel)!r}); {question}",
    ]
    answer = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()
    assert Path(answer) == unpacked_wheel / "app/_files/canvases"


def test_a_wheel_carries_the_migrations(unpacked_wheel: Path) -> None:
    here = {p.relative_to(ROOT) for p in (ROOT / "app/migrations").rglob("*") if p.suffix in {".py", ".mako"}}
    assert here
    assert all((unpacked_wheel / path).exists() for path in here)
