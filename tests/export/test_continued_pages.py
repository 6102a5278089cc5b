"""The pages after the first sheet: full, titled, and nothing lost on the way."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count

import pytest

from app.canvas import catalog
from app.export.binding import lay_out
from app.export.layout import TypesetSheet, places_on
from app.export.press import Press
from app.export.sheet import ON_THE_TABLE, Paper
from tests.export.paper import FIELDS, KEYS, Printed, Word, composed, printed

MM = 72 / 25.4
COLUMNS = {Paper.A3: 5, Paper.A4: 4}
CONTINUED = {"id": " (lanjutan)", "en": " (continued)"}
EVERY_WAY = pytest.mark.parametrize(
    ("paper", "locale"),
    [
        (Paper.A3, "id"),
        (Paper.A4, "en"),
        pytest.param(Paper.A3, "en", marks=pytest.mark.nightly),
        pytest.param(Paper.A4, "id", marks=pytest.mark.nightly),
    ],
)

Print = Callable[[Paper, str], Printed]


@pytest.fixture(scope="module")
def many_pages(press: Press) -> Print:
    """Blocks with far too much in them, on any paper in any language."""
    return cache(lambda paper, locale: printed(press, crowded(), paper, locale))


@pytest.fixture(scope="module")
def two_pages(press: Press) -> Print:
    """A canvas that would fit on the sheet, but for one long note."""
    return cache(lambda paper, locale: printed(press, notes_in_all_blocks(long=1), paper, locale))


def crowded() -> dict[str, list[str]]:
    return notes_in_all_blocks(long=9, short=110)


def notes_in_all_blocks(
    long: int = 0, short: int = 0, long_in: str = "value_propositions"
) -> dict[str, list[str]]:
    """36 notes, `long` ones of 1,500 characters and `short` more in one block each. No word comes twice."""
    words = (f"w{number}x" for number in count(1000))
    notes = {key: [_text(words, 40) for _ in range(4)] for key in KEYS}
    notes[long_in][1:1] = [_text(words, 1500) for _ in range(long)]
    notes["channels"] += [_text(words, 60) for _ in range(short)]
    return notes


def _text(words: Iterator[str], length: int) -> str:
    text = ""
    while len(text) < length:
        text += f"{next(words)} "
    return text.strip()


def noted(page: list[Word]) -> list[Word]:
    """The words of notes."""
    return [word for word in page if word.text.startswith("w") and word.text.endswith("x")]


def columns(page: list[Word], paper: Paper) -> list[list[Word]]:
    """The words of notes by column, from the top."""
    width = (420 if paper is Paper.A3 else 297) * MM / COLUMNS[paper]
    by_column: list[list[Word]] = [[] for _ in range(COLUMNS[paper])]
    for word in sorted(noted(page), key=lambda word: (word.top, word.left)):
        by_column[int(word.left // width)].append(word)
    return by_column


def first_line(page: list[Word]) -> str:
    """What stands above the first column."""
    left = [word for word in page if word.left < 80 * MM]
    top = min(left, key=lambda word: word.top)
    return " ".join(word.text for word in left if abs(word.bottom - top.bottom) < 3)


@EVERY_WAY
def test_all_words_are_printed_once_inside_the_margins(many_pages: Print, paper: Paper, locale: str) -> None:
    sheet = many_pages(paper, locale)

    seen = Counter(word.text for page in sheet.words for word in noted(page))
    assert seen == Counter(word for texts in crowded().values() for text in texts for word in text.split())
    width, height = (float(sheet.reader.pages[0].mediabox[side]) for side in (2, 3))
    for page in sheet.words:
        assert all(word.left > 7 * MM and word.right < width - 7 * MM for word in page)
        assert all(word.top > 6 * MM and word.bottom < height - 6 * MM for word in page)
        assert max(word.bottom for word in noted(page)) < height - 13 * MM, "the foot is free"


@EVERY_WAY
def test_every_continued_page_begins_with_the_title_of_its_block(
    many_pages: Print, paper: Paper, locale: str
) -> None:
    names = {block.key: block.name.of(locale) for block in catalog.definition().in_order()}
    blocks = {word: key for key, texts in crowded().items() for text in texts for word in text.split()}

    pages = many_pages(paper, locale).words[1:]

    assert len(pages) > 2
    for page in pages:
        key = blocks[columns(page, paper)[0][0].text]
        assert first_line(page).split(" ", 1)[1] == names[key] + CONTINUED[locale]


@EVERY_WAY
def test_continued_pages_are_full_but_for_the_last(many_pages: Print, paper: Paper, locale: str) -> None:
    sheet = many_pages(paper, locale)

    height = float(sheet.reader.pages[0].mediabox.height)
    assert len(sheet.words) > 3
    for page in sheet.words[1:-1]:
        assert all(column and column[-1].bottom > 0.85 * height for column in columns(page, paper))


@pytest.mark.parametrize("block", ["value_propositions", "cost_structure"])
@pytest.mark.parametrize("paper", ON_THE_TABLE)
def test_a_long_note_leaves_the_sheet_to_the_short_ones(press: Press, paper: Paper, block: str) -> None:
    notes = notes_in_all_blocks(long=1, long_in=block)

    first, second = printed(press, notes, paper).words

    long = set(notes[block][1].split())
    assert {word.text for word in noted(second)} == long
    assert not {word.text for word in noted(first)} & long


def test_a_few_notes_do_not_get_a_page_of_their_own() -> None:
    composition = composed(notes_in_all_blocks(short=211), Paper.A4)
    moved = lay_out(composition.job())
    sheet = TypesetSheet(composition.continued(moved.drafts[0]))

    ordinary = sheet.render(sheet.job.rest, 1.0).pages
    pages = sheet.rest(0).pages

    assert len(places_on(ordinary[-1])) < 8
    assert len(pages) == len(ordinary) - 1


def test_one_continued_page_is_set_in_larger_type_and_spread_over_its_columns(two_pages: Print) -> None:
    first, second = two_pages(Paper.A4, "id").words

    tallest = [max(word.bottom - word.top for word in noted(page)) for page in (first, second)]
    assert tallest[1] > 1.1 * tallest[0]
    lengths = [len(column) for column in columns(second, Paper.A4)]
    assert min(lengths) > 0.5 * max(lengths)


def test_an_example_says_so_on_every_page(press: Press, two_pages: Print) -> None:
    fields = replace(FIELDS, status="example")

    for locale, mark in (("id", "CONTOH"), ("en", "EXAMPLE")):
        sheet = Printed(composed(notes_in_all_blocks(long=1), fields=fields, locale=locale).draw(press))

        assert [sum(word.text == mark for word in page) for page in sheet.words] == [1, 1]
        assert mark not in two_pages(Paper.A3, locale).text


@pytest.mark.parametrize("paper", ON_THE_TABLE)
@pytest.mark.parametrize("long", [0, 9])
def test_what_is_parked_stands_under_its_name_after_everything_else(
    press: Press, paper: Paper, long: int
) -> None:
    parked = ["terparkir satu", "terparkir dua"]
    notes = notes_in_all_blocks(long) | {catalog.definition().parking.key: parked}

    first, *rest = printed(press, notes, paper).words

    assert rest and not {"terparkir", "Parkir"} & {word.text for word in first}
    last = [word.text for word in rest[-1]]
    assert last.count("terparkir") == 2
    assert last.index("Parkir") < last.index("terparkir")
    assert "(lanjutan)" not in last[last.index("Parkir") : last.index("terparkir")]
