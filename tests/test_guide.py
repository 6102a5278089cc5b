"""The facilitator's guide says what is on the screen, in the words that stand there, in both languages."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image

from app.canvas.catalog import definition

ROOT = Path(__file__).parents[1]
GUIDES = {"id": ROOT / "docs/guide/panduan.md", "en": ROOT / "docs/guide/guide.md"}
SHORT = {"id": ROOT / "docs/guide/dua-halaman.md", "en": ROOT / "docs/guide/two-pages.md"}
PICTURES = ROOT / "docs/guide/pictures"
# A message that is little more than its gap would match any words.
FEWEST_LETTERS = 3


def text(language: str, guides: Mapping[str, Path] = GUIDES) -> str:
    return guides[language].read_text("utf-8")


@cache
def screen_words(language: str) -> re.Pattern[str]:
    """Everything that the interface can say, names of blocks too; a gap takes any words."""
    with (ROOT / "locale/id/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    sides = [(message.string if language == "id" else message.id) or "" for message in messages]
    said = {words for side in sides for words in ([side] if isinstance(side, str) else side)}
    said |= {place.name.of(language) for place in definition().places}
    gaps = {words: re.split(r"%\(\w+\)[sd]|\{\w+\}", words) for words in said}
    patterns = [
        ".+".join(map(re.escape, parts))
        for parts in gaps.values()
        if len(parts) == 1 or sum(map(str.isalpha, "".join(parts))) >= FEWEST_LETTERS
    ]
    return re.compile("|".join(patterns))


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize(("guides", "least"), [(GUIDES, 80), (SHORT, 25)], ids=["guide", "two pages"])
def test_every_word_in_bold_stands_on_the_screen(
    guides: Mapping[str, Path], least: int, language: str
) -> None:
    found = re.findall(r"\*\*(.+?)\*\*", text(language, guides), re.DOTALL)
    bold = [re.sub(r"\s+", " ", words) for words in found]

    assert len(bold) > least
    assert [words for words in bold if not screen_words(language).fullmatch(words)] == []


def outline(language: str, guides: Mapping[str, Path]) -> list[str]:
    """Headings by their depth, pictures by their file, and rows of tables, in their order."""
    lines = re.findall(r"^(#+) |\((pictures/[^)]+)\)|^(\|)", text(language, guides), re.MULTILINE)
    return ["".join(parts) for parts in lines]


@pytest.mark.parametrize("guides", [GUIDES, SHORT], ids=["guide", "two pages"])
def test_both_languages_have_the_same_sections_pictures_and_tables(guides: Mapping[str, Path]) -> None:
    assert outline("id", guides) == outline("en", guides)


@pytest.mark.parametrize("language", SHORT)
def test_what_a_host_takes_along_is_two_pages(language: str) -> None:
    # Printed on A4, more would need a third page.
    assert len(text(language, SHORT).splitlines()) <= 75
    assert len(text(language, SHORT).split()) <= 800


def test_every_picture_is_shown_described_and_small() -> None:
    shown = re.findall(r"!\[(.{10,})\]\(pictures/([^)]+)\)", text("id"))
    files = sorted(PICTURES.iterdir())

    assert sorted(file for _, file in shown) == [path.name for path in files]
    for path in files:
        assert path.stat().st_size <= 60_000, path.name
        with Image.open(path) as picture:
            assert picture.mode == "P" and picture.width <= 1366, path.name
