"""Whatever is open on a board: axe finds nothing, a thumb hits it, and Tab reaches it and is never lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board, make_too_long
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_accessibility import findings
from tests.browser.test_every_page import TOO_SMALL
from tests.browser.voting import open_vote
from tests.factories import Person

# Where the focus is: nothing on the body; else its number on this page, how it reads, and whether it is seen.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  window.met ??= new Map();
  if (!met.has(at)) met.set(at, met.size);
  const box = (at.closest("label") ?? at).getBoundingClientRect();
  const isHit = (x, y) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    // What a panel hides that somebody opened, Escape shows.
    return hit && (at.contains(hit) || at.closest("label")?.contains(hit) || hit.closest("#editor,#talk"));
  };
  const isSeen = [.5, .1, .9].some((x) => [.5, .1, .9].some((y) => isHit(x, y)));
  return { number: met.get(at), isSeen, html: at.outerHTML.slice(0, 160) };
}"""
# What somebody could use and Tab has not come to; of radio buttons one stands for all.
MISSED = """() => {
  const named = "a[href],button,input:not([type=hidden]),select,textarea,summary";
  const group = (part) => part.type === "radio" && `${part.form?.id} ${part.name}`;
  const groups = new Set([...met.keys()].map(group).filter(Boolean));
  const isUsed = (part) => met.has(part) || groups.has(group(part));
  const isThere = (part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest("[inert]");
  return [...document.querySelectorAll(named)]
    .filter((part) => isThere(part) && !part.disabled && !isUsed(part))
    .map((part) => part.outerHTML.slice(0, 160));
}"""


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    """A table with a vote, two versions of a note, a group of ideas and a comment."""
    wulan = workshop.join("Wulan")
    ids = [wulan.add(text, segments=["1"])["id"] for text in ("Bursa kerja", "Kunjungan", "Media", "Radio")]
    wulan.post(f"notes/{ids[0]}", base_version=1, text="Bursa kerja di SMK")
    wulan.post(f"notes/{ids[0]}", base_version=1, text="Bursa daring tiap Senin")
    wulan.post("clusters", notes=ids[2:], block="channels", name="Siaran")
    wulan.post(f"notes/{ids[1]}/comments", kind="ask", text="Kapan?")
    open_vote(workshop)
    return wulan


def here(board: Board, selector: str) -> Locator:
    return board.page.locator(f".cell[data-focused] {selector}")


def nothing_open(board: Board) -> str:
    return "body"


def a_note_to_edit(board: Board) -> str:
    here(board, ".note[data-version] .note__more").last.press("Enter")
    expect(board.page.locator("#editor textarea")).to_be_focused()
    board.page.locator("#editor .moves>summary").click()
    expect(board.page.locator("#editor .moves button:enabled").first).to_be_focused()
    return "#editor"


def two_versions(board: Board) -> str:
    here(board, "a.note__state").first.click()
    expect(board.page.locator("#editor .editor__rival")).to_be_visible()
    return "#editor"


def marks(board: Board) -> str:
    if here(board, ".block__add").is_visible():
        here(board, ".block__add").click()
    else:
        here(board, ".marks>summary").click()
    here(board, ".composer [name=evidence][value=fact]").check(force=True)
    return ".composer"


def a_selection(board: Board) -> str:
    here(board, ".block__pick").last.click()
    # What is done with several comes when it is first wanted; until then a click opens a note.
    expect(board.page.locator("#picked")).to_be_visible()
    here(board, ".note[data-version]").first.click()
    board.page.locator("#picked details>summary").first.click()
    expect(board.page.locator("#picked [data-to]").first).to_be_focused()
    return "#picked"


def a_menu(board: Board) -> str:
    board.page.locator(".more>summary").click()
    return ".more__list"


def an_example(board: Board) -> str:
    here(board, ".steps__example").click()
    expect(board.page.get_by_role("dialog")).to_be_visible()
    return "#example"


def comments(board: Board) -> str:
    here(board, ".note [data-talk]").first.click()
    expect(board.page.locator("[data-panel]")).to_be_visible()
    return "#talk"


