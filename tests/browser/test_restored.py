"""After a return to a backup (T-BAK-2): what was written since is on the devices, and they send it again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import House, cookie_of, open_workshop

BACK = 20_000


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def devices(chromium: object, own_house: House) -> Iterator[Devices]:
    with Devices(chromium, own_house.origin) as devices:  # type: ignore[arg-type]
        devices.watch.expect(
            "net::ERR_CONNECTION_REFUSED|net::ERR_INCOMPLETE_CHUNKED_ENCODING|htmx:sse:error"
        )
        yield devices


def kanvas(house: House, *words: str) -> None:
    command = [sys.executable, "-m", "app.cli", *words, "--data", str(house.data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_a_backup_lacks_is_sent_again_by_those_who_wrote_it(
    own_house: House, devices: Devices, tmp_path: Path
) -> None:
    workshop = open_workshop(own_house)
    table = workshop.tables[0]
    sari = Board(devices.laptop(cookie_of(workshop.join("Sari")))).open(table.path)
    bagas = Board(devices.phone(cookie_of(workshop.join("Bagas")))).open(table.path)
    sari.write("Segmen Pelanggan", "sebelum")
    sari.expect_nothing_on_its_way()
    kanvas(own_house, "backup", "--to", str(tmp_path / "then.db"))

    sari.edit("sebelum", "sebelum, diubah")
    sari.write("Saluran", "sesudah")
    sari.move("sesudah", "Sumber Daya Utama")
    bagas.new_text.fill("dari telepon")
    bagas.composer.get_by_role("button", name="Simpan").tap()
    for board in (sari, bagas):
        board.expect_nothing_on_its_way()
    # Somebody closes the page meanwhile, and opens it again when everything is over.
    address, context = bagas.page.url, bagas.page.context
    bagas.page.close()

    own_house.terminate()
    kanvas(own_house, "restore", str(tmp_path / "then.db"))
    own_house.start()

    expect(sari.page.get_by_text("Perubahan Anda yang belum ada di sana dikirim lagi")).to_be_visible(
        timeout=BACK
    )
    sari.expect_notes("Sumber Daya Utama", "sesudah")
    sari.expect_notes("Segmen Pelanggan", "sebelum, diubah")
    again = Board(context.new_page()).open(address)
    sari.expect_notes("Segmen Pelanggan", "sebelum, diubah", "dari telepon")
    # What the server has now is not sent a third time.
    again.page.reload()
    again.expect_notes("Segmen Pelanggan", "sebelum, diubah", "dari telepon")
    expect(again.page.get_by_text("Server kembali ke cadangan")).to_have_count(0)
