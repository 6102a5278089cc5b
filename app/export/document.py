"""Papers of many pages: their words flow from page to page at one size of type, and nothing is fitted."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.export.composition import recipe
from app.export.job import Job
from app.export.press import Press

FONT_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Document:
    """A page of HTML that is a paper. `pictures` reads the JPEGs it names, by path, when it is drawn."""

    html: str
    pictures: Callable[[], Mapping[str, bytes]] = dict

    @property
    def digest(self) -> str:
        """Changes with every word and with everything that draws it."""
        return hashlib.sha256((self.html + recipe()).encode()).hexdigest()[:16]

    def draw(self, press: Press) -> bytes:
        """The PDF."""
        return press.run(self.job()).pdf

    def job(self) -> Job:
        """What the press is to do."""
        pictures = {path: b64encode(jpeg).decode() for path, jpeg in self.pictures().items()}
        return Job(html=self.html, font_size=FONT_SIZE, size=1.0, pictures=pictures)
