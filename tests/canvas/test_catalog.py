"""The catalog: what every canvas must have, and what its authors are told when it has not."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from app.canvas.catalog import Definition, Example, definition, example, example_in_file, examples
from app.canvas.catalog_files import read_definition
from app.canvas.definition import Role
from app.resources import CANVASES
from app.toml_table import MalformedFile

NOTE_LENGTH = 90
BUSINESS_MODEL = CANVASES / "business-model.toml"
IN_PROGRESS = "lebak-footwear-in-progress"


@pytest.fixture
def canvas() -> Definition:
    return definition()


@pytest.fixture
def rewritten(tmp_path: Path) -> Callable[[Path, str, str], Path]:
    """A copy of a file of the catalog with one passage changed, wherever it stands."""

    def rewrite(original: Path, passage: str, replacement: str) -> Path:
        text = original.read_text(encoding="utf-8")
        assert passage in text
        copy = tmp_path / original.name
        copy.write_text(text.replace(passage, replacement), encoding="utf-8")
        return copy

    return rewrite


def test_the_business_model_has_nine_blocks_with_names_in_both_languages(canvas: Definition) -> None:
    assert len(canvas.blocks) == 9
    for block in canvas.blocks:
        for text in (block.name, block.sub):
            assert text.of("id") and text.of("en") and text.id != text.en
    assert canvas.block("key_partnerships").name.of("id") == "Kemitraan Utama"
    assert canvas.block("key_partnerships").name.of("en") == "Key Partnerships"
    assert canvas.block("revenue_streams").abbreviation == "R$"


def test_every_block_asks_four_questions_in_both_languages_and_the_fourth_is_about_inclusion(
    canvas: Definition,
) -> None:
    for block in canvas.blocks:
        assert [question.number for question in block.questions] == [1, 2, 3, 4]
        assert [question.kind for question in block.questions] == ["guiding"] * 3 + ["inclusion"]
        for question in block.questions:
            assert question.text.id.endswith("?") or question.text.id.endswith(".")
            assert question.text.en and question.text.en != question.text.id


def test_every_block_has_a_role_by_which_checks_know_it(canvas: Definition) -> None:
    assert {block.role for block in canvas.blocks} == set(get_args(Role))
    for block in canvas.blocks:
        assert block.role and canvas.block_in(block.role) == block


def test_every_order_names_each_block_once_or_is_free(canvas: Definition) -> None:
    keys = sorted(block.key for block in canvas.blocks)
    assert [order.key for order in canvas.orders] == ["from_customers", "in_pairs", "from_partners", "free"]
    for order in canvas.orders:
        assert order.is_free or sorted(order.blocks) == keys
    assert [order.key for order in canvas.orders if order.is_free] == ["free"]


def test_the_default_order_starts_with_the_customers_and_numbers_the_blocks(canvas: Definition) -> None:
    names = [block.abbreviation for block in canvas.in_order()]
    assert names == ["CS", "VP", "CH", "CR", "R$", "KR", "KA", "KP", "C$"]
    assert [canvas.number(block.key) for block in canvas.in_order()] == list(range(1, 10))
    assert canvas.in_order("from_partners")[0].key == "key_partnerships"
    assert canvas.in_order("free") == canvas.in_order()


def test_only_the_two_blocks_about_money_are_wide(canvas: Definition) -> None:
    wide = {block.key for block in canvas.blocks if block.shape == "wide"}
    assert wide == {"revenue_streams", "cost_structure"}


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_attribution_names_source_licence_and_product_and_links_the_first_two(
    canvas: Definition, locale: str
) -> None:
    phrases = canvas.attribution_phrases(locale, "Kanvas Mitra")
    line = "".join(phrase.text for phrase in phrases)
    assert "CC BY-SA 3.0" in line and "strategyzer.com" in line and line.endswith("Kanvas Mitra")
    assert {phrase.text: phrase.url for phrase in phrases if phrase.url} == {
        "strategyzer.com": "https://www.strategyzer.com",
        "CC BY-SA 3.0": "https://creativecommons.org/licenses/by-sa/3.0",
    }


@pytest.mark.parametrize(
    "key", ["no-such-canvas", "../business-model", "examples/../business-model", "", "/"]
)
def test_a_key_opens_only_a_file_of_its_own_folder(key: str) -> None:
    with pytest.raises(KeyError):
        definition(key)
    with pytest.raises(KeyError):
        example(key)


def test_an_unknown_block_or_order_is_a_key_error(canvas: Definition) -> None:
    assert not canvas.has_block("impact")
    for lookup in (canvas.block, canvas.number, canvas.in_order):
        with pytest.raises(KeyError):
            lookup("impact")


def test_there_are_four_complete_examples_and_one_in_progress(canvas: Definition) -> None:
    unfinished = [one.key for one in examples() if {note.block for note in one.notes} != set(_keys(canvas))]
    assert len(examples()) == 5
    assert unfinished == [IN_PROGRESS]


def _keys(canvas: Definition) -> list[str]:
    return [block.key for block in canvas.blocks]


def _example_id(example: Example) -> str:
    return example.key


@pytest.mark.parametrize("one", examples(), ids=_example_id)
def test_an_example_says_that_it_is_one_and_whose_partnership_it_shows(one: Example) -> None:
    assert one.status == "CONTOH"
    assert " × " in one.title
    assert one.training_centre and one.industry_partner and one.vocational_field and one.province


@pytest.mark.parametrize("one", examples(), ids=_example_id)
def test_the_notes_of_an_example_are_short_and_fit_its_canvas(one: Example, canvas: Definition) -> None:
    for note in one.notes:
        assert canvas.has_block(note.block)
        assert len(note.text) <= NOTE_LENGTH
        assert not re.search(r"\((?:I|A)\)|memberi|→ mendapat|^S\d", note.text), "a tag was left in the text"


@pytest.mark.parametrize("one", examples(), ids=_example_id)
def test_an_example_tags_only_segments_it_names_and_thinks_of_inclusion(one: Example) -> None:
    named = {number for note in one.notes_of("customer_segments") for number in note.segments}
    used = {number for note in one.notes for number in note.segments}
    assert used <= named
    assert len({note.block for note in one.notes if note.inclusion}) >= 2
    assert any(note.evidence == "assumption" for note in one.notes)


@pytest.mark.parametrize("one", examples(), ids=_example_id)
def test_only_partners_give_and_get(one: Example) -> None:
    partners = one.notes_of("key_partnerships")
    assert partners and all(note.gives for note in partners)
    assert not any(note.gives or note.gets for note in one.notes if note not in partners)
    assert one.key == IN_PROGRESS or all(note.gets for note in partners)


def test_the_welding_example_has_its_tags_its_trades_and_its_follow_up() -> None:
    welding = example("serang-petrochemical-welding")
    assert len(welding.notes) == 42
    paid = next(note for note in welding.notes if "berbayar" in note.text)
    assert (paid.segments, paid.evidence, paid.inclusion, paid.side) == ((1, 3), "assumption", False, "blk")
    assert paid.text.endswith("(cek aturan PNBP)")
    partner = welding.notes_of("key_partnerships")[0]
    assert (partner.text, partner.gives) == ("Perusahaan petrokimia", "tempat OJT dan spesifikasi")
    assert [step.due_days for step in welding.follow_up] == [30, 60, 75, 180]
    assert all(step.owner and step.indicator for step in welding.follow_up)


@pytest.mark.parametrize(
    ("passage", "replacement", "complaint"),
    [
        ('  "channels",\n', '  "chanels",\n', "business-model.toml, orders 1: unknown block chanels"),
        ('  "channels",\n', "", "orders 1: from_customers leaves out channels"),
        (
            '  "channels",\n',
            '  "channels",\n  "channels",\n',
            "channels stands more than once in from_customers",
        ),
        (
            'kind = "inclusion"',
            'kind = "guiding"',
            "blocks 1: customer_segments has 0 questions of kind inclusion",
        ),
        ('kind = "guiding"', 'kind = "inclusion"', "customer_segments has 4 questions of kind inclusion"),
        (
            'kind = "inclusion"',
            'kind = "gedsi"',
            "blocks 1, questions 4: kind must be one of guiding, inclusion",
        ),
        (
            "kp kp kr kr vp vp ch",
            "kp kp kr vp vp ch",
            "grid: 10 columns, but 9 areas in 'kp kp kr vp vp ch ch cs cs'",
        ),
        ("kp kp kr kr vp vp ch", "kp kp kr vp kr vp ch", "grid: the area kr is not a rectangle"),
        ("rows = [3, 3, 2]", "rows = [3, 2]", "grid: 2 rows, but 3 lines of areas"),
        ("rows = [3, 3, 2]", 'rows = ["tall"]', "grid: rows must be a list of whole numbers"),
        (
            'area = "ch"',
            'area = "cx"',
            "blocks 3: area must be one of c, ch, cr, cs, ka, kp, kr, r, vp, not 'cx'",
        ),
        ('area = "ch"', 'area = "cs"', "blocks 3: area cs is already taken by another block"),
        ('role = "channels"', 'role = "values"', "blocks 3: role values is already taken by another block"),
        ('key = "channels"', 'key = "Channels!"', "blocks 3: 'Channels!' must be small letters"),
        ('abbreviation = "CH"', "", "blocks 3: abbreviation is missing"),
        ('abbreviation = "CH"', 'abbreviation = " "', "blocks 3: abbreviation is blank"),
        ('abbreviation = "CH"', 'abbreviation = "CH"\ncolour = "red"', "blocks 3: unknown key colour"),
        ("strategyzer.com) · CC BY-SA 3.0", "strategyzer.com)", "the attribution must contain CC BY-SA 3.0"),
        ("[grid]", "[grid", "business-model.toml: not readable as TOML: "),
    ],
)
def test_a_mistake_in_a_definition_is_named_with_its_place(
    rewritten: Callable[[Path, str, str], Path], passage: str, replacement: str, complaint: str
) -> None:
    with pytest.raises(MalformedFile, match=re.escape(complaint)):
        read_definition(rewritten(BUSINESS_MODEL, passage, replacement))


@pytest.mark.parametrize(
    ("passage", "replacement", "complaint"),
    [
        ("channels = [", "chanels = [", "lebak-footwear-in-progress.toml, notes: unknown block chanels"),
        ("segments = [2]", "segments = [7]", "notes, customer_segments 2: segments are 1 to 6, not [7]"),
        ("segments = [2]", "segment = [2]", "notes, customer_segments 2: unknown key segment"),
        (
            'evidence = "assumption"',
            'evidence = "ya"',
            "notes, value_propositions 1: evidence must be one of fact, assumption, tested, not 'ya'",
        ),
        (
            'evidence = "assumption"',
            "inclusion = 1",
            "notes, value_propositions 1: inclusion must be true or false",
        ),
        ('side = "blk"', 'side = "BLK"', "side must be one of blk, industry, joint, not 'BLK'"),
        ('perspective = "blk"', "", "lebak-footwear-in-progress.toml: perspective is missing"),
        ('canvas = "business-model"', 'canvas = "lean"', "canvas must be one of business-model, not 'lean'"),
    ],
)
def test_a_mistake_in_a_canvas_file_is_named_with_its_place(
    rewritten: Callable[[Path, str, str], Path], passage: str, replacement: str, complaint: str
) -> None:
    original = CANVASES / "examples" / f"{IN_PROGRESS}.toml"
    with pytest.raises(MalformedFile, match=re.escape(complaint)):
        example_in_file(rewritten(original, passage, replacement))


def test_a_canvas_file_outside_the_catalog_reads_like_an_example(tmp_path: Path) -> None:
    original = CANVASES / "examples" / f"{IN_PROGRESS}.toml"
    own = tmp_path / "our-canvas.toml"
    own.write_text(original.read_text(encoding="utf-8").replace('status = "CONTOH"\n', ""), encoding="utf-8")
    canvas = example_in_file(own)
    assert (canvas.key, canvas.status) == ("our-canvas", "")
    assert canvas.notes == example(IN_PROGRESS).notes


def test_a_missing_canvas_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MalformedFile, match=r"gone\.toml: there is no such file"):
        example_in_file(tmp_path / "gone.toml")
