"""Notes through the forms of the board."""

import json
import re

import pytest
from httpx2 import Response

from app.canvas import limits
from app.canvas.forms import AddForm, request_of
from tests.canvas.test_api import Program
from tests.factories import Person, Room, new_uuid

ONE = "11111111-1111-4111-8111-111111111111"


def texts(html: str, block: str) -> list[str]:
    """The texts of a block's notes, in their order on the page."""
    section = html.split(f'id="block-{block}"', 1)[1].split("</section>", 1)[0]
    return [
        re.sub(r"<[^>]+>", "", text).strip()
        for text in re.findall(r"</span>([^<]*)</p>\s*<p class=\"note__meta", section)
    ]


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


def test_a_note_stands_in_its_block_with_its_authors_initials(sari: Person) -> None:
    sari.add("Pertemuan FKLPID", "channels")

    board = sari.board()

    assert texts(board, "channels") == ["Pertemuan FKLPID"]
    assert texts(board, "cost_structure") == []
    assert ">SD<" in board


def test_a_note_keeps_segments_inclusion_side_and_assumption(sari: Person) -> None:
    note = sari.add(segments=["3", "1"], inclusion="on", side="joint", evidence="assumption")

    assert (note["segments"], note["inclusion"], note["side"]) == ([1, 3], True, "joint")
    assert note["evidence"] == "assumption"


def test_a_partner_note_keeps_what_is_given_and_got(sari: Person) -> None:
    sari.add("LSP", "key_partnerships", gives="asesmen", gets="peserta uji")

    board = sari.board()

    assert "asesmen" in board and "peserta uji" in board


def test_an_edit_changes_the_words_and_raises_the_version(sari: Person) -> None:
    note = sari.add("Lama")

    response = sari.post(f"notes/{note['id']}", base_version=1, text="Baru")

    assert response.json()["note"]["version"] == 2
    assert texts(sari.board(), "channels") == ["Baru"]


