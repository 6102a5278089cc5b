"""From the set-up link to the first note: a facilitator's laptop and the phones of the people who come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.qr import qr_svg
from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop
from tests.factories import PASSWORD


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[House]:
    """A server started for the first time."""
    house = House(tmp_path)
    house.start()
    yield house
    house.stop()


def set_up(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Nama Anda").fill("Ibu Ratna")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Simpan dan mulai").click()


def create_workshop(page: Page) -> None:
    page.get_by_role("link", name="Buat lokakarya").click()
    page.get_by_label("Judul").fill("Lokakarya Banten")
    page.get_by_label("Tanggal").fill("2024-09-10")
    page.get_by_label("Perkiraan peserta").fill("26")
    page.get_by_label("Kemitraan, satu per baris").fill(
        "BBPVP Serang × industri petrokimia; Teknik Las\nBLK Lebak × pabrik alas kaki"
    )
    page.get_by_role("button", name="Buat lokakarya").click()


def join(page: Page, name: str, table: str) -> None:
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_role("radio", name=table).tap()
    page.get_by_role("button", name="Gabung").tap()


def shown_qr(page: Page) -> bytes:
    """The picture on the desk, as the browser got it."""
    picture = page.get_by_role("img", name="Kode QR untuk bergabung")
    expect(picture).to_be_visible()
    text: str = picture.evaluate("async (img) => (await fetch(img.src)).text()")
    return text.encode()


def test_from_the_set_up_link_to_the_first_note_on_a_phone(chromium: Browser, untouched: House) -> None:
    with Devices(chromium, untouched.origin) as devices:
        desk, first, second = devices.laptop(), devices.phone(), devices.phone()
        set_up(desk, untouched.setup_path())
        create_workshop(desk)
        expect(desk.get_by_role("heading", name="Lokakarya Banten")).to_be_visible()
        expect(desk.get_by_role("link", name="BLK Lebak × pabrik alas kaki")).to_be_visible()
        expect(desk.locator(LIVE)).to_have_count(1)
        load = stays_loaded(desk)

        first.goto("/join")
        code = desk.get_by_role("region", name="Kode gabung").locator(".joining__code").inner_text()
        first.get_by_label("Kode gabung").fill(code.lower())
        first.get_by_role("button", name="Lanjutkan").tap()
        expect(first.get_by_role("heading", name="Gabung lokakarya")).to_be_visible()
        assert shown_qr(desk) == qr_svg(first.url), "the QR code leads where the typed code leads"

        second.goto(first.url)
        join(second, "Bagas", "BLK Lebak × pabrik alas kaki")
        join(first, "Wulan", "BBPVP Serang × industri petrokimia")
        people = desk.get_by_role("region", name="Peserta")
        expect(people).to_contain_text("2 dari 26 hadir")
        expect(people.get_by_role("list", name="Kelompok 1")).to_contain_text("Wulan")
        expect(people.get_by_role("list", name="Kelompok 2")).to_contain_text("Bagas")

        phone = Board(second)
        phone.new_text.fill("Sepatu kerja untuk operator")
        phone.composer.get_by_role("button", name="Simpan").tap()
        phone.expect_notes("Segmen Pelanggan", "Sepatu kerja untuk operator")
        expect(
            desk.get_by_role("region", name="Kelompok dan kanvas").get_by_role("listitem").nth(1)
        ).to_contain_text("1 catatan")
        assert load.still()


def test_the_same_phone_that_comes_back_is_the_same_person(devices: Devices, workshop: Workshop) -> None:
    phone, home = devices.phone(), f"{devices.watch.origin}{workshop.tables[1].path}"
    phone.goto(workshop.join_path)
    join(phone, "Wulan", "BLK Lebak × pabrik alas kaki")
    expect(phone).to_have_url(home)

    phone.goto(workshop.join_path)
    expect(phone.get_by_text("Perangkat ini sudah dipakai oleh Wulan, Kelompok 2.")).to_be_visible()
    phone.get_by_role("link", name="Lanjutkan sebagai Wulan").tap()
    expect(phone).to_have_url(home)


def test_a_personal_link_from_the_desk_makes_another_phone_the_same_person(
    devices: Devices, workshop: Workshop
) -> None:
    workshop.join("Wulan", 1).add("Sudah ada", "customer_segments")
    desk, other = devices.laptop(workshop.facilitator_cookie), devices.phone()
    desk.goto(workshop.desk_path)
    desk.get_by_role("region", name="Peserta").get_by_text("Wulan", exact=True).click()
    desk.get_by_role("button", name="Kirim ulang tautan pribadi").click()
    expect(desk.get_by_role("img", name="Kode QR berisi tautan pribadi Wulan")).to_be_visible()

    other.goto(desk.locator(".address").inner_text())
    other.get_by_role("button", name="Lanjutkan sebagai Wulan").tap()

    phone = Board(other)
    phone.expect_notes("Segmen Pelanggan", "Sudah ada")
    phone.new_text.fill("Dari telepon baru")
    phone.composer.get_by_role("button", name="Simpan").tap()
    expect(phone.note("Dari telepon baru")).to_contain_text("Wulan")
