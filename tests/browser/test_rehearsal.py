"""The dress rehearsal (issue 5): 26 people at five tables play the whole half-day agenda, at speed.

Five real pages: desk, remote, wall and two phones; everybody else comes over the wire. At every step each
screen is looked at, and streams of every kind are listened to, byte by byte, for what is not to be seen yet.
"""

import re
import threading
from dataclasses import dataclass, field

import pytest
from httpx2 import Client, HTTPError
from playwright.sync_api import Page, expect

from app.workshop.agenda import StepPlan
from app.workshop.agenda_files import HALF_DAY, agenda
from app.workshop.stages import Stage, Wall
from tests.browser.board import LIVE, Board
from tests.browser.devices import Devices
from tests.browser.house import House, Workshop, cookie_of, open_workshop
from tests.browser.test_remote import shown_link
from tests.browser.test_signals import button
from tests.factories import Person, new_uuid

PARTNERSHIPS = "\n".join(
    f"{centre} × {partner}"
    for centre, partner in (
        ("BBPVP Serang", "Petrokimia"),
        ("BBPVP Bekasi", "Manufaktur"),
        ("BLK Lebak", "Alas kaki"),
        ("BLK Cilegon", "Galangan"),
        ("UPTD Banten", "Perhotelan"),
    )
)
PEOPLE = (6, 5, 5, 5, 5)
# A desk takes a press for a mistake that follows sooner on a new step (static/js/desk.js).
SETTLED = 1100


@dataclass
class Ear:
    """Somebody who keeps a stream open and hears every byte of it."""

    http: Client
    path: str
    heard: bytearray = field(default_factory=bytearray)

    def open(self) -> "Ear":
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self) -> None:
        headers = {"accept": "text/event-stream", "accept-encoding": "identity"}
        try:
            with self.http.stream("GET", self.path, headers=headers, timeout=None) as answer:
                for chunk in answer.iter_raw():
                    self.heard += chunk
        except HTTPError:
            pass  # The house is closed.

    def words(self, step: int) -> set[str]:
        """Who was heard of what is written at a step."""
        return set(re.findall(rf"Rahasia {step} (\d-\d)\b", self.heard.decode(errors="ignore")))


@dataclass
class Rehearsal:
    """Everybody in the room. `tables`: the people of each, of whom the last one only listens."""

    workshop: Workshop
    tables: list[list[Person]]
    desk: Page
    remote: Page
    wall: Page
    writer: Board
    reader: Board
    ears: dict[str, Ear]

    def press(self, number: int) -> None:
        """Lanjut, on the laptop and on the remote by turns, by somebody who has read what is there."""
        self.desk.wait_for_timeout(SETTLED)
        if number % 2:
            self.remote.locator(".lanjut").tap()
        else:
            self.desk.locator(".lanjut").click()

    def write(self, step: int, block: str) -> None:
        """One note by everybody but those who listen; the first of all writes it on a real phone."""
        for table, people in enumerate(self.tables):
            for seat, person in enumerate(people[:-1]):
                if (table, seat) != (0, 0):
                    person.add(f"Rahasia {step} {table}-{seat}", block)
        self.writer.new_text.fill(f"Rahasia {step} 0-0")
        self.writer.new_text.press("Enter")
        expect(self.writer.note(f"Rahasia {step} 0-0")).to_have_count(1)

    def expect_nothing_seen(self, step: int) -> None:
        """Nobody has a byte of it but who wrote it."""
        for name, ear in self.ears.items():
            assert ear.words(step) == set(), name
        for page in (self.desk, self.remote, self.wall, self.reader.page):
            assert f"Rahasia {step} " not in page.content()
        assert set(re.findall(rf"Rahasia {step} (\d-\d)", self.writer.page.content())) == {"0-0"}

    def expect_all_seen(self, step: int) -> None:
        """Each table has its own words, and those of no other."""
        mine = {f"1-{seat}" for seat in range(len(self.tables[1]) - 1)}
        expect(self.reader.note(f"Rahasia {step} ")).to_have_count(len(mine))
        for table, people in enumerate(self.tables):
            ear = self.ears[f"table {table}"]
            wanted = {f"{table}-{seat}" for seat in range(len(people) - 1)}
            for _ in range(100):
                if ear.words(step) == wanted:
                    break
                self.desk.wait_for_timeout(100)
            assert ear.words(step) == wanted


@pytest.fixture
def rehearsal(house: House, devices: Devices) -> Rehearsal:
    workshop = open_workshop(house, PARTNERSHIPS)
    tables = [
        [workshop.join(f"Peserta {table}-{seat}", table) for seat in range(count - (table == 4))]
        for table, count in enumerate(PEOPLE)
    ]
    desk, remote, wall = devices.laptop(workshop.facilitator_cookie), devices.phone(), devices.beamer()
    wall.goto(workshop.projector_path)
    desk.goto(workshop.desk_path)
    desk.get_by_role("button", name="Pakai HP sebagai remote").click()
    remote.goto(shown_link(desk))
    remote.get_by_role("button", name="Pakai HP ini sebagai remote").tap()
    desk.get_by_role("link", name="Selesai, kembali ke meja fasilitator").click()
    writer, reader = (
        Board(devices.phone(cookie_of(tables[table][seat]))) for table, seat in ((0, 0), (1, -1))
    )
    for board, table in ((writer, 0), (reader, 1)):
        board.open(workshop.tables[table].path)
    for page in (desk, remote, wall):
        expect(page.locator(LIVE)).to_have_count(1)
    listening = {
        f"table {table}": (people[-1].http, f"{workshop.tables[table].path}/events?since=")
        for table, people in enumerate(tables)
    }
    listening["desk"] = (house.facilitator, f"{workshop.desk_path}/events?since=")
    listening["wall"] = (house.visitor(), f"{workshop.projector_path}/events?since=")
    ears = {}
    for name, (known, path) in listening.items():
        http = house.visitor()
        http.cookies.update(known.cookies)
        ears[name] = Ear(http, path).open()
    return Rehearsal(workshop, tables, desk, remote, wall, writer, reader, ears)


