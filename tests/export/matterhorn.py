"""What a program can find wrong with a PDF for screen readers.

The validator `page` goes through its rules for PDF/UA-1. It is young, and does not know all that we promise:
so here are also those failure conditions of the Matterhorn Protocol 1.1 that a program can decide and that
our papers could meet, by their numbers. `docs/pdf.md` lists them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from page import ValidationProfile, validate_pdf_bytes

from tests.export.tagged_pdf import Drawn, Element, TaggedPdf

Check = Callable[[TaggedPdf], Iterator[Any]]
CHECKS: dict[str, Check] = {}

_STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L
    LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB
    RT RP Warichu WT WP Figure Formula Form""".split()  # noqa: SIM905
)
# Which children an element may have (ISO 32000-1, tables 336 and 337).
_CHILDREN = {
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
# And which of these may stand nowhere else.
_BOUND = frozenset.union(*map(frozenset, _CHILDREN.values())) - {"/L", "/Caption"}


def faults(pdf: bytes) -> list[str]:
    """Every fault, behind the number of its condition."""
    tagged = TaggedPdf(pdf)
    ours = [f"{number}: {fault}" for number, check in CHECKS.items() for fault in check(tagged)]
    validated = validate_pdf_bytes(pdf, profile=ValidationProfile.PDF_UA_1)
    return ours + [f"{failure.rule_id}: {failure.message}" for failure in validated.failures]


def condition(*numbers: str) -> Callable[[Check], Check]:
    """The check finds these failure conditions."""

    def keep(check: Check) -> Check:
        CHECKS[" ".join(numbers)] = check
        return check

    return keep


@condition("01-003", "01-004")
def artifacts_and_content_are_not_within_each_other(pdf: TaggedPdf) -> Iterator[Drawn]:
    yield from (each for each in pdf.drawn if each.is_artifact and each.number is not None)


@condition("01-005")
def everything_drawn_is_content_or_an_artifact(pdf: TaggedPdf) -> Iterator[Drawn]:
    yield from (each for each in pdf.drawn if not each.is_artifact and each.number is None)


@condition("01-007")
def no_tag_is_suspect(pdf: TaggedPdf) -> Iterator[str]:
    if pdf.catalog.get("/MarkInfo", {}).get("/Suspects"):
        yield "suspects"
    if str(pdf.catalog.get("/MarkInfo", {}).get("/Marked")).lower() != "true":
        yield "not marked"


@condition("02-001", "02-003", "02-004")
def every_tag_is_a_standard_one(pdf: TaggedPdf) -> Iterator[str]:
    yield from (
        f"{kind} is no standard tag"
        for kind in {each.kind for each in pdf.elements} - {f"/{kind}" for kind in _STANDARD}
    )
    yield from (f"{kind} stands for something else" for kind in pdf.roles)


@condition("06-001", "06-002", "06-003")
def metadata_say_the_title_and_which_standard_holds(pdf: TaggedPdf) -> Iterator[str]:
    metadata = pdf.catalog["/Metadata"].get_data().decode() if "/Metadata" in pdf.catalog else ""
    if 'pdfuaid:part="1"' not in metadata and "<pdfuaid:part>1<" not in metadata:
        yield "no identifier of PDF/UA"
    if "<dc:title" not in metadata:
        yield "no title"


@condition("07-001", "07-002")
def a_reader_shows_the_title(pdf: TaggedPdf) -> Iterator[str]:
    if str(pdf.catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle")).lower() != "true":
        yield "the file's name is shown instead"


@condition("09-004", "09-005")
def lists_and_tables_hold_what_they_may(pdf: TaggedPdf) -> Iterator[str]:
    for each in pdf.elements:
        if each.kind in _CHILDREN:
            wrong = {kid.kind for kid in each.kids} - _CHILDREN[each.kind]
            if wrong or each.content:
                yield f"{each.kind} holds {sorted(wrong) or 'words'}"
        if each.parent and each.kind in _BOUND - _CHILDREN.get(each.parent.kind, set()):
            yield f"{each.kind} within {each.parent.kind}"


@condition("10-001", "31-027", "31-028")
def every_letter_can_be_read_back(pdf: TaggedPdf) -> Iterator[str]:
    for font, codes in pdf.used_fonts():
        for code in codes:
            text = font.text.get(code, "")
            if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
                yield f"{code:04x} of {font.name} stands for {text!r}"


@condition("11-001", "11-006")
def the_language_is_said(pdf: TaggedPdf) -> Iterator[str]:
    if not pdf.catalog.get("/Lang"):
        yield "no language"


@condition("13-004")
def figures_are_described(pdf: TaggedPdf) -> Iterator[Element]:
    described = ("/Alt", "/ActualText")
    figures = (each for each in pdf.elements if each.kind == "/Figure")
    yield from (each for each in figures if not any(each.entry.get(key) for key in described))


@condition("14-002", "14-003", "14-006", "14-007")
def headings_go_down_a_level_at_a_time(pdf: TaggedPdf) -> Iterator[str]:
    headings = [each.kind for each in pdf.elements if each.kind[:2] == "/H" and each.kind != "/H"]
    levels = [int(kind[2:]) for kind in headings if kind[2:].isdigit()]
    if levels and levels[0] != 1:
        yield f"the first heading is of level {levels[0]}"
    yield from (f"from {above} to {below}" for above, below in pairwise(levels) if below > above + 1)
    if any(each.kind == "/H" for each in pdf.elements):
        yield "a heading without a level"


@condition("15-003")
def cells_know_their_headers(pdf: TaggedPdf) -> Iterator[str]:
    for table in (each for each in pdf.elements if each.kind == "/Table"):
        cells = [each for each in table.all() if each.kind in ("/TD", "/TH")]
        names = Counter(str(cell.entry["/ID"]) for cell in cells if "/ID" in cell.entry)
        yield from (f"two headers are {name}" for name, count in names.items() if count > 1)
        for cell in cells:
            headers = [str(name) for name in cell.attributes.get("/Headers", [])]
            if cell.kind == "/TH" and not cell.attributes.get("/Scope"):
                yield "a header without scope"
            if set(headers) - set(names):
                yield f"no header is {headers}"
        widths = set(_row_widths(table))
        if len(widths) > 1:
            yield f"rows of {sorted(widths)} cells"


@condition("20-001", "20-003", "25-001", "26-001", "26-002")
def nothing_is_optional_encrypted_or_a_form(pdf: TaggedPdf) -> Iterator[str]:
    if "/OCProperties" in pdf.catalog or "/AcroForm" in pdf.catalog or pdf.reader.is_encrypted:
        yield "it is"


@condition("21-001")
def attached_files_say_what_they_are(pdf: TaggedPdf) -> Iterator[str]:
    files = pdf.catalog.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])[1::2]
    for file in (each.get_object() for each in files):
        missing = {key for key in ("/F", "/UF", "/Desc", "/AFRelationship") if not file.get(key)}
        if missing or not any(each.get_object() == file for each in pdf.catalog.get("/AF", [])):
            yield f"lacks {missing or '/AF'}"


