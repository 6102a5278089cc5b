"""From laid out papers to one PDF with running page numbers, bookmarks and tags. Runs in the press only."""

from collections.abc import Sequence
from itertools import count

import pydyf
from weasyprint import Attachment, Document, Page

from app.export.job import Draft, Job, Proof
from app.export.layout import TypesetSheet, pages_of_anchors, starting_at

ATTACHMENT = "canvas.kanvas.json"
_FOLIO = "@page{@bottom-right{content:counter(page);font:400 8pt Radio Canada;vertical-align:middle}}"


def lay_out(job: Job) -> Proof:
    """Draw the job, or say which notes move to the pages after the first sheet of a paper."""
    prefixes = (f"{number}-" if job.then else "" for number in count())
    papers = [TypesetSheet(each, prefix) for each, prefix in zip((job, *job.then), prefixes, strict=False)]
    drafts = [paper.settled() for paper in papers]
    if any(draft.moved for draft in drafts):
        return Proof(drafts=drafts)
    document = _bound(papers, drafts)
    attachments = [_attached(job.attachment)] if job.attachment else []
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", attachments=attachments, finisher=_relate)
    return Proof(pdf=pdf or b"", pages=len(document.pages), drafts=drafts)


def _bound(papers: Sequence[TypesetSheet], drafts: Sequence[Draft]) -> Document:
    """All papers behind one another. The first is laid out again once the pages of the others are known."""
    (first, *others), (draft, *other_drafts) = papers, drafts
    document = first.document(draft.size)
    if not others:
        return document
    before = len(document.pages)
    pages: list[Page] = []
    for paper, other in zip(others, other_drafts, strict=True):
        numbered = _FOLIO + starting_at(before + len(pages) + 1)
        pages += paper.document(other.size, before + len(pages), numbered).pages
    numbers = pages_of_anchors(pages, before + 1)
    told = "".join(f'[href="#{anchor}"]::after{{content:"{number}"}}' for anchor, number in numbers.items())
    document = first.document(draft.size, rules=told)
    return document.copy([*document.pages, *pages])


def _attached(text: str) -> Attachment:
    return Attachment(string=text, name=ATTACHMENT, relationship="Source")


def _relate(document: Document, pdf: pydyf.PDF) -> None:
    """Say of an attached file that the PDF was made from it (ISO 32000-2, 14.13; PDF/A-3)."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Filespec":
            each["AFRelationship"] = "/Source"
            pdf.catalog["AF"] = pydyf.Array([each.reference])
