"""T-INS-1: at a bare address of the local network, without internet, everything there is to do works."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.conftest import FLAGS
from tests.browser.devices import Devices
from tests.browser.house import House
from tests.factories import PASSWORD

ADDRESS = "192.168.1.20"
# Whatever else a page or the browser itself would ask for, there is no such place.
OFFLINE = f"--host-resolver-rules=MAP {ADDRESS} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class LanHouse(House):
    """A server whose links carry an address as laptops have them in a room's Wi-Fi."""

    @property
    def origin(self) -> str:
        return f"http://{ADDRESS}:{self.port}"

    def partners(self) -> set[str]:
        """The addresses this server talks with."""
        connections = psutil.Process(self.pid).net_connections()
        return {connection.raddr.ip for connection in connections if connection.raddr}


@pytest.fixture
def lan(tmp_path: Path) -> Iterator[LanHouse]:
    house = LanHouse(tmp_path)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def offline(chromium: Browser) -> Iterator[Browser]:
    browser = chromium.browser_type.launch(
        executable_path="/usr/bin/chromium-headless-shell",
        args=[*(flag for flag in FLAGS if "host-resolver" not in flag), OFFLINE],
    )
    yield browser
    browser.close()


def test_a_whole_workshop_at_a_lan_address_without_internet(offline: Browser, lan: LanHouse) -> None:
    with Devices(offline, lan.origin) as devices:
        desk, phone, laptop, wall = devices.laptop(), devices.phone(), devices.laptop(), devices.beamer()
        set_up(desk, lan.setup_path())
        code = desk.get_by_role("region", name="Kode gabung").locator(".joining__code").inner_text()
        join(phone, code, "Sari")
        join(laptop, code, "Budi")
        assert phone.evaluate("() => [isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
        write_on_a_phone(Board(phone))
        change_on_a_laptop(Board(laptop))
        show_on_the_wall(desk, wall)
        moderate(desk, Board(laptop))
        take_home(desk)
        assert lan.partners() <= {"127.0.0.1"}


def set_up(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Nama Anda").fill("Ibu Ratna")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Simpan dan mulai").click()
    page.get_by_role("link", name="Buat lokakarya").click()
    page.get_by_label("Judul").fill("Lokakarya Banten")
    page.get_by_label("Tanggal").fill("2024-09-10")
    page.get_by_label("Kemitraan, satu per baris").fill("BBPVP Serang × industri petrokimia; Teknik Las")
    page.get_by_role("button", name="Buat lokakarya").click()
    expect(page.locator(LIVE)).to_have_count(1)


def join(page: Page, code: str, name: str) -> None:
    page.goto("/join")
    page.get_by_label("Kode gabung").fill(code.lower())
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_role("button", name="Gabung").click()
    expect(page.locator(LIVE)).to_have_count(1)


def write_on_a_phone(board: Board) -> None:
    for text in ("Operator las", "Sepatu kerja"):
        board.new_text.fill(text)
        board.composer.get_by_role("button", name="Simpan").tap()
        expect(board.note(text)).to_be_visible()


def change_on_a_laptop(board: Board) -> None:
    board.expect_notes("Segmen Pelanggan", "Operator las", "Sepatu kerja")
    board.edit("Operator las", "Operator las 6G")
    expect(board.note("Operator las 6G")).to_be_visible()
    board.move("Sepatu kerja", "Saluran")
    board.expect_notes("Saluran", "Sepatu kerja")
    board.delete("Sepatu kerja")
    expect(board.note("Sepatu kerja")).to_have_count(0)
    board.undo()
    board.expect_notes("Saluran", "Sepatu kerja")
    board.write("Saluran", "Bursa kerja")
    board.expect_notes("Saluran", "Sepatu kerja", "Bursa kerja")


def show_on_the_wall(desk: Page, wall: Page) -> None:
    link = desk.get_by_role("link", name="Tampilan proyektor").get_attribute("href")
    assert link
    wall.goto(link)
    expect(wall.locator(LIVE)).to_have_count(1)
    desk.get_by_role("button", name="Tampilkan", exact=False).first.click()
    expect(wall.get_by_text("Operator las 6G")).to_be_visible()
    desk.get_by_role("button", name="Semua kanvas").click()
    expect(wall.get_by_text("Operator las 6G")).to_have_count(0)


def moderate(desk: Page, board: Board) -> None:
    desk.get_by_role("button", name="Tutup pendaftaran").click()
    expect(desk.get_by_role("button", name="Buka pendaftaran")).to_be_visible()
    board.write("Saluran", "Sesudah ditutup")
    expect(board.note("Sesudah ditutup")).to_be_visible()


def take_home(desk: Page) -> None:
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Unduh semuanya").click()
    content = Path(download.value.path()).read_bytes()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {name.rsplit(".", 1)[1] for name in names} == {"json", "xlsx", "pdf", "html"}
    assert download.value.suggested_filename == "Lokakarya Banten 2024-09-10.zip"
    expect(desk.locator("#backups")).to_contain_text("adangan")
