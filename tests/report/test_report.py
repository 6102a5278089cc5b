"""The report of a workshop: everything that came of it, on paper for those who were not there."""

import io
from typing import Any

from pypdf import PdfReader

from tests.canvas.ballots import close_vote, open_vote, vote
from tests.canvas.planning import add
from tests.factories import Room


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def outline(reader: PdfReader) -> list[str]:
    """The bookmarks, at whatever depth."""

    def titles(level: Any) -> list[str]:
        return [t for each in level for t in (titles(each) if isinstance(each, list) else [each.title])]

    return titles(reader.outline)


def lived_in(room: Room) -> None:
    """Two groups that wrote, asked, voted and planned; and something that must not leave the room."""
    sari = room.join("Sari Dewi")
    radio = sari.add("Radio desa", "channels")
    sari.add("Bengkel las", "key_resources", side="blk", amount="12 jt")
    sari.post(f"notes/{radio['id']}/comments", kind="ask", text="Siapa pendengarnya?")
    sari.post("checks/dismissals", finding="K01:customer_segments", comment="Dibahas besok")
    add(sari, "Draf PKS", due_on="2024-10-01", centre_owner="Kepala balai")
    hidden = sari.add("Bukan untuk umum", "channels")
    room.host().post(f"notes/{hidden['id']}/hiding")
    open_vote(room, named="1")
    vote(room, sari, radio["id"])
    close_vote(room)


def test_it_holds_everything_everybody_saw_and_nobodys_name(room: Room) -> None:
    lived_in(room)

    answer = room.facilitator.get(f"/workshops/{room.workshop_id}/report.pdf")

    assert answer.status_code == 200, answer.text
    report = words(answer.content)
    for said in (
        "Lokakarya Banten",
        "Radio desa",
        "Rp12.000.000",
        "Siapa pendengarnya?",
        "Dibahas besok",
        "paling penting?",
    ):
        assert said in report
    for said in ("Draf PKS", "Kepala balai", "Petrokimia", "Alas kaki", "CC BY-SA 3.0", "Jabatan"):
        assert said in report
    assert "Bukan untuk umum" not in report
    assert "Sari" not in report
    assert f"Halaman 1 dari {len(read(answer.content).pages)}" in report


def test_its_contents_lead_to_the_page_where_a_partnership_begins(room: Room) -> None:
    reader = read(room.facilitator.get(f"/workshops/{room.workshop_id}/report.pdf").content)

    contents = " ".join(reader.pages[1].extract_text().split())
    begins = next(
        number
        for number, page in enumerate(reader.pages, 1)
        if number > 2 and "2. BLK Lebak × Alas kaki" in page.extract_text()
    )
    assert f"BLK Lebak × Alas kaki {begins}" in contents
    titles = outline(reader)
    assert "Ringkasan" in titles and "2. BLK Lebak × Alas kaki" in titles


def test_it_is_for_who_runs_the_workshop_and_drawn_once(room: Room) -> None:
    path = f"/workshops/{room.workshop_id}/report.pdf"

    first = room.facilitator.get(path)

    assert path in room.desk()
    assert "Laporan kegiatan" in first.headers["content-disposition"]
    assert room.facilitator.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert room.join("Sari").http.get(path).status_code in (303, 401, 403, 404)
    page = room.facilitator.get(f"/workshops/{room.workshop_id}/report").text
    assert "<form" not in page and "<script" not in page
