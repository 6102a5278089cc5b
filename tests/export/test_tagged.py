"""What a screen reader finds in a PDF: as much of ISO 14289-1 (PDF/UA-1) as a program can count."""

import re
from pathlib import Path

import pytest
from weasyprint import HTML

from app.canvas import catalog
from app.export.composition import compose
from app.export.press import Press
from app.export.sheet import Paper
from tests.canvas.planning import add
from tests.export.matterhorn import CHECKS, faults
from tests.export.paper import FIELDS, RENDERER, Printed, canvas_of, printed
from tests.export.tagged_pdf import Element, TaggedPdf
from tests.factories import Room

# Nothing here is as it should be, but that it is tagged.
BAD = """<title></title><style>@page{@top-left{content:element(head)}} p{position:running(head)}</style>
<p>Kepala halaman, <a href="https://example.org"><b>tertaut</b></a></p><h2>Judul</h2><h4>Lompat</h4>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>">
<dl><div><dt>Istilah<dd>Arti \U000f1234</div></dl><table><tr><th>Satu<th>Dua<tr><td>Tiga</table>"""


@pytest.fixture(scope="module")
def sheet(press: Press) -> Printed:
    """A canvas that goes on on a second page."""
    return printed(press, {"channels": [f"catatan {number}" for number in range(60)]})


def test_no_canvas_has_a_fault_that_a_program_can_find(room: Room) -> None:
    sari = room.join("Sari Dewi")
    kept = sari.add(
        "Alat", "key_resources", side="joint", segments=["1", "3"], evidence="fact", inclusion="1"
    )
    sari.post("clusters", notes=kept["id"], block="key_resources", name="Bengkel")
    sari.add("Petrokimia Cilegon", "key_partnerships", gives="tempat OJT", gets="juru las")
    for number in range(20):
        sari.add(f"Catatan {number}", "customer_segments", side="industry", evidence="assumption")
    add(sari, "Kirim surat", due_on="2024-10-02", indicator="Dikirim")
    path = f"/canvases/{sari.canvas_id}/canvas.pdf"

    for wishes in ("paper=a3&language=both", "paper=a4&language=en&names=1", "paper=a1&blank=1&plan=0"):
        assert faults(sari.http.get(f"{path}?{wishes}").content) == [], wishes


def test_these_faults_would_be_found() -> None:
    found = faults(HTML(string=BAD).write_pdf(pdf_variant="pdf/ua-1"))

    assert any(fault.startswith("PDFUA1-") for fault in found)
    for number in ("06-001", "09-004", "11-001", "13-004", "14-002", "15-003", "28-002", "31-011", "14.7.4"):
        assert any(fault.startswith(number) for fault in found), number
    untagged = faults(HTML(string=BAD).write_pdf())
    for number in ("01-005", "01-007", "07-001"):
        assert any(fault.startswith(number) for fault in untagged), number


def test_heads_and_feet_are_ornaments_but_the_attribution_is_said_once(press: Press, sheet: Printed) -> None:
    pdf = TaggedPdf(sheet.pdf)

    assert "Halaman 2" in sheet.text and "Halaman" not in " ".join(said(pdf, pdf.document))
    assert str(said(pdf, pdf.document)).count("CC BY-SA 3.0") == 1
    assert sheet.text.count("CC BY-SA 3.0") == 2


def test_it_shows_its_title_its_headings_in_filling_order_and_says_what_is_english(sheet: Printed) -> None:
    pdf = TaggedPdf(sheet.pdf)

    assert "BBPVP Serang × petrokimia" in pdf.catalog["/Metadata"].get_data().decode()
    english = [said(pdf, element) for element in pdf.elements if element.entry.get("/Lang") == "en"]
    assert len(english) == 9 and ["Customer Segments"] in english
    headings = [element.kind for element in pdf.elements if element.kind in ("/H1", "/H2", "/H3")]
    assert headings[:10] == ["/H1", *["/H2"] * 9]
    title, below = sheet.reader.outline[:2]
    assert title.title == "BBPVP Serang × petrokimia"  # type: ignore[union-attr]
    assert next(each.title for each in below) == "Segmen Pelanggan"  # type: ignore[union-attr]


def test_notes_are_entries_of_lists_and_links_say_where_they_lead(sheet: Printed) -> None:
    pdf = TaggedPdf(sheet.pdf)

    kinds = [element.kind for element in pdf.elements]
    assert kinds.count("/LI") >= 60 and kinds.count("/LBody") >= 60
    leading = [str(annotation["/Contents"]) for _, annotation in pdf.annotations]
    assert leading[0].endswith("lagi di halaman 2") and "(https://" in leading[1]
    terms = [said(pdf, element) for element in pdf.elements if element.kind == "/Lbl"]
    assert ["Disusun untuk"] in terms


def test_what_an_edge_or_a_letter_stands_for_is_said_before_the_note(press: Press) -> None:
    notes = {"channels": ["Radio desa"]}
    canvas = canvas_of(notes, side="industry", inclusion=True, evidence="tested", segments=(2,))
    drawn = compose(RENDERER, canvas, FIELDS, catalog.definition(), Paper.A4, "id").draw(press)

    pdf = TaggedPdf(drawn)

    (entry,) = (said(pdf, each) for each in pdf.elements if each.kind == "/LI" and "S2" in said(pdf, each))
    assert entry == ["Dari industri. Sudah diuji. Inklusi.", "S2", "I", "✓", " Radio desa"]
    assert faults(drawn) == []


def said(pdf: TaggedPdf, element: Element) -> list[str]:
    """What is read out, in that order."""
    words: dict[tuple[int, int], str] = {}
    for each in pdf.drawn:
        if each.number is not None and each.codes:
            place = (each.page, each.number)
            words[place] = words.get(place, "") + "".join(
                pdf.fonts[each.font].text[code] for code in each.codes
            )
    return [words[place] for each in element.all() for place in each.content if place in words]


def test_the_papers_name_every_check() -> None:
    named = (Path(__file__).parents[2] / "docs/pdf.md").read_text("utf-8")

    assert re.findall(r"^\| (\d[\d. -]*\d) \|", named, re.MULTILINE) == list(CHECKS)
