"""Talking about notes and blocks over HTTP: what is said, who may, and what happens twice."""

import html
import re
from typing import Any

import pytest
from httpx2 import Response

from tests.factories import Person, Room, fresh_browser, new_uuid

SOON = "Kapan mulai?"


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


@pytest.fixture
def note(sari: Person) -> str:
    return str(sari.add("Bursa kerja")["id"])


def say(person: Person, place: str, text: str = SOON, kind: str = "ask", **fields: Any) -> Response:
    """Comment, or reply, as a script does."""
    form = {"text": text, **({} if place.startswith("comments/") else {"kind": kind}), **fields}
    return person.post(f"{place}/{'replies' if place.startswith('comments/') else 'comments'}", **form)


def said(person: Person, place: str, text: str = SOON, kind: str = "ask", **fields: Any) -> str:
    """The id of a comment that was taken."""
    answer = say(person, place, text, kind, **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["comment"]["id"])


def do(person: Person, comment: str, deed: str, **fields: Any) -> Response:
    return person.post(f"comments/{comment}", deed=deed, **fields)


def page(person: Person, path: str, **query: Any) -> str:
    """A page, as people without scripts get it."""
    answer = person.http.get(f"/canvases/{person.canvas_id}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def count(person: Person, key: str) -> str:
    """What the sign beside a note or block says on the board."""
    found = re.search(rf'<a class="talk"[^>]*data-talk="{key}".*?</a>', person.board(), re.S)
    assert found
    return re.sub(r"<[^>]+>", "", found[0].replace("</b>", " ")).strip()


def test_a_comment_on_a_note_is_read_by_everybody_at_the_table(room: Room, sari: Person, note: str) -> None:
    said(sari, f"notes/{note}", "Alumni yang mana?", "what_if")

    for person in (sari, room.join("Budi"), room.host()):
        text = page(person, f"notes/{note}/comments")
        assert "Bagaimana jika</b>" in text and "Alumni yang mana?" in text and "Sari Dewi" in text
        assert "Bursa kerja" in text
        assert count(person, note) == "1 1 komentar, 1 belum selesai"


def test_a_block_is_talked_about_as_a_whole(sari: Person, note: str) -> None:
    said(sari, "blocks/channels", "Terlalu sedikit", "suggest")

    assert "Terlalu sedikit" in page(sari, "blocks/channels/comments")
    assert count(sari, "channels") == "1 1 komentar, 1 belum selesai"
    assert count(sari, note) == "Komentari" and count(sari, "key_resources") == "Komentari"


def test_replies_stand_below_their_comment_one_level_deep(room: Room, sari: Person, note: str) -> None:
    first = said(sari, f"notes/{note}")
    reply = said(room.join("Budi"), f"comments/{first}", "Bulan depan")

    answer = say(sari, f"comments/{reply}", "Terima kasih").json()["comment"]

    assert answer["reply_to"] == first and answer["note_id"] == note and answer["kind"] is None
    text = page(sari, f"notes/{note}/comments")
    replies = text.split(f'data-replies="{first}"')[1]
    assert replies.index("Bulan depan") < replies.index("Terima kasih")
    assert count(sari, note) == "3 3 komentar, 1 belum selesai"


def test_anybody_at_the_table_settles_a_comment_and_opens_it_again(
    room: Room, sari: Person, note: str
) -> None:
    comment, budi = said(sari, f"notes/{note}"), room.join("Budi")
    for _ in range(2):
        assert do(budi, comment, "resolve").json()["comment"]["resolved"] is True
    assert do(sari, comment, "resolve").status_code == 200

    assert "Selesai menurut Budi" in page(sari, f"notes/{note}/comments")
    assert count(sari, note) == "1 1 komentar"
    assert do(sari, comment, "reopen").json()["comment"]["resolved"] is False
    assert count(sari, note) == "1 1 komentar, 1 belum selesai"


def test_praise_asks_nothing_of_anybody(sari: Person, note: str) -> None:
    comment = said(sari, f"notes/{note}", "jelas sekali", "like")

    assert count(sari, note) == "1 1 komentar"
    assert 'value="resolve"' not in page(sari, f"notes/{note}/comments")
    assert do(sari, comment, "resolve").status_code == 422
    assert "jelas sekali" not in page(sari, "comments") and "jelas sekali" in page(sari, "comments", every=1)


def test_only_the_author_takes_a_comment_back_and_brings_it_again(
    room: Room, sari: Person, note: str
) -> None:
    comment, budi = said(sari, f"notes/{note}"), room.join("Budi")
    said(budi, f"comments/{comment}", "Bulan depan")
    assert do(budi, comment, "withdraw").json()["error"] == "not_your_comment"
    assert do(room.host(), comment, "withdraw").status_code == 403

    assert do(sari, comment, "withdraw").json()["comment"]["text"] == ""

    for person in (sari, budi, room.host()):
        text = page(person, f"notes/{note}/comments")
        assert SOON not in text and "ditarik kembali oleh penulisnya" in text and "Bulan depan" in text
    assert count(sari, note) == "1 1 komentar"
    assert do(budi, comment, "resolve").json()["error"] == "comment_gone"
    assert say(budi, f"comments/{comment}").status_code == 410
    do(sari, comment, "restore")
    assert SOON in page(budi, f"notes/{note}/comments")


def test_a_facilitator_hides_a_comment_and_shows_it_again(room: Room, sari: Person, note: str) -> None:
    comment, host = said(sari, f"notes/{note}"), room.host()
    assert do(sari, comment, "hide").json()["error"] == "not_a_facilitator"

    do(host, comment, "hide")

    assert SOON not in page(sari, f"notes/{note}/comments") and SOON not in page(sari, "comments", every=1)
    assert count(sari, note) == "Komentari"
    assert SOON in page(host, f"notes/{note}/comments")
    assert do(sari, comment, "withdraw").status_code == 410, "it is not there for participants"
    do(host, comment, "show")
    assert SOON in page(sari, f"notes/{note}/comments")


def test_what_somebody_said_is_hidden_with_all_they_wrote(room: Room, sari: Person, note: str) -> None:
    said(sari, "blocks/channels")
    (person,) = re.findall(r"/participants/(\w+)/link", room.desk())

    assert room.on_desk(f"participants/{person}/hidden-notes").status_code == 303

    assert SOON not in page(room.join("Budi"), "blocks/channels/comments")


def test_a_deleted_note_keeps_its_comments_for_when_it_comes_back(sari: Person, note: str) -> None:
    said(sari, f"notes/{note}")
    sari.post(f"notes/{note}/deletion")
    path = f"/canvases/{sari.canvas_id}/notes/{note}/comments"

    assert sari.http.get(path).status_code == 410
    assert say(sari, f"notes/{note}").json()["error"] == "note_gone"
    assert SOON not in page(sari, "comments")
    sari.post(f"notes/{note}/restoration")
    assert SOON in page(sari, f"notes/{note}/comments") and SOON in page(sari, "comments")


def test_comments_go_where_their_note_goes(sari: Person, note: str) -> None:
    said(sari, f"notes/{note}")

    sari.post(f"notes/{note}/placement", block="key_resources", before="")

    assert "Sumber Daya Utama" in page(sari, f"notes/{note}/comments")
    assert count(sari, note) == "1 1 komentar, 1 belum selesai"


def test_the_same_comment_sent_twice_is_one_comment_with_one_answer(sari: Person, note: str) -> None:
    op_id = new_uuid()

    answers = [say(sari, f"notes/{note}", op_id=op_id).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2] and answers[0]["comment"]["id"] == op_id
    assert count(sari, note) == "1 1 komentar, 1 belum selesai"
    for other in (say(sari, f"notes/{note}", "Lain", op_id=op_id), say(sari, "blocks/channels", op_id=op_id)):
        assert other.json()["error"] == "op_id_reused"


def test_a_late_repetition_settles_nothing_again(sari: Person, note: str) -> None:
    comment, op_id = said(sari, f"notes/{note}"), new_uuid()
    first = do(sari, comment, "resolve", op_id=op_id).json()
    do(sari, comment, "reopen")

    late = do(sari, comment, "resolve", op_id=op_id).json()

    assert late["rev"] == first["rev"] and late["comment"]["resolved"] is False


def test_comments_leave_no_hole_in_the_log_of_the_notes(sari: Person, note: str) -> None:
    said(sari, f"notes/{note}")

    assert sari.post(f"notes/{note}", base_version=1, text="Lain").json()["rev"] == 2
    assert SOON not in page(sari, "history")


def test_an_answer_names_the_revision_from_which_boards_show_the_change(
    room: Room, sari: Person, note: str
) -> None:
    said(sari, f"notes/{note}")
    room.join("Budi")

    changed = sari.post(f"notes/{note}", base_version=1, text="Lain").json()
    assert re.search(rf'data-since="\w+-{changed["live"]}"', sari.board())
    undone = sari.post("undo").json()

    assert changed["rev"] < changed["live"] < undone["live"]
    assert re.search(rf'data-since="\w+-{undone["live"]}"', sari.board())


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"text": "  "}, 422, "Tulis sesuatu dulu."),
        ({"text": "x" * 501}, 413, "Komentar paling panjang 500 huruf."),
        ({"kind": ""}, 422, "Pilih dulu awal kalimatnya."),
        ({"kind": "shout"}, 422, "Pilih dulu awal kalimatnya."),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    sari: Person, note: str, form: dict[str, str], status: int, words: str
) -> None:
    sent = {"op_id": new_uuid(), "kind": "suggest", "text": "Usul saya", **form}

    answer = sari.http.post(f"/canvases/{sari.canvas_id}/notes/{note}/comments", data=sent)

    text = html.unescape(answer.text)
    assert answer.status_code == status and words in text
    assert f">\n{sent['text']}</textarea>" in text
    assert say(sari, f"notes/{note}", **form).json()["message"] == words
    assert count(sari, note) == "Komentari"


