"""A canvas is looked at as nine blocks, one at a time or a list, and sifted; each browser remembers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

FOCUSED = ".cell[data-focused]"


def menu(page: Page) -> None:
    page.locator("summary").filter(has_text="Menu").click()


def shown_blocks(page: Page) -> int:
    return sum(cell.is_visible() for cell in page.locator(".nine > .cell").all())


def test_a_list_stays_a_list_when_the_page_is_opened_again(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    for device in (devices.laptop(cookie_of(sari)), devices.phone(cookie_of(sari))):
        board = Board(device).open(finished.tables[0].path)
        menu(board.page)
        board.page.get_by_role("link", name="Sebagai daftar").click()

        for _ in range(2):
            assert shown_blocks(board.page) == 9
            expect(board.notes("Struktur Biaya").first.locator(".note__by")).to_have_text("Sari")
            board.open(finished.tables[0].path)


def test_one_block_fills_the_screen_and_gives_it_back_by_keyboard(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(devices.laptop(cookie_of(sari))).open(f"{finished.tables[0].path}?block=channels")
    before = board.block("Saluran").bounding_box()
    board.page.get_by_role("link", name="Perbesar blok ini").focus()
    board.page.keyboard.press("Enter")

    assert shown_blocks(board.page) == 1
    after = board.block("Saluran").bounding_box()
    assert before and after and after["width"] > 2 * before["width"]
    # Where the reader stands is the way back.
    expect(board.page.get_by_role("link", name="Semua blok", exact=True)).to_be_focused()
    board.page.get_by_role("link", name="Blok berikutnya").click()
    expect(board.block("Hubungan Pelanggan")).to_be_visible()

    board.page.get_by_role("link", name="Semua blok", exact=True).press("Enter")
    assert shown_blocks(board.page) == 9
    expect(board.block("Hubungan Pelanggan").get_by_role("link", name="Perbesar blok ini")).to_be_focused()


def test_only_notes_with_the_chosen_marks_are_shown_and_the_page_says_so(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(devices.laptop(cookie_of(sari))).open(finished.tables[0].path)
    every = board.page.locator(".block__notes .note").count()
    menu(board.page)
    board.page.get_by_role("checkbox", name="Inklusi").focus()
    board.page.keyboard.press("Space")

    kept = board.page.locator(".block__notes .note:visible")
    few = kept.count()
    assert 0 < few < every
    expect(kept.filter(has=board.page.locator(".tag--i"))).to_have_count(few)
    band = board.page.locator("#only-band")
    expect(band).to_contain_text(f"Inklusi · {few} dari {every} catatan")
    expect(board.page.locator("#said")).to_contain_text(f"{few} dari {every}")

    board.page.get_by_role("checkbox", name="Bersama").check(force=True)
    assert 0 < kept.count() < few
    board.page.keyboard.press("Escape")
    band.get_by_role("link", name="Tampilkan semua").click()
    expect(kept).to_have_count(every)
    expect(band).to_be_hidden()


def test_what_somebody_writes_is_never_sifted_out_of_their_own_sight(
    workshop: Workshop, devices: Devices
) -> None:
    budi = workshop.join("Budi")
    board = Board(devices.laptop(cookie_of(budi))).open(f"{workshop.tables[0].path}?only=inclusion")
    expect(board.page.locator("#only-band")).to_be_visible()
    board.write("Saluran", "tanpa penanda")
    expect(board.note("tanpa penanda")).to_be_visible()
    expect(board.page.locator("#only-band")).to_be_hidden()


def test_an_example_of_a_block_comes_on_request_and_goes_by_key_and_by_back(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(devices.laptop(cookie_of(sari))).open(finished.tables[0].path)
    link = board.page.locator(FOCUSED).get_by_role("link", name="Contoh")
    link.focus()
    board.page.keyboard.press("Enter")
    example = board.page.get_by_role("dialog", name="Contoh · Segmen Pelanggan")
    expect(example).to_contain_text("Contoh rekaan")
    first = example.locator("p b").inner_text()
    example.get_by_role("navigation").get_by_role("link").first.press("Enter")
    expect(example.locator("p b")).not_to_have_text(first)
    board.page.keyboard.press("Escape")
    expect(example).to_be_hidden()
    expect(link).to_be_focused()

    phone = Board(devices.phone(cookie_of(sari))).open(finished.tables[0].path)
    phone.page.locator(FOCUSED).get_by_role("link", name="Contoh").tap()
    expect(phone.page.get_by_role("dialog")).to_be_visible()
    phone.page.go_back()
    expect(phone.page.get_by_role("dialog")).to_be_hidden()
    expect(phone.block("Segmen Pelanggan")).to_be_visible()


def test_all_of_it_works_without_scripts(finished: Workshop, devices: Devices, sari: Person) -> None:
    page = devices.laptop(cookie_of(sari), scripts=False)
    page.goto(finished.tables[0].path)
    menu(page)
    page.get_by_role("link", name="Sebagai daftar").click()
    assert shown_blocks(page) == 9
    page.goto(finished.tables[0].path)
    expect(page.locator("#board")).to_have_attribute("data-view", "list")

    menu(page)
    page.get_by_role("checkbox", name="Asumsi").check(force=True)
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("#only-band")).to_contain_text("Asumsi")
    for note in page.locator(".block__notes .note:visible").all():
        expect(note).to_have_attribute("data-evidence", "assumption")

    page.locator(FOCUSED).get_by_role("link", name="Contoh").click()
    expect(page).to_have_url(re.compile("/examples/"))
    page.get_by_role("link", name="Tutup").click()
    expect(page.locator("#board")).to_be_visible()


def test_a_phone_shows_what_costs_and_funding_add_up_to_on_one_screen(
    workshop: Workshop, devices: Devices
) -> None:
    wulan = workshop.join("Wulan")
    phone = Board(devices.phone(cookie_of(wulan))).open(workshop.tables[0].path)
    wulan.add("APBN", "revenue_streams", amount="80 jt")
    wulan.add("Bahan", "cost_structure", amount="36 jt")
    phone.page.locator(".map__summary").tap()
    blocks = phone.page.get_by_role("navigation", name="Semua blok")
    expect(blocks.get_by_role("link", name="Arus Pendapatan")).to_contain_text("Rp80.000.000")
    expect(blocks.get_by_role("link", name="Struktur Biaya")).to_contain_text("Rp36.000.000")
    wulan.add("Honor", "cost_structure", amount="4 jt")
    expect(blocks.get_by_role("link", name="Struktur Biaya")).to_contain_text("Rp40.000.000")


def test_the_whole_menu_of_a_laptop_is_seen_at_once(workshop: Workshop, devices: Devices) -> None:
    laptop = Board(devices.laptop(cookie_of(workshop.join("Wulan")), size=(1024, 768)))
    laptop.open(workshop.tables[0].path)
    laptop.page.locator("summary").filter(has_text="Menu").click()
    for link in laptop.page.locator(".more__list").locator("a:visible,button:visible").all():
        expect(link).to_be_in_viewport(ratio=1)


def test_a_long_name_leaves_the_words_of_a_list_their_width_on_a_phone(
    workshop: Workshop, devices: Devices
) -> None:
    siti = workshop.join("Siti Aminah Kusumawardani")
    siti.add("Perusahaan petrokimia dan kontraktor fabrikasi di Cilegon dan Serang", "customer_segments")
    phone = Board(devices.phone(cookie_of(siti)))
    phone.open(f"{workshop.tables[0].path}?view=list&block=customer_segments")
    text = phone.note("Perusahaan").locator(".note__text").bounding_box()
    assert text and text["width"] > 240
