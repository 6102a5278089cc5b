"""Paper has the geometry of the canvas's file."""

import re

from app.canvas import catalog
from app.export.geometry import paper_stylesheet

SIDES = ("left", "width", "top", "height")


def boxes() -> dict[str, dict[str, float]]:
    """Percentages by block."""
    rules = re.findall(r"\[data-block=(\w+)\]\{([^}]*)\}", paper_stylesheet(catalog.definition()))
    return {
        key: {side: float(re.findall(rf"{side}:([\d.]+)%", rule)[0]) for side in SIDES} for key, rule in rules
    }


def test_the_blocks_cover_the_whole_canvas_and_nothing_twice() -> None:
    area = sum(box["width"] * box["height"] for box in boxes().values())

    assert abs(area - 100 * 100) < 1
    assert len({(box["left"], box["top"]) for box in boxes().values()}) == 9


def test_customers_are_at_the_right_and_partners_at_the_left() -> None:
    assert boxes()["customer_segments"] == {"left": 80, "width": 20, "top": 0, "height": 75}
    assert boxes()["key_partnerships"] == {"left": 0, "width": 20, "top": 0, "height": 75}
    assert boxes()["cost_structure"] == {"left": 0, "width": 50, "top": 75, "height": 25}
