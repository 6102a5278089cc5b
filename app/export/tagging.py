"""What WeasyPrint's tags lack for PDF/UA-1: heads and feet as artifacts, lists of entries, links of words.

Runs in the press only, on the objects of a finished PDF before they are written.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint import Document, Page
from weasyprint.formatting_structure import boxes

PLACE = "inlay-"  # begins the name of a page that another paper gave
# The second shape of a letter stands for nothing. There must be something: a joiner that has no width.
_FOLLOWS = re.compile(b"<>$")
_ARTIFACTS = {"top": "/Header", "bottom": "/Footer"}


def complete_tags(document: Document, pdf: pydyf.PDF) -> None:
    """Mend the structure tree, and keep what stands in the margins out of it."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.stream[2:3] == [b"begincmap"]:
            each.stream = [_FOLLOWS.sub(b"<2060>", line) for line in each.stream]
    tags = _Tags(pdf)
    for number, page in enumerate(document.pages):
        _name_links(page)
        tags.name_languages(number, page)
        tags.set_margins_apart(number, page)
    for element in tags.elements:
        if element.get("S") == "/L":
            tags.mend_list(element)
        elif element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if tags.is_in_head(element) else "/Row"
    tags.forget_links_in_links()
    tags.put_below([any(name.startswith(PLACE) for name in page.anchors) for page in document.pages])


def _name_links(page: Page) -> None:
    """A reader hears the words of a link, and the address of one that leads out of the paper."""
    for kind, target, _, box in page.links:
        if box.link_annotation:
            words = "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox))
            words = f"{words} ({target})" if kind == "external" else words
            box.link_annotation["Contents"] = pydyf.String(" ".join(words.split()) or target)


