"""The history of a canvas, its replay and its versions, as people read them."""

import re

import pytest

from app.canvas import history
from tests.canvas.test_hidden_notes import SECRET
from tests.canvas.test_notes import texts
from tests.factories import Person, Room, new_uuid


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


def page(person: Person, path: str, **query: int) -> str:
    response = person.http.get(f"/canvases/{person.canvas_id}/{path}", params=query)
    assert response.status_code == 200, response.text
    return response.text


def lines(html: str) -> list[str]:
    """The sentences of a history, latest first."""
    return [
        line.replace("&#34;", '"')
        for line in re.findall(r'<li><a href="[^"]+replay\?rev=\d+" title="[^"]+">([^<]*)</a>', html)
    ]


def test_the_history_tells_everything_that_can_happen_to_a_note(room: Room, sari: Person) -> None:
    note = sari.add("Awal", "channels")
    at = f"notes/{note['id']}"
    sari.post(at, base_version=1, text="Baru")
    sari.post(at, base_version=2, text="Baru", segments=["2"])
    sari.post(at, base_version=2, text="Baru", segments=["2"], gives="sesuatu")
    sari.post(f"{at}/placement", block="key_resources")
    other = sari.add("Lain", "key_resources")
    sari.post(f"{at}/placement", block="key_resources")
    sari.post(f"{at}/deletion")
    sari.post(f"{at}/restoration")
    sari.post("clearing", block="key_resources")
    sari.post("undo")
    sari.post("redo")
    room.host().post(f"notes/{other['id']}/restoration")
    room.host().post(f"notes/{other['id']}/hiding")
    room.host().post(f"notes/{other['id']}/showing")

    assert lines(page(room.host(), "history")) == [
        "Menampilkan lagi “Lain”",
        "Menyembunyikan “Lain”",
        "Memulihkan “Lain” di Sumber Daya Utama",
        "Mengulangi: Mengosongkan Sumber Daya Utama: 2 catatan",
        "Mengurungkan: Mengosongkan Sumber Daya Utama: 2 catatan",
        "Mengosongkan Sumber Daya Utama: 2 catatan",
        "Memulihkan “Baru” di Sumber Daya Utama",
        "Menghapus “Baru” dari Sumber Daya Utama",
        "Memindahkan “Baru” di dalam Sumber Daya Utama",
        "Menambah “Lain” di Sumber Daya Utama",
        "Memindahkan “Baru” dari Saluran ke Sumber Daya Utama",
        "Mengubah yang diberi dan didapat: “Baru”",
        "Mengubah penanda “Baru”",
        "Mengubah “Awal” menjadi “Baru”",
        "Menambah “Awal” di Saluran",
    ]


def test_the_history_is_told_in_the_readers_language_and_by_name(sari: Person) -> None:
    sari.add("Awal")
    sari.http.cookies.set("language", "en")

    told = page(sari, "history")

    assert lines(told) == ["Added “Awal” to Channels"]
    assert "<b>Sari Dewi</b>" in told


def test_nothing_a_facilitator_has_hidden_stands_in_a_participants_past(room: Room, sari: Person) -> None:
    note = sari.add("Boleh dibaca")
    sari.post(f"notes/{note['id']}", base_version=1, text=SECRET)
    room.host().post(f"notes/{note['id']}/hiding")

    assert SECRET in page(room.host(), "history")
    for path in ("history", "replay", "replay?rev=1", "replay?rev=2", "trash", "versions"):
        told = sari.http.get(f"/canvases/{sari.canvas_id}/{path}").text
        assert SECRET not in told and "Boleh dibaca" not in told, path
    assert lines(page(sari, "history")) == ["Mengubah catatan yang disembunyikan fasilitator"] * 3
    # What everybody in the room may see with the facilitator has it neither.
    assert SECRET not in page(room.host(), "replay", rev=2)


