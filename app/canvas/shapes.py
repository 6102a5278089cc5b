"""What the scripts of a board know of every canvas, in a language (templates/canvas/_shapes.html)."""

from collections.abc import Mapping

from app.canvas import catalog
from app.canvas.drawing import block_view


def shapes(locale: str) -> Mapping[str, object]:
    """The context of the template: the blocks and the parking lot, without notes."""
    definition = catalog.definition()
    return {"places": [block_view(definition, place, locale, ()) for place in definition.places]}
