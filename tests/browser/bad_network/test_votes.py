"""Votes without a connection: they show at once, arrive once, and too late they stay with their reason."""

import pytest
from playwright.sync_api import expect

from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.network import HouseBehind
from tests.browser.voting import VotingBoard, close_vote, open_vote
from tests.factories import Person


@pytest.fixture
def board(workshop: Workshop, devices: Devices, bagas: Person) -> VotingBoard:
    """Bagas, with a vote open and two notes to vote for."""
    bagas.add("Bursa kerja")
    bagas.add("Grup alumni")
    open_vote(workshop)
    board = VotingBoard(devices.laptop(cookie_of(bagas)))
    board.open(f"{workshop.tables[0].path}?block=channels")
    board.expect_votes(left=3)
    return board


def test_votes_given_and_withdrawn_offline_show_at_once_and_count_once(
    house: HouseBehind, workshop: Workshop, board: VotingBoard
) -> None:
    house.network.darken()
    board.dot("Bursa kerja").click()
    board.dot("Grup alumni").click()
    board.dot("Bursa kerja").click()
    board.expect_votes("Grup alumni", left=2)
    expect(board.page.locator("#save")).to_contain_text("3 belum terkirim")

    house.network.lighten()

    expect(board.page.locator("#save")).to_have_text("Tersimpan otomatis", timeout=60_000)
    board.expect_votes("Grup alumni", left=2)
    close_vote(workshop)
    expect(board.page.locator(".note__votes")).to_have_text(["1 suara"])


def test_a_vote_that_comes_after_the_closing_stays_with_its_reason(
    house: HouseBehind, workshop: Workshop, devices: Devices, board: VotingBoard
) -> None:
    devices.watch.expect("status of 410")
    house.network.darken()
    board.dot("Bursa kerja").click()
    board.expect_votes("Bursa kerja", left=2)
    close_vote(workshop)

    house.network.lighten()

    kept = board.page.locator("[data-sync=refused]")
    expect(kept).to_contain_text("Suara untuk: Bursa kerja", timeout=60_000)
    expect(kept).to_contain_text("Pemberian suara sudah ditutup sebelum suara ini sampai")
    board.page.reload()
    expect(kept).to_contain_text("Suara untuk: Bursa kerja")
    expect(board.page.locator(".note__votes")).to_have_count(0)
    kept.get_by_role("button", name="Buang").click()
    expect(kept).to_have_count(0)