def test_a_long_history_comes_in_pages(sari: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    for number in range(5):
        sari.add(f"Catatan {number}")

    told, found = page(sari, "history"), []
    while older := re.search(r'<a class="btn" href="[^"]+history\?before=(\d+)"', told):
        found += lines(told)
        told = page(sari, "history", before=int(older[1]))
    found += lines(told)

    assert found == [f"Menambah “Catatan {number}” di Saluran" for number in (4, 3, 2, 1, 0)]


def test_the_replay_steps_through_every_operation_and_only_these(room: Room, sari: Person) -> None:
    for text in ("Satu", "Dua"):
        sari.add(text)
    sari.post("clearing", block="channels")
    sari.post("undo")

    shown, address = [], f"/canvases/{sari.canvas_id}/replay?rev=0"
    while address:
        moment = sari.http.get(address).text
        shown.append(texts(moment, "channels"))
        link = re.search(r'data-step="following"[^>]* href="([^"]+)"', moment)
        address = link[1] if link else ""

    assert shown == [[], ["Satu"], ["Satu", "Dua"], [], ["Satu", "Dua"]]


def test_a_moment_within_an_operation_is_shown_after_it_and_one_beyond_all_is_the_last(sari: Person) -> None:
    for text in ("Satu", "Dua"):
        sari.add(text)
    sari.post("clearing", block="channels")

    assert 'value="4"' in page(sari, "replay", rev=3)
    assert texts(page(sari, "replay", rev=3), "channels") == []
    assert 'value="4"' in page(sari, "replay", rev=99)
    assert sari.http.get(f"/canvases/{sari.canvas_id}/replay?rev=-1").status_code == 422


def test_the_past_has_no_controls(sari: Person) -> None:
    sari.add("Satu")

    moment = page(sari, "replay", rev=1)

    assert "data-edit" not in moment and "data-compose" not in moment


def test_a_version_is_saved_looked_at_and_restored_and_that_is_undone_in_one_press(sari: Person) -> None:
    note = sari.add("Satu")
    form = {"op_id": new_uuid(), "name": "  Akhir   hari 1 "}
    for _ in range(2):
        assert sari.http.post(f"/canvases/{sari.canvas_id}/versions", data=form).status_code == 303
    sari.post(f"notes/{note['id']}", base_version=1, text="Satu, diubah")
    sari.add("Dua")

    versions = page(sari, "versions")
    assert versions.count("<b>Akhir hari 1</b>") == 1
    assert texts(page(sari, "replay", rev=1), "channels") == ["Satu"]
    back = {"op_id": new_uuid(), "revision": 1}
    answer = sari.http.post(f"/canvases/{sari.canvas_id}/reinstatement", data=back)
    board = sari.http.get(answer.headers["location"]).text

    assert texts(board, "channels") == ["Satu"]
    assert "Memulihkan kanvas ke: Akhir hari 1." in board
    assert "Sebelum sebuah versi dipulihkan" in page(sari, "versions")
    assert "Dua" in page(sari, "trash")
    sari.post("undo")
    assert texts(sari.board(), "channels") == ["Satu, diubah", "Dua"]


def test_a_version_needs_a_name_and_what_was_typed_stays(sari: Person) -> None:
    sari.add()
    form = {"op_id": new_uuid(), "name": "n" * 81}

    answer = sari.http.post(f"/canvases/{sari.canvas_id}/versions", data=form)

    assert answer.status_code == 422
    assert 'value="' + "n" * 81 + '"' in answer.text and "80 karakter" in answer.text


def test_going_back_to_where_the_canvas_is_changes_nothing(sari: Person) -> None:
    sari.add()

    assert sari.post("reinstatement", revision=1).json()["error"] == "same_as_now"
    assert sari.post("reinstatement", revision=2).json()["error"] == "unknown_revision"


def test_going_back_to_where_the_canvas_is_is_said_and_leads_back_to_the_versions(sari: Person) -> None:
    sari.add()
    path = f"/canvases/{sari.canvas_id}"
    form = {"op_id": new_uuid(), "revision": 1}

    answer = sari.http.post(
        f"{path}/reinstatement", data=form, headers={"referer": f"{sari.http.base_url}{path}/versions"}
    )

    assert answer.status_code == 422
    assert "Kanvas sudah sama dengan versi ini." in answer.text
    assert f'href="{path}/versions">Kembali</a>' in answer.text
    assert "periksa isian" not in answer.text


def test_restoring_leaves_what_is_hidden_hidden(room: Room, sari: Person) -> None:
    note = sari.add("Rahasia")
    sari.add("Terbuka")
    room.host().post(f"notes/{note['id']}/hiding")

    answer = sari.post("reinstatement", revision=0)

    assert answer.status_code == 303
    assert texts(sari.board(), "channels") == []
    assert room.host().post(f"notes/{note['id']}/showing").json()["note"]["deleted"] is False
