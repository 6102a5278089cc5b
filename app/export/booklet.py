"""Several canvases bound into one PDF, among pages that say where each of them is."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.export.composition import Composition
from app.export.document import Document
from app.export.press import Press


@dataclass(frozen=True, slots=True)
class Booklet:
    """`around` are the pages around the canvases; the first of them stands where it says
    `<i data-inlay="0"></i>`.
    """

    around: Document
    canvases: tuple[Composition, ...]

    @property
    def digest(self) -> str:
        """Changes with every word and with everything that draws it."""
        parts = [self.around.digest, *(canvas.digest for canvas in self.canvases)]
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]

    def draw(self, press: Press, heard: Callable[[int], None] = lambda settled: None) -> bytes:
        """The PDF, in one job, or in two where a canvas needs further pages. `heard` learns how many canvases
        are settled.
        """
        around = self.around.job()
        proof = press.run(replace(around, then=[canvas.job() for canvas in self.canvases]), heard)
        if not proof.pdf:
            drafts = proof.drafts[1:]
            continued = [canvas.continued(draft) for canvas, draft in zip(self.canvases, drafts, strict=True)]
            proof = press.run(replace(around, then=continued))
        return proof.pdf
