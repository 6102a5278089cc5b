"""Two people at one table, a laptop and a phone: what one does, the other sees, and nothing happens twice."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    return Board(devices.laptop(cookie_of(wulan)))


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.phone(cookie_of(workshop.join("Bagas"))))


def test_a_note_written_on_a_phone_appears_on_the_laptop_and_the_other_way_round(
    workshop: Workshop, laptop: Board, phone: Board
) -> None:
    path = workshop.tables[0].path
    laptop.open(path)
    phone.open(path)
    loads = [stays_loaded(laptop.page), stays_loaded(phone.page)]

    phone.new_text.fill("Lulusan SMK di sekitar pabrik")
    phone.composer.get_by_role("button", name="Simpan").tap()
    expect(laptop.note("Lulusan SMK di sekitar pabrik")).to_contain_text("Bagas")
    laptop.write("Segmen Pelanggan", "Perusahaan petrokimia di Cilegon")

    phone.expect_notes(
        "Segmen Pelanggan", "Lulusan SMK di sekitar pabrik", "Perusahaan petrokimia di Cilegon"
    )
    expect(phone.note("Perusahaan petrokimia")).to_contain_text("Wulan")
    expect(laptop.page.get_by_text("Tersimpan otomatis")).to_be_visible()
    assert all(load.still() for load in loads)


def test_editing_moving_deleting_and_undoing_follow_on_the_other_screen(
    workshop: Workshop, laptop: Board, phone: Board, wulan: Person
) -> None:
    wulan.add("Magang di pabrik")
    path = workshop.tables[0].path
    laptop.open(path)
    phone.open(f"{path}?block=channels")
    load = stays_loaded(phone.page)

    laptop.edit("Magang di pabrik", "Magang tiga bulan")
    phone.expect_notes("Saluran", "Magang tiga bulan")
    laptop.move("Magang tiga bulan", "Proposisi Nilai")
    expect(phone.note("Magang tiga bulan")).to_be_hidden()
    phone.page.get_by_role("link", name="Blok sebelumnya: Proposisi Nilai").tap()
    phone.expect_notes("Proposisi Nilai", "Magang tiga bulan")

    laptop.delete("Magang tiga bulan")
    expect(phone.note("Magang tiga bulan")).to_have_count(0)
    laptop.undo()
    phone.expect_notes("Proposisi Nilai", "Magang tiga bulan")
    assert load.still()


def test_a_phone_edits_moves_deletes_and_undoes_as_well(
    workshop: Workshop, laptop: Board, phone: Board, wulan: Person
) -> None:
    wulan.add("Bengkel las bersama", "key_resources")
    laptop.open(workshop.tables[0].path)
    phone.open(f"{workshop.tables[0].path}?block=key_resources")

    phone.edit("Bengkel las bersama", "Bengkel las dan instruktur")
    laptop.expect_notes("Sumber Daya Utama", "Bengkel las dan instruktur")
    phone.move("Bengkel las dan instruktur", "Kemitraan Utama")
    laptop.expect_notes("Kemitraan Utama", "Bengkel las dan instruktur")
    laptop.expect_notes("Sumber Daya Utama")
    phone.page.get_by_label("Semua blok").first.tap()
    phone.page.get_by_role("navigation", name="Semua blok").get_by_role("link", name="Kemitraan Utama").tap()
    phone.delete("Bengkel las dan instruktur")
    expect(laptop.note("Bengkel las")).to_have_count(0)
    phone.undo()
    laptop.expect_notes("Kemitraan Utama", "Bengkel las dan instruktur")


def test_a_note_dragged_by_mouse_arrives_where_it_was_dropped(
    workshop: Workshop, laptop: Board, phone: Board, wulan: Person
) -> None:
    for text, block in (
        ("satu", "channels"),
        ("dua", "channels"),
        ("tiga", "channels"),
        ("lama", "revenue_streams"),
    ):
        wulan.add(text, block)
    laptop.open(workshop.tables[0].path)
    phone.open(f"{workshop.tables[0].path}?block=channels")

    laptop.drag("tiga", laptop.note("satu"))
    phone.expect_notes("Saluran", "tiga", "satu", "dua")
    laptop.expect_notes("Saluran", "tiga", "satu", "dua")
    laptop.drag("tiga", laptop.note("dua"), below=True)
    phone.expect_notes("Saluran", "satu", "dua", "tiga")
    laptop.expect_notes("Saluran", "satu", "dua", "tiga")
    laptop.drag("satu", laptop.note("lama"))
    phone.expect_notes("Saluran", "dua", "tiga")
    laptop.expect_notes("Arus Pendapatan", "satu", "lama")
    laptop.drag("lama", laptop.block("Struktur Biaya"))
    laptop.expect_notes("Struktur Biaya", "lama")
    expect(laptop.editor).to_have_count(0)


def test_a_finger_drags_a_note_by_its_grip(
    workshop: Workshop, laptop: Board, phone: Board, wulan: Person
) -> None:
    for text in ("satu", "dua", "tiga"):
        wulan.add(text)
    laptop.open(workshop.tables[0].path)
    phone.open(f"{workshop.tables[0].path}?block=channels")

    phone.drag_by_finger("satu", phone.note("tiga"))

    laptop.expect_notes("Saluran", "dua", "satu", "tiga")
    phone.expect_notes("Saluran", "dua", "satu", "tiga")


def test_order_within_a_block_follows_the_buttons_up_and_down(
    workshop: Workshop, laptop: Board, phone: Board, wulan: Person
) -> None:
    for text in ("satu", "dua", "tiga"):
        wulan.add(text)
    laptop.open(workshop.tables[0].path)
    phone.open(f"{workshop.tables[0].path}?block=channels")

    laptop.move("tiga", "Naik")
    phone.expect_notes("Saluran", "satu", "tiga", "dua")
    laptop.expect_notes("Saluran", "satu", "tiga", "dua")
    phone.move("satu", "Turun")
    laptop.expect_notes("Saluran", "tiga", "satu", "dua")


def test_two_quick_presses_on_save_make_one_note(workshop: Workshop, laptop: Board, phone: Board) -> None:
    laptop.open(workshop.tables[0].path)
    phone.open(workshop.tables[0].path)

    laptop.compose("Segmen Pelanggan").fill("Hanya sekali")
    laptop.composer.get_by_role("button", name="Simpan").dblclick()
    phone.expect_notes("Segmen Pelanggan", "Hanya sekali")
    laptop.new_text.fill("Enter dua kali")
    laptop.new_text.press("Enter")
    laptop.new_text.press("Enter")
    phone.expect_notes("Segmen Pelanggan", "Hanya sekali", "Enter dua kali")
    phone.new_text.fill("Penutup")
    phone.composer.get_by_role("button", name="Simpan").dblclick()
    laptop.expect_notes("Segmen Pelanggan", "Hanya sekali", "Enter dua kali", "Penutup")
    expect(laptop.page.locator("[data-pending] .note")).to_have_count(0)
    assert len(workshop.join("Saksi").http.get(workshop.tables[0].path).text.split('class="note" ')) == 4


def test_two_quick_presses_while_editing_change_the_note_once(
    workshop: Workshop, laptop: Board, wulan: Person
) -> None:
    note = wulan.add("Sebelum")
    laptop.open(workshop.tables[0].path)

    laptop.pick_up("Sebelum").fill("Sesudah")
    laptop.editor.get_by_role("button", name="Simpan").dblclick()

    laptop.expect_notes("Saluran", "Sesudah")
    expect(laptop.note("Sesudah")).to_have_attribute("data-version", str(note["version"] + 1))


def test_blanks_are_no_note_and_the_page_says_so_before_sending(workshop: Workshop, laptop: Board) -> None:
    laptop.open(workshop.tables[0].path)
    field = laptop.compose("Saluran")
    field.fill("   ")
    field.press("Enter")

    assert field.evaluate("(text) => text.validationMessage") == "Tulis sesuatu dulu."
    expect(laptop.page.get_by_text("Tidak dapat disimpan")).to_have_count(0)
    field.fill("Ada isinya")
    field.press("Enter")
    laptop.expect_notes("Saluran", "Ada isinya")


def test_a_page_rests_between_two_pieces_of_news_and_shows_how_it_ended(
    workshop: Workshop, phone: Board, wulan: Person
) -> None:
    note = wulan.add("Awal")
    phone.page.clock.install()
    phone.open(f"{workshop.tables[0].path}?block=channels")
    phone.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))
    phone.page.clock.run_for(1_000)  # news of the opening itself would make the first one wait
    phone.page.evaluate(
        "() => { window.news = 0; document.addEventListener('live:fresh', () => { window.news += 1; }); }"
    )

    for version, text in enumerate(("Pertama", "Kedua", "Ketiga", "Keempat", "Terakhir"), 1):
        wulan.post(f"notes/{note['id']}", text=text, base_version=version)
        if version == 1:
            phone.expect_notes("Saluran", "Pertama")
    phone.page.wait_for_timeout(300)
    phone.expect_notes("Saluran", "Pertama")

    phone.page.clock.run_for(1_000)
    phone.expect_notes("Saluran", "Terakhir")
    assert phone.page.evaluate("news") == 2
