"""Real PDFs: sizes, words, fonts and pixels."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from app.canvas import catalog
from app.export.composition import compose
from app.export.fit import SMALLEST, best_size, fill
from app.export.layout import TypesetSheet
from app.export.pdf import render_canvas_file
from app.export.press import Press
from app.export.sheet import Paper
from app.resources import CANVASES
from tests.export.paper import FIELDS, KEYS, RENDERER, Printed, canvas_of, composed, printed

MM = 72 / 25.4


def spread(total: int, in_one_block: int = 0) -> dict[str, list[str]]:
    """Numbered notes, `in_one_block` of them in one block and the rest everywhere."""
    notes: dict[str, list[str]] = {key: [] for key in KEYS}
    for number in range(total):
        key = "value_propositions" if number < in_one_block else KEYS[number % len(KEYS)]
        notes[key].append(f"ID{number:03d}X catatan dari meja kami")
    return notes


def missing_or_double(sheet: Printed, total: int) -> list[str]:
    seen = Counter(word for word in sheet.text.split() if word.startswith("ID") and word.endswith("X"))
    return [f"ID{number:03d}X" for number in range(total) if seen[f"ID{number:03d}X"] != 1]


def colours(picture: Image.Image) -> int:
    """How many pixels are strongly coloured; tints of notes are not."""
    return sum(count for count, (r, g, b) in _histogram(picture) if max(r, g, b) - min(r, g, b) > 110)


def _histogram(picture: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    return picture.getcolors(maxcolors=picture.width * picture.height) or []  # type: ignore[return-value]


@pytest.mark.parametrize(("paper", "width", "height"), [(Paper.A3, 420, 297), (Paper.A4, 297, 210)])
def test_ordinary_canvases_are_one_landscape_sheet(
    press: Press, paper: Paper, width: int, height: int
) -> None:
    pages = printed(press, spread(45), paper).reader.pages

    assert len(pages) == 1
    assert abs(float(pages[0].mediabox.width) - width * MM) < 1
    assert abs(float(pages[0].mediabox.height) - height * MM) < 1


def test_a_sheet_whose_first_guess_was_too_large_is_still_one_sheet(press: Press) -> None:
    notes = {"channels": [*["balai kerja " * 3] * 3, "latihan " * 12, "industri " * 11]}
    composition = composed(notes, Paper.A4)
    sheet = TypesetSheet(composition.job())

    guess = best_size(fill(sheet.measures(1.0)))

    assert fill(sheet.measures(guess)) > 1 > fill(sheet.measures(SMALLEST))
    assert len(Printed(composition.draw(press)).reader.pages) == 1


@pytest.mark.parametrize(
    ("total", "in_one_block", "paper"),
    [(10, 0, Paper.A3), (175, 120, Paper.A4), (300, 60, Paper.A3)],
)
def test_every_note_is_printed_exactly_once(
    press: Press, total: int, in_one_block: int, paper: Paper
) -> None:
    sheet = printed(press, spread(total, in_one_block), paper)

    assert missing_or_double(sheet, total) == []
    assert (len(sheet.reader.pages) > 1) == (in_one_block > 0)


def test_a_block_says_on_which_page_it_goes_on(press: Press) -> None:
    sheet = printed(press, {"channels": [f"catatan {number}" for number in range(60)]})

    first, second = (page.extract_text() for page in sheet.reader.pages)
    kept = sum(f"catatan {number}\n" in first + "\n" for number in range(60))
    assert f"+{60 - kept} " in first
    assert " 2" in first.split(f"+{60 - kept} ", 1)[1].split("\n", 1)[0]
    assert "catatan 59" in second and "catatan 59" not in first


@pytest.mark.parametrize("text", ["x" * 2000, "\n" * 500 + "tengah" + "\n" * 500, "工" * 2000, "🧵" * 500])
def test_a_note_of_any_shape_is_printed_to_its_end(press: Press, text: str) -> None:
    sheet = printed(press, {"channels": [f"awal {text} AKHIR"]}, Paper.A4)

    assert "".join(sheet.text.split()).count("AKHIR") == 1


def test_the_header_the_legend_and_the_attribution_are_on_paper(press: Press) -> None:
    text = printed(press, {}).text

    for words in (
        "BBPVP Serang × petrokimia",
        "Disnakertrans Provinsi Banten",
        "Kelompok 2",
        "Teknik Las",
        "57",
    ):
        assert words in text
    assert "Selasa, 10 September 2024" in text
    assert "CC BY-SA 3.0" in text and "strategyzer.com" in text


def test_paper_names_nobody(press: Press) -> None:
    assert "Sari" not in printed(press, {"channels": ["catatan"]}).text


def test_the_attribution_is_on_every_page(press: Press) -> None:
    pages = printed(press, {"channels": ["catatan"] * 60}).reader.pages

    assert len(pages) == 2
    assert all("CC BY-SA 3.0" in page.extract_text() for page in pages)


def test_an_empty_canvas_asks_the_first_question_of_each_block(press: Press) -> None:
    text = " ".join(printed(press, {}).text.split())

    for block in catalog.definition().blocks:
        assert block.questions[0].text.id[:30] in text
        assert block.questions[1].text.id[:30] not in text


def test_all_fonts_are_embedded(press: Press) -> None:
    sheet = printed(press, {"channels": ["Łódź, ελληνικά, شراكة, 😀"]})

    fonts = [font for page in sheet.reader.pages for font in _fonts(page)]
    assert len(fonts) >= 3
    assert all(any(key.startswith("/FontFile") for key in font) for font in fonts)


def test_the_document_names_itself_and_its_language(press: Press) -> None:
    reader = printed(press, {}).reader

    assert reader.metadata is not None
    assert reader.metadata.title == "BBPVP Serang × petrokimia · Kanvas Mitra"
    assert reader.metadata.author == "Kelompok 2"
    assert str(reader.root_object["/Lang"]) == "id"


def test_indonesian_punctuation_and_other_scripts_survive(press: Press) -> None:
    texts = ["Rp1.250.000 – “kutip” … ≥ 10 × 5", "Ελληνικά Привет Łódź é →", "😀👩‍🏭🇮🇩"]

    text = " ".join(printed(press, {"channels": texts}).text.split())

    for words in ("Rp1.250.000 – “kutip” … ≥ 10 × 5", "Ελληνικά", "Привет", "Łódź", "é", "→", "😀"):
        assert words in text


def test_emoji_are_drawn_in_colour(press: Press, tmp_path: Path) -> None:
    plain = printed(press, {"channels": ["abc " * 10]}).picture(tmp_path)
    sheet = printed(press, {"channels": ["👩‍🏭 😀 " * 10]}).picture(tmp_path)

    assert colours(plain) > 0, "the mark in the corner is coloured"
    assert colours(sheet) > colours(plain) + 100


def test_a_grey_printer_keeps_side_inclusion_segment_and_evidence_apart(tmp_path: Path) -> None:
    kinds: list[dict[str, Any]] = [
        {},
        {"side": "blk"},
        {"side": "industry"},
        {"side": "joint"},
        {"inclusion": True},
        {"evidence": "fact"},
        {"evidence": "assumption"},
        {"evidence": "tested"},
        {"segments": (1,)},
        {"segments": (2,)},
    ]
    canvas = canvas_of({"value_propositions": ["catatan"] * len(kinds)})
    block = canvas.block("value_propositions")
    notes = tuple(replace(note, **kind) for note, kind in zip(block.notes, kinds, strict=True))
    marked = replace(canvas, blocks=(replace(block, notes=notes),))
    composition = compose(RENDERER, marked, FIELDS, catalog.definition(), Paper.A3, "id")
    sheet = TypesetSheet(composition.job())
    pdf = sheet.document(1.0).write_pdf() or b""
    picture = Printed(pdf).picture(tmp_path, resolution=96).convert("1", dither=Image.Dither.NONE)

    (measure,) = sheet.measures(1.0)

    crops = {
        picture.crop((round(n.left), round(n.top), round(n.right), round(n.top) + 22)).tobytes()
        for n in measure.notes
    }
    assert len(crops) == len(kinds)


def test_the_examples_become_pdfs_without_a_server(tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"

    render_canvas_file(CANVASES / "examples" / "serang-petrochemical-welding.toml", output, "a4", "en")

    text = " ".join(PdfReader(output).pages[0].extract_text().split())
    assert "Bengkel las dan ruang uji milik balai" in text
    assert "Key Resources" in text


def _fonts(page: object) -> list[dict[str, object]]:
    resources = page["/Resources"]["/Font"]  # type: ignore[index]
    descendants = [font.get_object()["/DescendantFonts"][0].get_object() for font in resources.values()]
    return [font["/FontDescriptor"] for font in descendants]
