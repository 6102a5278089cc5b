"""Rules about the windows: every one of them ends up showing the same canvas."""

from collections.abc import Iterator

from .model import Finals, Violation
from .screen import shown_notes

Log = Iterator[Violation]


def check_views(canvas: str, end: Finals) -> Log:
    """Replicas kept up by stream or long-poll equal a fresh snapshot."""
    truth = end.snapshot.digest()
    for name, view in end.views.items():
        shown = view.digest()
        if shown != truth:
            differing = sorted(id_ for id_ in truth.keys() | shown.keys() if truth.get(id_) != shown.get(id_))
            # Same revision, other content: wrong for ever. An older revision: did not catch up in time.
            kind = "diverged" if view.rev >= end.snapshot.rev else "not_converged"
            at = f"at revision {view.rev}, server at {end.snapshot.rev}"
            message = f"{canvas}: {name} ({at}) differs in {differing[:3]}"
            yield Violation(kind, message)


def check_screens(canvas: str, end: Finals) -> Log:
    """Boards morphed region by region equal a freshly rendered one, and it shows the snapshot's notes."""
    if end.fresh_screen is None:
        return
    placed = {note.id: note.block for note in end.snapshot.notes.values()}
    shown = shown_notes(end.fresh_screen)
    if shown != placed:
        differing = sorted(id_ for id_ in placed.keys() | shown.keys() if placed.get(id_) != shown.get(id_))
        yield Violation("screen_wrong", f"{canvas}: a fresh board and the snapshot differ in {differing[:3]}")
    for name, regions in end.screens.items():
        stale = sorted(key for key, html in end.fresh_screen.items() if regions.get(key) != html)
        if stale:
            yield Violation("screen_stale", f"{canvas}: {name} still shows an old {', '.join(stale[:4])}")
