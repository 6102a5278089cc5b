"""Several canvases as one PDF, behind a page that tells where each of them is."""

import hashlib
from dataclasses import dataclass, replace

from app.export.composition import Composition
from app.export.document import Document
from app.export.press import Press


@dataclass(frozen=True, slots=True)
class Booklet:
    """`front` are the first pages. A link there to `#canvas-ID` says on which page that canvas is."""

    front: Document
    canvases: tuple[Composition, ...]

    @property
    def digest(self) -> str:
        """Changes with every word and with everything that draws it."""
        parts = [self.front.digest, *(canvas.digest for canvas in self.canvases)]
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]

    def draw(self, press: Press) -> bytes:
        """The PDF, in one job, or in two where a canvas needs further pages."""
        front = self.front.job()
        proof = press.run(replace(front, then=[canvas.job() for canvas in self.canvases]))
        if not proof.pdf:
            drafts = proof.drafts[1:]
            continued = [canvas.continued(draft) for canvas, draft in zip(self.canvases, drafts, strict=True)]
            proof = press.run(replace(front, then=continued))
        return proof.pdf
