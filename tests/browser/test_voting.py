"""Dot voting, by mouse, by finger and by keyboard: own dots show at once, counts only when it is closed."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.board import LIVE
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_projector import TWENTY_POINTS
from tests.browser.visible_text import below, visible_text
from tests.browser.voting import VotingBoard, close_vote, open_vote
from tests.factories import Person

IDEAS = ("Bursa kerja", "Grup alumni", "Kunjungan HRD", "Radio desa")


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    person = workshop.join("Wulan")
    for text in IDEAS:
        person.add(text)
    return person


@pytest.fixture
def board(workshop: Workshop, devices: Devices, wulan: Person) -> VotingBoard:
    board = VotingBoard(devices.laptop(cookie_of(wulan)))
    board.open(f"{workshop.tables[0].path}?block=channels")
    return board


def test_a_table_votes_by_mouse_and_sees_the_result_when_the_host_closes_it(
    workshop: Workshop, devices: Devices, board: VotingBoard
) -> None:
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    desk.get_by_text("Buka pemberian suara …").click()
    desk.get_by_role("button", name="Buka pemberian suara", exact=True).click()
    expect(board.page.get_by_role("region", name="Pemberian suara")).to_contain_text(
        "Mana yang paling penting?"
    )

    for text in IDEAS[:3]:
        board.dot(text).click()
    board.expect_votes(*IDEAS[:3], left=0)
    board.dot(IDEAS[3]).click()
    expect(board.page.locator("#toasts")).to_contain_text("Semua suara sudah diberikan. Tarik satu dulu.")
    board.dot(IDEAS[0]).click()
    board.withdraw(IDEAS[1])
    board.dot(IDEAS[3]).click()
    board.expect_votes(IDEAS[2], IDEAS[3], left=1)
    expect(board.page.locator("#save")).to_have_text("Tersimpan otomatis")
    expect(desk.locator("#desk-voting")).to_contain_text("1 dari 1 sudah memberi suara")
    expect(board.page.locator(".note__votes")).to_have_count(0)
    board.page.reload()
    board.expect_votes(IDEAS[2], IDEAS[3], left=1)

    desk.get_by_role("button", name="Tutup pemberian suara Kelompok 1").click()

    expect(board.note(IDEAS[2]).locator(".note__votes")).to_have_text("1 suara")
    expect(board.page.locator(".vote")).to_have_count(0)
    board.page.locator("#toasts").get_by_role("button", name="Lihat hasil").click()
    expect(board.page.get_by_role("heading", name="Mana yang paling penting?")).to_be_visible()
    expect(board.page.get_by_role("listitem").filter(has_text=IDEAS[3])).to_contain_text("seri")


def test_a_vote_is_given_and_withdrawn_by_keyboard_alone_and_is_spoken(
    workshop: Workshop, board: VotingBoard
) -> None:
    open_vote(workshop, budget="2")
    said = board.page.locator("#said")
    board.dot(IDEAS[0]).focus()
    board.page.keyboard.press("Space")
    expect(said).to_have_text("Suara diberikan. sisa 1 dari 2")
    board.expect_votes(IDEAS[0], left=1)
    expect(board.dot(IDEAS[0])).to_be_focused()
    board.page.keyboard.press("Enter")
    expect(said).to_have_text("Suara ditarik. sisa 2 dari 2")
    board.expect_votes(left=2)
    board.page.keyboard.press("Enter")
    board.expect_votes(IDEAS[0], left=1)
    board.own_votes.locator("summary").focus()
    board.page.keyboard.press("Enter")
    board.page.keyboard.press("Tab")
    board.page.keyboard.press("Enter")
    board.expect_votes(left=2)
    expect(board.page.locator(".ballot__left")).to_be_focused()


def test_a_vote_is_given_by_finger_on_a_target_large_enough(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    open_vote(workshop)
    phone = VotingBoard(devices.phone(cookie_of(wulan)))
    phone.open(f"{workshop.tables[0].path}?block=channels")
    box = phone.dot(IDEAS[0]).bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    phone.dot(IDEAS[0]).tap()
    phone.expect_votes(IDEAS[0], left=2)


def test_a_tap_before_the_own_votes_are_known_counts(workshop: Workshop, board: VotingBoard) -> None:
    held: list[Route] = []
    board.page.route("**/ballot", lambda route: held.append(route))
    open_vote(workshop)
    board.dot(IDEAS[0]).click()
    expect(board.page.locator(".ballot__left")).to_have_count(0)
    for route in held:
        route.continue_()

    board.expect_votes(IDEAS[0], left=2)


def test_a_tap_that_cannot_count_says_so(workshop: Workshop, devices: Devices, board: VotingBoard) -> None:
    devices.watch.expect("ERR_FAILED")
    board.page.route("**/ballot", lambda route: route.abort())
    open_vote(workshop)
    board.dot(IDEAS[0]).click()

    expect(board.page.locator("#toasts")).to_contain_text("Perubahan Anda belum disimpan.")
    board.page.unroute("**/ballot")
    board.dot(IDEAS[0]).click()
    board.expect_votes(IDEAS[0], left=2)


def test_what_others_do_meanwhile_takes_no_dot_away(
    workshop: Workshop, board: VotingBoard, wulan: Person
) -> None:
    open_vote(workshop)
    board.dot(IDEAS[0]).click()
    board.expect_votes(IDEAS[0], left=2)

    wulan.add("Baru dari meja")
    expect(board.note("Baru dari meja")).to_be_visible()

    board.expect_votes(IDEAS[0], left=2)


def test_a_vote_for_a_note_that_is_deleted_comes_back(
    workshop: Workshop, board: VotingBoard, wulan: Person
) -> None:
    open_vote(workshop)
    gone = wulan.add("Akan dihapus")
    board.dot("Akan dihapus").click()
    board.expect_votes("Akan dihapus", left=2)

    wulan.post(f"notes/{gone['id']}/deletion")

    board.expect_votes(left=3)


def test_a_vote_works_as_a_plain_form(workshop: Workshop, devices: Devices, wulan: Person) -> None:
    open_vote(workshop)
    page = devices.laptop(cookie_of(wulan), scripts=False)
    page.goto(workshop.tables[0].path)
    VotingBoard(page).dot(IDEAS[0]).click()
    expect(page.locator(".ballot__left")).to_have_text("sisa 2 dari 3")
    VotingBoard(page).withdraw(IDEAS[0])
    expect(page.locator(".ballot__left")).to_have_text("sisa 3 dari 3")


def test_the_host_looks_on_and_votes_for_somebody_without_a_device(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    open_vote(workshop)
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.tables[0].path)
    expect(desk.locator(LIVE)).to_have_count(1)
    expect(desk.locator(".vote:visible")).to_have_count(0)
    desk.goto(workshop.desk_path)

    desk.get_by_role("link", name="Catat suara orang tanpa HP").first.click()
    desk.get_by_label("Nama orang baru").fill("Pak Hasan")
    desk.get_by_label(IDEAS[1]).check()
    desk.get_by_role("button", name="Catat suara ini").click()

    expect(desk.locator("#desk-voting")).to_contain_text("1 dari 2 sudah memberi suara (1 Anda catat)")


def test_the_wall_shows_how_many_have_voted_then_the_result_for_the_back_row(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    wall: Page = devices.beamer()
    wall.goto(workshop.projector_path)
    open_vote(workshop)
    workshop.show("votes")
    expect(wall.get_by_text("0 dari 1 sudah memberi suara")).to_be_visible()
    board = VotingBoard(devices.laptop(cookie_of(wulan)))
    board.open(workshop.tables[0].path)
    board.dot(IDEAS[0]).click()
    expect(wall.get_by_text("1 dari 1 sudah memberi suara")).to_be_visible()
    expect(wall.get_by_text(IDEAS[0])).to_have_count(0)

    close_vote(workshop)

    expect(wall.get_by_role("listitem").filter(has_text=IDEAS[0])).to_contain_text("1 suara")
    words = visible_text(wall)
    assert below(TWENTY_POINTS, words) == [] and "Wulan" not in wall.content()
