"""Somebody who goes on typing over whatever link there is, and a witness of what the page says meanwhile."""

import html
import random
import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.board import Board
from tests.browser.network import Network
from tests.factories import Person

BLOCK, KEY = "Segmen Pelanggan", "customer_segments"
PACE = 25  # milliseconds between two keys
TOLD = 25.0  # seconds after its death in which a dead link must be spoken of
# A change waits 15 s for an answer, and there may be several dead links to find out about.
BACK = 90.0
UNSENT = re.compile(r"(\d+) belum terkirim|Koneksi terputus")
DRAFT = re.compile("Draf, disimpan di perangkat ini")
TEXTS = re.compile(r'</span>([^<]*)</p>\s*<p class="note__meta">')
WORDS = ("mesin", "las", "balai", "latihan", "magang", "upah", "bahan", "pabrik", "guru", "kapal", "listrik")
SHOWN = """() => [...document.querySelectorAll(".cell[data-focused] .note__text")]
  .filter((text) => text.checkVisibility()).map((text) => text.textContent).join("\\n")"""
# Notes each moment at which the page calls saved what the server has not answered for or nobody has sent.
WITNESS = """(() => {
  // An error page may keep nothing, and says nothing.
  if (location.protocol !== "http:") return;
  const before = JSON.parse(sessionStorage.getItem("witness") ?? "{}");
  const answered = new Set(before.answered);
  let entered = before.entered ?? 0;
  const keep = () => sessionStorage.setItem("witness", JSON.stringify({ entered, answered: [...answered] }));
  window.lies = [];
  const real = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await real(...asked);
    if (answer.ok && asked[1]?.method === "POST") answered.add(asked[1].body.get("op_id"));
    keep();
    return answer;
  };
  const look = () => {
    if (!/Tersimpan/.test(document.getElementById("save")?.textContent)) return;
    const fields = [...document.querySelectorAll("form[data-draft] textarea")];
    const written = fields.filter((field) => field.value.trim() && field.value !== field.defaultValue).length;
    const isWaiting = document.querySelector("[id^=own-]:not([data-sync=sent])");
    if (entered > answered.size || written || isWaiting) lies.push([entered, answered.size, written]);
  };
  addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target.name === "text" && target.value.trim()) entered += 1;
    keep();
  }, { capture: true });
  addEventListener("input", look);
  const watch = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(look).observe(document, watch);
})();"""


@dataclass
class Writer:
    """Somebody who writes 40 characters a second, and looks at what the device shows meanwhile."""

    board: Board
    network: Network
    witness: Person
    rng: random.Random
    entered: list[str] = field(default_factory=list)
    held: str = ""
    died: float = 0.0

    @property
    def page(self) -> Page:
        return self.board.page

    def sentence(self) -> str:
        words = [self.rng.choice(WORDS) for _ in range(self.rng.randint(1, 3))]
        return " ".join([f"{self.rng.randrange(10**4)}", *words])

    def type(self, keys: str, dies_at: int) -> None:
        """Enter included. The link dies before this key."""
        self.page.keyboard.type(keys[: max(dies_at, 0)], delay=PACE)
        if 0 <= dies_at < len(keys):
            self.network.darken()
            self.died = time.monotonic()
        self.page.keyboard.type(keys[max(dies_at, 0) :], delay=PACE)

    def add(self, number: int) -> None:
        """So many notes into the composer, and perhaps the beginning of another."""
        self.entered = [self.sentence() for _ in range(number)]
        self.held = self.rng.choice([self.sentence(), ""])
        keys = "".join(f"{text}\n" for text in self.entered) + self.held
        self.type(keys, self.rng.randrange(len(keys)))

    def go_on(self, number: int) -> None:
        """Into the editor of the only note, again and again; the last time perhaps without saving."""
        is_left = self.rng.random() < 0.5
        additions = [f" {self.sentence()}" for _ in range(number + is_left)]
        dies_at = self.rng.randrange(sum(map(len, additions)) + number)
        text = self.entered[0]
        for place, addition in enumerate(additions):
            self.board.pick_up(text)
            keys = addition + ("\n" if place < number else "")
            self.type(keys, dies_at)
            dies_at = dies_at - len(keys) if dies_at >= len(keys) else -1
            text += addition
            if place < number:
                self.entered = [text]
        self.held = text if is_left else ""

    def on_the_server(self) -> list[str]:
        block = self.witness.board().split(f'id="block-{KEY}"')[1].split("</section>")[0]
        return [html.unescape(text) for text in TEXTS.findall(block)]

    def missing(self) -> list[str]:
        arrived = self.on_the_server()
        return [text for text in self.entered if text not in arrived]

    def field_text(self) -> str:
        fields = self.page.locator("form[data-draft] textarea:visible")
        return "".join(one.input_value() for one in fields.all())

    def check_in_sight(self) -> None:
        """Whatever the server has not, the page shows; and it never called that saved."""
        # In this order: meanwhile it may arrive, but not go.
        shown, missing = self.page.evaluate(SHOWN), self.missing()
        assert not [text for text in missing if text not in shown], (missing, shown)
        assert self.field_text() == self.held
        self.check_honest()

    def check_honest(self) -> None:
        lies = self.page.evaluate("lies")
        assert lies == [], lies

    def word(self) -> Locator:
        """What says that it is not all there."""
        states = self.page.locator("#save:visible,#band:visible")
        return states.filter(has_text=UNSENT if self.missing() else DRAFT).first

    def check_told(self) -> float:
        """The seconds from death until the page says so."""
        expect(self.word()).to_be_visible(timeout=(TOLD - time.monotonic() + self.died) * 1000)
        told = time.monotonic() - self.died
        if count := UNSENT.search(self.page.locator("#save").inner_text()):
            assert int(count[1] or 0) >= len(self.missing()) or len(self.entered) == 1
        return told

    def check_arrived(self) -> float:
        """Seconds until everything is there, once and in order, on the server and on the page."""
        began = time.monotonic()
        while self.on_the_server() != self.entered and time.monotonic() - began < BACK:
            self.page.wait_for_timeout(50)
        self.check_once()
        took = time.monotonic() - began
        assert self.field_text() == self.held
        if self.held:
            self.finish()
        # Nothing comes twice, not even late.
        self.page.wait_for_timeout(300)
        self.check_once()
        # A page whose stream stays half-open finds out after 35 s.
        expect(self.board.notes(BLOCK).last).to_contain_text(self.entered[-1], timeout=BACK * 1000)
        self.board.expect_notes(BLOCK, *self.entered)
        self.board.expect_nothing_on_its_way()
        expect(self.page.locator("#save")).to_contain_text("Tersimpan", timeout=BACK * 1000)
        self.check_honest()
        return took

    def check_once(self) -> None:
        arrived = self.on_the_server()
        assert arrived == self.entered, f"{arrived}, not {self.entered}"

    def finish(self) -> None:
        """Save what is still in the field."""
        is_edit = self.board.editor.count() > 0
        (self.board.edited_text if is_edit else self.board.new_text).press("Enter")
        self.entered = [self.held] if is_edit else [*self.entered, self.held]
        self.held = ""
        deadline = time.monotonic() + BACK
        while self.missing() and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
