"""Periksa kanvas over HTTP: the questions, setting one aside with a reason, and asking it again."""

import html
import re
from typing import Any

import pytest

from tests.canvas.planning import add, edit
from tests.factories import Person, Room, fresh_browser, new_uuid

EMPTY = "Blok Saluran masih kosong. Apa satu hal yang sudah pasti?"
FINDING = "K01:channels"


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


def page(person: Person, **query: int) -> str:
    answer = person.http.get(f"/canvases/{person.canvas_id}/checks", params=query)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def asked(text: str) -> list[str]:
    """The questions that are open."""
    return re.findall(r'<p class="ask__text">([^<]+)</p>', text)


def states(text: str) -> list[str]:
    return re.findall(r'data-state="(\w+)"', text)


def dismiss(person: Person, finding: str = FINDING, *, status: int = 303, **form: Any) -> str:
    """Set a question aside; the page it answers with, if any."""
    sent = {"op_id": new_uuid(), "finding": finding, **form}
    answer = person.http.post(f"/canvases/{person.canvas_id}/checks/dismissals", data=sent)
    assert answer.status_code == status
    return html.unescape(answer.text)


def withdrawals(text: str) -> list[str]:
    return re.findall(r'action="([^"]+/withdrawal)"', text)


def fill(person: Person) -> None:
    person.add("Pabrik alas kaki", block="customer_segments", segments=["1"], inclusion="on")
    person.add("Perusahaan", block="key_partnerships", gives="mesin")


def test_an_empty_canvas_is_asked_for_its_nine_blocks_and_nothing_is_called_strong(sari: Person) -> None:
    text = page(sari)

    assert len(asked(text)) == 9 and EMPTY in asked(text)
    assert states(text) == ["open"] + ["unchecked"] * 5
    assert "Pertanyaan lain muncul setelah tiga blok berisi catatan." in text


def test_a_question_leads_to_the_note_or_the_block_or_the_question_that_helps(sari: Person) -> None:
    fill(sari)
    value = sari.add("Operator siap kerja", block="value_propositions")

    text = page(sari)

    board = f"/canvases/{sari.canvas_id}"
    assert "Nilai ini untuk segmen yang mana?" in asked(text)
    assert f'href="{board}?block=value_propositions#note-{value["id"]}"' in text
    assert f'href="{board}?block=channels"' in text
    assert "Siapa yang belum terlayani? Coba pertanyaan GEDSI di Proposisi Nilai." in asked(text)
    assert f'href="{board}?block=value_propositions&question=4"' in text
    assert f'id="note-{value["id"]}"' in sari.board()


def test_the_page_speaks_english_too(sari: Person) -> None:
    sari.http.cookies.set("language", "en")

    assert "Block Channels is still empty. What is one thing that is already certain?" in asked(page(sari))


def test_the_follow_up_plan_is_asked_for_and_then_for_what_it_lacks(sari: Person) -> None:
    fill(sari)
    sari.add("Operator", block="value_propositions", segments=["1"], evidence="tested")
    plan = f"/canvases/{sari.canvas_id}/follow-up-plan"
    assert states(page(sari))[-1] == "open"
    assert "Siapa melakukan apa, paling lambat kapan?" in asked(page(sari))
    assert f'href="{plan}"' in page(sari)

    step = add(sari, "Draf PKS")
    assert f'href="{plan}?item={step["id"]}"' in page(sari)
    assert "Apa langkah pertama dalam 30 hari?" in asked(page(sari))

    edit(sari, step, due_on="2024-10-10", centre_owner="Seksi kerja sama")
    assert states(page(sari))[-1] == "strong"


def test_what_is_hidden_or_deleted_is_not_looked_at(room: Room, sari: Person) -> None:
    hidden, deleted = sari.add("Rahasia"), sari.add("Salah")
    assert EMPTY not in asked(page(sari))
    room.host().post(f"notes/{hidden['id']}/hiding")
    sari.post(f"notes/{deleted['id']}/deletion")

    for person in (sari, room.host()):
        assert EMPTY in asked(page(person))


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"preset": "discussed"}, "Sudah dibahas"),
        ({"preset": "not_here"}, "Tidak berlaku di sini"),
        ({"comment": "  Kami bahas\n besok "}, "Kami bahas besok"),
        ({"preset": "discussed", "comment": "Enter menekan tombol pertama"}, "Enter menekan tombol pertama"),
    ],
)
def test_a_question_set_aside_is_listed_with_who_did_it_and_why(
    room: Room, sari: Person, form: dict[str, Any], reason: str
) -> None:
    dismiss(sari, **form)

    for person in (sari, room.join("Budi"), room.host()):
        text = page(person)
        assert EMPTY not in asked(text) and len(asked(text)) == 8
        listed = text.split('id="dismissed-title"')[1]
        assert EMPTY in listed and "Sari Dewi" in listed and f"<b>{reason}</b>" in listed


