"""The generated CSS: every block has its place, and a focus widens a track without moving anything."""

import re

import pytest

from app.canvas.catalog import definition
from app.canvas.stylesheet import stylesheet


@pytest.fixture
def css() -> str:
    return stylesheet(definition())


def focus(css: str, block: str) -> set[str]:
    """The settings of the rule for one block in focus."""
    found = re.findall(rf"\.nine\[data-focus={block}\]\{{([^}}]*)\}}", css)
    assert len(found) == 1, block
    return set(found[0].split(";"))


def test_every_block_is_placed_once_in_its_own_area(css: str) -> None:
    placed = re.findall(r"\.nine>\[data-block=(\w+)\]\{grid-area:(\w+)\}", css)
    assert placed == [(block.key, block.area) for block in definition().blocks]


def test_the_grid_is_the_one_of_the_definition(css: str) -> None:
    grid = definition().grid
    for line in grid.areas:
        assert css.count(f'"{line}"') == 1
    columns = re.search(r"grid-template-columns:([^;]*);", css)
    assert columns and columns[1].count("minmax(0,var(--") == len(grid.columns)
    assert "minmax(0,var(--row1,3fr)) minmax(0,var(--row2,3fr)) minmax(0,var(--row3,2fr))" in css


@pytest.mark.parametrize(
    ("block", "column"),
    [
        ("key_partnerships", "kp"),
        ("key_activities", "ka"),
        ("key_resources", "ka"),
        ("value_propositions", "vp"),
        ("customer_relationships", "cr"),
        ("channels", "cr"),
        ("customer_segments", "cs"),
    ],
)
def test_a_block_in_focus_widens_its_column_and_no_other(css: str, block: str, column: str) -> None:
    assert {one for one in focus(css, block) if "--wide" in one} == {f"--{column}:var(--wide)"}


@pytest.mark.parametrize(
    ("block", "row"),
    [
        ("key_activities", 1),
        ("customer_relationships", 1),
        ("key_resources", 2),
        ("channels", 2),
        ("cost_structure", 3),
        ("revenue_streams", 3),
    ],
)
def test_a_block_of_one_row_in_focus_makes_that_row_tall(css: str, block: str, row: int) -> None:
    assert {one for one in focus(css, block) if "--tall" in one} == {f"--row{row}:var(--tall)"}


@pytest.mark.parametrize("block", ["key_partnerships", "value_propositions", "customer_segments"])
def test_a_block_of_two_rows_is_tall_enough_and_only_the_bottom_gives_way(css: str, block: str) -> None:
    rows = {one for one in focus(css, block) if one.startswith("--row")}
    assert rows == {"--row3:var(--low-wide,var(--low,2fr))"}


@pytest.mark.parametrize("block", ["cost_structure", "revenue_streams"])
def test_a_wide_block_in_focus_leaves_all_columns_equal(css: str, block: str) -> None:
    settings = focus(css, block)
    assert "--w:1fr" in settings and not any("--wide" in one for one in settings)
    assert {"--row1:var(--low,3fr)", "--row2:var(--low,3fr)"} <= settings


def test_the_rules_stand_in_the_layer_of_layout(css: str) -> None:
    assert css.startswith("@layer layout{") and css.rstrip().endswith("}")
    assert css.count("{") == css.count("}")