def test_two_edits_of_one_version_keep_both_texts(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    note = sari.add("Awal")
    sari.post(f"notes/{note['id']}", base_version=1, text="Kata Sari")

    response = budi.post(f"notes/{note['id']}", base_version=1, text="Kata Budi")

    assert response.json()["note"]["conflict_of"] == note["id"]
    assert texts(sari.board(), "channels") == ["Kata Sari", "Kata Budi"]


def test_edits_of_different_words_come_together_in_one_note(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    note = sari.add("magang di bengkel mitra")
    sari.post(f"notes/{note['id']}", base_version=1, text="magang di bengkel mitra tiga bulan")

    response = budi.post(f"notes/{note['id']}", base_version=1, text="siswa magang di bengkel mitra")

    assert response.json()["note"]["version"] == 3
    assert texts(sari.board(), "channels") == ["siswa magang di bengkel mitra tiga bulan"]


def test_edits_come_together_over_several_versions(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    note = sari.add("satu dua tiga empat lima")
    sari.post(f"notes/{note['id']}", base_version=1, text="SATU dua tiga empat lima")
    sari.post(f"notes/{note['id']}", base_version=2, text="SATU dua tiga empat LIMA")

    budi.post(f"notes/{note['id']}", base_version=1, text="satu dua TIGA empat lima")

    assert texts(sari.board(), "channels") == ["SATU dua TIGA empat LIMA"]


def test_what_each_wrote_of_a_partner_comes_together_field_by_field(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    note = sari.add("PT Krakatau", block="key_partnerships")
    sari.post(f"notes/{note['id']}", base_version=1, text="PT Krakatau", gives="Mesin")

    response = budi.post(f"notes/{note['id']}", base_version=1, text="PT Krakatau", gets="Lulusan")

    merged = response.json()["note"]
    assert (merged["gives"], merged["gets"], merged["conflict_of"]) == ("Mesin", "Lulusan", None)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        pytest.param("kiri kanan", "kanan", "kiri", id="together they would leave nothing but a space"),
        pytest.param(
            "satu", f"satu {'a' * 1500}", f"{'b' * 1500} satu", id="together they would be too long"
        ),
        pytest.param("di bengkel", "di kelas", "di kantor", id="the same word"),
    ],
)
def test_edits_that_cannot_come_together_keep_both_texts(
    room: Room, sari: Person, base: str, mine: str, theirs: str
) -> None:
    note = sari.add(base)
    sari.post(f"notes/{note['id']}", base_version=1, text=theirs)

    sari.post(f"notes/{note['id']}", base_version=1, text=mine)

    assert texts(sari.board(), "channels") == [theirs, mine]


def test_changing_only_tags_never_conflicts(room: Room, sari: Person) -> None:
    note = sari.add("Sama")
    sari.post(f"notes/{note['id']}", base_version=1, text="Baru")

    response = sari.post(f"notes/{note['id']}", base_version=1, text="Baru", segments=["2"])

    assert response.json()["note"]["conflict_of"] is None
    assert response.json()["note"]["segments"] == [2]


def test_a_note_moves_to_another_block_and_to_its_place_there(sari: Person) -> None:
    first, second = sari.add("Satu", "channels"), sari.add("Dua", "channels")
    moved = sari.add("Tiga", "customer_segments")

    sari.post(f"notes/{moved['id']}/placement", block="channels", before=second["id"])

    assert texts(sari.board(), "channels") == ["Satu", "Tiga", "Dua"]
    assert texts(sari.board(), "customer_segments") == []
    sari.post(f"notes/{first['id']}/placement", block="channels", before="")
    assert texts(sari.board(), "channels") == ["Tiga", "Dua", "Satu"]


def test_moving_ahead_of_a_note_that_is_gone_lands_at_the_end(sari: Person) -> None:
    one, two, _ = (sari.add(text) for text in ("Satu", "Dua", "Tiga"))
    sari.post(f"notes/{two['id']}/deletion")

    sari.post(f"notes/{one['id']}/placement", block="channels", before=two["id"])

    assert texts(sari.board(), "channels") == ["Tiga", "Satu"]


def test_positions_do_not_run_out_at_one_spot(sari: Person, room: Room) -> None:
    last = sari.add("Akhir")
    for number in range(60):
        room.house.throttle._buckets._buckets.clear()
        note = sari.add(f"N{number}")
        sari.post(f"notes/{note['id']}/placement", block="channels", before=last["id"])

    assert texts(sari.board(), "channels") == [f"N{number}" for number in range(60)] + ["Akhir"]


def test_deleting_offers_undo_and_undo_brings_the_note_back_to_its_place(sari: Person) -> None:
    sari.add("Satu")
    note = sari.add("Dua")
    sari.add("Tiga")

    answer = sari.http.post(
        f"/canvases/{sari.canvas_id}/notes/{note['id']}/deletion", data={"op_id": new_uuid()}
    )
    after = sari.http.get(answer.headers["location"]).text

    assert texts(after, "channels") == ["Satu", "Tiga"]
    undo = re.search(r'action="([^"]+restoration)"', after)
    assert undo
    sari.http.post(undo[1], data={"op_id": new_uuid()})
    assert texts(sari.board(), "channels") == ["Satu", "Dua", "Tiga"]


def test_the_same_operation_twice_has_one_effect_and_one_answer(sari: Person) -> None:
    op, note = new_uuid(), new_uuid()
    form = {"op_id": op, "note_id": note, "block": "channels", "text": "Sekali"}

    first, second = sari.post("notes", **form), sari.post("notes", **form)

    assert first.json() == second.json()
    assert texts(sari.board(), "channels") == ["Sekali"]


def test_a_repeated_operation_answers_as_at_first_whatever_happened_since(sari: Person) -> None:
    note = sari.add("Awal")
    edit = {"op_id": new_uuid(), "base_version": 1, "text": "Kedua"}
    first = sari.post(f"notes/{note['id']}", **edit)
    sari.post(f"notes/{note['id']}", base_version=2, text="Ketiga")

    again = sari.post(f"notes/{note['id']}", **edit)

    # From which revision boards show it is about the boards of now, and no part of what was done.
    assert again.json() | {"live": 0} == first.json() | {"live": 0}
    assert again.json()["live"] >= first.json()["live"]
    assert texts(sari.board(), "channels") == ["Ketiga"]


def test_one_operation_id_for_two_requests_is_refused(sari: Person) -> None:
    op, note = new_uuid(), new_uuid()
    assert sari.post("notes", op_id=op, note_id=note, block="channels", text="A").status_code == 200

    second = sari.post("notes", op_id=op, note_id=note, block="channels", text="B")

    assert second.status_code == 422
    assert second.json()["error"] == "op_id_reused"
    assert texts(sari.board(), "channels") == ["A"]


def test_changing_a_deleted_note_says_that_it_is_gone(sari: Person) -> None:
    note = sari.add()
    sari.post(f"notes/{note['id']}/deletion")

    for path, fields in (
        ("", {"base_version": 1, "text": "x"}),
        ("/placement", {"block": "channels"}),
        ("/deletion", {}),
    ):
        assert sari.post(f"notes/{note['id']}{path}", **fields).status_code == 410


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"text": "   "}, 422, "text_empty"),
        ({"text": "a" * 2001}, 413, "text_too_long"),
        ({"text": "a\x00b"}, 422, "text_not_valid"),
        ({"text": "a", "block": "nowhere"}, 422, "unknown_block"),
        ({"text": "a", "segments": ["9"]}, 422, "unknown_segment"),
        ({"text": "a", "note_id": "not-a-uuid"}, 422, "invalid"),
        ({"text": "a", "owner": "me"}, 422, "invalid"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    sari: Person, fields: dict[str, object], status: int, code: str
) -> None:
    assert sari.post("notes", note_id=new_uuid(), block="channels", text="a" * 2000).status_code == 200

    response = sari.post("notes", **{"note_id": new_uuid(), "block": "channels", **fields})

    assert (response.status_code, response.json()["error"]) == (status, code)
    assert response.json()["message"]