def test_the_half_day_from_the_first_guest_to_the_signed_plan(rehearsal: Rehearsal, devices: Devices) -> None:
    devices.watch.expect("net::ERR_INTERNET_DISCONNECTED")
    half_day = agenda(HALF_DAY)
    assert half_day
    shown = "welcome"
    for number, step in enumerate(half_day.steps):
        rehearsal.press(number)
        if step.wall is not Wall.KEEP:
            shown = step.wall.value
        expect_every_screen(rehearsal, step, shown)
        if number and half_day.steps[number - 1].stage is Stage.WRITE_ALONE:
            rehearsal.expect_all_seen(number - 1)
        ACTS.get(step.stage, nothing)(rehearsal, number, step)
        if number == 5:
            sleep_through(rehearsal)
        if number == 9:
            come_late(rehearsal, devices, step)
    assert number >= 20

    expect(rehearsal.desk.locator("#desk-people")).to_contain_text("26 dari 26 hadir")
    rehearsal.press(number + 1)
    for board in (rehearsal.writer, rehearsal.reader):
        expect(board.page.locator("#stage")).to_be_hidden()
    for table in rehearsal.workshop.tables:
        paper = rehearsal.workshop.house.facilitator.get(f"{table.path}/canvas.pdf?paper=a3")
        assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


def expect_every_screen(rehearsal: Rehearsal, step: StepPlan, shown: str) -> None:
    """What each screen shows at a step."""
    title = step.title.of("id")
    for page in (rehearsal.desk, rehearsal.remote):
        expect(page.locator("#desk-now").get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(rehearsal.wall.locator(f'[data-kind="{shown}"]')).to_have_count(1)
    for board in (rehearsal.writer, rehearsal.reader):
        expect(board.page.locator("#stage")).to_contain_text(title)
    for page in (rehearsal.wall, rehearsal.writer.page, rehearsal.reader.page):
        assert step.script.of("id") not in page.locator("body").inner_text()


def nothing(rehearsal: Rehearsal, number: int, step: StepPlan) -> None:
    pass


def write_alone(rehearsal: Rehearsal, number: int, step: StepPlan) -> None:
    """Everybody writes, says so, and nobody reads it yet."""
    rehearsal.write(number, step.blocks[0])
    if number == 3:
        button(rehearsal.writer, "Selesai").tap()
        expect(rehearsal.desk.locator("#desk-signals")).to_contain_text("1 dari 6 selesai")
        expect(rehearsal.wall.get_by_text("1 dari 25 selesai")).to_be_visible()
        button(rehearsal.reader, "Angkat tangan").tap()
        hands = rehearsal.remote.get_by_role("list", name="Tangan terangkat")
        expect(hands).to_contain_text("Peserta 1-4")
    rehearsal.expect_nothing_seen(number)


def vote(rehearsal: Rehearsal, number: int, step: StepPlan) -> None:
    """Each table votes; no screen knows for what."""
    for people in rehearsal.tables:
        ballot = people[0].http.get(f"/canvases/{people[0].canvas_id}/ballot").text
        found = re.search(r'data-round="([^"]+)"', ballot)
        assert found
        note = re.search(r'id="note-([0-9a-f-]{36})"', people[0].board())
        assert note
        answer = people[1].post("votes", note_id=note[1], round_id=found[1], value="1")
        assert answer.status_code == 200, answer.text
    for ear in rehearsal.ears.values():
        assert b'data-votes="' not in ear.heard


def plan(rehearsal: Rehearsal, number: int, step: StepPlan) -> None:
    """Each table agrees on its first step."""
    for people in rehearsal.tables:
        form = {"note_id": new_uuid(), "text": f"Bertemu lagi {people[0].canvas_id}"}
        assert people[0].post("follow-up-plan", **form).status_code == 200


ACTS = {Stage.WRITE_ALONE: write_alone, Stage.VOTE: vote, Stage.FOLLOW_UP: plan}


def sleep_through(rehearsal: Rehearsal) -> None:
    """A phone loses the Wi-Fi until the next step is under way; it is expected there like all others."""
    context = rehearsal.reader.page.context
    context.set_offline(True)
    rehearsal.reader.page.wait_for_timeout(300)
    context.set_offline(False)


def come_late(rehearsal: Rehearsal, devices: Devices, step: StepPlan) -> None:
    """The last guest comes in the middle of it, and lands where everybody is."""
    late = rehearsal.workshop.join("Peserta 4-4", 4)
    board = Board(devices.phone(cookie_of(late))).open(rehearsal.workshop.tables[4].path)
    expect(board.page.locator("#stage")).to_contain_text(step.title.of("id"))
    board.page.close()
