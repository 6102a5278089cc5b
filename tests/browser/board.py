"""The canvas as the people at a table use it, by the words they read on it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from playwright.sync_api import Locator, Page, Route, expect

LIVE = "html[data-live=on]"
SENDING = re.compile(r"/canvases/\w+/notes")


@dataclass(frozen=True)
class Board:
    """A page with a canvas on it."""

    page: Page

    def open(self, path: str) -> "Board":
        """Load it, and wait until it is live."""
        self.page.goto(path)
        expect(self.page.locator(LIVE)).to_have_count(1)
        return self

    def block(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    def note(self, text: str) -> Locator:
        """The note with these words, as the server has it."""
        return self.page.locator(".note[data-version]").filter(has_text=text)

    def notes(self, block: str) -> Locator:
        return self.block(block).locator(".note[data-version]")

    def expect_notes(self, block: str, *texts: str) -> None:
        """Exactly these notes stand in the block, in this order."""
        expect(self.notes(block).locator(".note__text")).to_have_text(
            [re.compile(re.escape(text)) for text in texts]
        )

    def expect_nothing_on_its_way(self) -> None:
        """Everything done on this page has been answered, and come back."""
        expect(self.page.locator("[id^='own-']")).to_have_count(0)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("form", name="Tambah catatan")

    @property
    def new_text(self) -> Locator:
        return self.composer.get_by_role("textbox", name="Tulis satu ide")

    @property
    def marks(self) -> Locator:
        """What opens the marks of a new note, and says which are chosen."""
        return self.composer.locator(".marks>summary")

    def compose(self, block: str) -> Locator:
        """Open the composer in a block; its text field."""
        self.block(block).get_by_role("link", name=block).click()
        self.block(block).get_by_role("link", name="Tambah catatan").click()
        expect(self.new_text).to_be_focused()
        return self.new_text

    def write(self, block: str, text: str) -> None:
        """A new note, by keyboard."""
        self.compose(block).fill(text)
        self.new_text.press("Enter")
        self.new_text.press("Escape")

    @property
    def editor(self) -> Locator:
        return self.page.get_by_role("region", name="Ubah catatan")

    @property
    def edited_text(self) -> Locator:
        return self.editor.get_by_role("textbox", name="Isi catatan")

    def pick_up(self, text: str) -> Locator:
        """Open the editor of a note; its text field."""
        self.page.get_by_role("link", name=f"Ubah atau pindahkan: {text}").click()
        expect(self.edited_text).to_be_focused()
        return self.edited_text

    def edit(self, old: str, new: str) -> None:
        self.pick_up(old).fill(new)
        self.editor.get_by_role("button", name="Simpan").click()

    def move(self, text: str, target: str) -> None:
        """By the menu: to a block, or Naik or Turun."""
        self.pick_up(text)
        self.editor.get_by_text("Pindahkan", exact=True).click()
        self.editor.get_by_role("button", name=target).click()

    def delete(self, text: str) -> None:
        self.pick_up(text)
        self.editor.get_by_role("button", name="Hapus").click()

    def undo(self) -> None:
        """By the message that offers it."""
        self.page.locator("#toasts,.bands").get_by_role("button", name="Urungkan").click()

    def group(self, name: str) -> Locator:
        """The heading of a group of ideas."""
        return self.page.locator("#board .cluster").filter(has_text=name)

    def drag(self, what: str | Locator, onto: Locator, *, below: bool = False) -> None:
        """By mouse: a note or a heading, to just before a note, just below it, or into an empty block."""
        self.expect_nothing_on_its_way()
        part = self.note(what) if isinstance(what, str) else what
        taken, target = part.bounding_box(), onto.bounding_box()
        assert taken and target
        mouse = self.page.mouse
        mouse.move(taken["x"] + 30, taken["y"] + 10)
        mouse.down()
        mouse.move(taken["x"] + 40, taken["y"] + 20, steps=3)
        mouse.move(target["x"] + 40, target["y"] + (target["height"] - 3 if below else 3), steps=6)
        mouse.up()

    def drag_by_finger(self, what: str | Locator, onto: Locator) -> None:
        """By touch, from the grip of a note or heading to just before another note."""
        self.expect_nothing_on_its_way()
        part = self.note(what) if isinstance(what, str) else what
        grip, target = part.locator("[data-grip]").bounding_box(), onto.bounding_box()
        assert grip and target
        finger = self.page.context.new_cdp_session(self.page)
        x, y = grip["x"] + 10, grip["y"] + grip["height"] / 2
        path = [y + (target["y"] + 4 - y) * step / 6 for step in range(7)]
        for kind, height in zip(["touchStart"] + ["touchMove"] * 6, path, strict=True):
            points = [{"x": x, "y": height}]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def stays_loaded(page: Page) -> "Loaded":
    """Remember this load of the page."""
    page.evaluate("() => { window.loadedOnce = true; }")
    return Loaded(page)


@dataclass(frozen=True)
class Loaded:
    page: Page

    def still(self) -> bool:
        """Whether the page was not loaded again since."""
        return bool(self.page.evaluate("() => window.loadedOnce === true"))


def make_too_long(page: Page, text: str) -> None:
    """Have the server get a note of these words as one that is too long; pages never send such a one."""

    def stretch(route: Route) -> None:
        form = parse_qsl(route.request.post_data or "", keep_blank_values=True)
        if ("text", text) in form:
            form = [(name, value * 2001 if name == "text" else value) for name, value in form]
        route.continue_(post_data=urlencode(form))

    page.route(SENDING, stretch)
