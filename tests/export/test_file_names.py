"""What a downloaded canvas is called."""

from dataclasses import replace

from app.export.file_names import content_disposition, pdf_name
from app.export.sheet import Paper
from tests.export.paper import FIELDS


def test_a_pdf_is_named_after_group_partnership_version_and_paper() -> None:
    english = "Canvas – Kelompok 2 – BBPVP Serang × petrokimia – version 57 – A3.pdf"

    assert pdf_name(FIELDS, Paper.A3, "en") == english
    assert pdf_name(FIELDS, Paper.A4, "id") == (
        "Kanvas – Kelompok 2 – BBPVP Serang × petrokimia – versi 57 – A4.pdf"
    )


def test_the_name_says_that_names_of_people_are_in_it() -> None:
    assert pdf_name(FIELDS, Paper.A3, "id", named=True).endswith(" – A3 – dengan nama.pdf")
    assert "dengan nama" not in pdf_name(FIELDS, Paper.A3, "id", blank=True, named=True)


def test_a_name_holds_nothing_a_file_system_refuses() -> None:
    hostile = replace(FIELDS, partnership='../a\\b:c*?"<d>|\r\nX-Evil: 1\x00\u202efdp' + "x" * 300)

    name = pdf_name(hostile, Paper.A3, "en")

    assert not set(name) & set('/\\:*?"<>|\r\n\x00\u202e')
    assert len(name) < 150


def test_a_canvas_without_a_partnership_has_a_name_too() -> None:
    alone = replace(FIELDS, partnership=FIELDS.designed_by, version="")

    assert pdf_name(alone, Paper.A4, "en") == "Canvas – Kelompok 2 – A4.pdf"


def test_old_programs_get_an_ascii_name_and_new_ones_the_real_one() -> None:
    header = content_disposition("Kanvas – Café × 工場 – r5.pdf")

    assert header.isascii()
    assert 'filename="Kanvas - Cafe x  - r5.pdf"' in header
    assert header.endswith(
        "filename*=UTF-8''Kanvas%20%E2%80%93%20Caf%C3%A9%20%C3%97%20%E5%B7%A5%E5%A0%B4%20%E2%80%93%20r5.pdf"
    )
