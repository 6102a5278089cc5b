"""What a screen reader finds in a PDF: as much of ISO 14289-1 (PDF/UA-1) as a program can count."""

from collections.abc import Iterator
from typing import Any

import pytest
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from app.export.press import Press
from tests.export.paper import Printed, printed


@pytest.fixture(scope="module")
def sheet(press: Press) -> Printed:
    """A canvas that goes on on a second page."""
    return printed(press, {"channels": [f"catatan {number}" for number in range(60)]})


def elements(element: Any) -> Iterator[DictionaryObject]:
    """The structure tree in reading order."""
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, DictionaryObject):
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from elements(kid)


def tree(sheet: Printed) -> list[DictionaryObject]:
    catalog: Any = sheet.reader.trailer["/Root"]
    return list(elements(catalog["/StructTreeRoot"]))


def test_it_says_that_it_is_tagged_and_shows_its_title(sheet: Printed) -> None:
    catalog: Any = sheet.reader.trailer["/Root"]

    assert str(catalog["/MarkInfo"]["/Marked"]) == "True" and str(catalog["/Lang"]) == "id"
    assert str(catalog["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    metadata = catalog["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in metadata and "BBPVP Serang × petrokimia" in metadata
    assert all(str(page["/Tabs"]) == "/S" and "/StructParents" in page for page in sheet.reader.pages)


def test_its_headings_are_those_of_the_canvas_in_filling_order(sheet: Printed) -> None:
    kinds = [str(element.get("/S")) for element in tree(sheet)]

    headings = [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert headings[:10] == ["/H1", *["/H2"] * 9]
    outline: Any = sheet.reader.outline
    assert str(outline[0]["/Title"]) == "BBPVP Serang × petrokimia"
    titles = [str(entry["/Title"]) for entry in outline[1] if not isinstance(entry, list)]
    assert titles[0] == "Segmen Pelanggan" and len(titles) >= 9


def test_every_letter_is_part_of_the_text_or_named_an_ornament(sheet: Printed) -> None:
    for page in sheet.reader.pages:
        marked: list[str] = []
        for operands, operator in ContentStream(page["/Contents"].get_object(), sheet.reader).operations:
            if operator in (b"BMC", b"BDC"):
                marked.append(str(operands[0]))
            elif operator == b"EMC":
                marked.pop()
            elif operator in (b"Tj", b"TJ"):
                assert marked, "a letter outside of everything"
        assert not marked


def test_notes_are_entries_of_lists_and_pictures_are_described(sheet: Printed) -> None:
    found = tree(sheet)
    kinds = [str(element.get("/S")) for element in found]

    assert kinds.count("/LI") >= 60 and kinds.count("/LBody") >= 60
    pictures = [element for element in found if element.get("/S") == "/Figure"]
    assert pictures and all(picture.get("/Alt") for picture in pictures)


def test_links_say_where_they_lead_and_are_in_the_tree(sheet: Printed) -> None:
    annotations: list[Any] = [each for page in sheet.reader.pages for each in page.get("/Annots", [])]

    links = [annotation.get_object() for annotation in annotations]
    assert len(links) >= 3
    assert all("/StructParent" in link for link in links)
    assert all(link.get("/Contents") for link in links)


def test_letters_are_embedded_and_can_be_read_back(sheet: Printed) -> None:
    for page in sheet.reader.pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for reference in fonts.values():
            font = reference.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/ToUnicode" in font and any(key.startswith("/FontFile") for key in descriptor)
