"""The commitment sheet: who gives what and by when, on paper for both sides to sign."""

import io

from pypdf import PdfReader

from tests.canvas.planning import add
from tests.export.matterhorn import faults
from tests.factories import Person, Room


def words(who: Person) -> str:
    answer = who.http.get(f"/canvases/{who.canvas_id}/commitments.pdf")
    assert answer.status_code == 200, answer.text
    assert faults(answer.content) == []
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split()
    )


def test_it_says_who_gives_what_by_when_and_for_how_much(room: Room) -> None:
    sari = room.join("Sari Dewi")
    sari.add("Petrokimia Cilegon", "key_partnerships", gives="tempat OJT", gets="juru las")
    sari.add("Bengkel las", "key_resources", side="blk")
    sari.add("Elektroda", "cost_structure", side="industry", amount="12 jt", amount_high="15 jt")
    sari.add("Bukan urusan perjanjian", "channels", side="blk")
    sari.add("Tanpa pihak dan angka", "key_activities")
    secret = sari.add("Rahasia", "key_resources", side="blk")
    add(sari, "Draf PKS", due_on="2024-12-12", centre_owner="Kepala balai", indicator="Ditandatangani")
    room.host().post(f"notes/{secret['id']}/hiding")

    sheet = words(sari)

    for said in (
        "BBPVP Serang",
        "Petrokimia Cilegon",
        "tempat OJT",
        "juru las",
        "Bengkel las",
        "Rp12.000.000",
    ):
        assert said in sheet
    for said in ("Rp12 jt–Rp15 jt", "Draf PKS", "Kepala balai", "12 Desember 2024", "Ditandatangani"):
        assert said in sheet
    assert "bukan nasihat hukum" in sheet and "Halaman 1 dari" in sheet
    assert sheet.count("Jabatan") == 2, "both sides sign"
    for said in ("Bukan urusan", "Tanpa pihak", "Rahasia", "Sari"):
        assert said not in sheet


def test_what_nobody_wrote_is_a_line_to_write_on(room: Room) -> None:
    sari = room.join("Sari")

    page = sari.http.get(f"/canvases/{sari.canvas_id}/commitments").text

    assert page.count("data-blank") == 3 + 4 + 4
    add(sari, "Draf PKS")
    page = sari.http.get(f"/canvases/{sari.canvas_id}/commitments").text
    assert page.count("data-blank") == 3 + 4 + 3
    assert "<form" not in page and "<script" not in page


def test_it_is_drawn_once_and_the_plan_and_the_desk_lead_there(room: Room) -> None:
    sari = room.join("Sari")
    path = f"/canvases/{sari.canvas_id}/commitments.pdf"

    first = sari.http.get(path)

    assert "Lembar komitmen" in first.headers["content-disposition"]
    etag = {"if-none-match": first.headers["etag"]}
    assert sari.http.get(path, headers=etag).status_code == 304
    add(sari, "Draf PKS")
    assert sari.http.get(path, headers=etag).status_code == 200
    assert path in sari.http.get(f"/canvases/{sari.canvas_id}/follow-up-plan").text
    assert path in room.desk()
