"""From laid out papers to one PDF with running page numbers, bookmarks and tags. Runs in the press only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pydyf
from weasyprint import Attachment, Document, Page

from app.export.job import Draft, Job, Proof
from app.export.layout import TypesetSheet
from app.export.shapeless import with_signs
from app.export.tagging import PLACE, complete_tags

ATTACHMENT = "canvas.kanvas.json"
# In a paper that others are bound into: below its chapters; title and page stand in its own foot.
_BOUND = (
    "h1{bookmark-level:2}h2,.plan__head h1{bookmark-level:3}h3{bookmark-level:none}"
    ".folio{display:none!important}"
)

# Papers that come again in the next job, because others in theirs have notes that must move.
_laid_out: dict[str, TypesetSheet] = {}


def lay_out(job: Job, say: Callable[[int], None] = lambda settled: None) -> Proof:
    """Draw the job, or say which notes move to the pages after the first sheet of a paper."""
    job = with_signs(job)
    papers = [TypesetSheet(job)]
    papers += [_paper(each, number) for number, each in enumerate(job.then)]
    _laid_out.clear()
    drafts: list[Draft] = []
    for paper in papers:
        drafts.append(paper.settled())
        if len(drafts) > 1:
            say(len(drafts) - 1)
    if any(draft.moved for draft in drafts):
        _laid_out.update({paper.job.html: paper for paper in papers[1:] if not paper.moved})
        return Proof(drafts=drafts)
    document = _bound(papers, drafts)
    attachments = [_attached(job.attachment)] if job.attachment else []
    pdf = document.write_pdf(finisher=_finish, pdf_variant="pdf/ua-1", attachments=attachments)
    return Proof(pdf=pdf or b"", pages=len(document.pages), drafts=drafts)


def _paper(job: Job, number: int) -> TypesetSheet:
    paper = _laid_out.get(job.html) or TypesetSheet(job, f"{number}-", _BOUND)
    paper.job = job
    return paper


def _bound(papers: Sequence[TypesetSheet], drafts: Sequence[Draft]) -> Document:
    """The first paper with the others in their places.

    `<i data-inlay="0"></i>` becomes as many empty pages as that paper has, so the first one counts and names
    them like its own. Then the pages themselves come there, and get their head and foot.
    """
    (first, *others), (draft, *other_drafts) = papers, drafts
    if not others:
        return first.document(draft.size)
    inlays = [paper.document(other.size) for paper, other in zip(others, other_drafts, strict=True)]
    around = TypesetSheet(replace(first.job, html=_with_places(first.job.html, inlays)))
    document = around.document(draft.size)
    pages = list(document.pages)
    places = {anchor: number for number, page in enumerate(pages) for anchor in page.anchors}
    for number, (paper, other) in enumerate(zip(others, other_drafts, strict=True)):
        at = places[_place(number, 0)]
        # Only sheets that go on say on which page: the others are laid out already.
        bound = paper.document(other.size, at) if paper.job.rest else inlays[number]
        for offset, page in enumerate(bound.pages):
            pages[at + offset] = _in_place_of(pages[at + offset], page)
    return document.copy(pages)


def _with_places(html: str, inlays: Iterable[Document]) -> str:
    for number, inlay in enumerate(inlays):
        places = (f'<p class="inlay" id="{_place(number, at)}"></p>' for at in range(len(inlay.pages)))
        html = html.replace(f'<i data-inlay="{number}"></i>', "".join(places))
    return html


def _place(number: int, page: int) -> str:
    return f"{PLACE}{number}-{page}"


def _in_place_of(place: Page, page: Page) -> Page:
    """The page, with the foot and the anchors of the one whose place it takes."""
    _, *around = place._page_box.children
    page._page_box.children = (*page._page_box.children, *around)
    page.anchors = {**page.anchors, **place.anchors}
    return page


def _attached(text: str) -> Attachment:
    return Attachment(
        string=text, name=ATTACHMENT, description="Kanvas Mitra: Impor / Import", relationship="Source"
    )


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    complete_tags(document, pdf)
    _relate(pdf)


def _relate(pdf: pydyf.PDF) -> None:
    """Say of an attached file that the PDF was made from it (ISO 32000-2, 14.13; PDF/A-3)."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Filespec":
            each["AFRelationship"] = "/Source"
            pdf.catalog["AF"] = pydyf.Array([each.reference])
