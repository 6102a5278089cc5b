"""Report and booklet of a workshop: everything that came of it, on paper for those who were not there."""

from app.attendance.models import AttendanceRecord
from tests.canvas.ballots import close_vote, open_vote, vote
from tests.canvas.planning import add
from tests.export.matterhorn import faults
from tests.export.tagged_pdf import TaggedPdf
from tests.factories import Room, write
from tests.report.books import made, outline, page_with, read, words


def lived_in(room: Room) -> None:
    """A group that wrote, asked, voted and planned; and something that must not leave the room."""
    sari = room.join("Sari Dewi")
    radio = sari.add("Radio desa", "channels")
    sari.add("Bengkel las", "key_resources", side="blk", amount="12 jt")
    sari.add('<i data-inlay="0"></i><link rel=attachment href="file:///etc/passwd">', "key_activities")
    sari.post(f"notes/{radio['id']}/comments", kind="ask", text="Siapa pendengarnya?")
    sari.post("checks/dismissals", finding="K01:customer_segments", comment="Dibahas besok")
    add(sari, "Draf PKS", due_on="2024-10-01", centre_owner="Kepala balai")
    hidden = sari.add("Bukan untuk umum", "channels")
    room.host().post(f"notes/{hidden['id']}/hiding")
    open_vote(room, named="1")
    vote(room, sari, radio["id"])
    close_vote(room)
    line = AttendanceRecord(id="x", workshop_id=room.workshop_id, name="Siti Resmi", sex="female")
    write(room.facilitator, lambda session: session.add(line))


def test_the_report_holds_everything_everybody_saw_and_nobodys_name(room: Room) -> None:
    lived_in(room)

    answer = made(room, "report")

    assert answer.status_code == 200, answer.text
    assert faults(answer.content) == []
    report, reader = words(answer.content), read(answer.content)
    for said in ("Lokakarya Banten", "Radio desa", "Rp12.000.000", "Siapa pendengarnya?", "Dibahas besok"):
        assert said in report
    for said in ("paling penting?", "Draf PKS", "Kepala balai", "CC BY-SA 3.0", "Jabatan"):
        assert said in report
    assert "data-inlay" in report and not reader.attachments, "what people write is printed, never followed"
    assert "Bukan untuk umum" not in report
    assert "Sari" not in report and "Siti" not in report
    assert "Kurang dari 5 orang" in report, "one person alone is not counted out"
    begins = page_with(reader, "2. BLK Lebak × Alas kaki")
    assert f"BLK Lebak × Alas kaki {begins}" in words(answer.content)
    for number, page in enumerate(reader.pages, 1):
        assert f"Halaman {number} dari {len(reader.pages)}" in page.extract_text()
    canvas = reader.pages[page_with(reader, "Bengkel las") - 1].mediabox
    assert canvas.width > canvas.height, "canvases stand on sheets of their own, across"
    assert {"Ringkasan", "2. BLK Lebak × Alas kaki"} <= set(outline(reader))
    pdf = TaggedPdf(answer.content)
    first, *others = (each.kind for each in pdf.elements if each.kind in ("/H1", "/H2", "/H3", "/H4"))
    assert first == "/H1" and "/H1" not in others, "canvases are sections of their chapters"


def test_the_booklet_has_each_canvas_its_plan_behind_it_and_is_kept(room: Room) -> None:
    lived_in(room)
    path = f"/workshops/{room.workshop_id}/booklet.pdf"

    answer = made(room, "booklet")

    assert faults(answer.content) == []
    reader = read(answer.content)
    first, plan, second = (page_with(reader, said) for said in ("Radio desa", "Draf PKS", "Alas kaki"))
    assert (first, plan, second) == (3, 4, 5)
    assert "Sari" not in words(answer.content)
    assert len(reader.pages) == 5
    assert "Sari Dewi" in words(made(room, "booklet", "names=1").content), "where it is wished"
    assert path in room.desk()
    assert [each.title for each in reader.outline[1] if not isinstance(each, list)] == [
        "Daftar isi",
        "BBPVP Serang × Petrokimia",
        "BLK Lebak × Alas kaki",
    ]
    assert "Buku kanvas" in answer.headers["content-disposition"]
    again = room.facilitator.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304, "it was not made a second time"


def test_the_report_does_not_say_that_nobody_was_asked_while_people_vote(room: Room) -> None:
    path = f"/workshops/{room.workshop_id}/report"
    sari = room.join("Sari")
    radio = sari.add("Radio desa", "channels")
    open_vote(room)
    vote(room, sari, radio["id"])

    voting = room.facilitator.get(path).text
    close_vote(room)
    closed = room.facilitator.get(path).text

    assert "hasilnya belum ada di laporan ini" in voting and "paling penting?" not in voting
    assert "hasilnya belum ada di laporan ini" not in closed and "paling penting?" in closed


def test_the_report_is_for_who_runs_the_workshop_and_prints_from_a_browser_too(room: Room) -> None:
    path = f"/workshops/{room.workshop_id}/report"
    room.join("Sari").add("Radio desa", "channels")

    page = room.facilitator.get(path).text

    assert "Radio desa" in page and "CC BY-SA 3.0" in page
    assert "<form" not in page and "<script" not in page and "Sari" not in page
    assert "Sari" in room.facilitator.get(f"{path}?names=1").text
    assert room.join("Budi").http.get(path).status_code in (303, 401, 403, 404)
