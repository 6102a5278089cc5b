"""Long papers on their way: one for whoever asks for the same, to be watched and cancelled."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.export.booklet import Booklet
from app.export.document import Document
from app.export.pdf import PdfQueueFull
from app.export.press import Press
from app.export.shelf import Edition, Shelf
from app.report.books import BookKind, Manuscript
from app.report.runs import WAITING, Runs, RunState
from tests.export.paper import composed
from tests.factories import Room, fresh_browser
from tests.report.books import watch

ENDLESS = (sys.executable, "-c", "import time; time.sleep(600)")
MISSING = (
    sys.executable,
    "-c",
    "import sys; sys.modules['weasyprint'] = None\nfrom app.export.presswork import main; main()",
)


def ordered(title: str = "satu") -> Manuscript:
    book = Booklet(Document(f"<p>{title}</p>"), (composed({}),))
    return Manuscript(BookKind.REPORT, book, Edition("w", 1, "report", "id", title), "Laporan.pdf")


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    """Whose presses never finish anything."""
    runs = Runs(Shelf(tmp_path), lambda: Press(command=ENDLESS))
    yield runs
    runs.close()


def test_two_who_ask_for_the_same_get_one(runs: Runs) -> None:
    first, second, other = (runs.begin(ordered(title)) for title in ("satu", "satu", "dua"))

    assert first is second
    assert other is not first
    assert runs.find("w", first.id) is first
    assert runs.find("another", first.id) is None, "a run is of its workshop"


def test_a_cancelled_one_stops_at_once_and_the_next_begins(runs: Runs) -> None:
    first, second = runs.begin(ordered()), runs.begin(ordered("dua"))

    runs.cancel(first)

    assert first.state is RunState.CANCELLED
    while second.state is RunState.WAITING:
        pass
    assert second.state is RunState.DRAWING
    assert runs.begin(ordered()) is not first, "it can be begun again"


def test_there_is_an_end_to_what_waits(runs: Runs) -> None:
    for number in range(WAITING):
        runs.begin(ordered(f"nomor {number}"))

    with pytest.raises(PdfQueueFull):
        runs.begin(ordered("terlalu"))


def test_its_page_says_how_far_it_is_and_cancels_without_scripts(room: Room) -> None:
    room.house.runs._press = lambda: Press(command=ENDLESS)
    asked = f"/workshops/{room.workshop_id}/report.pdf?names=1"
    page = room.facilitator.get(asked).headers["location"]

    shown = room.facilitator.get(page).text

    assert "0 dari 2 kanvas siap" in shown or "Menunggu" in shown
    assert "<noscript><meta" in shown
    assert room.facilitator.get(f"{page}/file").headers["location"] == page
    assert room.facilitator.post(f"{page}/cancellation").headers["location"] == page
    cancelled = room.facilitator.get(page).text
    assert "Dibatalkan" in cancelled and f'href="{asked}"' in cancelled, "it begins again as it was wished"
    assert fresh_browser(room.facilitator).get(page).status_code in (303, 401, 403, 404)


def test_after_a_restart_its_page_says_so_and_begins_again(room: Room) -> None:
    shown = room.facilitator.get(f"/workshops/{room.workshop_id}/books/booklet/unknown").text

    assert "server dimulai ulang" in shown
    assert f"/workshops/{room.workshop_id}/booklet.pdf" in shown


def test_without_pango_it_says_what_to_install_and_leads_to_the_print_page(room: Room) -> None:
    room.house.runs._press = lambda: Press(command=MISSING)
    page = room.facilitator.get(f"/workshops/{room.workshop_id}/report.pdf").headers["location"]

    shown = watch(room.facilitator, page)

    assert "Pango" in shown and "apt install" in shown
    assert f'href="/workshops/{room.workshop_id}/report"' in shown
