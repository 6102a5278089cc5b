"""The follow-up plan as screen, wall and paper show it: who does what after the workshop, and by when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.canvas.checks import ActionItem
from app.canvas.checks.follow_up import SOON
from app.canvas.definition import Definition
from app.canvas.models import ActionStatus, Canvas, Note
from app.canvas.queries import CanvasFacts
from app.errors import N_
from app.web.i18n import translate

REVIEWS = (30, 60, 90)
STATUS_NAMES: Mapping[str, str] = {
    "": N_("Not begun"),
    ActionStatus.UNDER_WAY: N_("Under way"),
    ActionStatus.DONE: N_("Done"),
    ActionStatus.HELD_UP: N_("Held up"),
}

_SHOWN = (
    col(Note.deleted_at).is_(None),
    col(Note.hidden_at).is_(None),
    col(Note.veiled_by).is_(None),
)


@dataclass(frozen=True, slots=True)
class ActionItemView:
    """A step of the plan. `is_rival`: what two people wrote at once and could not be put together."""

    id: str
    version: int
    text: str
    output: str = ""
    centre_owner: str = ""
    partner_owner: str = ""
    due: date | None = None
    resources: str = ""
    indicator: str = ""
    status: str = ""
    status_name: str = ""
    linked_block: str = ""
    linked_name: str = ""
    is_rival: bool = False


@dataclass(frozen=True, slots=True)
class PlanView:
    """A whole plan, or a page of it that begins with the step `first`; and what may still be asked of it:
    quiet questions, no marks. `reviews`: on which days after the workshop it is looked at again.
    """

    items: tuple[ActionItemView, ...]
    has_first_step: bool
    has_centre_owner: bool
    has_partner_owner: bool
    first: int = 1
    reviews: tuple[tuple[int, date], ...] = ()

    def around(self, item_id: str) -> tuple[str | None, str | None]:
        """Ahead of which step this one goes when it goes up, and down; "" is the end, None is nowhere."""
        order = [item.id for item in self.items]
        at = order.index(item_id)
        down = (order[at + 2] if at + 2 < len(order) else "") if at + 1 < len(order) else None
        return order[at - 1] if at else None, down


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How far a plan has come, for who looks at many of them."""

    steps: int = 0
    has_first_step: bool = False


NO_PLAN = PlanStanding()


def plan_view(definition: Definition, locale: str, held_on: date, notes: Iterable[Note]) -> PlanView:
    """The plan of a canvas whose workshop was held on a day."""
    notes = list(notes)
    return PlanView(
        items=tuple(_item_view(note, definition, locale) for note in notes),
        has_first_step=_has_first_step((note.due_on for note in notes), held_on),
        has_centre_owner=any(note.centre_owner.strip() for note in notes),
        has_partner_owner=any(note.partner_owner.strip() for note in notes),
        reviews=tuple((days, held_on + timedelta(days=days)) for days in REVIEWS),
    )


def read_plan(session: Session, facts: CanvasFacts, definition: Definition, locale: str) -> PlanView:
    """The plan of a canvas as everybody sees it."""
    return plan_view(definition, locale, facts.held_on, planned_notes(session, facts.canvas.id, definition))


def planned_notes(session: Session, canvas_id: str, definition: Definition) -> Sequence[Note]:
    """The steps of a canvas's plan that everybody sees, in order."""
    return session.exec(
        select(Note)
        .where(Note.canvas_id == canvas_id, Note.block == definition.plan.key, *_SHOWN)
        .order_by(col(Note.position), col(Note.id))
    ).all()


def action_items(notes: Iterable[Note], held_on: date) -> list[ActionItem]:
    """The steps of a plan as the checks look at them."""
    return [
        ActionItem(
            note.text,
            f"{note.centre_owner} {note.partner_owner}".strip(),
            (date.fromisoformat(note.due_on) - held_on).days if note.due_on else None,
            note.indicator,
            note.output,
            note.id,
        )
        for note in notes
    ]


def plan_standings(
    session: Session, workshop_id: str, held_on: date, definition: Definition
) -> dict[str, PlanStanding]:
    """How far the plans of a workshop have come, by canvas; without those that have not begun."""
    rows = session.exec(
        select(Note.canvas_id, Note.due_on)
        .join(Canvas, col(Canvas.id) == Note.canvas_id)
        .where(Canvas.workshop_id == workshop_id, Note.block == definition.plan.key, *_SHOWN)
    )
    plans: dict[str, list[str]] = {}
    for canvas_id, due_on in rows:
        plans.setdefault(canvas_id, []).append(due_on)
    return {
        canvas_id: PlanStanding(len(days), _has_first_step(days, held_on))
        for canvas_id, days in plans.items()
    }


def _has_first_step(days: Iterable[str], held_on: date) -> bool:
    """Whether something is due within 30 days after the workshop."""
    last = (held_on + timedelta(days=SOON)).isoformat()
    return any(day and day <= last for day in days)


def _item_view(note: Note, definition: Definition, locale: str) -> ActionItemView:
    linked = definition.block(note.linked_block) if note.linked_block else None
    return ActionItemView(
        id=note.id,
        version=note.version,
        text=note.text,
        output=note.output,
        centre_owner=note.centre_owner,
        partner_owner=note.partner_owner,
        due=date.fromisoformat(note.due_on) if note.due_on else None,
        resources=note.resources,
        indicator=note.indicator,
        status=note.status,
        status_name=translate(locale, STATUS_NAMES[note.status]),
        linked_block=note.linked_block,
        linked_name=linked.name.of(locale) if linked else "",
        is_rival=note.conflict_of is not None,
    )
