"""Talking about notes and blocks: by finger, by mouse, by keyboard, with the Wi-Fi gone, without scripts."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person

BLOCK = "Saluran"
NOTE = "Bursa kerja"
DEAD = "net::ERR"


@dataclass(frozen=True)
class Talk:
    """The panel in which people talk."""

    page: Page

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("region", name="Komentar ·")

    @property
    def comments(self) -> Locator:
        return self.panel.locator("[data-list] .comment")

    @property
    def text(self) -> Locator:
        return self.panel.get_by_role("textbox", name="Komentar Anda")

    def sign(self, key: str) -> Locator:
        """What stands beside the note or block."""
        return self.page.locator(f'a[data-talk="{key}"]')

    def open(self, key: str) -> "Talk":
        self.sign(key).click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, kind: str, text: str) -> None:
        self.panel.get_by_role("radio", name=kind).click()
        self.text.fill(text)
        self.panel.get_by_role("button", name="Kirim").click()

    def done_to(self, text: str, button: str) -> None:
        comment = self.comments.filter(has_text=text).first
        comment.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    return workshop.join("Wulan")


@pytest.fixture
def note(wulan: Person) -> str:
    return str(wulan.add(NOTE)["id"])


@pytest.fixture
def phone(workshop: Workshop, devices: Devices, wulan: Person, note: str) -> Talk:
    page = devices.phone(cookie_of(wulan))
    Board(page).open(f"{workshop.tables[0].path}?block=channels")
    return Talk(page)


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices, note: str) -> Talk:
    page = devices.laptop(cookie_of(workshop.join("Budi")))
    Board(page).open(f"{workshop.tables[0].path}?block=channels")
    return Talk(page)


def test_what_is_said_on_one_device_is_read_and_answered_on_the_other(
    phone: Talk, laptop: Talk, note: str
) -> None:
    phone.open(note).say("Saya usul", "undang alumni")

    expect(phone.comments).to_contain_text(["undang alumni"])
    expect(phone.text).to_have_value("")
    expect(laptop.sign(note)).to_contain_text("1 komentar, 1 belum selesai")
    laptop.open(note).panel.get_by_role("link", name="Balas").click()
    laptop.page.keyboard.type("Saya punya kontaknya")
    laptop.page.keyboard.press("Enter")
    expect(phone.comments).to_contain_text(["undang alumni", "Saya punya kontaknya"])
    laptop.done_to("undang alumni", "Selesai")
    expect(phone.comments.first).to_contain_text("Selesai menurut Budi")
    expect(phone.sign(note)).to_contain_text("2 komentar")
    expect(phone.sign(note)).not_to_contain_text("belum selesai")


def test_nothing_that_comes_in_touches_what_is_being_typed(phone: Talk, laptop: Talk, note: str) -> None:
    phone.open(note)
    phone.panel.get_by_role("radio", name="Tanya").click()
    phone.text.press_sequentially("Kapan ")

    laptop.open(note).say("Saya suka", "jelas")

    expect(phone.comments).to_contain_text(["jelas"])
    expect(phone.page.locator("#said")).to_have_text("Komentar baru")
    expect(phone.text).to_be_focused()
    phone.page.keyboard.type("mulai?")
    expect(phone.text).to_have_value("Kapan mulai?")
    expect(phone.panel.get_by_role("radio", name="Tanya")).to_be_checked()


def test_the_keyboard_alone_opens_writes_settles_and_comes_back(laptop: Talk, note: str) -> None:
    keys = laptop.page.keyboard
    laptop.sign(note).focus()
    keys.press("Enter")
    expect(laptop.panel).to_be_visible()
    for _ in range(9):
        keys.press("Tab")
        if laptop.panel.get_by_role("radio").first.evaluate("(radio) => radio === document.activeElement"):
            break
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.type("tambah satu")
    keys.press("Enter")

    expect(laptop.comments.locator(".comment__kind")).to_have_text(["Saya usul"])
    laptop.comments.get_by_role("button", name="Selesai").focus()
    keys.press("Enter")
    expect(laptop.comments).to_contain_text(["Selesai menurut Budi"])
    expect(laptop.comments.get_by_role("button", name="Buka lagi")).to_be_focused()
    keys.press("Escape")
    expect(laptop.panel).to_have_count(0)
    expect(laptop.sign(note)).to_be_focused()


def test_without_a_connection_a_comment_waits_in_sight_and_is_said_once(
    devices: Devices, phone: Talk, laptop: Talk, note: str
) -> None:
    devices.watch.expect(DEAD)
    phone.page.context.set_offline(True)
    expect(phone.page.locator("html[data-live=off]")).to_have_count(1)

    phone.open(note).say("Bagaimana jika", "besok saja")

    waiting = phone.panel.locator("[data-unsent]")
    expect(waiting).to_contain_text("Bagaimana jika Wulanbesok saja")
    expect(waiting).to_contain_text("Belum terkirim")
    expect(phone.panel).to_contain_text("terlihat setelah koneksi kembali")
    assert NOTE in phone.panel.inner_text()
    phone.page.context.set_offline(False)
    expect(phone.comments).to_contain_text(["besok saja"], timeout=30_000)
    expect(waiting).to_be_empty()
    expect(laptop.sign(note)).to_contain_text("1 komentar, 1 belum selesai")


def test_a_half_written_comment_comes_back_with_its_panel_also_after_a_reload(
    phone: Talk, workshop: Workshop, note: str
) -> None:
    phone.open("channels").panel.get_by_role("radio", name="Saya usul").click()
    phone.text.press_sequentially("tambah medi")
    phone.page.go_back()
    expect(phone.panel).to_have_count(0)
    expect(phone.sign("channels")).to_be_visible()
    assert phone.open("channels").text.input_value() == "tambah medi"

    phone.page.on("dialog", lambda dialog: dialog.accept())
    phone.page.reload()

    offer = phone.page.locator("#outbox")
    expect(offer).to_contain_text("Anda sedang menulis komentar")
    offer.get_by_role("button", name="Lanjut mengubah").click()
    expect(phone.text).to_have_value("tambah medi")
    expect(phone.panel.get_by_role("radio", name="Saya usul")).to_be_checked()


def test_an_own_comment_is_taken_back_and_brought_again(phone: Talk, note: str) -> None:
    phone.open(note).say("Tanya", "Siapa?")
    phone.done_to("Siapa?", "Tarik kembali")

    expect(phone.comments).to_contain_text(["ditarik kembali oleh penulisnya"])
    phone.comments.get_by_role("button", name="Kembalikan").click()
    expect(phone.comments).to_contain_text(["Siapa?"])


def test_a_comment_takes_nothing_from_undo_and_makes_no_note(laptop: Talk, note: str) -> None:
    undo = laptop.page.get_by_role("button", name="Urungkan")
    expect(undo).to_be_disabled()

    laptop.open(note).say("Saya suka", "jelas")

    expect(laptop.comments).to_have_count(1)
    expect(undo).to_be_disabled()
    expect(laptop.page.locator(".note[data-version]")).to_have_count(1)
    expect(laptop.page.locator("[id^=own-]")).to_have_count(0)


def test_without_scripts_everything_is_a_page_and_a_form(
    workshop: Workshop, devices: Devices, wulan: Person, note: str
) -> None:
    page = devices.phone(cookie_of(wulan), scripts=False)
    page.goto(f"{workshop.tables[0].path}?block=channels")
    talk = Talk(page)
    talk.open(note).say("Tanya", "Kapan mulai?")
    talk.panel.get_by_role("link", name="Balas").click()
    page.get_by_role("textbox", name="Balasan Anda").fill("Bulan depan")
    page.get_by_role("button", name="Kirim").click()
    expect(talk.comments).to_contain_text(["Kapan mulai?", "Bulan depan"])

    page.goto(f"{workshop.tables[0].path}/comments")
    page.get_by_role("button", name="Selesai").click()

    expect(page).to_have_url(re.compile("/comments$"))
    expect(page.locator("main")).to_contain_text("Tidak ada komentar yang belum selesai.")
