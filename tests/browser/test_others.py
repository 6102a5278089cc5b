"""What others change is said to screen readers: one sentence for much that happens, none for one's own."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

HEAR = """() => {
  window.heard = [];
  const said = document.getElementById("said");
  const hear = () => { if (said.textContent) window.heard.push(said.textContent); };
  new MutationObserver(hear).observe(said, { childList: true });
}"""
STORM = 50


def heard(board: Board) -> list[str]:
    """What was said since the test listens."""
    sentences: list[str] = board.page.evaluate("() => window.heard")
    return sentences


@pytest.fixture
def wulan(workshop: Workshop, devices: Devices) -> Board:
    board = Board(devices.laptop(cookie_of(workshop.join("Wulan")))).open(workshop.tables[0].path)
    board.page.evaluate(HEAR)
    return board


@pytest.fixture
def bagas(workshop: Workshop) -> Person:
    return workshop.join("Bagas")


def said(board: Board) -> None:
    board.page.wait_for_function("() => window.heard.length")


def test_one_change_of_another_makes_one_sentence(wulan: Board, bagas: Person) -> None:
    note = bagas.add("Bursa kerja bulanan")
    said(wulan)
    assert heard(wulan) == ["Baru di Saluran: Bursa kerja bulanan"]

    bagas.post(f"notes/{note['id']}/placement", block="cost_structure", before="")
    # A sentence takes its time, and so does the next one.
    expect(wulan.page.locator("#said")).to_have_text(
        "Dari kelompok: 1 perubahan di Struktur Biaya", timeout=20_000
    )
    assert len(heard(wulan)) == 2


def test_a_storm_of_changes_makes_few_sentences_and_none_is_left_out(wulan: Board, bagas: Person) -> None:
    for number in range(STORM):
        bagas.add(f"Ide {number}", ("channels", "key_resources")[number % 2])
    counted = r"""(all) => all === window.heard
        .map((each) => Number(/: (\d+) perubahan/.exec(each)?.[1] ?? 1))
        .reduce((sum, each) => sum + each, 0)"""
    wulan.page.wait_for_function(counted, arg=STORM)
    assert len(heard(wulan)) <= STORM // 5
    assert re.fullmatch(r"Dari kelompok: \d+ perubahan di Saluran, Sumber Daya Utama", heard(wulan)[-1])


def test_ones_own_changes_are_not_said_as_news(wulan: Board, bagas: Person) -> None:
    wulan.write("Saluran", "satu")
    wulan.edit("satu", "dua")
    wulan.move("dua", "Struktur Biaya")
    wulan.expect_notes("Struktur Biaya", "dua")
    wulan.expect_nothing_on_its_way()
    wulan.page.keyboard.press("Control+z")
    wulan.expect_notes("Saluran", "dua")

    bagas.add("dari Bagas")
    expect(wulan.page.locator("#said")).to_have_text("Baru di Saluran: dari Bagas", timeout=20_000)
    assert [each for each in heard(wulan) if "kelompok" in each or each.startswith("Baru")] == heard(wulan)[
        -1:
    ]


def test_nothing_is_said_while_the_page_is_behind_another(wulan: Board, bagas: Person) -> None:
    wulan.page.evaluate("() => Object.defineProperty(document, 'hidden', { get: () => window.isBehind })")
    wulan.page.evaluate("() => { window.isBehind = true; }")
    bagas.add("nobody looks")
    expect(wulan.note("nobody looks")).to_have_count(1)
    wulan.page.evaluate("() => { window.isBehind = false; }")
    bagas.add("Bursa kerja")
    said(wulan)
    assert heard(wulan) == ["Baru di Saluran: Bursa kerja"]