@condition("28-002", "28-004", "28-008", "28-009", "28-011", "28-012")
def links_are_in_the_tree_and_say_where_they_lead(pdf: TaggedPdf) -> Iterator[str]:
    linked = {id(note) for each in pdf.elements if each.kind == "/Link" for note in each.annotations}
    for number, annotation in pdf.annotations:
        if annotation["/Subtype"] != "/Link" or id(annotation) not in linked:
            yield f"{annotation['/Subtype']} on page {number + 1} is not within a link"
        if not annotation.get("/Contents"):
            yield "a link that does not say where it leads"
        if pdf.pages[number].get("/Tabs") != "/S":
            yield f"page {number + 1} is not gone through in the order of its structure"


@condition("30-001", "30-002")
def drawings_hold_no_content_of_their_own(pdf: TaggedPdf) -> Iterator[str]:
    for form in (each.form for each in pdf.drawn if each.form):
        if "/Ref" in form or (form["/Subtype"] == "/Form" and b"/MCID" in form.get_data()):
            yield "one does"


@condition("31-001", "31-004", "31-005", "31-006", "31-009")
def fonts_are_embedded(pdf: TaggedPdf) -> Iterator[str]:
    for font, _ in pdf.used_fonts():
        if not font.program:
            yield f"{font.name} is not embedded"
        if font.entry["/Subtype"] == "/Type0":
            if font.entry["/Encoding"] != "/Identity-H":
                yield f"{font.name} has an encoding of its own"
            if font.descendant["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in font.descendant:
                yield f"{font.name} does not map its codes"


@condition("31-011", "31-016", "31-030")
def every_letter_has_a_shape_as_wide_as_is_said(pdf: TaggedPdf) -> Iterator[str]:
    for font, codes in pdf.used_fonts():
        if not font.program:
            continue
        names, em = font.program.getGlyphOrder(), font.program["head"].unitsPerEm
        for code in codes:
            if not 0 < code < len(names):
                yield f"{font.text.get(code)!r} has no shape in {font.name}"
                continue
            advance = font.program["hmtx"][names[code]][0] * 1000 / em
            if abs(advance - font.widths.get(code, 1000)) > 1:
                yield f"{font.text.get(code)!r} of {font.name}: {font.widths.get(code)} is {advance}"


@condition("14.7.4")  # of ISO 32000-1: what all of the above relies on
def tree_and_pages_agree(pdf: TaggedPdf) -> Iterator[str]:
    drawn = {(each.page, each.number) for each in pdf.drawn if each.number is not None}
    owners = [(place, each) for each in pdf.elements for place in each.content]
    yield from (
        f"{place} is twice in the tree" for place, count in Counter(p for p, _ in owners).items() if count > 1
    )
    yield from (f"{place} is not in the tree" for place in drawn - {place for place, _ in owners})
    for (page, number), element in owners:
        parents = pdf.parents.get(pdf.pages[page].get("/StructParents", -1), [])
        if number >= len(parents) or parents[number].get_object() is not element.entry:
            yield f"{number} on page {page + 1} has another parent"
    for each in pdf.elements:
        for annotation in each.annotations:
            if pdf.parents.get(annotation.get("/StructParent", -1)) is not each.entry:
                yield "a link has another parent"
        if each.parent and each.entry["/P"].get_object() is not each.parent.entry:
            yield f"{each.kind} has another parent"


def _row_widths(table: Element) -> Iterator[int]:
    """How many columns each row has, with those that reach into it from above."""
    reaching: dict[int, int] = {}
    for row in (each for each in table.all() if each.kind == "/TR"):
        width = sum(1 for rows in reaching.values() if rows)
        reaching = {at: rows - 1 for at, rows in reaching.items() if rows > 1}
        for cell in row.kids:
            columns, rows = (int(cell.attributes.get(key, 1)) for key in ("/ColSpan", "/RowSpan"))
            reaching |= dict.fromkeys(range(width, width + columns), rows - 1)
            width += columns
        yield width
