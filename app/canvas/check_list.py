"""What the page of the checks shows: areas with their questions, and what was set aside by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from app.canvas import queries
from app.canvas.checks import (
    ActionItem,
    Area,
    CheckedCanvas,
    CheckedNote,
    CheckFinding,
    check_canvas,
    has_begun,
    word_lists,
)
from app.canvas.definition import Definition
from app.canvas.dismissals import standing_dismissals
from app.canvas.history import names_of
from app.canvas.models import Dismissal, DismissalReason
from app.canvas.queries import NoteRow
from app.canvas.sentences import excerpt
from app.errors import N_
from app.web.i18n import translate

# Of one question. When some are answered, the next ones come.
MOST_PLACES = 12
AREA_NAMES = {
    Area.COMPLETENESS: N_("Completeness"),
    Area.LINKS: N_("Links between blocks"),
    Area.PARTNERSHIP: N_("Partnership"),
    Area.FUNDING: N_("Funding"),
    Area.INCLUSION: N_("Inclusion (GEDSI)"),
    Area.FOLLOW_UP: N_("Follow-up"),
    Area.VOICES: N_("Turns at the table"),
}
REASONS = {
    DismissalReason.DISCUSSED: N_("Already discussed"),
    DismissalReason.NOT_HERE: N_("Does not apply here"),
}
State = Literal["strong", "open", "unchecked"]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where a question leads: a note or a block; `block` is empty where it is about the follow-up plan.

    `question`: the guiding question that helps, 0 for none. `can_dismiss`: whether it can be set aside.
    """

    key: str
    block: str
    block_name: str
    note_id: str
    note_text: str
    question: int
    can_dismiss: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question and everywhere it is asked; `more` counts places that are not shown."""

    text: str
    places: tuple[PlaceView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AreaView:
    """How one area stands. `strong` areas may have questions too, of the small kind."""

    key: str
    name: str
    state: State
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class DismissedView:
    """A question that was set aside, and why."""

    id: str
    question: str
    place: PlaceView
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ChecksView:
    """The whole page. `has_begun`: whether enough blocks are filled to ask more than what is missing."""

    areas: tuple[AreaView, ...]
    dismissed: tuple[DismissedView, ...]
    has_begun: bool


def checks_view(
    session: Session,
    canvas_id: str,
    definition: Definition,
    locale: str,
    *,
    plan: Sequence[ActionItem],
    members: Iterable[str] | None = None,
) -> ChecksView:
    """What could still be asked about a canvas as everybody sees it.

    `plan`: its follow-up plan. `members`: who sits at the table, for a facilitator
    who asks how turns are shared.
    """
    rows = queries.shown_notes(session, canvas_id)
    canvas = CheckedCanvas(
        definition,
        word_lists(definition.key),
        tuple(_checked(row) for row in rows if definition.has_place(row.block)),
        tuple(plan),
        None if members is None else tuple(members),
    )
    page = _Page(definition, {row.id: row.text for row in rows}, locale)
    dismissals = {each.finding: each for each in standing_dismissals(session, canvas_id)}
    findings = check_canvas(canvas)
    asked = [finding for finding in findings if finding.key not in dismissals]
    shown = [area for area in Area if area is not Area.VOICES or members is not None]
    return ChecksView(
        tuple(page.area(area, asked, has_begun(canvas)) for area in shown),
        _dismissed(session, page, findings, dismissals),
        has_begun(canvas),
    )


def _checked(row: NoteRow) -> CheckedNote:
    return CheckedNote(
        row.id,
        row.block,
        row.text,
        tuple(row.segments),
        row.inclusion,
        row.evidence,
        row.side,
        row.gives,
        row.gets,
        row.author_id or "",
    )


def _dismissed(
    session: Session, page: "_Page", findings: Iterable[CheckFinding], dismissals: Mapping[str, Dismissal]
) -> tuple[DismissedView, ...]:
    """What would be asked if nobody had set it aside; the rest has settled itself."""
    people = names_of(
        session, ((each.actor_kind, each.actor_id) for each in dismissals.values()), page.locale
    )
    return tuple(
        DismissedView(
            each.id,
            page.question(finding),
            page.place(finding),
            people[each.actor_kind, each.actor_id],
            each.at,
            each.comment or translate(page.locale, REASONS[DismissalReason(each.preset or "")]),
        )
        for finding in findings
        if (each := dismissals.get(finding.key))
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """Findings in the words of a reader. `texts`: what stands on each note."""

    definition: Definition
    texts: Mapping[str, str]
    locale: str

    def area(self, area: Area, findings: Iterable[CheckFinding], can_be_strong: bool) -> AreaView:
        mine = [finding for finding in findings if finding.check.area is area]
        places: dict[str, list[PlaceView]] = {}
        for finding in mine:
            places.setdefault(self.question(finding), []).append(self.place(finding))
        is_open = any(finding.check.level in ("high", "medium") for finding in mine)
        state: State = "open" if is_open else "strong" if can_be_strong else "unchecked"
        return AreaView(
            area,
            translate(self.locale, AREA_NAMES[area]),
            state,
            tuple(
                QuestionView(text, tuple(found[:MOST_PLACES]), max(0, len(found) - MOST_PLACES))
                for text, found in places.items()
            ),
        )

    def question(self, finding: CheckFinding) -> str:
        place = finding.place
        return translate(
            self.locale,
            finding.question,
            block=self._block_name(place.block),
            name=excerpt(place.name),
            count=place.count,
        )

    def place(self, finding: CheckFinding) -> PlaceView:
        place = finding.place
        about_inclusion = finding.check.area is Area.INCLUSION and place.block and not place.note_id
        return PlaceView(
            key=finding.key,
            block=place.block,
            block_name=self._block_name(place.block),
            note_id=place.note_id,
            note_text=excerpt(self.texts.get(place.note_id, "")),
            question=self._inclusion_question(place.block) if about_inclusion else 0,
            can_dismiss=finding.check.area is not Area.VOICES,
        )

    def _block_name(self, block: str) -> str:
        return self.definition.block(block).name.of(self.locale) if block else ""

    def _inclusion_question(self, block: str) -> int:
        questions = self.definition.block(block).questions
        return next(question.number for question in questions if question.kind == "inclusion")
