"""A tagged PDF taken apart: what is drawn and how it is marked, the structure tree, the fonts."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NameObject

_MAPPED = re.compile(
    r"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE
)  # but <0000> <ffff> is the range of all
_TEXT = {b"Tj", b"TJ", b"'", b'"'}
_PAINT = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"INLINE IMAGE"}


@dataclass(eq=False)
class Element:
    """An element of the structure tree; `content` are the page and number of what it marks."""

    kind: str
    entry: Any
    parent: "Element | None"
    kids: list["Element"] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """This one and everything below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.all()

    @property
    def attributes(self) -> dict[str, Any]:
        owners = self.entry.get("/A", [])
        owners = owners if isinstance(owners, list) else [owners]
        return {key: value for owner in owners for key, value in owner.get_object().items()}


@dataclass(frozen=True)
class Mark:
    """A marked part of a page: an artifact, or content with a number."""

    tag: str
    number: int | None = None


@dataclass(frozen=True)
class Drawn:
    """Something that leaves ink on a page, and within which marks; text with its font and codes."""

    page: int
    marks: tuple[Mark, ...]
    font: str = ""
    codes: tuple[int, ...] = ()
    form: Any = None

    @property
    def number(self) -> int | None:
        return next((mark.number for mark in self.marks if mark.number is not None), None)

    @property
    def is_artifact(self) -> bool:
        return any(mark.tag == "/Artifact" for mark in self.marks)


class TaggedPdf:
    """Reads what there is; what is missing is empty."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.catalog = cast(Any, self.reader.trailer["/Root"])
        tagged = "/StructTreeRoot" in self.catalog
        self.structure = self.catalog["/StructTreeRoot"] if tagged else DictionaryObject()
        self.roles: dict[str, str] = dict(self.structure.get("/RoleMap", {}))

    @cached_property
    def pages(self) -> list[Any]:
        return list(self.reader.pages)

    @cached_property
    def _page_numbers(self) -> dict[int, int]:
        return {page.indirect_reference.idnum: number for number, page in enumerate(self.pages)}

    @cached_property
    def document(self) -> Element:
        """The structure tree below its root."""
        return self._element(self.structure, None)

    @cached_property
    def elements(self) -> list[Element]:
        return list(self.document.all())[1:]

    def _element(self, entry: Any, parent: Element | None, page: int = -1) -> Element:
        found = Element(str(entry.get("/S", "")), entry, parent)
        page = self._page_numbers[entry.raw_get("/Pg").idnum] if "/Pg" in entry else page
        kids = entry.get("/K", [])
        for reference in kids if isinstance(kids, list) else [kids]:
            kid: Any = reference.get_object()
            if isinstance(kid, int):
                found.content.append((page, int(kid)))
            elif kid.get("/Type") == "/OBJR":
                found.annotations.append(kid["/Obj"])
            elif kid.get("/Type") == "/MCR":
                found.content.append((page, int(kid["/MCID"])))
            else:
                found.kids.append(self._element(kid, found, page))
        return found

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The parent tree."""
        numbers = self.structure.get("/ParentTree", {}).get("/Nums", [])
        return {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}

    @cached_property
    def annotations(self) -> list[tuple[int, Any]]:
        """With the number of their page."""
        found = ((number, page.get("/Annots", [])) for number, page in enumerate(self.pages))
        return [(number, each.get_object()) for number, several in found for each in several]

    @cached_property
    def drawn(self) -> list[Drawn]:
        return [each for number in range(len(self.pages)) for each in self._drawn(number)]

    def _drawn(self, number: int) -> Iterator[Drawn]:
        page, marks, font = self.pages[number], list[Mark](), ""
        content = ContentStream(page["/Contents"].get_object(), self.reader)
        for operands, operator in content.operations:
            if operator in (b"BMC", b"BDC"):
                properties = operands[1] if operator == b"BDC" else {}
                marks.append(Mark(str(operands[0]), properties.get("/MCID")))
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                font = str(operands[0])
            elif operator in _TEXT:
                yield Drawn(number, tuple(marks), font, tuple(_codes(operands[-1])))
            elif operator in _PAINT:
                named = operands and operator == b"Do" and isinstance(operands[0], NameObject)
                form = page["/Resources"]["/XObject"][operands[0]] if named else None
                yield Drawn(number, tuple(marks), form=form)

    @cached_property
    def fonts(self) -> dict[str, "Font"]:
        """By the name text is drawn with."""
        found = {name: font for page in self.pages for name, font in page["/Resources"]["/Font"].items()}
        return {name: Font(font.get_object()) for name, font in found.items()}

    def used_fonts(self) -> Iterator[tuple["Font", set[int]]]:
        """Each font that something is drawn in, and the codes."""
        used: dict[str, set[int]] = {}
        for each in self.drawn:
            if each.font:
                used.setdefault(each.font, set()).update(each.codes)
        yield from ((self.fonts[name], codes) for name, codes in used.items())


@dataclass
class Font:
    """A font as the PDF has it: letters by their codes."""

    entry: Any

    @property
    def name(self) -> str:
        return str(self.entry["/BaseFont"])

    @property
    def descendant(self) -> Any:
        """Where its letters come from: itself, or the one font that a composite font has."""
        composite = "/DescendantFonts" in self.entry
        return self.entry["/DescendantFonts"][0].get_object() if composite else self.entry

    @property
    def descriptor(self) -> Any:
        return self.descendant.get("/FontDescriptor", {})

    @cached_property
    def program(self) -> TTFont | None:
        for key in ("/FontFile2", "/FontFile3"):
            if key in self.descriptor:
                return TTFont(io.BytesIO(self.descriptor[key].get_data()), lazy=True)
        return None

    @cached_property
    def text(self) -> dict[int, str]:
        """What each code stands for."""
        if "/ToUnicode" not in self.entry:
            return {}
        pairs = _MAPPED.findall(self.entry["/ToUnicode"].get_data().decode())
        return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

    @cached_property
    def widths(self) -> dict[int, float]:
        """By code, in thousandths of the size of type."""
        widths: dict[int, float] = {}
        array = list(self.descendant.get("/W", []))
        while array:
            first, several = array[0], array[1]
            if isinstance(several, list):
                widths |= {int(first) + at: float(width) for at, width in enumerate(several)}
                array = array[2:]
            else:
                widths |= dict.fromkeys(range(int(first), int(several) + 1), float(array[2]))
                array = array[3:]
        return widths


def _codes(operand: Any) -> Iterator[int]:
    for piece in operand if isinstance(operand, list) else [operand]:
        if isinstance(piece, int | float):
            continue
        text: Any = getattr(piece, "original_bytes", piece)
        yield from (int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2))
