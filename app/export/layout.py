"""Laying out a sheet with WeasyPrint: measure, choose the type size. Runs in the press only."""

from collections.abc import Sequence
from functools import cache

from weasyprint import Document, Page

from app.export.fit import (
    LARGEST,
    SMALLEST,
    BlockMeasure,
    Box,
    best_size,
    fill,
    long_note,
    notes_that_fit,
)
from app.export.job import Draft, Job
from app.export.typesetting import Typesetter

_MORE_LINE = 2.1  # em of the sheet: the line that says how many notes follow on the next page
_LONG_NOTES = 8  # of one cell are looked for, each with a layout of its own,
_MEASURED_NOTES = 1200  # and fewer where each layout takes long
_TALL_PAPER = "".join(f"[data-paper={p}] .sheet{{page:{p}-tall!important}}" for p in ("a3", "a4"))
_FEW_NOTES = 8  # are not worth a page
_FULL_ENOUGH = 0.75  # larger type would not be worth another layout
_LARGER_SIZES = (LARGEST, 1.15)
_TIGHTER_SIZES = (0.95, 0.9)
_PLAN_SIZES = (1.35, 1.2, 1.0, 0.9)


class TypesetSheet:
    """One paper, laid out at any type size. Notes that have `moved` are as if they were not there.

    `prefix` keeps its anchors apart from those of other papers in the same PDF; `rules` are for all of it.
    """

    def __init__(self, job: Job, prefix: str = "", rules: str = "") -> None:
        self.job = job
        self.rules = rules
        self.moved: list[str] = []
        self._typesetter = Typesetter(job.files, prefix, job.zoom, job.pictures)
        self._laid_out = cache(self._lay_out)

    def measures(self, size: float, tall: bool = False) -> list[BlockMeasure]:
        """Every cell and the notes that are left in it; `tall` paper shows long notes that A3 does not."""
        hidden = ",".join(f'.note[data-id="{note}"]' for note in self.moved)
        rules = _TALL_PAPER * tall + (f"{hidden}{{display:none!important}}" if hidden else "")
        places = places_on(self.render(self.job.html, size, rules).pages[0])
        line = _MORE_LINE * self.job.font_size * size * 96 / 72
        return [
            _measure(places, cell, left, line, goes_on=len(left) < len(notes))
            for (cell, notes), left in zip(self.job.cells.items(), self.left(), strict=True)
        ]

    def left(self) -> list[list[str]]:
        """The notes of each cell that have not moved."""
        moved = frozenset(self.moved)
        return [[note for note in notes if note not in moved] for notes in self.job.cells.values()]

    def fitting_size(self) -> float | None:
        """A type size at which everything is on the sheet, and that leaves little of it white."""
        guess = self.job.guess
        full = fill(self.measures(guess))
        if full <= 1 and (full >= _FULL_ENOUGH or guess >= LARGEST):
            return guess
        best = best_size(full, guess)
        lowest = guess if full <= 1 else SMALLEST
        sizes = dict.fromkeys((best, (best + lowest) / 2, lowest))
        return next((size for size in sizes if fill(self.measures(size)) <= 1), None)

    def move_long_notes(self) -> None:
        """Move notes that take the place of several others, one of each cell at a time."""
        rounds = _MEASURED_NOTES // sum(map(len, self.job.cells.values()))
        for _ in range(max(1, min(rounds, _LONG_NOTES))):
            cells = zip(self.left(), self.measures(SMALLEST, tall=True), strict=True)
            found = [(left, long_note(block)) for left, block in cells]
            long = [left[index] for left, index in found if index is not None]
            if not long:
                return
            self.moved += long

    def move_last_notes(self, size: float) -> None:
        """Move what does not fit at this size from the end of each cell."""
        cells = zip(self.left(), self.measures(size), strict=True)
        self.moved += [note for left, block in cells for note in left[notes_that_fit(block) :]]

    def settled(self) -> Draft:
        """The size of the type, and which notes move to the pages after the first sheet."""
        if self.job.size is not None:
            return Draft(self.job.size)
        size = self.fitting_size()
        if size:
            return Draft(size)
        self.move_long_notes()
        size = self.fitting_size()
        if size is None:
            size = SMALLEST
            self.move_last_notes(size)
        return Draft(size, self.moved)

    def document(self, size: float, before: int = 0) -> Document:
        """All pages, behind so many others. The pages after the sheet have a size of their own."""
        rest = self.rest(before) if self.job.rest else None
        more = _page_numbers(rest, before) if rest else ""
        document = self.render(self.job.html, size, more)
        pages = [*document.pages, *(rest.pages if rest else ())]
        if self.job.plan:
            pages += self.plan(before + len(pages)).pages
        return document.copy(pages)

    def rest(self, before: int) -> Document:
        """The pages after the sheet."""
        size = self._rest_size()
        rules = _untitled(self.render(self.job.rest, size)) + (starting_at(before + 2) if before else "")
        return self.render(self.job.rest, size, rules)

    def plan(self, before: int) -> Document:
        """The pages of the follow-up plan, behind so many others: on one, if one is enough."""
        number = starting_at(before + 1)
        for size in _PLAN_SIZES:
            plan = self.render(self.job.plan, size, number)
            if len(plan.pages) == 1:
                return plan
        return self.render(self.job.plan, 1.0, number)

    def _rest_size(self) -> float:
        """Fills one page, if one is enough; is a little smaller if that saves a scant page."""
        pages = self.render(self.job.rest, 1.0).pages
        sizes: tuple[float, ...] = _TIGHTER_SIZES
        wanted = len(pages) - 1
        if len(pages) == 1:
            sizes, wanted = _LARGER_SIZES, 1
        elif len(pages) == 2:
            sizes = (SMALLEST,)
        elif len(places_on(pages[-1])) > _FEW_NOTES:
            return 1.0
        return next((size for size in sizes if len(self.render(self.job.rest, size).pages) <= wanted), 1.0)

    def render(self, html: str, size: float, rules: str = "") -> Document:
        """A page at this size with some more rules, laid out once."""
        return self._laid_out(html, size, rules)

    def _lay_out(self, html: str, size: float, rules: str) -> Document:
        type_size = f"html{{font-size:{self.job.font_size * size:.3f}pt!important}}"
        return self._typesetter.set(html, self.rules + rules + type_size)


