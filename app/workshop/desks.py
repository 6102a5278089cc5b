"""Putting together what the desk and the wall show, for pages and for their live stages alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from app.attendance.balance import room_balance
from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.definition import Definition
from app.canvas.drawing import canvas_view
from app.canvas.follow_up import NO_PLAN, PlanView, plan_standings, plan_view, planned_notes
from app.canvas.history import Reader
from app.canvas.queries import CanvasFacts
from app.canvas.replay import Moment, moment_at
from app.canvas.results import Turnout, latest_rounds, result_view, round_view, turnouts
from app.canvas.veiled import veiled_counts, veiled_totals
from app.canvas.views import CanvasView
from app.canvas.voting import latest_round
from app.clock import now
from app.identity.recovery import recent_recoveries
from app.qr import qr_data
from app.room.phone import PhoneTest
from app.room.views import wifi_view
from app.signal.queries import Rows, rows_of
from app.signal.room import room_signals
from app.signal.views import TableSignals, raised_hands, tally_of_all
from app.web.urls import urls
from app.workshop import queries
from app.workshop.at_step import stage_view
from app.workshop.attention import attention_view
from app.workshop.co_facilitators import co_facilitators
from app.workshop.models import SceneKind, Workshop
from app.workshop.queries import Table
from app.workshop.remotes import remote_views
from app.workshop.run_sheet import run_sheet
from app.workshop.screens import DeskView, SceneView, TableVote, scene_view
from app.workshop.stages import Stage
from app.workshop.views import GroupView, group_view, hidden_note_views, member_view, workshop_view


@dataclass(frozen=True, slots=True)
class Desks:
    """Reads desks and scenes. `address` gives where people reach us: it stands on QR codes."""

    address: Callable[[], str]

    def join_url(self, workshop: Workshop) -> str:
        """The address on the QR code."""
        return self.address() + urls.join_workshop(workshop.join_token)

    def desk(self, session: Session, workshop_id: str, locale: str) -> tuple[int, DeskView]:
        """The desk and the revision it shows."""
        workshop = session.get_one(Workshop, workshop_id)
        tables = queries.tables(session, workshop_id)
        rows = rows_of(session, workshop_id)
        signals, groups = self._room(session, workshop, rows, tables, locale)
        revision, scene = self._scene(session, workshop, signals, groups, locale)
        return revision, DeskView(
            workshop=workshop_view(workshop, self.join_url(workshop)),
            groups=groups,
            signals=signals,
            hands=raised_hands(signals.values()),
            balance=room_balance(session, tables, locale),
            votes=self._votes(session, workshop, groups, locale),
            sheet=run_sheet(session, workshop, rows, locale),
            present=scene.present,
            removed=tuple(member_view(one) for one in queries.removed_participants(session, workshop_id)),
            hidden_notes=hidden_note_views(canvas_queries.hidden_notes(session, workshop_id)),
            scene=scene,
            projector_token=workshop.projector_token,
            co_facilitators=co_facilitators(session, workshop_id),
            remotes=remote_views(session, workshop_id),
            recoveries=recent_recoveries(session, workshop_id),
            attention=attention_view(session, workshop, locale),
            reached_at=self._reached_at(workshop),
        )

    def _reached_at(self, workshop: Workshop) -> datetime | None:
        phone = PhoneTest(workshop.reached_at, workshop.reached_host)
        return phone.at if phone.holds(self.address(), now()) else None

    def scene(self, session: Session, workshop_id: str, locale: str) -> tuple[int, SceneView]:
        """The wall and the revision it shows."""
        workshop = session.get_one(Workshop, workshop_id)
        tables = queries.tables(session, workshop_id)
        rows = rows_of(session, workshop_id)
        return self._scene(session, workshop, *self._room(session, workshop, rows, tables, locale), locale)

    def _scene(
        self,
        session: Session,
        workshop: Workshop,
        signals: Mapping[str, TableSignals],
        groups: tuple[GroupView, ...],
        locale: str,
    ) -> tuple[int, SceneView]:
        step = stage_view(session, workshop, "", locale)
        is_vote = step is not None and step.stage == Stage.VOTE
        other = _facts(session, workshop, "other_id")
        scene = scene_view(
            workshop,
            self.join_url(workshop),
            urls.join_qr(workshop.join_token, urlsplit(self.address()).netloc),
            groups,
            queries.present_count(session, workshop.id),
            *self._shown(session, workshop, locale),
            step,
            _voted(session, workshop.id) if is_vote else None,
            _canvas(session, other, locale) if other else None,
        )
        scene = replace(scene, tally=tally_of_all(signals.values()))
        if scene.kind == SceneKind.WELCOME:
            scene = replace(scene, wifi=wifi_view(workshop))
        elif scene.kind == SceneKind.THANKS:
            scene = replace(scene, take_home=qr_data(self.address() + urls.take_home(workshop.join_token)))
        return queries.live_revision(session, workshop.id), scene

    def _room(
        self, session: Session, workshop: Workshop, rows: Rows, tables: Sequence[Table], locale: str
    ) -> tuple[Mapping[str, TableSignals], tuple[GroupView, ...]]:
        """What the tables say, and how far they are. Only the desk gets to see whose names there are."""
        signals = room_signals(session, workshop.id, rows, tables, locale)
        counts = canvas_queries.note_counts(session, workshop.id)
        veiled = veiled_totals(session, workshop.id)
        plans = plan_standings(session, workshop.id, workshop.held_on, catalog.definition())
        return signals, tuple(
            group_view(
                table,
                catalog.definition(table.canvas.definition_key),
                locale,
                counts.get(table.canvas.id, {}),
                veiled.get(table.canvas.id, 0),
                signals[table.canvas.id].tally,
                plans.get(table.canvas.id, NO_PLAN),
            )
            for table in tables
        )

    def _votes(
        self, session: Session, workshop: Workshop, groups: tuple[GroupView, ...], locale: str
    ) -> dict[str, TableVote]:
        """The latest vote at each table that had one, by its canvas; without results."""
        rounds = latest_rounds(session, workshop.id)
        turnout = turnouts(session, workshop.id) if rounds else {}
        return {
            group.canvas_id: TableVote(
                round_view(voting, catalog.definition(), locale),
                turnout.get((voting.canvas_id, voting.id), Turnout()),
                len(group.members),
            )
            for group in groups
            if (voting := rounds.get(group.canvas_id))
        }

    def _shown(
        self, session: Session, workshop: Workshop, locale: str
    ) -> tuple[CanvasView | None, Moment | None, TableVote | None, PlanView | None]:
        facts = _facts(session, workshop, "canvas_id")
        if facts is None:
            return None, None, None, None
        if workshop.scene["kind"] == SceneKind.REPLAY:
            reader = Reader(locale, sees_hidden=False)
            moment = moment_at(session, facts, workshop.scene["revision"], reader, named=False)
            return moment.canvas, moment, None, None
        definition = catalog.definition(facts.canvas.definition_key)
        if workshop.scene["kind"] == SceneKind.VOTES:
            vote = _vote_on_wall(session, facts, definition, locale)
            return canvas_view(facts, definition, locale, (), {}), None, vote, None
        if workshop.scene["kind"] == SceneKind.PLAN:
            steps = planned_notes(session, facts.canvas.id, definition)
            plan = plan_view(definition, locale, facts.held_on, steps)
            return canvas_view(facts, definition, locale, (), {}), None, None, plan
        return _canvas(session, facts, locale), None, None, None


def _facts(session: Session, workshop: Workshop, place: str) -> CanvasFacts | None:
    """A canvas of this workshop that the scene names."""
    canvas_id = workshop.scene.get(place)
    facts = canvas_queries.canvas_facts(session, canvas_id) if canvas_id else None
    return facts if facts is not None and facts.workshop.id == workshop.id else None


def _canvas(session: Session, facts: CanvasFacts, locale: str) -> CanvasView:
    """A canvas as everybody may see it."""
    definition = catalog.definition(facts.canvas.definition_key)
    notes = canvas_queries.shown_notes(session, facts.canvas.id)
    veiled = veiled_counts(session, facts.canvas.id)
    return canvas_view(facts, definition, locale, notes, named=False, veiled=veiled)


def _voted(session: Session, workshop_id: str) -> int:
    """How many people have voted in the latest round of their table."""
    latest = {(canvas_id, each.id) for canvas_id, each in latest_rounds(session, workshop_id).items()}
    return sum(turnout.voted for key, turnout in turnouts(session, workshop_id).items() if key in latest)


def _vote_on_wall(
    session: Session, facts: CanvasFacts, definition: Definition, locale: str
) -> TableVote | None:
    latest = latest_round(session, facts.canvas.id)
    if latest is None:
        return None
    turnout = turnouts(session, facts.workshop.id).get((facts.canvas.id, latest.id), Turnout())
    people = len(queries.present_members(session, facts.group.id))
    result = (
        result_view(session, latest, definition, locale, named=False) if latest.closed is not None else None
    )
    return TableVote(round_view(latest, definition, locale), turnout, people, result)


def canvas_ids(session: Session, workshop_id: str) -> list[str]:
    """The canvases of a workshop."""
    return [table.canvas.id for table in queries.tables(session, workshop_id)]
