"""What may be kept: how many notes, which words, which tags. Everything else is refused with a reason."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, func
from sqlmodel import Session, col

from app import errors
from app.canvas import catalog
from app.canvas.models import (
    MAX_CLUSTER_NAME,
    MAX_NOTES,
    MAX_TEXT,
    SEGMENTS,
    ActionStatus,
    Canvas,
    Evidence,
    Note,
    NoteSide,
)
from app.canvas.operations import Tags, Wording, fields_of
from app.errors import N_
from app.rupiah import MOST

# In the present or the next century: a slip of the finger is no day of a plan.
_DAY = re.compile(r"2[01]\d\d-\d\d-\d\d")
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
_PRESENT = (
    sqlalchemy.select(func.count())
    .select_from(Note)
    .where(col(Note.canvas_id) == bindparam("canvas_id"), col(Note.deleted_at).is_(None))
)


def check_room(session: Session, canvas_id: str, more: int = 1) -> None:
    """Refuse one more note, or several, on a full canvas. Raises Invalid."""
    if session.connection().execute(_PRESENT, {"canvas_id": canvas_id}).scalar_one() + more > MAX_NOTES:
        raise errors.Invalid("canvas_full", N_("This canvas is full: it holds at most 2,000 notes."))


def check_open(canvas: Canvas, places: Iterable[str]) -> None:
    """Refuse a participant's change where the step of the agenda or the host's lock leaves no room for it.

    Raises Locked.
    """
    wanted = set(places)
    is_closed = canvas.open_places is not None and not wanted <= set(canvas.open_places)
    if is_closed or wanted & set(canvas.locked_places):
        closed = N_("Writing is closed here at the moment. What is not sent yet is kept and sent later.")
        raise errors.Locked("writing_closed", closed)


def check_block(canvas: Canvas, block: str) -> None:
    """Refuse a block that the canvas does not have; parking lot and follow-up plan count. Raises Invalid."""
    if not (is_plan(canvas, block) or catalog.definition(canvas.definition_key).has_place(block)):
        raise errors.Invalid("unknown_block", N_("This canvas has no such block."))


def is_plan(canvas: Canvas, block: str) -> bool:
    """Whether this is the follow-up plan: what is agreed upon there is never veiled."""
    return block == catalog.definition(canvas.definition_key).plan.key


def checked_name(name: str) -> str:
    """The name of a cluster on one line. Raises TooLong or Invalid for what cannot be stored."""
    name = " ".join(name.split())
    if len(name) > MAX_CLUSTER_NAME:
        message = N_("The name of a group of ideas may have at most 60 characters.")
        raise errors.TooLong("cluster_name_long", message)
    check_characters(name)
    return name


def checked(canvas: Canvas, wording: Wording) -> Wording:
    """Refuse what cannot be stored or shown. Lengths count code points, as people do."""
    for text in fields_of(wording).values():
        if len(text) > MAX_TEXT:
            raise errors.TooLong("text_too_long", N_("A note holds at most 2,000 characters."))
        check_characters(text)
    if not wording.text.strip():
        raise errors.Invalid("text_empty", N_("Write something first."))
    _check_planned(canvas, wording)
    return wording


def _check_planned(canvas: Canvas, wording: Wording) -> None:
    if wording.due_on and not _DAY.fullmatch(wording.due_on):
        raise errors.Invalid("day_not_valid", N_("A day is written like 2026-12-31."))
    try:
        date.fromisoformat(wording.due_on or "2026-12-31")
    except ValueError:
        raise errors.Invalid("day_not_valid", N_("A day is written like 2026-12-31.")) from None
    if wording.status and wording.status not in set(ActionStatus):
        raise errors.Invalid("unknown_status", N_("A step has not begun, is under way, done or held up."))
    if wording.linked_block and not catalog.definition(canvas.definition_key).has_block(wording.linked_block):
        raise errors.Invalid("unknown_block", N_("This canvas has no such block."))


def check_characters(text: str) -> None:
    """Refuse what no database keeps and no page shows. Raises Invalid."""
    if _UNKEPT.search(text):
        raise errors.Invalid("text_not_valid", N_("This text contains characters that cannot be stored."))


def _check_amounts(tags: Tags) -> None:
    amounts = (tags.amount_low, tags.amount, tags.amount_high)
    if any(amount is not None and not 0 <= amount <= MOST for amount in amounts):
        raise errors.Invalid(
            "amount_not_valid", N_("An amount is at most Rp1,000 trillion, and never below zero.")
        )
    if tags.amount is None and any(amount is not None for amount in amounts):
        raise errors.Invalid("likely_amount_missing", N_("Write the likely amount as well."))
    known = [amount for amount in amounts if amount is not None]
    if known != sorted(known):
        raise errors.Invalid(
            "amounts_out_of_order",
            N_("The lowest amount comes first, then the likely one, then the highest."),
        )


def columns(tags: Tags) -> dict[str, Any]:
    """The tags as a row has them. Raises Invalid for tags nobody knows."""
    if not set(tags.segments) <= set(SEGMENTS):
        raise errors.Invalid("unknown_segment", N_("Segments are numbered 1 to 6."))
    if tags.side is not None and tags.side not in set(NoteSide):
        raise errors.Invalid(
            "unknown_side", N_("A note comes from the training centre, from industry or from both.")
        )
    if tags.evidence is not None and tags.evidence not in set(Evidence):
        raise errors.Invalid("unknown_evidence", N_("A note is a fact, an assumption or tested."))
    _check_amounts(tags)
    return fields_of(tags) | {"segments": sorted(set(tags.segments))}
