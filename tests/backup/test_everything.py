"""One button, one zip: whatever a workshop has brought forth, readable anywhere, and nobody else's."""

import io
import json
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli import main
from app.export.columns import LISTS
from app.export.pdf import Printer
from app.export.press import Press
from app.parts import Parts
from app.settings import Settings
from tests.conftest import browser
from tests.factories import Room, fresh_browser, open_room, sign_up
from tests.upgrades.make import NASTY, work

WITHOUT_PANGO = """
import sys
from app.export.job import Proof, receive_job, send_proof
while True:
    receive_job(sys.stdin.buffer)
    send_proof(sys.stdout.buffer, Proof(problem="pango"))
"""


def download(room: Room) -> zipfile.ZipFile:
    answer = room.facilitator.get(f"/workshops/{room.workshop_id}/everything.zip")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert "Lokakarya%20Banten%202024-09-10.zip" in answer.headers["content-disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def words_in(archive: zipfile.ZipFile) -> str:
    """Every word of every file, also of those in the workbook, which is a zip itself."""
    words = ""
    for name in archive.namelist():
        content = archive.read(name)
        packed = name.endswith(".xlsx")
        words += words_in(zipfile.ZipFile(io.BytesIO(content))) if packed else content.decode()
    return words


@pytest.fixture
def no_pango(house: Parts) -> None:
    """A computer that cannot draw."""
    press = Press(command=(sys.executable, "-c", WITHOUT_PANGO))
    printer = Printer(house.settings.data_dir / "cache", house.renderer, presses=[press])
    object.__setattr__(house, "printer", printer)


def test_the_zip_holds_archive_page_and_every_pdf(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Alumni menjadi mentor", segments=["2"], side="blk", inclusion="on")
    sari.add("Pabrik\nalas kaki", block="key_partnerships", gives="Mesin", gets="Lulusan")

    archive = download(room)

    names = archive.namelist()
    assert names[:2] == ["lokakarya.json", "catatan.xlsx"] and names[-1] == "catatan.html"
    sheets = openpyxl.load_workbook(io.BytesIO(archive.read("catatan.xlsx")))
    assert sheets.sheetnames == [one.name.id for one in LISTS], "and not the attendance list (ADR 25)"
    assert sheets["Catatan"]["E2"].value == "Alumni menjadi mentor"
    pdfs = [name for name in names if name.endswith(".pdf")]
    assert len(pdfs) == 4 and {name.split("/")[0] for name in pdfs} == {"PDF A3", "PDF A4"}
    assert all(archive.read(name).startswith(b"%PDF") for name in pdfs)
    page = archive.read("catatan.html").decode()
    assert "Alumni menjadi mentor" in page and "Pabrik<br>alas kaki" in page
    assert "Memberi: Mesin" in page and "Sari" in page and "Inklusi" in page
    assert page.count(".pdf") == 4 and "src=" not in page and "/static" not in page


@pytest.mark.usefixtures("no_pango")
def test_without_pango_everything_else_is_there_and_the_page_says_what_is_not(room: Room) -> None:
    room.join().add("Tetap ada")

    archive = download(room)

    assert archive.namelist() == ["lokakarya.json", "catatan.xlsx", "catatan.html"]
    assert "Tetap ada" in (page := archive.read("catatan.html").decode())
    assert page.count("Tidak ada PDF") == 2


@pytest.mark.usefixtures("no_pango")
def test_nobody_elses_workshop_is_in_it(room: Room) -> None:
    other = fresh_browser(room.facilitator)
    sign_up(other, "Fasilitator lain")
    form = {"title": "Rapat tertutup", "held_on": "2024-09-11", "group_count": "1"}
    assert other.post("/workshops", data=form).status_code == 303
    room.join().add("Punya kami")

    archive = download(room)

    everything = words_in(archive)
    assert "Punya kami" in everything
    assert "Rapat tertutup" not in everything and "Fasilitator lain" not in everything
    assert other.get(f"/workshops/{room.workshop_id}/everything.zip").status_code == 404


@pytest.mark.usefixtures("no_pango")
def test_secrets_stay_behind(room: Room) -> None:
    room.join().add()

    archive = download(room)

    everything = words_in(archive)
    for secret in (room.join_code, room.join_path.rsplit("/", 1)[1], room.projector().rsplit("/", 1)[1]):
        assert secret not in everything


@pytest.mark.usefixtures("no_pango")
def test_what_goes_out_and_comes_in_elsewhere_goes_out_the_same(
    settings: Settings, tmp_path: Path, anonymous: Any
) -> None:
    """T-BAK-3: byte for byte."""
    room = open_room(anonymous, "BBPVP Serang × Petrokimia; Teknik Las\nBLK Lebak × Alas kaki\nBLK Cilegon")
    work(room)
    first = download(room).read("lokakarya.json")
    assert {note["text"] for group in json.loads(first)["groups"] for note in group["notes"]} >= {
        text for text in NASTY if text == text.strip()
    }
    file, again = tmp_path / "lokakarya.json", tmp_path / "lagi.json"
    file.write_bytes(first)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", host="127.0.0.1")
    with browser(elsewhere) as http:
        sign_up(http)
    there = ["--data", str(elsewhere.data_dir)]

    assert main(["import", str(file), *there]) == 0
    assert main(["export", "Lokakarya Banten", "-o", str(again), *there]) == 0

    assert again.read_bytes().strip() == first.strip()


@pytest.mark.usefixtures("no_pango")
@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "CON", "a/b\\c:d*e?", "x" * 160, "\u202egnol", "100% siap"]
)
def test_a_title_is_a_name_and_never_a_path(anonymous: Any, title: str) -> None:
    room = open_room(anonymous)
    form = {"title": title, "held_on": "2024-09-11", "partnerships": f"{title[:100]} × Mitra"}
    desk = room.facilitator.post("/workshops", data=form).headers["location"]

    answer = room.facilitator.get(f"{desk}/everything.zip")

    assert answer.status_code == 200
    name = answer.headers["content-disposition"].split("filename*=UTF-8''")[1]
    assert "%2F" not in name and "%5C" not in name and "%E2%80%AE" not in name
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == ["lokakarya.json", "catatan.xlsx", "catatan.html"]


def test_the_desk_says_when_the_disk_is_almost_full(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=150 * 1024**2)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage)

    said = room.facilitator.get(f"/workshops/{room.workshop_id}/backups").json()

    assert said["sign"] == "warning"
    assert said["words"] == "Disk hampir penuh: tersisa 150 MB. Kosongkan sebagian sekarang"


def test_the_desk_says_how_the_backups_are(room: Room) -> None:
    def line() -> Any:
        return room.facilitator.get(f"/workshops/{room.workshop_id}/backups").json()

    assert line() == {"sign": "clock", "words": "Belum ada cadangan"}
    room.house.backups.pause()
    room.house.backups.stop()
    assert line()["sign"] == "check"
    assert line()["words"].startswith("Cadangan ") and ("." in line()["words"] or ":" in line()["words"])
    assert f'data-url="/workshops/{room.workshop_id}/backups"' in room.desk()
    assert f'href="/workshops/{room.workshop_id}/everything.zip"' in room.desk()
