"""The wall: it follows the desk and the tables by itself, is readable from the back row, and names nobody."""

import pytest
from playwright.sync_api import Page, expect

from app.canvas.catalog import definition, example
from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import BEAMER, Devices, speak
from tests.browser.house import Workshop, cookie_of, fill
from tests.browser.visible_text import below, visible_text

TWENTY_POINTS = 20 * 96 / 72


@pytest.fixture
def wall(workshop: Workshop, devices: Devices) -> Page:
    page = devices.beamer()
    page.goto(workshop.projector_path)
    expect(page.locator(LIVE)).to_have_count(1)
    return page


def test_the_wall_follows_the_desk_and_shows_notes_as_they_are_written(
    workshop: Workshop, devices: Devices, wall: Page
) -> None:
    wulan = workshop.join("Wulan")
    desk, table = devices.laptop(workshop.facilitator_cookie), Board(devices.laptop(cookie_of(wulan)))
    desk.goto(workshop.desk_path)
    table.open(workshop.tables[0].path)
    load, remote = stays_loaded(wall), desk.get_by_role("region", name="Proyektor")
    expect(wall.get_by_role("heading", name="Selamat datang di Lokakarya Banten")).to_be_visible()
    expect(wall.get_by_text("1 dari 26 hadir")).to_be_visible()

    remote.get_by_role("button", name="Kelompok 1").click()
    expect(
        wall.get_by_role("heading", name="Kelompok 1 · BBPVP Serang × industri petrokimia")
    ).to_be_visible()
    table.write("Proposisi Nilai", "Juru las bersertifikat")
    expect(wall.get_by_text("Juru las bersertifikat")).to_be_visible()

    remote.get_by_role("button", name="Proposisi Nilai").click()
    expect(wall.locator("[data-focused]").get_by_role("heading", name="Proposisi Nilai")).to_be_visible()
    table.write("Proposisi Nilai", "Siap kerja di hari pertama")
    expect(wall.locator("[data-focused]").get_by_text("Siap kerja di hari pertama")).to_be_visible()
    expect(desk.get_by_text("Kelompok 1 · Proposisi Nilai")).to_be_visible()

    remote.get_by_role("button", name="Semua kanvas").click()
    expect(wall.get_by_role("heading", name="Kemajuan kelompok")).to_be_visible()
    expect(wall.get_by_role("listitem").filter(has_text="Kelompok 1")).to_contain_text("2 catatan")
    remote.get_by_role("button", name="Selamat datang").click()
    workshop.join("Bagas", 1)
    expect(wall.get_by_text("2 dari 26 hadir")).to_be_visible()
    assert load.still()


def test_nothing_on_the_wall_is_smaller_than_twenty_points_and_nobody_is_named(
    workshop: Workshop, wall: Page
) -> None:
    fill(workshop.join("Wulandari", 1), example("serang-petrochemical-welding"))
    workshop.join("Bagaskara", 2).add("Pelatihan di galangan")
    scenes = [("welcome", ""), ("pattern", ""), ("wall", ""), ("canvas", ""), ("replay", "")]
    scenes += [("presentation", ""), ("comparison", ""), ("thanks", "")]
    scenes += [(kind, block.key) for kind in ("block", "comparison") for block in definition().in_order()]
    small, sizes = {}, {}
    for kind, block in scenes:
        workshop.show(kind, 1, block, rev=20)
        expect(wall.locator(f"#scene[data-kind={kind}]")).to_be_visible()
        if kind == "comparison":
            expect(wall.locator(f".compare[data-focus={block}]" if block else ".compare")).to_be_visible()
        elif block:
            expect(wall.locator(f".cell[data-block={block}][data-focused]")).to_be_visible()
        words = visible_text(wall)
        small[kind, block] = below(TWENTY_POINTS, words)
        sizes[kind, block] = len(words)
        for name in ("Wulandari", "Bagaskara", "Fasilitator"):
            assert name not in wall.content()

    assert {scene: texts for scene, texts in small.items() if texts} == {}
    assert min(sizes.values()) > 8, "the measure must see the words"


@pytest.mark.parametrize("language", ["id", "en"])
def test_beside_a_large_block_every_note_of_the_others_is_a_bar_or_the_name_of_its_segment(
    workshop: Workshop, wall: Page, language: str
) -> None:
    speak(wall, workshop.house.origin, language).reload()
    fill(workshop.join("Wulan"), example("serang-petrochemical-welding"))
    all_drawn = """() => [...document.querySelectorAll(".cell:not([data-focused]) .block")].every((block) => {
        const { bottom } = block.getBoundingClientRect();
        const drawn = [...block.querySelectorAll(".note")].filter((note) => {
            const bar = note.getBoundingClientRect();
            return getComputedStyle(note).visibility === "visible" && bar.height > 5 && bar.bottom <= bottom;
        });
        const names = block.parentElement.dataset.shape === "tall"
          ? [...block.parentElement.querySelectorAll(".names li")] : [];
        const cell = block.parentElement.getBoundingClientRect();
        if (names.some((name) => name.getBoundingClientRect().bottom > cell.bottom)) return false;
        const count = Number(block.querySelector(".block__count b").textContent);
        return count > 0 && drawn.length + names.length === count;
    })"""
    for block in definition().in_order():
        workshop.show("block", 0, block.key)
        expect(wall.locator(f".cell[data-block={block.key}][data-focused]")).to_be_visible()
        wall.wait_for_function(all_drawn, timeout=2_000)