def test_a_dismissal_stays_while_other_notes_come_and_go_and_is_silent_while_nothing_is_found(
    sari: Person,
) -> None:
    fill(sari)
    sari.add("Operator", block="value_propositions", segments=["1"])
    first = sari.add("Satu; dua")
    dismiss(sari, f"K04:{first['id']}", preset="discussed")

    sari.add("Tiga; empat")

    text = page(sari)
    assert text.count("Sepertinya ada beberapa ide. Pisahkan?</p>") == 2, "one is open, one set aside"
    sari.post(f"notes/{first['id']}", base_version=1, text="Satu")
    assert "Sudah dibahas</b>" not in page(sari)
    sari.post(f"notes/{first['id']}", base_version=2, text="Satu; dua")
    assert "Sudah dibahas</b>" in page(sari)


def test_a_question_is_asked_again_by_anybody_at_the_table(room: Room, sari: Person) -> None:
    dismiss(sari, preset="discussed")
    budi = room.join("Budi")
    (again,) = withdrawals(page(budi))

    answers = [budi.http.post(again) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == f"/canvases/{sari.canvas_id}/checks#area-completeness"
    assert EMPTY in asked(page(sari)) and withdrawals(page(sari)) == []


def test_the_same_dismissal_counts_once_even_after_it_was_taken_back(sari: Person) -> None:
    op_id = new_uuid()
    dismiss(sari, op_id=op_id, preset="discussed")
    sari.http.post(withdrawals(page(sari))[0])

    dismiss(sari, op_id=op_id, preset="discussed")

    assert EMPTY in asked(page(sari))


def test_of_two_people_who_set_one_question_aside_the_first_has_done_it(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    dismiss(sari, comment="Alasan Sari")
    dismiss(budi, comment="Alasan Budi")

    text = page(budi)
    assert "Alasan Sari" in text and "Alasan Budi" not in text
    budi.http.post(withdrawals(text)[0])
    assert EMPTY in asked(page(sari))


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"comment": "  "}, 422, "Tuliskan alasannya secara singkat."),
        ({"comment": "x" * 201}, 413, "Alasan paling panjang 200 huruf."),
    ],
)
def test_a_reason_that_cannot_be_taken_comes_back_with_what_was_typed(
    sari: Person, form: dict[str, Any], status: int, words: str
) -> None:
    text = dismiss(sari, status=status, **form)

    (refused,) = re.findall(r'<details class="dismiss" open>.*?</details>', text, re.S)
    assert words in refused and f'value="{FINDING}"' in refused and f'value="{form["comment"]}"' in refused
    assert EMPTY in asked(page(sari))


@pytest.mark.parametrize("finding", ["", "X99:channels", "F01:customer_segments", "K01:" + "x" * 200])
def test_what_is_no_question_cannot_be_set_aside(sari: Person, finding: str) -> None:
    dismiss(sari, finding, status=422, preset="discussed")


def test_turns_are_looked_at_for_facilitators_only_and_only_when_asked(room: Room, sari: Person) -> None:
    room.join("Budi")
    fill(sari)
    sari.add("Operator", block="value_propositions", segments=["1"])
    turn, host = "Beri giliran peserta lain.", room.host()

    assert turn in asked(page(host, voices=1))
    assert turn not in page(host) and turn not in page(sari, voices=1)


def test_a_facilitator_goes_from_table_to_table(room: Room, sari: Person) -> None:
    there = f'href="/canvases/{room.groups[1]["canvas_id"]}/checks"'

    assert there in page(room.host()) and there not in page(sari)
    assert f'href="/canvases/{sari.canvas_id}/checks"' in sari.board()


def test_a_neighbour_neither_sees_nor_answers_the_questions(room: Room, sari: Person) -> None:
    neighbour = Person(room.join("Budi", group=1).http, sari.canvas_id, "Budi")
    stranger = fresh_browser(room.facilitator)
    path = f"/canvases/{sari.canvas_id}/checks"

    assert neighbour.http.get(path).status_code == 403 and stranger.get(path).status_code == 401
    dismiss(neighbour, status=403, preset="discussed")
    dismiss(sari, preset="discussed")
    (again,) = withdrawals(page(sari))
    assert neighbour.http.post(again).status_code == 403
    assert (
        room.join("Rina", group=1)
        .http.post(again.replace(sari.canvas_id, room.groups[1]["canvas_id"]))
        .status_code
        == 404
    )
    assert EMPTY not in asked(page(sari))


def test_many_places_of_one_question_are_cut_and_counted(sari: Person) -> None:
    fill(sari)
    for number in range(15):
        sari.add(f"Nilai nomor {number}", block="value_propositions")

    text = page(sari)

    assert "dan 3 tempat lain" in text
