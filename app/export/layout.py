"""Laying out a sheet with WeasyPrint: measure, choose the type size, draw. Runs in the press only."""

from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.export.fit import SMALLEST, BlockMeasure, Box, best_size, fill, notes_that_fit
from app.export.job import Job, Proof
from app.resources import STATIC

BASE_URL = "app:/"
_MEDIA_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
_MORE_LINE = 2.1  # em of the sheet: the line that says how many notes follow on the next page

for _schemes in (uses_relative, uses_netloc):
    if "app" not in _schemes:
        _schemes.append("app")


class PackagedFiles(URLFetcher):
    """Knows the packaged stylesheets, fonts and drawings by name, and nothing else in the world."""

    def __init__(self, generated: dict[str, str]) -> None:
        super().__init__(allowed_protocols=("app",), allow_redirects=False)
        self._generated = generated

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme != "app" or parts.netloc:
            raise ValueError("refused")
        path = unquote(parts.path)
        if path in self._generated:
            return URLFetcherResponse(url, self._generated[path], {"Content-Type": "text/css; charset=utf-8"})
        file = packaged_files().get(path)
        if file is None:
            raise ValueError("refused")
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": _MEDIA_TYPES[file.suffix]})


@cache
def packaged_files() -> dict[str, Path]:
    """Every file a sheet may ask for, by the path it has on the web."""
    return {
        f"/static/{file.relative_to(STATIC).as_posix()}": file
        for file in STATIC.rglob("*")
        if file.suffix in _MEDIA_TYPES and file.is_file()
    }


def lay_out(job: Job) -> Proof:
    """Draw the job, or say how many notes of each cell fit on the first sheet."""
    sheet = TypesetSheet(job)
    if job.size is not None:
        return sheet.drawn(job.size)
    best = best_size(fill(sheet.measures(1.0)))
    for size in dict.fromkeys((best, min(best, 1.0))):
        if fill(sheet.measures(size)) <= 1:
            return sheet.drawn(size)
    return sheet.left_over(SMALLEST)


class TypesetSheet:
    """One job, laid out at any type size."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.fonts = FontConfiguration()
        self.fetcher = PackagedFiles(job.files)
        self.parsed = cache(partial(HTML, base_url=BASE_URL, url_fetcher=self.fetcher))
        self.render = cache(self._render)

    def measures(self, size: float) -> list[BlockMeasure]:
        anchors = self.render(self.job.html, size).pages[0].anchors
        return [_measure(anchors, cell, notes) for cell, notes in self.job.cells.items()]

    def left_over(self, size: float) -> Proof:
        line = _MORE_LINE * self.job.font_size * size * 96 / 72
        blocks = zip(self.job.cells, self.measures(size), strict=True)
        return Proof(size=size, kept={cell: notes_that_fit(block, line) for cell, block in blocks})

    def drawn(self, size: float) -> Proof:
        if not self.job.rest:
            document = self.render(self.job.html, size)
        else:
            rest = self.render(self.job.rest, size)
            first = self.render(self.job.html, size, _page_numbers(rest))
            document = first.copy([*first.pages, *rest.pages])
        return Proof(pdf=document.write_pdf() or b"", pages=len(document.pages), size=size)

    def _render(self, html: str, size: float, rules: str = "") -> Document:
        rules += f"html{{font-size:{self.job.font_size * size:.3f}pt!important}}"
        return self.parsed(string=html).render(stylesheets=[CSS(string=rules)], font_config=self.fonts)


def _measure(
    anchors: dict[str, tuple[float, float, float, float]], cell: str, notes: list[str]
) -> BlockMeasure:
    drawn = tuple(Box(*anchors[note]) for note in notes if note in anchors)
    return BlockMeasure(Box(*anchors[cell]), drawn, undrawn=len(notes) - len(drawn))


def _page_numbers(rest: Document) -> str:
    """A rule for each link to a later page, which adds the page's number."""
    numbered = reversed(list(enumerate(rest.pages, 2)))
    first = {anchor: number for number, page in numbered for anchor in page.anchors}
    return "".join(
        f'[href="#{anchor}"]::after{{content:" {number}"}}'
        for anchor, number in first.items()
        if anchor.startswith("more-")
    )