def own_votes(board: Board) -> str:
    here(board, ".vote[aria-pressed=false]").first.click()
    board.page.locator(".ballot__own>summary").click()
    return ".polls"


def notes_in_hand(board: Board) -> str:
    here(board, ".note [data-grip]").first.press("Enter")
    expect(board.page.locator(".marker")).to_be_visible()
    return ""


def a_message(board: Board) -> str:
    here(board, ".note[data-version] .note__more").last.press("Enter")
    board.page.locator("#editor [data-op=delete]>.btn").last.click()
    expect(board.page.locator("#toasts .toast")).to_be_visible()
    return "#toasts"


def a_refusal(board: Board) -> str:
    make_too_long(board.page, "ditolak")
    if here(board, ".block__add").is_visible():
        here(board, ".block__add").click()
    here(board, ".composer [name=text]").fill("ditolak")
    here(board, ".composer__row .btn--go").click()
    expect(here(board, ".note[data-sync=refused]")).to_be_visible()
    return ".cell[data-focused] .pending"


State = Callable[[Board], str]
TOURED: list[State] = [
    nothing_open,
    a_note_to_edit,
    two_versions,
    marks,
    a_selection,
    a_menu,
    comments,
    own_votes,
]
# The last ones leave something behind.
STATES: list[State] = [*TOURED[:-1], an_example, notes_in_hand, own_votes, a_message, a_refusal]
WAYS = [
    ("laptop", "id", "high"),
    ("phone", "en", "normal"),
    pytest.param("laptop", "en", "normal", marks=pytest.mark.nightly),
    pytest.param("laptop", "en", "high", marks=pytest.mark.nightly),
    pytest.param("phone", "id", "normal", marks=pytest.mark.nightly),
    pytest.param("phone", "id", "high", marks=pytest.mark.nightly),
]


@pytest.mark.parametrize(("device", "language", "contrast"), WAYS)
def test_whatever_is_open_axe_finds_nothing_and_a_thumb_hits(
    workshop: Workshop, devices: Devices, wulan: Person, device: str, language: str, contrast: str
) -> None:
    devices.watch.expect("status of 4")
    page = (devices.phone if device == "phone" else devices.laptop)(cookie_of(wulan))
    page.emulate_media(reduced_motion="reduce")
    chosen = {"language": language, "contrast": contrast}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": workshop.house.origin} for name, value in chosen.items()]
    )
    board, found = Board(page), []
    for state in STATES:
        board.open(f"{workshop.tables[0].path}?block=channels")
        panel = state(board)
        found += [f"{state.__name__}: {each}" for each in findings(page, language)]
        if device == "phone" and panel:
            found += [f"{state.__name__}: {each}" for each in page.evaluate(TOO_SMALL, panel)]
    assert found == []


@pytest.mark.parametrize("device", ["laptop", "phone"])
def test_tab_reaches_all_that_is_open_sees_it_and_is_never_lost_or_trapped(
    workshop: Workshop, devices: Devices, wulan: Person, device: str
) -> None:
    page = (devices.phone if device == "phone" else devices.laptop)(cookie_of(wulan))
    page.emulate_media(reduced_motion="reduce")
    board, found = Board(page), []
    for state in TOURED:
        board.open(f"{workshop.tables[0].path}?block=channels")
        state(board)
        found += [f"{state.__name__}: {each}" for each in tour(page)]
    assert found == []


def tour(page: Page) -> list[str]:
    """Once around the page by Tab; what is wrong on the way."""
    wrong: list[str] = []
    lost, seen = 0, set[int]()
    for _ in range(500):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            # Between the last and the first it is the browser's.
            lost += 1
            if lost > 1:
                return [*wrong, f"the focus is lost again after {len(seen)}"]
            continue
        if at["number"] in seen:
            break
        seen.add(at["number"])
        if not at["isSeen"]:
            wrong.append(f"not seen: {at['html']}")
    # Whoever is trapped misses the rest.
    return [*wrong, *(f"never reached: {html}" for html in page.evaluate(MISSED))]