def test_text_is_shown_as_text(sari: Person) -> None:
    sari.add("<script>alert(1)</script> {{7*7}} & 👩‍🚀")

    board = sari.board()

    assert "<script>alert" not in board
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} &amp; 👩‍🚀" in board


def test_a_form_without_scripts_comes_back_to_the_block(sari: Person) -> None:
    form = {"op_id": new_uuid(), "note_id": new_uuid(), "block": "key_resources", "text": "Bengkel"}

    response = sari.http.post(f"/canvases/{sari.canvas_id}/notes", data=form)

    assert response.status_code == 303
    assert response.headers["location"].endswith("?block=key_resources")


def test_the_editor_shows_the_note_as_a_page_and_as_a_fragment(sari: Person) -> None:
    note = sari.add("Ubah saya")
    path = f"/canvases/{sari.canvas_id}/notes/{note['id']}"

    page = sari.http.get(path).text
    fragment = sari.http.get(path, headers={"hx-request": "true"}).text

    assert "<html" in page and "Ubah saya" in page
    assert "<html" not in fragment and "Ubah saya" in fragment


def test_the_attribution_stands_under_the_board(sari: Person) -> None:
    board = sari.board()

    assert "CC BY-SA 3.0" in board and "strategyzer.com" in board


def test_how_sure_we_are_has_three_answers_and_can_be_left_open(sari: Person) -> None:
    notes = [sari.add(f"Catatan {sure}", evidence=sure) for sure in ("fact", "assumption", "tested", "none")]
    fact, assumed = notes[0], notes[1]
    tested = sari.post(f"notes/{assumed['id']}", base_version=1, text="Catatan", evidence="tested").json()
    unsaid = sari.post(f"notes/{fact['id']}", base_version=1, text="Catatan", evidence="none").json()

    assert [note["evidence"] for note in notes] == ["fact", "assumption", "tested", None]
    assert (tested["note"]["evidence"], unsaid["note"]["evidence"]) == ("tested", None)
    assert (
        sari.post("notes", note_id=new_uuid(), block="channels", text="A", evidence="sure").status_code == 422
    )


