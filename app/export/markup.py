"""Our own pages as trees. They are small and regular: the standard library reads them in a tenth of the time
that a parser for any page on the web takes.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Ends of lines that HTML knows nothing of, and WeasyPrint gives up at when a blank is before one.
_BREAKS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", "\n"))
# Nothing on paper links to these. As anchors they would give every note styles of its own to work out.
_CONTINUED = "more-"
_MEASURED = ("note-", "cell-", "block-", "title-", "cluster-")

# Letters that the stylesheet puts before a tag's words: as text they need no box and no style of their own.
_MARK = "data-k"


@dataclass(frozen=True, slots=True)
class Markup:
    """A page: its elements but links, and the stylesheets it links to. An `id` is its `data-id` too."""

    root: Element
    stylesheets: tuple[str, ...]

    @property
    def paper(self) -> str:
        """The kind of paper it is for, if it says so."""
        return self.root.get("data-paper", "")


def read_markup(html: str, prefix: str = "") -> Markup:
    """The page, with a tag's letters as its words. Whatever is wrong with it, it becomes a tree.

    `prefix` is put before what its continued blocks are called, for they are the same in every canvas.
    """
    reader = _Reader(prefix)
    reader.feed(html)
    reader.close()
    return Markup(reader.tree(), tuple(reader.stylesheets))


@dataclass(eq=False)
class _Reader(HTMLParser):
    prefix: str
    stylesheets: list[str] = field(default_factory=list)
    _builder: TreeBuilder = field(default_factory=TreeBuilder)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def tree(self) -> Element:
        self._begin()
        while self._open:
            self._builder.end(self._open.pop())
        return self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "link":
            if attributes.get("rel") == "stylesheet":
                self.stylesheets.append(attributes.get("href", ""))
            return
        if tag != "html":
            self._begin()
        elif self._open:
            return
        mark = attributes.pop(_MARK, "")
        self._builder.start(tag, _with_anchor(attributes, self.prefix))
        if mark:
            self._builder.data(mark)
        if tag in _VOID:
            self._builder.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "html" or tag not in self._open:
            return
        while (last := self._open.pop()) != tag:
            self._builder.end(last)
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        data = data.translate(_BREAKS)
        if self._open or data.strip():
            self._begin()
            self._builder.data(data)

    def _begin(self) -> None:
        if not self._open:
            self._builder.start("html", {})
            self._open.append("html")


def _with_anchor(attributes: dict[str, str], prefix: str) -> dict[str, str]:
    name = attributes.get("id", "")
    if name:
        attributes["data-id"] = name
        if name.startswith(_MEASURED):
            del attributes["id"]
        elif name.startswith(_CONTINUED):
            attributes["id"] = prefix + name
    elif attributes.get("href", "").startswith("#" + _CONTINUED):
        attributes["href"] = f"#{prefix}{attributes['href'][1:]}"
    return attributes
