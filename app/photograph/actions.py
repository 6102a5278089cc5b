"""Keeping photographs of a workshop, putting their captions right, and deleting them."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from app.errors import N_, Invalid, NotFound, TooLong
from app.photograph.jpeg import size_of
from app.photograph.models import MAX_CAPTION, MOST, Photograph


def add_photograph(session: Session, workshop_id: str, caption: str, jpeg: bytes) -> None:
    """Keep a photograph that was developed. Twice is once. Raises Invalid or TooLong."""
    caption = tidied(caption)
    try:
        width, height = size_of(jpeg)
    except ValueError:
        raise Invalid(
            "photograph_unreadable",
            N_("This is no photograph, or it is damaged. JPEG, PNG and WebP can be read."),
        ) from None
    photograph_id = sha256(workshop_id.encode() + jpeg).hexdigest()[:32]
    if session.exec(select(Photograph.number).where(Photograph.id == photograph_id)).first():
        return
    count = select(func.count()).where(col(Photograph.workshop_id) == workshop_id)
    if session.exec(count).one() >= MOST:
        full = N_("There are %(most)s photographs already, and no more are kept. Delete one first.")
        raise Invalid("photographs_full", full, most=MOST)
    session.add(
        Photograph(
            id=photograph_id,
            workshop_id=workshop_id,
            caption=caption,
            width=width,
            height=height,
            jpeg=jpeg,
        )
    )
    session.flush()


def correct_caption(session: Session, workshop_id: str, photograph_id: str, caption: str) -> None:
    """Say better what can be seen. Raises NotFound, Invalid or TooLong."""
    found = session.exec(
        select(Photograph).where(Photograph.id == photograph_id, Photograph.workshop_id == workshop_id)
    ).first()
    if found is None:
        raise NotFound("photograph_not_found", N_("This photograph is not there any more."))
    found.caption = tidied(caption)


def delete_photographs(session: Session, workshop_id: str, photograph_ids: Iterable[str]) -> None:
    """Forget these photographs of a workshop. What is gone already stays gone."""
    ids = list(photograph_ids)
    session.exec(
        delete(Photograph).where(col(Photograph.id).in_(ids), col(Photograph.workshop_id) == workshop_id)
    )


def tidied(caption: str) -> str:
    """What is kept of a caption. Raises Invalid without one, because it is read to who does not see."""
    caption = " ".join(caption.split())
    if not caption:
        raise Invalid("caption_missing", N_("Please write what can be seen."))
    if len(caption) > MAX_CAPTION:
        raise TooLong("caption_too_long", N_("A caption has at most %(most)s letters."), most=MAX_CAPTION)
    return caption