# How much of each note in a block is shown and how much is not, in pixels.
NOTES = """
  const notes = [...document.querySelectorAll(".cell[data-block=value_propositions] .note__text")];
  const shown = notes.map((note) => note.clientHeight);
  const hidden = notes.map((note) => note.scrollHeight - note.clientHeight);
  const max = (sizes) => Math.max(...sizes);
"""


def test_a_note_among_nine_blocks_shows_all_its_words_while_there_is_room(
    workshop: Workshop, wall: Page
) -> None:
    text = "Juru las siap kerja, bersertifikat BNSP, sesuai spesifikasi proyek"
    wulan = workshop.join("Wulan")
    wulan.add(text, "value_propositions")
    workshop.show("canvas", 0)
    notes = wall.locator(".cell[data-block=value_propositions] .note__text")
    expect(notes).to_have_count(1)
    wall.wait_for_function(f"() => {{ {NOTES} return max(hidden) === 0; }}")

    for number in range(3):
        wulan.add(f"{number} {text}", "value_propositions")
    expect(notes).to_have_count(4)
    # Four of them are too many, and none is cut short for the others.
    wall.wait_for_function(
        f"() => {{ {NOTES} return max(hidden) > 0 && max(shown) < 2 * Math.min(...shown); }}"
    )


def test_beside_a_large_block_the_wall_says_what_the_segments_are_called(
    workshop: Workshop, wall: Page
) -> None:
    wulan = workshop.join("Wulan")
    for number in range(1, 7):
        wulan.add(f"Perusahaan kelompok {number}", "customer_segments", segments=[str(number)])
    for block in ("channels", "cost_structure"):
        workshop.show("block", 0, block)
        names = wall.get_by_role("list", name="Segmen", exact=True).get_by_role("listitem")
        expect(wall.locator(f".cell[data-block={block}][data-focused]")).to_be_visible()
        expect(names).to_have_count(6)
        for name in names.all():
            expect(name).to_be_in_viewport(ratio=0.9)
    workshop.show("block", 0, "customer_segments")
    expect(names).to_have_count(0)


def test_in_a_block_of_money_all_words_and_amounts_and_the_sum_are_seen(
    workshop: Workshop, wall: Page
) -> None:
    fill(workshop.join("Wulan"), example("serang-petrochemical-welding"))
    workshop.show("block", 0, "revenue_streams")
    block = wall.locator(".cell[data-focused]")
    expect(block.get_by_text("Jumlah Rp122.000.000")).to_be_in_viewport(ratio=1)
    expect(block.locator(".note").get_by_text("Rp80 jt")).to_be_in_viewport(ratio=1)
    expect(block.locator("[data-short]")).to_have_count(0)
    expect(block.get_by_text("cek aturan PNBP")).to_be_in_viewport(ratio=1)


def test_the_measure_sees_small_words(workshop: Workshop, wall: Page) -> None:
    wall.locator(".scene h1").evaluate("(title) => { title.style.fontSize = '26px'; }")

    assert below(TWENTY_POINTS, visible_text(wall)) == ["Selamat datang di Lokakarya Banten (26.0 px)"]


@pytest.mark.parametrize("size", [BEAMER, (1920, 1080)], ids=str)
def test_no_block_of_a_replay_is_mostly_bars_without_words(
    workshop: Workshop, devices: Devices, size: tuple[int, int]
) -> None:
    person = workshop.join("Wulan")
    fill(person, example("serang-petrochemical-welding"))
    wall = devices.laptop(size=size)
    wall.goto(workshop.projector_path)
    for rev in (9, 18, 31, 42):
        workshop.show("replay", 0, rev=rev)
        expect(wall.get_by_text(f"Putar ulang {rev}/42")).to_be_visible()
        expect(wall.locator(".note[data-changed] .note__text")).to_be_visible()
        counts = wall.locator(".block").evaluate_all(
            "(blocks) => blocks.map((block) => ['', '[data-bar]'].map("
            "(kind) => block.querySelectorAll(`.note${kind}`).length))"
        )
        assert sum(notes for notes, _ in counts) == rev
        assert [bars for notes, bars in counts if bars * 2 > notes] == []
