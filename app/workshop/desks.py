"""Putting together what the desk and the wall show, for pages and for their live stages alike."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.history import Reader
from app.canvas.replay import Moment, moment_at
from app.canvas.views import CanvasView, canvas_view
from app.web.urls import urls
from app.workshop import queries
from app.workshop.models import SceneKind, Workshop
from app.workshop.views import (
    DeskView,
    GroupView,
    SceneView,
    group_view,
    hidden_note_views,
    member_view,
    scene_view,
    workshop_view,
)


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
        groups = self._groups(session, workshop, locale)
        revision, scene = self._scene(session, workshop, groups, locale)
        return revision, DeskView(
            workshop=workshop_view(workshop, self.join_url(workshop)),
            groups=groups,
            present=scene.present,
            removed=tuple(member_view(one) for one in queries.removed_participants(session, workshop_id)),
            hidden_notes=hidden_note_views(canvas_queries.hidden_notes(session, workshop_id)),
            scene=scene,
            projector_token=workshop.projector_token,
        )

    def scene(self, session: Session, workshop_id: str, locale: str) -> tuple[int, SceneView]:
        """The wall and the revision it shows."""
        workshop = session.get_one(Workshop, workshop_id)
        return self._scene(session, workshop, self._groups(session, workshop, locale), locale)

    def _scene(
        self, session: Session, workshop: Workshop, groups: tuple[GroupView, ...], locale: str
    ) -> tuple[int, SceneView]:
        return queries.live_revision(session, workshop.id), scene_view(
            workshop,
            self.join_url(workshop),
            urls.join_qr(workshop.join_token),
            groups,
            queries.present_count(session, workshop.id),
            *self._shown(session, workshop, locale),
        )

    def _groups(self, session: Session, workshop: Workshop, locale: str) -> tuple[GroupView, ...]:
        counts = canvas_queries.note_counts(session, workshop.id)
        return tuple(
            group_view(
                table,
                catalog.definition(table.canvas.definition_key),
                locale,
                counts.get(table.canvas.id, {}),
            )
            for table in queries.tables(session, workshop.id)
        )

    def _shown(
        self, session: Session, workshop: Workshop, locale: str
    ) -> tuple[CanvasView | None, Moment | None]:
        canvas_id = workshop.scene.get("canvas_id")
        facts = canvas_queries.canvas_facts(session, canvas_id) if canvas_id else None
        if facts is None or facts.workshop.id != workshop.id:
            return None, None
        if workshop.scene["kind"] == SceneKind.REPLAY:
            reader = Reader(locale, sees_hidden=False)
            moment = moment_at(session, facts, workshop.scene["revision"], reader, named=False)
            return moment.canvas, moment
        notes = canvas_queries.shown_notes(session, facts.canvas.id)
        definition = catalog.definition(facts.canvas.definition_key)
        return canvas_view(facts, definition, locale, notes, named=False), None


def canvas_ids(session: Session, workshop_id: str) -> list[str]:
    """The canvases of a workshop."""
    return [table.canvas.id for table in queries.tables(session, workshop_id)]
