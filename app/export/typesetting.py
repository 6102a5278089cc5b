"""What WeasyPrint needs to set a page, kept warm from job to job: fonts, styles, files it may read."""

from base64 import b64decode
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.export import shortcuts
from app.export.markup import Markup, read_markup
from app.export.styles import worked_out
from app.resources import STATIC

BASE_URL = "app:/"
_MEDIA_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
_FAMILY = "Radio Canada"
_FONTS = STATIC / "fonts"
_WARM = 32  # stylesheets

shortcuts.take()
for _schemes in (uses_relative, uses_netloc):
    if "app" not in _schemes:
        _schemes.append("app")


class PackagedFiles(URLFetcher):
    """Knows the packaged stylesheets, fonts and drawings by name, what came with the job, and nothing else in
    the world.
    """

    def __init__(
        self, generated: Mapping[str, str], pictures: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(allowed_protocols=("app",), allow_redirects=False)
        self._generated, self._pictures = generated, pictures

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme != "app" or parts.netloc:
            raise ValueError("refused")
        path = unquote(parts.path)
        if path in self._generated:
            return URLFetcherResponse(url, self._generated[path], {"Content-Type": "text/css; charset=utf-8"})
        if path in self._pictures:
            return URLFetcherResponse(url, b64decode(self._pictures[path]), {"Content-Type": "image/jpeg"})
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


class Page(HTML):
    """A page of ours, where WeasyPrint would parse any page on the web and all that it links to."""

    def __init__(self, markup: Markup, fetcher: PackagedFiles) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(markup.root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_browser_defaults()]


class Typesetter:
    """Sets pages. `generated` are stylesheets that are no files, by path; `pictures` the same in base 64.

    `prefix`: see `read_markup`; `zoom`: see `worked_out`.
    """

    def __init__(
        self,
        generated: Mapping[str, str],
        prefix: str = "",
        zoom: float = 1.0,
        pictures: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._generated, self._prefix, self._zoom = generated, prefix, zoom
        self._fetcher = PackagedFiles(generated, pictures)
        self._page = cache(self._read)

    def set(self, html: str, rules: str = "") -> Document:
        """The page with some more rules."""
        page, styles = self._page(html)
        more = CSS(string=rules, base_url=BASE_URL, url_fetcher=self._fetcher)
        return page.render(stylesheets=[styles, more], font_config=_fonts(), cache=_images())

    def _read(self, html: str) -> tuple[Page, CSS]:
        markup = read_markup(html, self._prefix)
        paths = [unquote(urlsplit(address).path) for address in markup.stylesheets]
        styles = "".join(self._generated.get(path) or _packaged_style(path) for path in paths)
        return Page(markup, self._fetcher), _stylesheet(styles, markup.paper, self._zoom)


@lru_cache(maxsize=_WARM)
def _stylesheet(styles: str, paper: str, zoom: float) -> CSS:
    return CSS(
        string=_faces() + worked_out(styles, paper, zoom),
        base_url=BASE_URL,
        url_fetcher=PackagedFiles({}),
        font_config=_fonts(),
    )


def _packaged_style(path: str) -> str:
    file = packaged_files().get(path)
    return file.read_text("utf-8") if file and file.suffix == ".css" else ""


def _faces() -> str:
    """The letters of each weight and width: to cut them out of the variable font takes as long as a page."""
    faces = (file.stem.split("-", 2) for file in sorted(_FONTS.glob("paper-*.ttf")))
    return "".join(
        f'@font-face{{font-family:"{_FAMILY}";font-weight:{weight};font-stretch:{width};'
        f"src:url(app:/static/fonts/paper-{weight}-{width}.ttf)}}"
        for _, weight, width in faces
    )


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _images() -> dict[str, object]:
    return {}


@cache
def _browser_defaults() -> CSS:
    """WeasyPrint's own, but for the rules that give every element seven pseudo-elements.

    There are no footnotes here, and no bullets.
    """
    styles = Path(weasyprint.__file__).with_name("css") / "html5_ua.css"
    lines = styles.read_text("utf-8").splitlines()
    return CSS(string="\n".join(line for line in lines if not line.startswith("::")))
