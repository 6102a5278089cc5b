"""The report of a workshop: what came of it, partnership by partnership, for those who were not there."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.attendance.list_queries import attendance_summary
from app.attendance.summary_views import SummaryView, summary_view
from app.canvas import catalog, queries
from app.canvas.check_list import ChecksView, checks_view
from app.canvas.drawing import canvas_view, heat, print_fields
from app.canvas.follow_up import PlanView, action_items, plan_view, planned_notes
from app.canvas.results import ResultView, results
from app.canvas.veiled import veiled_counts
from app.canvas.views import CanvasView, PrintFields
from app.canvas.voting import latest_round
from app.comment.panels import panels_of
from app.comment.views import CommentReader, PanelView
from app.partnership.queries import Parties, parties_of
from app.photograph.queries import PhotographView, photographs_of
from app.report.wishes import USUAL, BookWishes
from app.workshop.models import Workshop
from app.workshop.queries import Table, live_revision, tables


@dataclass(frozen=True, slots=True)
class Chapter:
    """A partnership: its canvas, and everything that was asked, voted and agreed about it. `steps_soon`:
    whether something is to happen within 30 days. No names of voters or commenters, of authors where wished.
    """

    canvas: CanvasView
    fields: PrintFields
    parties: Parties
    checks: ChecksView
    results: tuple[ResultView, ...]
    panels: tuple[PanelView, ...]
    plan: PlanView
    people: int
    is_voting: bool

    @property
    def votes(self) -> int:
        return sum(result.votes for result in self.results)

    @property
    def comments(self) -> int:
        """What was said and can still be read, answers too."""
        threads = [thread for panel in self.panels for thread in panel.threads]
        return sum(bool(each.text) for thread in threads for each in (thread, *thread.replies))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """How many notes a block has in each chapter, and how dark that looks."""

    number: int
    name: str
    counts: tuple[int, ...]

    @property
    def heats(self) -> tuple[int, ...]:
        return tuple(heat(count) for count in self.counts)

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole workshop. `revision` rises with everything that is written in it; `expected`: how many people
    were invited; `attendance` is of the list that was signed, not of who joined.
    """

    workshop_id: str
    title: str
    held_on: date
    place: str
    province: str
    organizer: str
    expected: int | None
    revision: int
    attendance: SummaryView
    chapters: tuple[Chapter, ...]
    matrix: tuple[MatrixRow, ...]
    photographs: tuple[PhotographView, ...]

    @property
    def people(self) -> int:
        return sum(chapter.people for chapter in self.chapters)

    @property
    def notes(self) -> int:
        return sum(chapter.canvas.note_count for chapter in self.chapters)

    @property
    def votes(self) -> int:
        return sum(chapter.votes for chapter in self.chapters)

    @property
    def steps(self) -> int:
        return sum(len(chapter.plan.items) for chapter in self.chapters)

    @property
    def comments(self) -> int:
        return sum(chapter.comments for chapter in self.chapters)


def read_report(session: Session, workshop_id: str, locale: str, wishes: BookWishes = USUAL) -> Report:
    """Everything everybody could see, and nothing that is hidden or veiled."""
    workshop = session.get_one(Workshop, workshop_id)
    chapters = tuple(_chapter(session, table, locale, wishes) for table in tables(session, workshop_id))
    return Report(
        workshop_id=workshop.id,
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        province=workshop.province,
        organizer=workshop.organizer,
        expected=workshop.expected_participants,
        revision=live_revision(session, workshop_id),
        attendance=summary_view(attendance_summary(session, workshop_id), locale),
        chapters=chapters,
        matrix=_matrix(chapters),
        photographs=photographs_of(session, workshop_id) if wishes.pictured else (),
    )


def _chapter(session: Session, table: Table, locale: str, wishes: BookWishes) -> Chapter:
    canvas_id = table.canvas.id
    facts = queries.known_facts(session, canvas_id)
    definition = catalog.definition(facts.canvas.definition_key)
    steps = planned_notes(session, canvas_id, definition)
    plan = plan_view(definition, locale, facts.held_on, steps)
    nobody = CommentReader(locale, ("", None), moderates=False, can_write=False)
    return Chapter(
        canvas=canvas_view(
            facts,
            definition,
            locale,
            queries.shown_notes(session, canvas_id),
            named=wishes.named,
            veiled=veiled_counts(session, canvas_id),
        ),
        fields=print_fields(facts, locale),
        parties=parties_of(session, facts.partnership),
        checks=checks_view(session, canvas_id, definition, locale, plan=action_items(steps, facts.held_on)),
        results=tuple(results(session, canvas_id, definition, locale, named=False)),
        panels=panels_of(session, canvas_id, definition, nobody, every=True),
        plan=plan,
        people=len(table.members),
        is_voting=(latest := latest_round(session, canvas_id)) is not None and latest.closed is None,
    )


def _matrix(chapters: tuple[Chapter, ...]) -> tuple[MatrixRow, ...]:
    """The blocks in filling order, and the parking lot; nothing without chapters."""
    columns = [chapter.canvas.places for chapter in chapters]
    return tuple(
        MatrixRow(row[0].number, row[0].name, tuple(block.count for block in row))
        for row in zip(*columns, strict=True)
    )
