"""Periksa kanvas as a whole: the examples with the results of domain.md §6, and what holds of any canvas."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas.catalog import Example, definition, example, examples
from app.canvas.checks import (
    CHECKS,
    ActionItem,
    Area,
    CheckedCanvas,
    CheckedNote,
    area_of,
    check_canvas,
    word_lists,
)
from app.canvas.checks.findings import LEVELS
from app.canvas.checks.similar import similar
from app.canvas.checks.words import WordList
from app.resources import CANVASES
from tests.canvas.checking import canvas, canvas_of, found, note

WELDING, IN_PROGRESS = "serang-petrochemical-welding", "lebak-footwear-in-progress"
BLOCKS = [block.key for block in definition().blocks]
# Words of which rules are made, among whatever people write.
WORDS = st.sampled_from(
    ["instruktur", "Pabrik", "APBN", "maksimal 25 tahun", "semua", "a;b", "1,2,3,4", "MoU", "👷"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=30)), max_size=4).map(" ".join)
NOTES = st.builds(
    CheckedNote,
    id=st.uuids().map(str),
    block=st.sampled_from([*BLOCKS, "no_such_block"]),
    text=TEXTS,
    segments=st.lists(st.integers(1, 6), max_size=3).map(tuple),
    inclusion=st.booleans(),
    evidence=st.sampled_from([None, "fact", "assumption", "tested"]),
    side=st.sampled_from([None, "blk", "industry", "joint"]),
    gives=TEXTS,
    gets=TEXTS,
    author_id=st.sampled_from(["", "sari", "budi"]),
)
STEPS = st.builds(
    ActionItem,
    TEXTS,
    st.sampled_from(["", "Sari"]),
    st.none() | st.integers(0, 200),
    TEXTS,
    id=st.uuids().map(str),
)
CANVASES_OF_ALL_KINDS = st.builds(
    CheckedCanvas,
    st.just(definition()),
    st.just(word_lists(definition().key)),
    st.lists(NOTES, max_size=12).map(tuple),
    st.none() | st.lists(STEPS, max_size=4, unique_by=lambda step: step.id).map(tuple),
    st.none() | st.just(("sari", "budi", "rina")),
)


def test_the_welding_canvas_has_nothing_urgent_but_clear_roles_and_untested_assumptions_to_see_to() -> None:
    findings = found(canvas_of(example(WELDING)))

    assert [finding.key for finding in findings if finding.check.level == "high"] == []
    counts = Counter(finding.check.id for finding in findings)
    assert counts["M03"] == 2, "both kinds of petrochemical firms are segment and partner"
    assert counts["T03"] == 3, "three assumptions, none of them in the plan"
    assert counts.keys() == {"M03", "T03", "M02", "U01"}


@pytest.mark.parametrize(
    "one", [one for one in examples() if one.key != IN_PROGRESS], ids=lambda one: one.key
)
def test_a_finished_example_lacks_no_more_than_its_follow_up_plan(one: Example) -> None:
    high = [finding.key for finding in found(canvas_of(one)) if finding.check.level == "high"]

    assert high == ([] if one.follow_up else ["T01"])
    assert [
        finding.key for finding in found(canvas_of(one, planned=False)) if finding.check.level == "high"
    ] == []


def test_the_canvas_in_progress_is_asked_for_what_it_lacks() -> None:
    findings = found(canvas_of(example(IN_PROGRESS), planned=False))

    counts = Counter(finding.check.id for finding in findings)
    assert (counts["K01"], counts["H01"], counts["H03"], counts["M01"], counts["G01"]) == (4, 1, 2, 1, 1)


@pytest.mark.parametrize("filled", [(), ("Pabrik",), ("Pabrik", "Nilai")])
def test_a_canvas_that_has_hardly_begun_is_asked_for_its_empty_blocks_and_nothing_else(
    filled: tuple[str, ...],
) -> None:
    notes = [note(role, text) for role, text in zip(("segments", "values"), filled, strict=False)]  # type: ignore[arg-type]

    findings = found(canvas(*notes, plan=(), members=("sari", "budi")))

    assert [finding.check.id for finding in findings] == ["K01"] * (9 - len(filled))


def test_with_three_blocks_filled_everything_is_asked() -> None:
    notes = note("segments", "Pabrik"), note("values", "Nilai"), note("partners", "Apindo")

    assert {"K01", "H06", "M01", "P01", "G01"} <= {finding.check.id for finding in found(canvas(*notes))}


@given(CANVASES_OF_ALL_KINDS)
def test_no_canvas_is_too_strange_to_be_checked(checked: CheckedCanvas) -> None:
    findings = check_canvas(checked)

    assert findings == check_canvas(checked)
    places = [(list(Area).index(one.check.area), LEVELS.index(one.check.level)) for one in findings]
    assert places == sorted(places), "area by area, the most important first"
    keys = [finding.key for finding in findings]
    assert len(keys) == len(set(keys)), "a finding is known by its key"
    for finding in findings:
        assert finding.question % {"block": "b", "name": "n", "count": 1}
        assert finding.place.block in [*BLOCKS, ""]
        assert area_of(finding.key) is finding.check.area


@given(st.lists(NOTES, min_size=3, max_size=8).map(tuple), NOTES)
def test_another_note_changes_no_key_of_a_note_that_is_found_as_before(
    notes: tuple[CheckedNote, ...], other: CheckedNote
) -> None:
    by_note = {"K03", "K04", "M01", "G04"}
    before = {finding.key for finding in found(canvas(*notes), *by_note)}

    after = {finding.key for finding in found(canvas(other, *notes), *by_note)}

    assert before <= after


def test_every_rule_has_its_own_id_and_a_known_level() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS) == 31
    assert {check.level for check in CHECKS} == set(LEVELS)


def test_a_kind_of_canvas_without_a_block_is_not_asked_about_it() -> None:
    kind = definition()
    blocks = tuple(block for block in kind.blocks if block.role != "costs")
    order = kind.orders[0]
    keys = tuple(block.key for block in blocks)
    smaller = replace(
        kind,
        orders=(type(order)(order.key, order.name, tuple(key for key in order.blocks if key in keys)),),
        blocks=blocks,
    )
    checked = canvas_of(example(WELDING))

    findings = check_canvas(CheckedCanvas(smaller, checked.words, checked.notes, checked.plan))

    assert findings and not {"H07", "H08", "G02", "U01"} & {finding.check.id for finding in findings}


def test_there_are_word_lists_for_every_kind_of_canvas() -> None:
    kinds = {path.name for path in CANVASES.glob("*.toml")}

    assert kinds == {path.name for path in (CANVASES / "checks").glob("*.toml")}


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["mou"], "Draf MoU dengan pabrik", "MoU"),
        (["mou"], "Mouse", ""),
        (["*sertifi*"], "sudah bersertifikat", "bersertifikat"),
        (["maks* # tahun"], "usia maksimal  25 tahun", "maksimal  25 tahun"),
        (["laki-laki saja"], "untuk laki-laki saja", "laki-laki saja"),
        ([], "apa pun", ""),
    ],
)
def test_a_word_list_finds_words_as_they_are_written(words: list[str], text: str, expected: str) -> None:
    assert WordList.of(words).found_in(text) == expected


def test_what_nearly_says_the_same_is_found_once() -> None:
    texts = [
        "Pabrik alas kaki",
        "Disnaker",
        "pabrik alas kaki.",
        "PABRIK  ALAS-KAKI",
        "Pabrik alas kepala",
        "…",
        "…",
    ]

    assert list(similar(texts)) == [(0, 2), (0, 3), (5, 6)]
