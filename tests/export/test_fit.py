"""The arithmetic of a full sheet."""

from app.export.fit import LARGEST, SMALLEST, BlockMeasure, Box, best_size, fill, long_note, notes_that_fit

CELL = Box(0, 0, 100, 306)  # 300 for notes, above the margin


def column(*heights: float, undrawn: int = 0, goes_on: bool = False) -> BlockMeasure:
    """Notes one below the other, from the top of the cell."""
    tops = [sum(heights[:index]) for index in range(len(heights))]
    notes = tuple(Box(0, top, 100, top + height) for top, height in zip(tops, heights, strict=True))
    return BlockMeasure(CELL, notes, undrawn, more_line=20, goes_on=goes_on)


def test_the_fullest_block_decides_how_full_a_sheet_is() -> None:
    assert fill([column(30), column(100, 50), column()]) == 0.5


def test_few_notes_grow_and_many_shrink_within_limits() -> None:
    assert best_size(0.01) == LARGEST
    assert 1 < best_size(0.8) < LARGEST
    assert SMALLEST < best_size(1.1) < 1
    assert best_size(7) == SMALLEST


def test_an_empty_sheet_keeps_its_size() -> None:
    assert best_size(fill([column(), column()])) == 1


def test_a_block_that_is_just_full_keeps_all_its_notes() -> None:
    assert notes_that_fit(column(100, 100, 100)) == 3


def test_a_block_that_is_too_full_keeps_room_for_saying_so() -> None:
    assert notes_that_fit(column(100, 100, 95, 10)) == 2
    assert notes_that_fit(column(100, 100, 80, 40)) == 3


def test_a_note_taller_than_its_cell_moves_on_with_all_after_it() -> None:
    assert notes_that_fit(column(400, 10)) == 0


def test_notes_below_the_edge_of_the_page_count_as_too_many() -> None:
    block = column(100, 100, undrawn=98)

    assert block.fill > 1
    assert notes_that_fit(block) == 2


def test_one_huge_note_that_was_not_drawn_is_too_many() -> None:
    assert BlockMeasure(CELL, (), undrawn=1).fill > 1
    assert column(10, undrawn=1).fill > 1
    assert notes_that_fit(BlockMeasure(CELL, (), undrawn=1)) == 0
    assert notes_that_fit(column(10, undrawn=1)) == 1


def test_a_block_that_goes_on_elsewhere_has_less_room() -> None:
    assert notes_that_fit(column(100, 100, 90)) == 3
    assert notes_that_fit(column(100, 100, 90, goes_on=True)) == 2


def test_a_long_note_moves_when_it_takes_the_place_of_several() -> None:
    assert long_note(column(50, 400, 50, 50)) == 1, "it does not fit, and leaves a hole"
    assert long_note(column(50, undrawn=3)) == 1
    assert long_note(BlockMeasure(CELL, (), undrawn=2)) == 0
    assert long_note(column(50, 200, 50, 50, 50)) == 1, "it fits, and the last two do not"


def test_a_long_note_stays_when_nothing_would_be_won() -> None:
    assert long_note(column(100, 100, 100)) is None
    assert long_note(column(50, 200, 50)) is None
    assert long_note(column(50, 200, 50, goes_on=True)) is None
    assert long_note(BlockMeasure(CELL, (), undrawn=1)) is None


def test_ordinary_notes_keep_their_order() -> None:
    assert long_note(column(100, 100, 70, 90, 10)) is None
