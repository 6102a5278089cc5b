"""Does everybody at the table write? For the facilitator's eyes, and only when asked. Names nobody."""

from collections import Counter
from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, Place
from app.errors import N_


def uneven_turns(canvas: CheckedCanvas) -> Iterator[Place]:
    if canvas.members is None or len(canvas.members) < 2:
        return
    written = Counter(note.author_id for note in canvas.notes if note.author_id in canvas.members)
    if not written:
        # Notes of one device for the whole table say nothing about whose turn it was.
        return
    most = max(written.values())
    if 2 * most > len(canvas.notes) or any(not written[member] for member in canvas.members):
        yield Place(canvas.definition.in_order()[0].key)


CHECKS = (CanvasCheck("F01", Area.VOICES, "info", N_("Give the other participants a turn."), uneven_turns),)
