"""The CSS that only a definition can know: where its blocks lie and what widens around the one in focus."""

from app.canvas.definition import BlockDefinition, Definition, Grid


def stylesheet(definition: Definition) -> str:
    """The grid for screen, wall, map and paper; to be loaded after the file that declares the layers.

    Surfaces set `--w` (a column at rest), `--wide` (a column in focus) and `--tall` (a row in focus), and may
    set `--low` (a row beside the focus) and `--low-wide` (such a row of wide blocks, which need less height).
    Whatever they leave out stays as the canvas is without a focus.
    """
    rules = [
        _grid_rule(definition.grid),
        *(_placement_rule(block) for block in definition.blocks),
        f".nine>[data-block={definition.parking.key}]{{display:none}}",
        *(_focus_rule(definition, block) for block in definition.blocks),
    ]
    return "\n".join(["@layer layout{", *rules, "}", ""])


def _grid_rule(grid: Grid) -> str:
    columns = " ".join(f"minmax(0,var(--{name},var(--w)))" for name in grid.columns)
    rows = " ".join(f"minmax(0,var(--row{row},{weight}fr))" for row, weight in enumerate(grid.rows, 1))
    areas = " ".join(f'"{line}"' for line in grid.areas)
    return (
        f".nine{{display:grid;gap:var(--hair);grid-template-columns:{columns};"
        f"grid-template-rows:{rows};grid-template-areas:{areas}}}"
    )


def _placement_rule(block: BlockDefinition) -> str:
    return f".nine>[data-block={block.key}]{{grid-area:{block.area}}}"


def _focus_rule(definition: Definition, block: BlockDefinition) -> str:
    settings = [*_focus_columns(definition.grid, block), *_focus_rows(definition, block)]
    return f".nine[data-focus={block.key}]{{{';'.join(settings)}}}"


def _focus_columns(grid: Grid, block: BlockDefinition) -> list[str]:
    if block.shape == "wide":
        # It grows in height; the columns above it share the width even where a surface keeps them narrow.
        return ["--w:1fr"]
    names = dict.fromkeys(grid.columns[column] for column in grid.column_indexes(block.area))
    return [f"--{name}:var(--wide)" for name in names]


def _focus_rows(definition: Definition, block: BlockDefinition) -> list[str]:
    own = definition.grid.row_indexes(block.area)
    settings = []
    for row, weight in enumerate(definition.grid.rows):
        if row not in own:
            settings.append(f"--row{row + 1}:{_height_at_rest(definition, row, weight)}")
        elif len(own) == 1:
            settings.append(f"--row{row + 1}:var(--tall)")
    return settings


def _height_at_rest(definition: Definition, row: int, weight: int) -> str:
    grid = definition.grid
    if all(block.shape == "wide" for block in definition.blocks if row in grid.row_indexes(block.area)):
        return f"var(--low-wide,var(--low,{weight}fr))"
    return f"var(--low,{weight}fr)"