def test_five_hundred_letters_of_any_kind_fit(sari: Person, note: str) -> None:
    text = "👷" * 500

    assert say(sari, f"notes/{note}", text).json()["comment"]["text"] == text
    assert say(sari, f"notes/{note}", "a\x00b").json()["error"] == "text_not_valid"


def test_a_canvas_holds_only_so_many_comments(
    sari: Person, note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.comment.actions.MAX_COMMENTS", 1)
    said(sari, f"notes/{note}")

    assert say(sari, f"notes/{note}").json()["error"] == "too_many_comments"


def test_without_scripts_a_form_leads_back_to_the_panel(sari: Person, note: str) -> None:
    path = f"/canvases/{sari.canvas_id}/notes/{note}/comments"
    answer = sari.http.post(path, data={"op_id": new_uuid(), "kind": "ask", "text": SOON})
    way = answer.headers["location"]
    comment = way.split("#comment-")[1]
    assert answer.status_code == 303 and way == f"{path}#comment-{comment}"

    replying = page(sari, f"comments/{comment}/replies")

    assert re.search(r'id="say" [^>]*hidden>', replying), "one form at a time"
    form = {"op_id": new_uuid(), "text": "Bulan depan"}
    url = f"/canvases/{sari.canvas_id}/comments/{comment}"
    assert sari.http.post(f"{url}/replies", data=form).headers["location"].startswith(f"{path}#comment-")
    listed = {"op_id": new_uuid(), "deed": "resolve", "listed": "1"}
    assert sari.http.post(url, data=listed).headers["location"] == f"/canvases/{sari.canvas_id}/comments"


def test_what_is_open_is_found_in_filling_order_with_its_places(room: Room, sari: Person, note: str) -> None:
    resource = sari.add("Instruktur", block="key_resources")["id"]
    settled = said(sari, f"notes/{note}", "Sudah jelas", "ask")
    do(sari, settled, "resolve")
    said(sari, f"notes/{resource}", "Berapa orang?")
    said(sari, "blocks/customer_segments", "Kurang satu", "suggest")

    for person in (sari, room.host()):
        text = page(person, "comments")
        assert text.index("Kurang satu") < text.index("Berapa orang?") and "Sudah jelas" not in text
        assert f'href="/canvases/{sari.canvas_id}?block=key_resources#note-{resource}"' in text
        assert "Sudah jelas" in page(person, "comments", every=1)
    there = f'href="/canvases/{room.groups[1]["canvas_id"]}/comments"'
    assert there in page(room.host(), "comments") and there not in page(sari, "comments")
    assert f'href="/canvases/{sari.canvas_id}/comments"' in sari.board()


def test_nobody_from_another_table_reads_or_says_anything(room: Room, sari: Person, note: str) -> None:
    comment = said(sari, f"notes/{note}")
    neighbour = Person(room.join("Budi", group=1).http, sari.canvas_id, "Budi")
    stranger = fresh_browser(room.facilitator)

    for path in (
        "comments",
        f"notes/{note}/comments",
        "blocks/channels/comments",
        f"comments/{comment}/replies",
    ):
        assert neighbour.http.get(f"/canvases/{sari.canvas_id}/{path}").status_code == 403
        assert stranger.get(f"/canvases/{sari.canvas_id}/{path}").status_code == 401
    assert say(neighbour, f"notes/{note}").status_code == 403
    assert do(neighbour, comment, "resolve").status_code == 403
    assert do(room.join("Rina", group=1), comment, "resolve").status_code == 410, "not on that canvas"


def test_comments_are_neither_on_the_wall_nor_on_paper(room: Room, sari: Person, note: str) -> None:
    said(sari, f"notes/{note}")
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])
    wall = room.facilitator.get(room.projector()).text

    assert "Bursa kerja" in wall
    for text in (wall, page(sari, "print", paper="a3")):
        assert SOON not in text and "komentar" not in text.lower() and "data-talk" not in text
