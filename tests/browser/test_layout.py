"""The canonical layout on every screen: where the nine blocks stand, and that nothing sticks out."""

from itertools import pairwise
from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from app.canvas.catalog import definition
from tests.browser.board import LIVE, Board
from tests.browser.devices import BEAMER, LAPTOP, PHONE, Devices
from tests.browser.house import House, Workshop, cookie_of, open_workshop
from tests.browser.visible_text import beyond, visible_text
from tests.factories import Person

SIZES = [PHONE, BEAMER, LAPTOP, (1920, 1080)]


class Box(TypedDict):
    x: float
    y: float
    width: float
    height: float


def device(devices: Devices, size: tuple[int, int], cookies: dict[str, str]) -> Page:
    return devices.phone(cookies) if size == PHONE else devices.laptop(cookies, size=size)


def expect_nothing_sticks_out(page: Page, width: int) -> None:
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width
    assert page.evaluate("() => visualViewport.width") == width, (
        "a phone zooms out when something is too wide"
    )
    words = visible_text(page)
    assert len(words) > 30
    assert beyond(width, words) == []


def boxes(page: Page) -> dict[str, Box]:
    """Where the nine blocks stand, in DOM order."""
    found: list[tuple[str, Box]] = page.locator(".canvas .cell[data-block]").evaluate_all(
        "(cells) => cells.map((cell) => [cell.dataset.block, cell.getBoundingClientRect().toJSON()])"
    )
    return dict(found)


def left_of(one: Box, other: Box) -> bool:
    return one["x"] + one["width"] <= other["x"] + 1


def above(one: Box, other: Box) -> bool:
    return one["y"] + one["height"] <= other["y"] + 1


def expect_canonical(box: dict[str, Box]) -> None:
    columns = [
        ("key_partnerships",),
        ("key_activities", "key_resources"),
        ("value_propositions",),
        ("customer_relationships", "channels"),
        ("customer_segments",),
    ]
    for here, there in pairwise(columns):
        assert all(left_of(box[one], box[other]) for one in here for other in there), (here, there)
    for column in columns:
        assert all(above(box[column[i]], box[column[i + 1]]) for i in range(len(column) - 1))
        assert all(above(box[column[-1]], box[bottom]) for bottom in ("cost_structure", "revenue_streams"))
    assert left_of(box["cost_structure"], box["revenue_streams"])
    for tall in ("key_partnerships", "value_propositions", "customer_segments"):
        assert box[tall]["height"] == pytest.approx(
            box["customer_relationships"]["height"] + box["channels"]["height"], abs=4
        )


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_board_and_the_desk_fit_the_screen(
    finished: Workshop, devices: Devices, sari: Person, size: tuple[int, int]
) -> None:
    finished.show("canvas")
    board = device(devices, size, cookie_of(sari))
    Board(board).open(finished.tables[0].path)
    expect_nothing_sticks_out(board, size[0])

    desk = device(devices, size, finished.facilitator_cookie)
    desk.goto(finished.desk_path)
    expect(desk.locator(LIVE)).to_have_count(1)
    expect_nothing_sticks_out(desk, size[0])


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
def test_the_nine_blocks_stand_in_their_canonical_places_and_follow_the_filling_order(
    finished: Workshop, devices: Devices, sari: Person, size: tuple[int, int]
) -> None:
    board = Board(devices.laptop(cookie_of(sari), size=size)).open(finished.tables[0].path)
    order = [block.key for block in definition().in_order()]
    for focus in order:
        board.block(definition().block(focus).name.id).get_by_role("link").first.click()
        box = boxes(board.page)
        assert list(box) == order
        expect_canonical(box)
        assert min(each["height"] for each in box.values()) > 60