def places_on(page: Page) -> dict[str, Box]:
    """Where everything is that has a name, by its name."""
    places: dict[str, Box] = {}
    for box in page._page_box.descendants(placeholders=True):
        name = box.element.get("data-id") if box.element is not None else None
        if name and name not in places:
            left, top, width, height = box.hit_area()
            places[name] = Box(left, top, left + width, top + height)
    return places


def _measure(
    places: dict[str, Box],
    cell: str,
    notes: list[str],
    more_line: float,
    *,
    goes_on: bool,
) -> BlockMeasure:
    drawn = tuple(places[note] for note in notes if note in places)
    return BlockMeasure(places[cell], drawn, len(notes) - len(drawn), more_line, goes_on)


def starting_at(number: int) -> str:
    """A rule: the pages are counted from here."""
    return f"@page:first{{counter-increment:page {number}!important}}"


def _page_numbers(rest: Document, before: int) -> str:
    """A rule for each link to a later page of the same paper, which adds the page's number."""
    return "".join(
        f'[href="#{anchor}"]::after{{content:" {number}"}}'
        for anchor, number in pages_of_anchors(rest.pages, before + 2).items()
        if "more-" in anchor
    )


def pages_of_anchors(pages: Sequence[Page], first: int) -> dict[str, int]:
    """The number of the page on which each anchor is."""
    numbered = reversed(list(enumerate(pages, first)))
    return {anchor: number for number, page in numbered for anchor in page.anchors}


def _untitled(rest: Document) -> str:
    """A rule for each page that begins with a new block: print.css repeats the title of the one before."""
    new = [number for number, page in enumerate(rest.pages, 1) if _first_anchor(page).startswith("more-")]
    return "".join(
        f"@page:nth({number}){{@top-left{{content:none!important}}}}" for number in new if number > 1
    )


def _first_anchor(page: Page) -> str:
    """What stands at the top of the first column."""
    places = places_on(page)
    return min(places, key=lambda name: (places[name].left, places[name].top), default="")