class _Tags:
    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        root = self._at(pdf.catalog["StructTreeRoot"])
        self._document = self._at(root["K"][0])
        self._parents = self._at(root["ParentTree"])["Nums"]
        self.elements = [each for each in pdf.objects if _is(each, "/StructElem")]
        self._outside = self._read_outside()
        self._paragraphs: dict[bytes, list[pydyf.Dictionary]] = {page: [] for page in pdf.page_references}
        for element in self.elements:
            if element["S"] == "/P":
                self._paragraphs[element["Pg"]].append(element)

    def set_margins_apart(self, number: int, page: Page) -> None:
        """Heads and feet are for the eye: nobody wants to hear them between two halves of a sentence.

        Those of the first page, where the attribution may be, are read out once, at the end.
        """
        margins = [box for box in page._page_box.children if isinstance(box, boxes.MarginBox)]
        names = [box.at_keyword.strip("@").split("-")[0] for box in margins for _ in box.children]
        for name, element in zip(names, self._outside[number], strict=False):
            if number == 0:
                self._document["K"].append(element.reference)
            else:
                self._make_artifact(number, element, _ARTIFACTS[name])

    def name_languages(self, number: int, page: Page) -> None:
        """A paragraph in another language is read out by a voice of that language."""
        elements = self._paragraphs[self._pdf.page_references[number]]
        paragraphs = [box for box in page._page_box.descendants(placeholders=True) if _is_paragraph(box)]
        if len(paragraphs) == len(elements):  # in the same order, for WeasyPrint made these of those
            for element, box in zip(elements, paragraphs, strict=True):
                if language := box.element.get("lang"):
                    element["Lang"] = pydyf.String(language)

    def mend_list(self, element: pydyf.Dictionary) -> None:
        """A term and what is said of it are one entry; a blank after an entry belongs to it."""
        entries: list[pydyf.Dictionary] = []
        for kid in self._in_list(element):
            if kid["S"] == "/Div":
                self._join_entries(kid)
            if kid["S"] == "/LI":
                entries.append(kid)
            elif entries:
                body = self._kids(entries[-1])[-1]
                _adopt(body, [*self._kids(body), kid])
        _adopt(element, entries)

    def _in_list(self, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
        """Without the lists within the list that its columns, or the rows of a table, would be."""
        for kid in self._kids(element):
            if kid["S"] == "/L":
                yield from self._in_list(kid)
                kid.clear()
            else:
                yield kid

    def _join_entries(self, group: pydyf.Dictionary) -> None:
        *terms, said = (body for entry in self._kids(group) for body in self._kids(entry))
        group["S"] = "/LI"
        for term in terms:
            term["S"] = "/Lbl"
        _adopt(group, [*terms, said])

    def is_in_head(self, element: pydyf.Dictionary) -> bool:
        return bool(self._at(self._at(element["P"])["P"])["S"] == "/THead")

    def forget_links_in_links(self) -> None:
        """WeasyPrint makes a link of each box within a link; the outermost is as large as all of them."""
        for link in self.elements:
            if link.get("S") == "/Link":
                for element in [each for kid in self._kids(link) for each in self._below(kid)]:
                    self._forget_links(element)

    def put_below(self, bound: Sequence[bool]) -> None:
        """Headings of papers that are bound in go below those of the paper around them.

        Its chapters are of level 2; if these have sections, each bound paper is one.
        """
        inside = {page for page, is_bound in zip(self._pdf.page_references, bound, strict=True) if is_bound}
        headings = [each for each in self.elements if str(each.get("S")) in ("/H1", "/H2", "/H3", "/H4")]
        has_sections = any(each["S"] == "/H3" and each["Pg"] not in inside for each in headings)
        for each in headings:
            if each["Pg"] in inside:
                each["S"] = f"/H{int(each['S'][2:]) + 1 + has_sections}"

    def _read_outside(self) -> list[list[pydyf.Dictionary]]:
        """What WeasyPrint leaves out of the tree on each page, in the order of its margins."""
        inside = frozenset(self._document["K"])
        outside: dict[bytes, list[pydyf.Dictionary]] = {page: [] for page in self._pdf.page_references}
        for element in self.elements:
            if element["P"] == self._document.reference and element.reference not in inside:
                outside[element["Pg"]].append(element)
        return list(outside.values())

    def _make_artifact(self, number: int, margin: pydyf.Dictionary, kind: str) -> None:
        numbers = set[int]()
        for element in list(self._below(margin)):
            self._forget_links(element)
            numbers.update(kid for kid in element["K"] if isinstance(kid, int))
            element.clear()  # as good as not there: nothing refers to it
        page = self._at(self._pdf.page_references[number])
        stream = self._at(page["Contents"]).stream
        for at, token in enumerate(stream):
            if isinstance(token, dict) and token.get("MCID") in numbers:
                stream[at - 1] = "/Artifact"
                stream[at] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})
        parents = self._parents[2 * number + 1]
        parents[:] = [b"null" if at in numbers else parent for at, parent in enumerate(parents)]

    def _forget_links(self, element: pydyf.Dictionary) -> None:
        for reference in [kid for kid in element["K"] if _is(self._at(kid), "/OBJR")]:
            annotation = self._at(reference)["Obj"]
            element["K"].remove(reference)
            self._at(element["Pg"])["Annots"].remove(annotation)
            at = self._parents.index(self._at(annotation)["StructParent"], 2 * len(self._pdf.page_references))
            del self._parents[at : at + 2]

    def _below(self, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
        """The element and all that is in it."""
        yield element
        for kid in self._kids(element):
            yield from self._below(kid)

    def _kids(self, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
        return [kid for kid in map(self._at, element["K"]) if _is(kid, "/StructElem")]

    def _at(self, reference: object) -> Any:
        """The object that is referred to; a number of content is none."""
        return self._pdf.objects[int(reference.split()[0])] if isinstance(reference, bytes) else None


def _is_paragraph(box: boxes.Box) -> bool:
    return box.element_tag == "p" and not isinstance(box, boxes.TextBox | boxes.LineBox)


def _is(each: object, kind: str) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == kind


def _adopt(parent: pydyf.Dictionary, kids: Sequence[pydyf.Dictionary]) -> None:
    """Make these the parent's only kids."""
    parent["K"] = pydyf.Array(kid.reference for kid in kids)
    for kid in kids:
        kid["P"] = parent.reference
