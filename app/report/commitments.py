"""The commitment sheet of a partnership: who gives what and by when, as a draft annex to MoU and PKS."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.definition import Definition, Role
from app.canvas.drawing import canvas_view, print_fields
from app.canvas.follow_up import PlanView, read_plan
from app.canvas.views import BlockView, CanvasView, NoteView, PrintFields
from app.partnership.queries import Parties, parties_of

_BROUGHT: tuple[Role, ...] = ("resources", "activities", "costs", "income")


@dataclass(frozen=True, slots=True)
class CommitmentSheet:
    """What a canvas says of both sides' part. `exchanges`: notes that say what somebody gives or gets;
    `brought`: blocks with only those notes that name a side or an amount. No names of authors.
    """

    canvas: CanvasView
    fields: PrintFields
    parties: Parties
    exchanges: tuple[NoteView, ...]
    brought: tuple[BlockView, ...]
    plan: PlanView


def read_commitments(session: Session, canvas_id: str, locale: str) -> CommitmentSheet:
    """The sheet of a canvas, as everybody sees it who sees the canvas."""
    facts = queries.known_facts(session, canvas_id)
    definition = catalog.definition(facts.canvas.definition_key)
    notes = queries.shown_notes(session, canvas_id)
    return commitment_sheet(
        canvas_view(facts, definition, locale, notes, named=False),
        print_fields(facts, locale),
        parties_of(session, facts.partnership),
        definition,
        read_plan(session, facts, definition, locale),
    )


def commitment_sheet(
    canvas: CanvasView, fields: PrintFields, parties: Parties, definition: Definition, plan: PlanView
) -> CommitmentSheet:
    """What of a canvas and its plan belongs into an agreement."""
    by_role = {block.role: block.key for block in definition.in_order()}
    brought = (_brought(canvas.block(by_role[role])) for role in _BROUGHT if role in by_role)
    exchanges = (note for block in canvas.blocks for note in block.notes if note.gives or note.gets)
    return CommitmentSheet(
        canvas, fields, parties, tuple(exchanges), tuple(block for block in brought if block.notes), plan
    )


def _brought(block: BlockView) -> BlockView:
    notes = (note for note in block.notes if note.side or note.amount is not None)
    return replace(block, notes=tuple(notes))
