"""Where a network holds streams back, single answers bring the same (T-LIV-10, the server's half)."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from httpx2 import Client, Response

from tests.factories import Person, Room

Waiting = Future[Response]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as executor:
        yield executor


def place(page: str) -> str:
    """Where the page stands."""
    found = re.search(r'id="live"[^>]*data-since="([\w-]+)"', page)
    assert found
    return found[1]


def id_of(answer: Response) -> str:
    found = re.search(r"^id: ([\w-]+)$", answer.text, re.MULTILINE)
    assert found, answer.text[:200]
    return found[1]


def ask(http: Client, path: str, since: str, wait: float) -> Response:
    return http.get(f"{path}/events", params={"since": since, "wait": wait})


def waiting_for(room: Room, count: int) -> None:
    """Returns when so many answers wait."""
    until = time.monotonic() + 5
    while len(room.house.streams._polls) != count:
        assert time.monotonic() < until, f"{len(room.house.streams._polls)} wait"
        time.sleep(0.01)


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


def surfaces(room: Room, sari: Person) -> dict[str, tuple[Client, str]]:
    return {
        "board": (sari.http, f"/canvases/{sari.canvas_id}"),
        "desk": (room.facilitator, f"/workshops/{room.workshop_id}"),
        "projector": (room.facilitator, room.projector()),
    }


def test_board_desk_and_projector_get_what_is_new_in_one_answer(room: Room, sari: Person) -> None:
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])
    for surface, (http, path) in surfaces(room, sari).items():
        before = place(http.get(path).text)
        sari.add(f"Baru untuk {surface}")

        answer = ask(http, path, before, 5)

        assert "<hx-partial" in answer.text, surface
        assert surface == "desk" or f"Baru untuk {surface}" in answer.text
        assert place(http.get(path).text) == id_of(answer)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert "no-store" in answer.headers["cache-control"]


def test_what_is_as_it_was_is_not_sent_again(room: Room, sari: Person) -> None:
    path = f"/canvases/{sari.canvas_id}"
    kept, other = sari.add("Tetap"), sari.add("Diubah nanti")
    place_now = place(sari.board())
    ask(sari.http, path, place_now, 0)
    sari.post(f"notes/{other['id']}", base_version=1, text="Sudah diubah")
    sari.add("Di blok lain", "key_resources")

    news = ask(sari.http, path, place_now, 5).text

    assert "Sudah diubah" in news and "Di blok lain" in news
    assert kept["text"] not in news and 'block-channels"' not in news
    # Who was not seen to be there may know less: it gets whatever was touched since.
    assert kept["text"] in ask(sari.http, path, f"{place_now.rpartition('-')[0]}-1", 0).text


def test_an_answer_waits_for_the_next_change_and_no_longer(
    room: Room, sari: Person, threads: ThreadPoolExecutor
) -> None:
    budi = room.join("Budi")
    path = f"/canvases/{sari.canvas_id}"
    waiting = threads.submit(ask, sari.http, path, place(sari.board()), 20)
    waiting_for(room, 1)
    assert not waiting.done()

    budi.add("Dari Budi")

    assert "Dari Budi" in waiting.result(2).text
    waiting_for(room, 0)


def test_without_news_the_answer_says_which_revision_stands(room: Room, sari: Person) -> None:
    since = place(sari.board())
    revision = since.rsplit("-", 1)[1]
    for wait in (0, 0.2):
        answer = ask(sari.http, f"/canvases/{sari.canvas_id}", since, wait)
        assert answer.text == f'event: hb\ndata: {{"rev": {revision}}}\n\n'


@pytest.mark.parametrize("since", ["other-1", "{epoch}-99", "{epoch}-", "{epoch}--1", "null", "-"])
def test_whose_past_is_unknown_is_told_to_start_over(room: Room, sari: Person, since: str) -> None:
    epoch = place(sari.board()).rsplit("-", 1)[0]
    answer = ask(sari.http, f"/canvases/{sari.canvas_id}", since.format(epoch=epoch), 20)
    assert answer.text.startswith("event: reset\n")


def test_a_wait_longer_than_networks_allow_is_refused(sari: Person) -> None:
    for wait in (-1, 26, "soon"):
        answer = sari.http.get(f"/canvases/{sari.canvas_id}/events", params={"since": "x-1", "wait": wait})
        assert answer.status_code == 422


def test_who_is_removed_waits_no_longer_and_gets_nothing(
    room: Room, sari: Person, threads: ThreadPoolExecutor
) -> None:
    path = f"/canvases/{sari.canvas_id}"
    since = place(sari.board())
    waiting = threads.submit(ask, sari.http, path, since, 20)
    waiting_for(room, 1)
    removal = re.findall(r"participants/\w+/removal", room.desk())[0]

    room.on_desk(removal)

    assert waiting.result(2).text.startswith("event: bye\n")
    assert ask(sari.http, path, since, 0).status_code == 401


def test_waiting_answers_count_like_streams_and_asking_without_waiting_always_works(
    room: Room, sari: Person, threads: ThreadPoolExecutor
) -> None:
    path = f"/canvases/{sari.canvas_id}"
    since = place(sari.board())
    waiting = [threads.submit(ask, sari.http, path, since, 20) for _ in range(4)]
    waiting_for(room, 4)

    refused = ask(sari.http, path, since, 20)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert sari.http.get(f"{path}/events", params={"since": since}).status_code == 503
    assert ask(sari.http, path, since, 0).status_code == 200

    sari.add("Semua tahu")
    assert all("Semua tahu" in one.result(2).text for one in waiting)


def test_answers_end_with_the_server(room: Room, sari: Person, threads: ThreadPoolExecutor) -> None:
    waiting = threads.submit(ask, sari.http, f"/canvases/{sari.canvas_id}", place(sari.board()), 20)
    waiting_for(room, 1)

    portal = sari.http.portal  # type: ignore[attr-defined]
    portal.call(room.house.streams.close_all)

    assert waiting.result(2).text.startswith("event: bye\n")
