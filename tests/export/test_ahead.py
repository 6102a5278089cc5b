"""What phones take home is on the shelf before they ask."""

import time

import pytest

from app.db import Topic
from app.export.ahead import Ahead
from app.export.composition import Composition
from app.export.press import PdfUnavailable, Press
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
    ahead = Ahead(room.house.db, room.house.printer, quiet)
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
