"""Books as their tests ask for them and read them."""

import io
import time
from typing import Any

from httpx2 import Client, Response
from pypdf import PdfReader

from tests.factories import Room


def made(room: Room, kind: str, wishes: str = "") -> Response:
    """The book, once it is ready; asked for as a browser without scripts does: it looks again."""
    answer = room.facilitator.get(f"/workshops/{room.workshop_id}/{kind}.pdf?{wishes}")
    if answer.status_code == 200:
        return answer
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    watch(room.facilitator, page)
    return room.facilitator.get(f"{page}/file")


def watch(browser: Client, page: str) -> str:
    """The page of a book when nothing is under way any more."""
    while "<progress" in (shown := browser.get(page).text):
        time.sleep(0.1)
    return shown


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def outline(reader: PdfReader) -> list[str]:
    """The bookmarks, at whatever depth."""

    def titles(level: Any) -> list[str]:
        return [t for each in level for t in (titles(each) if isinstance(each, list) else [each.title])]

    return titles(reader.outline)


def page_with(reader: PdfReader, words: str, after: int = 2) -> int:
    """The number of the first page behind the contents that says this."""
    return next(
        number
        for number, page in enumerate(reader.pages, 1)
        if number > after and words in " ".join(page.extract_text().split())
    )
