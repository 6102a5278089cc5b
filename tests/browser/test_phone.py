"""The canvas in one hand: what is chosen stays in sight, and nothing is squeezed on the smallest screens."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_layout import expect_nothing_sticks_out
from tests.factories import Person

LANGUAGES = ["id", "en"]
PAIRS = ["S[12]", "S[34]", "S[56]"]
# The narrowest phone, and a laptop of 1366×768 at 200 %.
SMALL = [(320, 568), (683, 384)]


def one_row(parts: Locator) -> bool:
    """Whether they stand side by side, each on one line."""
    boxes: list[Mapping[str, float]] = parts.evaluate_all(
        "(parts) => parts.map((part) => part.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 1
    return len({round(box["y"]) for box in boxes}) == 1 and max(box["height"] for box in boxes) < 50


@pytest.fixture
def phone(workshop: Workshop, devices: Devices) -> Board:
    return Board(devices.phone(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)


def test_marks_that_are_chosen_are_said_beside_the_text(workshop: Workshop, phone: Board) -> None:
    marks = phone.marks
    expect(marks).to_be_in_viewport(ratio=1)
    expect(marks.get_by_text("segmen, dari, inklusi")).to_be_visible()
    marks.tap()
    phone.composer.get_by_role("checkbox", name="Segmen 2").check(force=True)
    phone.composer.get_by_role("checkbox", name="Inklusi (GEDSI)").check(force=True)
    phone.composer.get_by_role("radio", name="Industri").check(force=True)
    phone.composer.get_by_role("radio", name="Asumsi").check(force=True)
    marks.tap()
    expect(phone.composer.get_by_role("group", name="Dari")).to_be_hidden()
    assert chosen(marks) == ["S2", "I", "A", "industry"]
    expect(marks).to_be_in_viewport(ratio=1)
    expect(marks.get_by_text("segmen, dari, inklusi")).to_be_hidden()

    phone.new_text.fill("satu")
    phone.composer.get_by_role("button", name="Simpan").tap()
    expect(phone.note("satu")).to_have_attribute("data-from", "industry")
    assert chosen(marks) == ["S2", "industry"], "what belongs to a single note is not chosen again"
    phone.new_text.fill("dua")
    phone.new_text.press("Enter")
    expect(phone.note("dua")).to_have_attribute("data-seg", "2")


def test_marks_fold_away_once_the_note_is_saved(phone: Board) -> None:
    phone.marks.tap()
    expect(phone.composer.get_by_text("tetap dipilih untuk catatan berikutnya")).to_be_visible()
    phone.new_text.fill("satu")
    phone.composer.get_by_role("button", name="Simpan").tap()
    expect(phone.composer.get_by_text("tetap dipilih untuk catatan berikutnya")).to_be_hidden()


def chosen(marks: Locator) -> list[str]:
    """The marks that can be seen."""
    return [
        mark.get_attribute("data-k") or mark.get_attribute("data-from") or ""
        for mark in marks.locator(".tag, .marks__side").locator("visible=true").all()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_of_the_editor_stand_in_even_rows(
    finished: Workshop, devices: Devices, sari: Person, language: str
) -> None:
    cookies = {**finished.facilitator_cookie, "language": language}
    page = open_editor(devices.phone(cookies), finished)
    segments = page.locator(".editor [name=segments] + span")
    assert [one_row(segments.filter(has_text=re.compile(pair))) for pair in PAIRS] == [True] * 3, (
        "with their names, in pairs"
    )
    # The way back to saying nothing is not seen before anything is said.
    assert one_row(page.locator(".editor [name=side]:not([value='']) + span"))
    assert one_row(page.locator(".editor [name=evidence]:not([value=none]) + span"))
    assert one_row(page.locator(".editor__do > * > .btn"))
    assert one_row(page.locator(".editor__end > .btn"))


@pytest.mark.parametrize("size", SMALL, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_smallest_screens_and_large_letters_have_room(
    finished: Workshop, devices: Devices, sari: Person, size: tuple[int, int], language: str
) -> None:
    cookies = {**cookie_of(sari), "language": language}
    page = devices.laptop(cookies, size=size)
    page.goto(f"{finished.tables[0].path}?block=key_partnerships")
    expect(page.locator(LIVE)).to_have_count(1)
    expect_nothing_sticks_out(page, size[0])
    page.locator(".marks>summary").click()
    expect(page.locator("#add textarea")).to_be_in_viewport(ratio=1)
    assert beyond_screen(page.locator(".composer .picks > *"), size[0]) == []

    open_editor(page, finished)
    expect(page.locator(".editor .btn--go")).to_be_in_viewport(ratio=1)
    assert beyond_screen(page.locator(".editor :is(.btn, .pick, .input)"), size[0]) == []


# A phone on its side, laptops of 1366×768 and 1024×768 at 200 %.
LOW = [(740, 360), (683, 384), (512, 384)]


@pytest.mark.parametrize("size", LOW, ids=str)
def test_on_a_low_screen_half_of_it_is_left_for_notes(
    finished: Workshop, devices: Devices, sari: Person, size: tuple[int, int]
) -> None:
    board = Board(devices.laptop(cookie_of(sari), size=size)).open(
        f"{finished.tables[0].path}?block=channels&question=1"
    )
    bar, composer = board.page.locator(".bar").bounding_box(), board.composer.bounding_box()
    assert bar and composer
    assert composer["y"] - bar["height"] > size[1] / 2
    expect(board.new_text).to_be_in_viewport(ratio=1)
    expect(board.composer.get_by_role("button", name="Simpan")).to_be_in_viewport(ratio=1)


def test_beside_the_composer_a_wide_block_still_shows_its_question(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(devices.laptop(cookie_of(sari), size=(1024, 768))).open(finished.tables[0].path)
    board.compose("Struktur Biaya")
    cell = board.page.locator(".cell[data-focused]")
    expect(cell.locator(".block__ask:visible")).to_be_in_viewport(ratio=1)
    question, composer = cell.locator(".block__question").bounding_box(), board.composer.bounding_box()
    assert question and composer
    last = cell.locator(".steps a").last.bounding_box()
    assert last and last["x"] + last["width"] <= composer["x"]


def test_the_first_note_of_a_block_stands_under_the_question_while_it_is_on_its_way(
    devices: Devices, phone: Board
) -> None:
    block = phone.page.locator(".cell[data-focused]")
    expect(block.get_by_text("Belum ada catatan")).to_be_visible()
    devices.watch.expect("Failed to load resource")
    phone.page.context.set_offline(True)
    phone.new_text.fill("satu")
    phone.new_text.press("Enter")
    expect(block.locator(".note").get_by_text("satu")).to_be_visible()
    expect(block.get_by_text("Belum ada catatan")).to_be_hidden()
    question = block.locator(".block__question").bounding_box()
    note = block.locator(".note").bounding_box()
    assert question and note
    assert 0 <= note["y"] - question["y"] - question["height"] < 20


def beyond_screen(parts: Locator, width: int) -> list[str]:
    """The parts that stick out of the screen to the side."""
    found: list[str] = parts.evaluate_all(
        """(parts, width) => parts.filter((part) => {
            const { left, right } = part.getBoundingClientRect();
            return right > width || left < 0;
        }).map((part) => part.outerHTML.slice(0, 80))""",
        width,
    )
    return found


def open_editor(page: Page, finished: Workshop) -> Page:
    """The editor of a note that says what it gives and gets."""
    page.goto(f"{finished.tables[0].path}?block=key_partnerships")
    expect(page.locator(LIVE)).to_have_count(1)
    page.locator(".cell[data-focused] [data-edit]").first.click()
    expect(page.locator(".editor textarea")).to_be_focused()
    return page
