"""Indonesian for everybody, English for whoever asks for it, each on their own screen."""

from playwright.sync_api import expect

from app.canvas.catalog import definition
from tests.browser.board import Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of


def switch(board: Board, menu: str, language: str) -> None:
    board.page.locator("summary").filter(has_text=menu).click()
    board.page.get_by_role("button", name=language).click()


def expect_names(board: Board, locale: str) -> None:
    expect(board.page.locator("html")).to_have_attribute("lang", locale)
    expect(board.page.locator(".nine h2 .block__focus")).to_have_text(
        [block.name.of(locale) for block in definition().in_order()]
    )


def test_the_switch_leads_to_english_and_back(workshop: Workshop, devices: Devices) -> None:
    board = Board(devices.laptop(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
    expect_names(board, "id")
    expect(board.page.get_by_text("Tersimpan otomatis")).to_be_visible()

    switch(board, "Menu", "English")
    expect_names(board, "en")
    expect(board.page.get_by_text("Saved automatically")).to_be_visible()
    assert board.page.url.endswith(workshop.tables[0].path), "the switch leads back to the same page"

    switch(board, "Menu", "Bahasa Indonesia")
    expect_names(board, "id")


def test_live_changes_come_in_the_language_of_the_screen(workshop: Workshop, devices: Devices) -> None:
    bagas = workshop.join("Bagas")
    english = Board(devices.laptop({**cookie_of(workshop.join("Wulan")), "language": "en"}))
    indonesian = Board(devices.laptop(cookie_of(bagas)))
    for board in (english, indonesian):
        board.open(workshop.tables[0].path)
    load = stays_loaded(english.page)

    bagas.add("Magang", "channels", assumption="1")

    expect(english.note("Magang")).to_contain_text("Assumption")
    expect(indonesian.note("Magang")).to_contain_text("Asumsi")
    expect_names(english, "en")
    expect_names(indonesian, "id")
    assert load.still()


def test_a_page_before_joining_switches_as_well(workshop: Workshop, devices: Devices) -> None:
    phone = devices.phone()
    phone.goto(workshop.join_path)
    phone.get_by_role("button", name="English").tap()

    expect(phone.get_by_role("heading", name="Join the workshop")).to_be_visible()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
