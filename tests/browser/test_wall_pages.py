"""A block with more notes than a beamer can show: the desk turns its pages, and no note is out of reach."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE
from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.browser.test_projector import TWENTY_POINTS
from tests.browser.visible_text import below, visible_text

BLOCKS = {"value_propositions": "Proposisi Nilai", "channels": "Saluran", "cost_structure": "Struktur Biaya"}

# The texts that can be read in the large block, first words only, and whether anything is cut at its edges.
_READABLE = """() => {
  const list = document.querySelector(".cell[data-focused] .block__notes");
  const frame = list.getBoundingClientRect();
  return [...list.querySelectorAll(".note")].map((note) => {
    const box = note.querySelector(".note__text").getBoundingClientRect();
    const isWhole = box.height > 20 && box.top >= frame.top && box.bottom <= frame.bottom + 1
      && box.left >= frame.left && box.right <= frame.right + 1;
    return isWhole && getComputedStyle(note).visibility === "visible"
      ? note.querySelector(".note__text").lastChild.data.split(":")[0] : "cut off";
  });
}"""


@pytest.fixture
def wall(workshop: Workshop, devices: Devices) -> Page:
    page = devices.beamer()
    page.goto(workshop.projector_path)
    expect(page.locator(LIVE)).to_have_count(1)
    return page


@pytest.fixture
def desk(workshop: Workshop, devices: Devices) -> Page:
    page = devices.laptop(workshop.facilitator_cookie)
    page.goto(workshop.desk_path)
    expect(page.locator(LIVE)).to_have_count(1)
    return page


def fill_with_words(workshop: Workshop) -> list[str]:
    """Short notes, full ones, and one as long as can be; their first words."""
    wulan = workshop.join("Wulan")
    lengths = [10, 90, 45, 1990, 90, 60, 130, 20, 90, 90, 30, 75, 90]
    names = [f"catatan {number}" for number in range(len(lengths))]
    for block in BLOCKS:
        for name, length in zip(names, lengths, strict=True):
            text = f"{name}: {'juru las bersertifikat siap kerja ' * 60}"[:length].strip() or name
            wulan.add(text if ":" in text else f"{name}:", block, segments=["1", "4"])
    return names


def test_every_note_of_a_full_block_can_be_read_page_by_page(
    workshop: Workshop, wall: Page, desk: Page
) -> None:
    names = fill_with_words(workshop)
    remote = desk.get_by_role("region", name="Proyektor")
    remote.get_by_role("button", name="Kelompok 1").click()
    for block, name in BLOCKS.items():
        remote.get_by_role("button", name=name).click()
        turns = remote.get_by_role("form", name=f"Halaman blok {name}").get_by_role("button")
        expect(turns.first).to_have_attribute("aria-pressed", "true")
        count, read = turns.count(), []
        assert count > 1
        for number in range(1, count + 1):
            turns.nth(number - 1).click()
            page = f"Halaman {number} dari {count}"
            expect(wall.locator(f"[data-block={block}][data-focused]").get_by_text(page)).to_be_visible()
            expect(remote.get_by_text(page)).to_be_visible()
            expect(turns.nth(number - 1)).to_be_focused()
            read += wall.evaluate(_READABLE)
            assert below(TWENTY_POINTS, visible_text(wall)) == []
        assert read == names
        expect(wall.get_by_text("lagi")).to_have_count(0)


def test_a_text_that_is_too_long_ends_in_dots_and_leaves_room_for_others(
    workshop: Workshop, wall: Page
) -> None:
    wulan = workshop.join("Wulan")
    for text in ("pertama", "panjang " * 240, "ketiga"):
        wulan.add(text)
    workshop.show("block", 0, "channels")
    expect(wall.locator(".cell[data-focused]").get_by_text("ketiga")).to_be_in_viewport(ratio=1)
    # It has more lines than can be shown, and those it can show, it shows.
    wall.wait_for_function("""() => {
        const text = document.querySelectorAll(".cell[data-focused] .note__text")[1];
        return text.scrollHeight - text.clientHeight > 100 && text.clientHeight > 120;
    }""")


def test_a_page_that_has_gone_leads_to_the_last_one(workshop: Workshop, wall: Page) -> None:
    wulan = workshop.join("Wulan")
    notes = [wulan.add(f"{number} {'a' * 85}") for number in range(5)]
    workshop.show("block", 0, "channels", page=3)
    expect(wall.get_by_text("Halaman 3 dari 3")).to_be_visible()

    wulan.post(f"notes/{notes[4]['id']}/deletion")
    expect(wall.get_by_text("Halaman 2 dari 2")).to_be_visible()
    for note in notes[:3]:
        wulan.post(f"notes/{note['id']}/deletion")
    expect(wall.get_by_text("Halaman")).to_have_count(0)
    expect(wall.locator(".cell[data-focused] .note")).to_have_count(1)


def test_an_ordinary_block_has_no_pages(workshop: Workshop, wall: Page, desk: Page) -> None:
    workshop.join("Wulan").add("Satu ide")
    workshop.show("block", 0, "channels")
    expect(wall.locator(".cell[data-focused]").get_by_text("Satu ide")).to_be_visible()
    expect(desk.get_by_text("Kelompok 1 · Saluran")).to_be_visible()
    expect(wall.get_by_text("Halaman")).to_have_count(0)
    expect(desk.get_by_role("form", name="Halaman blok")).to_have_count(0)
