"""What phones take home is on the shelf before they ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from app.db import Topic
from app.export.ahead import Ahead
from app.export.composition import Composition
from app.export.on_paper import CanvasOnPaper, canvas_on_paper
from app.export.press import PdfUnavailable, Press
from tests.comment.test_comments import say
from tests.factories import Person, Room


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digest of every canvas that was drawn."""
    digests: list[str] = []

    def draw(composition: Composition, press: Press) -> bytes:
        digests.append(composition.digest)
        return b"%PDF"

    monkeypatch.setattr(Composition, "draw", draw)
    return digests


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


def after(room: Room, sari: Person, quiet: float) -> Ahead:
    """What `quiet` says, when a note of Sari's was long ago by its measure."""
    ahead = Ahead(room.house.editions, quiet)
    sari.add("Satu ide")
    ahead.nudge([Topic("canvas", sari.canvas_id), Topic("comments", sari.canvas_id)])
    time.sleep(0.002)
    look(room, ahead)
    return ahead


def look(room: Room, ahead: Ahead) -> None:
    assert room.facilitator.portal
    room.facilitator.portal.call(ahead.look)


def test_a_quiet_canvas_is_drawn_once_and_a_phone_finds_it_made(
    room: Room, sari: Person, drawn: list[str]
) -> None:
    ahead = after(room, sari, quiet=0.001)
    look(room, ahead)
    address = f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4"

    answer = sari.http.get(address)

    assert answer.content == b"%PDF" and [f'"{digest}"' for digest in drawn] == [answer.headers["etag"]]
    again = sari.http.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_ways_that_were_asked_for_are_there_too_after_the_next_change(
    room: Room, sari: Person, drawn: list[str]
) -> None:
    def take(paper: str, language: str = "id", blank: str = "0") -> str:
        sari.http.cookies.set("language", language)
        answer = sari.http.get(f"/canvases/{sari.canvas_id}/canvas.pdf?paper={paper}&blank={blank}")
        return answer.headers["etag"]

    asked = (("a3", "id"), ("a4", "en"), ("a3", "id"))
    for paper, language in asked:
        take(paper, language)
    take("a0", blank="1")
    drawn.clear()
    after(room, sari, quiet=0.001)
    made = list(drawn)

    etags = {take(paper, language) for paper, language in asked}

    assert drawn == made and len(made) == 3, "and A4 in Indonesian, which nobody took yet"
    assert etags < {f'"{digest}"' for digest in made}


def test_what_many_take_is_read_once_and_never_older_than_the_canvas_or_its_workshop(
    room: Room, sari: Person, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(session: Session, canvas_id: str, locale: str, *, named: bool = True) -> CanvasOnPaper:
        read.append(canvas_id)
        return canvas_on_paper(session, canvas_id, locale, named=named)

    monkeypatch.setattr("app.export.editions.canvas_on_paper", counted)
    address, known = f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4", {"if-none-match": ""}

    def take() -> int:
        answer = sari.http.get(address, headers=known)
        known["if-none-match"] = answer.headers["etag"]
        return answer.status_code

    sari.add("Satu ide")
    assert [take() for _ in range(30)] == [200] + 29 * [304]
    assert len(read) == len(drawn) == 1

    sari.add("Ide lain")
    assert take() == 200
    assert room.on_desk("particulars", title="Lokakarya lain", held_on="2026-11-26").status_code == 303
    assert take() == 200
    say(sari, "blocks/channels")
    assert take() == 304 and len(read) == 3, "what is said is on no paper"


def test_a_note_is_taken_while_thirty_phones_wait_for_their_paper(
    room: Room, sari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_drawing, is_written = threading.Event(), threading.Event()

    def draw(composition: Composition, press: Press) -> bytes:
        is_drawing.set()
        assert is_written.wait(60)
        return b"%PDF"

    monkeypatch.setattr(Composition, "draw", draw)
    address = f"/canvases/{sari.canvas_id}/canvas.pdf?paper=a4"
    with ThreadPoolExecutor(30) as phones:
        taps = [phones.submit(sari.http.get, address) for _ in range(30)]
        assert is_drawing.wait(60)
        sari.add("Satu ide")
        is_written.set()

        assert {tap.result().content for tap in taps} == {b"%PDF"}


@pytest.mark.parametrize("quiet", [0, 3600])
def test_a_canvas_that_is_written_on_is_left_alone_and_so_are_all_where_nobody_wants_it(
    room: Room, sari: Person, drawn: list[str], quiet: float
) -> None:
    after(room, sari, quiet)

    assert drawn == []


def test_a_laptop_without_pango_goes_on_looking(
    room: Room, sari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(composition: Composition, press: Press) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(Composition, "draw", refuse)

    look(room, after(room, sari, quiet=0.001))
