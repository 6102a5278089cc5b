"""Regions as they were drawn last, for as long as what is seen there stays the same."""

from collections.abc import Callable, Iterable

from app.live.stage import framed


def partial(target: str, html: str) -> bytes:
    """A region's HTML as htmx takes it from an event stream: morphed into the element of this id."""
    return framed(f'<hx-partial hx-target="#{target}" hx-swap="outerMorph">{html}</hx-partial>')


class Drawn:
    """The bytes of regions by their targets. One change of a note draws that note, not all of its block."""

    def __init__(self) -> None:
        self._latest: dict[str, tuple[object, bytes]] = {}

    def region(self, target: str, seen: object, draw: Callable[[], str]) -> bytes:
        """The region at `target`, drawn anew when what is `seen` there is not what it was."""
        latest = self._latest.get(target)
        if latest is None or latest[0] != seen:
            latest = self._latest[target] = seen, partial(target, draw())
        return latest[1]

    def forget(self, targets: Iterable[str]) -> None:
        """These are there no more."""
        for target in targets:
            self._latest.pop(target, None)