def test_a_screen_of_1024_shows_all_four_questions_of_every_block(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(device(devices, BEAMER, cookie_of(sari))).open(finished.tables[0].path)
    for block in definition().blocks:
        board.block(block.name.id).get_by_role("link", name=block.name.id, exact=True).click()
        steps = board.block(block.name.id).get_by_role("navigation", name="Pertanyaan pemantik")
        expect(steps).to_be_visible()
        whole, fourth = steps.bounding_box(), steps.locator("[data-n='4']").bounding_box()

        assert whole and fourth
        assert fourth["x"] + fourth["width"] <= whole["x"] + whole["width"] + 1, block.key


def test_one_block_large_has_a_bar_as_low_as_nine_have_with_a_full_table(
    house: House, devices: Devices
) -> None:
    workshop = open_workshop(house)
    people = [workshop.join(f"Peserta {number}") for number in range(8)]
    board = Board(device(devices, BEAMER, cookie_of(people[0]))).open(workshop.tables[0].path)
    nine = board.page.locator(".bar").bounding_box()
    board.open(f"{workshop.tables[0].path}?block=channels&view=block")
    one = board.page.locator(".bar").bounding_box()

    assert nine and one
    assert one["height"] <= nine["height"] + 1


def test_the_wall_shows_the_canonical_places_too(finished: Workshop, devices: Devices, sari: Person) -> None:
    wall = devices.beamer()
    wall.goto(finished.projector_path)
    for kind in ("canvas", "block"):
        finished.show(kind, 0, "channels")
        expect(wall.locator(f"#scene[data-kind={kind}]")).to_be_visible()
        box = boxes(wall)
        assert list(box) == [block.key for block in definition().in_order()]
        expect_canonical(box)
        wall.wait_for_function("() => document.scrollingElement.scrollHeight <= innerHeight")


def test_a_phone_shows_one_block_at_a_time_in_filling_order(
    finished: Workshop, devices: Devices, sari: Person
) -> None:
    board = Board(devices.phone(cookie_of(sari))).open(finished.tables[0].path)
    shown = board.page.locator(".cell:visible")
    for number, block in enumerate(definition().in_order(), 1):
        expect(shown).to_have_count(1)
        expect(shown.get_by_role("heading")).to_contain_text(block.name.id)
        expect(board.page.get_by_text(f"Blok {number} dari 9")).to_be_visible()
        board.page.get_by_role("link", name="Blok berikutnya").tap()
    expect(board.page.get_by_text("Blok 1 dari 9")).to_be_visible()


def test_endless_names_and_words_make_no_page_wider(house: House, devices: Devices) -> None:
    workshop = open_workshop(house, "Balai" * 20 + " × PT " + "Industri" * 12)
    person = workshop.join("Raden Ajeng Siti Nurhalizah Kusumawardhani Prawirodirdjo")
    person.add("W" * 90, definition().in_order()[0].key)
    for path, cookies in (
        (workshop.join_path, {}),
        (workshop.tables[0].path, cookie_of(person)),
        (workshop.desk_path, workshop.facilitator_cookie),
    ):
        phone = devices.phone(cookies)
        phone.goto(path)
        phone.evaluate("() => document.fonts.ready")
        assert phone.evaluate("() => document.scrollingElement.scrollWidth") == PHONE[0], path


def test_what_sticks_out_is_noticed(finished: Workshop, devices: Devices, sari: Person) -> None:
    board = Board(devices.laptop(cookie_of(sari))).open(finished.tables[0].path)
    board.page.locator("#heading").evaluate("(heading) => { heading.style.marginLeft = '1300px'; }")

    with pytest.raises(AssertionError):
        expect_nothing_sticks_out(board.page, LAPTOP[0])


OVER_THE_EDGE = """(notes) => {
  const bottom = (part) => part.getBoundingClientRect().bottom;
  const isOver = (note) => bottom(note.querySelector(".note__text")) > bottom(note);
  return notes.filter(isOver).map((note) => note.id);
}"""


def test_on_a_tablet_every_note_is_as_tall_as_its_words(
    devices: Devices, finished: Workshop, sari: Person
) -> None:
    page = devices.phone(cookie_of(finished.join("Dengan tablet")))
    page.set_viewport_size({"width": 1024, "height": 768})
    Board(page).open(finished.tables[0].path)

    notes = page.locator(".note[data-version]")
    assert notes.count() > 20 and page.evaluate("() => matchMedia('(pointer:coarse)').matches")
    assert notes.evaluate_all(OVER_THE_EDGE) == []
