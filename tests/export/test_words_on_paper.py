"""Whatever people write is on paper, in its place, with every letter (T-TXT-1)."""

import io
import re
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from app.canvas import catalog
from app.export.binding import lay_out
from app.export.composition import compose
from app.export.press import Press
from app.export.shapeless import SIGN
from app.export.sheet import Paper
from tests.export.matterhorn import faults
from tests.export.paper import FIELDS, RENDERER, Printed, canvas_of, composed, printed

LONG = "Pneumonoultramikroskopiksilikovolkanokoniosisdanlainlainnyayangpanjangsekalitanpaspasidi"
SUPPORTED = [
    "Rp1.250.000 – “kutip” ‘satu’ … ≥ ≤ ± × ÷ ½ ² µ € © ® ™ • — « »",
    "✓ → ← ↑ ↓ √ ∞ ≠ ≈ ∑ □ ■ ● ★",
    "éèêë äöü ñ ç ø å Łódź ǒ ə ŋ ố Việt",
    "Ελληνικά Привет",
    "شراكة بين مركز التدريب والصناعة",
]
# Letters that Indonesia writes with beside those, and those of its partners.
SCRIPTS = [
    "ꦲꦤꦕꦫꦏ ꦗꦮ · ᬅᬓ᭄ᬱᬭ ᬩᬮᬶ · ᮃᮊ᮪ᮞᮛ ᮞᮥᮔ᮪ᮓ",
    "ᯘᯮᯒᯖ᯲ ᯅᯖᯂ᯲ · ᨒᨚᨈᨑ ᨕᨘᨁᨗ · ꤰꥎ ꤽꥍꤺꥏ",
    "بهاس ملايو جاوي ڠ ڤ چ ڬ ڽ · தமிழ் மேடான்",
    "PT 印尼鋼鐵有限公司 · 印尼钢铁有限公司 · 日本語のカタカナ · 한국어 산업 ㈜ ㄅㄆㄇ 。「」",
]
# What a browser takes apart, turns round or does not show: the words beside it, and those after it.
STRANGE = [
    "</script> {{7*7}} <b>tebal</b> &amp;",
    "awal \u202e kanan ke kiri, tidak ditutup",
    "\u2067isolasi tidak ditutup",
    "nol\u200blebar\u200d\ufeff",
    "tab\tdi sini\rdan\u2028baris\u2029baru \u2029baru \v\f\x85",
    "e\u0301 digubah, é utuh",
    "   ",
]


def test_no_letter_that_we_support_is_missing(press: Press) -> None:
    sheet = printed(press, {"channels": SUPPORTED})

    letters = "".join("".join(SUPPORTED).split())
    drawn = {letter for page in sheet.reader.pages for letter in _drawn(page)}
    # Arabic letters are drawn in the shape of their place, as one reads them back from the text.
    assert not {letter for letter in letters if not "\u0600" <= letter <= "\u06ff"} - drawn
    assert "شراكة" in sheet.text


def test_every_script_of_indonesia_and_its_partners_has_shapes(press: Press) -> None:
    sheet = printed(press, {"channels": SCRIPTS})

    assert faults(sheet.pdf) == []
    assert "印尼鋼鐵有限公司" in sheet.text and "한국어" in sheet.text and SIGN not in sheet.text
    assert len(sheet.pdf) < 100_000, "only the letters that are used travel with it"


def test_a_letter_that_no_font_has_is_a_sign_and_not_a_blank(press: Press) -> None:
    sheet = printed(press, {"channels": ["workshop \U000f1234", *STRANGE], "key_resources": ["𑻠" * 40] * 60})

    assert f"workshop {SIGN}" in sheet.text and len(sheet.reader.pages) > 1
    assert sheet.text.count(SIGN) == 1 + 40 * 60, "what is only strange is not lost"
    assert faults(sheet.pdf) == []


def test_strange_text_is_printed_and_turns_nothing_round_beside_it(press: Press) -> None:
    sheet = printed(press, {"channels": [*STRANGE, "sesudahnya"], "key_resources": ["di sebelahnya"]})

    text = " ".join(sheet.text.split())
    for words in ("</script> {{7*7}} <b>tebal</b> &amp;", "sesudahnya", "di sebelahnya", "isolasi tidak"):
        assert words in text
    assert "é utuh" in text


@pytest.mark.parametrize("marks", [{}, {"segments": (1, 2), "inclusion": True}])
def test_a_word_without_end_breaks_inside_its_note(press: Press, marks: dict[str, Any]) -> None:
    canvas = canvas_of({"key_partnerships": [LONG]}, **marks)
    sheet = Printed(compose(RENDERER, canvas, FIELDS, catalog.definition(), Paper.A4, "id").draw(press))

    parts = [word for word in sheet.words[0] if word.text in LONG and len(word.text) > 8]
    assert len(parts) > 1 and LONG.startswith("".join(part.text for part in parts))
    width = float(sheet.reader.pages[0].mediabox.width)
    assert all(part.right < width / 5 + 20 for part in parts)


def test_a_thousand_accents_on_one_letter_stay_on_it(press: Press) -> None:
    sheet = printed(press, {"channels": ["a" + "\u0301" * 1000 + " sesudahnya"]})

    assert sheet.text.count("\u0301") <= 3
    assert "sesudahnya" in sheet.text


def test_a_sheet_of_any_letters_stays_below_a_megabyte() -> None:
    proof = lay_out(composed({"channels": SUPPORTED, "key_resources": ["👩‍🏭 😀 🇮🇩 ❤️ 🧵"] * 20}).job())

    assert len(proof.pdf) < 1024**2


def _drawn(page: Any) -> set[str]:
    """Every letter with an outline in one of the page's fonts."""
    letters: set[str] = set()
    for reference in page["/Resources"]["/Font"].values():
        font = reference.get_object()
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        outlines = TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
        names = outlines.getGlyphOrder()
        for glyph, text in _unicode(font["/ToUnicode"].get_data().decode()).items():
            if glyph < len(names) and outlines["glyf"][names[glyph]].numberOfContours:
                letters.update(text)
    return letters


def _unicode(cmap: str) -> dict[int, str]:
    """What each glyph stands for, from lines like `<0024> <0041>`."""
    mapping = cmap.split("beginbfchar", 1)[1].split("endbfchar")[0]
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", mapping)
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