def test_each_answer_stands_on_the_note_as_a_letter_and_a_word(sari: Person) -> None:
    for sure in ("fact", "assumption", "tested"):
        sari.add(f"Catatan {sure}", evidence=sure)
    board = sari.board()

    for letter, word, sure in (
        ("F", "Fakta", "fact"),
        ("A", "Asumsi", "assumption"),
        ("✓", "Sudah diuji", "tested"),
    ):
        assert f'data-k="{letter}"><span> {word}' in board and f'data-evidence="{sure}"' in board


def test_a_page_of_before_that_only_knew_assumptions_goes_on_working(sari: Person) -> None:
    assumed = sari.add("Mungkin", assumption="1")

    assert assumed["evidence"] == "assumption"
    assert request_of(AddForm(op_id=ONE, note_id=ONE, block="channels", text="A", assumption=True)) == (
        f'{{"op_id": "{ONE}", "segments": [], "inclusion": false, "assumption": true, "side": null, '
        f'"text": "A", "gives": "", "gets": "", "note_id": "{ONE}", "block": "channels"}}'
    ), "an operation that was accepted before an upgrade is known again after it"


def test_a_fact_stays_a_fact_when_the_form_changes_its_words(sari: Person, room: Room) -> None:
    note = sari.add("Terbukti")
    body = {"op_id": new_uuid(), "kind": "edit", "note_id": note["id"], "base_version": 1, "evidence": "fact"}
    url = f"/api/canvases/{sari.canvas_id}/ops"
    assert room.facilitator.post(url, json=body, headers=room.bearer()).status_code == 200

    edited = sari.post(f"notes/{note['id']}", base_version=1, text="Sudah terbukti").json()["note"]
    assumed = sari.post(f"notes/{note['id']}", base_version=2, text="Mungkin", assumption="on").json()["note"]
    freed = sari.post(f"notes/{note['id']}", base_version=3, text="Entah").json()["note"]

    assert [one["evidence"] for one in (edited, assumed, freed)] == ["fact", "assumption", None]


def test_no_way_around_the_most_a_canvas_holds(sari: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_NOTES", 2)
    first, _ = sari.add("Satu"), sari.add("Dua")

    def refused(response: Response) -> bool:
        return response.status_code == 422 and response.json()["error"] == "canvas_full"

    assert refused(sari.post("notes", note_id=new_uuid(), block="channels", text="Tiga"))
    assert refused(sari.post(f"notes/{first['id']}", base_version=0, text="Versi lain"))
    sari.post(f"notes/{first['id']}/deletion")
    sari.add("Pengganti")
    assert refused(sari.post(f"notes/{first['id']}/restoration"))


def test_half_a_character_is_refused_in_words(room: Room) -> None:
    program = Program(room)
    for field in ("text", "block", "gives"):
        body = {"op_id": new_uuid(), "kind": "add", "note_id": new_uuid(), "block": "channels", "text": "a"}
        sent = json.dumps(body | {field: "\ud800"})
        answer = program.http.post(
            f"/api/canvases/{program.canvas_id}/ops",
            content=sent,
            headers=program.headers | {"content-type": "application/json"},
        )
        assert answer.status_code == 422, field


def test_an_editor_opened_again_says_who_changed_the_words_last(room: Room, sari: Person) -> None:
    budi = room.join("Budi")
    note = sari.add("Awal")
    budi.post(f"notes/{note['id']}", base_version=1, text="Kata Budi")
    sari.post(f"notes/{note['id']}", base_version=2, text="Kata Budi", segments=["2"])

    editor = sari.http.get(f"/canvases/{sari.canvas_id}/notes/{note['id']}").text
    assert "Diubah oleh Budi" in editor

    room.host().post(f"notes/{note['id']}", base_version=2, text="Kata fasilitator")
    editor = sari.http.get(f"/canvases/{sari.canvas_id}/notes/{note['id']}").text
    assert "Diubah oleh Fasilitator" in editor and "Kata fasilitator" in editor
