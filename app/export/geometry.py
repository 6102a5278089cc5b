"""The canvas's grid as fixed boxes, for paper only.

WeasyPrint asks every note for its width and height several times to size a grid's tracks. On paper the
canvas's size is known, so the same Grid becomes absolute boxes: the same picture for a fifth of the time.
"""

from app.canvas.definition import Definition, Grid


def paper_stylesheet(definition: Definition) -> str:
    """Takes the place of the screen's generated stylesheet in the press."""
    boxes = (
        f".nine>[data-block={block.key}]{{{_box(definition.grid, block.area)}}}"
        for block in definition.blocks
    )
    return "\n".join([".nine{position:relative}", ".nine>.cell{position:absolute}", *boxes, ""])


def _box(grid: Grid, area: str) -> str:
    columns, rows = grid.column_indexes(area), grid.row_indexes(area)
    width, height = len(grid.columns), sum(grid.rows)
    return ";".join(
        (
            f"left:{_percent(columns[0], width)}",
            f"width:{_percent(len(columns), width)}",
            f"top:{_percent(sum(grid.rows[: rows[0]]), height)}",
            f"height:{_percent(sum(grid.rows[row] for row in rows), height)}",
        )
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4f}%"
