"""Where domain and templates meet for live use: what each surface's stage reads, and how it looks.

The board, which has the most to tell, is in `board`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.follow_up import plan_view, planned_notes
from app.db import Database
from app.live.drawn import partial
from app.web.rendering import Renderer
from app.web.urls import dom_id
from app.workshop.at_step import stage_view
from app.workshop.desks import Desks


@dataclass(slots=True)
class PlanSource:
    """The follow-up plan of one canvas, and the step of the agenda its table is at."""

    db: Database
    renderer: Renderer
    canvas_id: str
    locale: str
    _seen: tuple[int, int] | None = None

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`. Of what happens on the canvas itself only the revision is news here."""
        with self.db.read() as session:
            revisions = canvas_queries.canvas_revisions(session, self.canvas_id)
            facts = canvas_queries.known_facts(session, self.canvas_id)
            definition = catalog.definition(facts.canvas.definition_key)
            seen = revisions.blocks.get(definition.plan.key, 0), revisions.workshop
            if seen == self._seen:
                return revisions.live, {}
            notes = planned_notes(session, self.canvas_id, definition)
            stage = stage_view(session, facts.workshop, facts.group.id, self.locale)
        self._seen = seen
        plan = plan_view(definition, self.locale, facts.held_on, notes)
        drawn = {
            "plan": self.renderer.render(
                "canvas/_plan.html", self.locale, plan=plan, canvas_id=self.canvas_id, surface="board"
            ),
            "stage": self.renderer.render(
                "canvas/_stage.html", self.locale, stage=stage, canvas_id=self.canvas_id
            ),
        }
        return revisions.live, {name: partial(name, html) for name, html in drawn.items()}


@dataclass(slots=True)
class DeskSource:
    """The facilitator's desk of one workshop."""

    db: Database
    renderer: Renderer
    desks: Desks
    workshop_id: str
    locale: str

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`."""
        with self.db.read() as session:
            revision, desk = self.desks.desk(session, self.workshop_id, self.locale)
        names = (
            "heading",
            "now",
            "signals",
            "balance",
            "agenda",
            "joining",
            "hosts",
            "people",
            "groups",
            "scene",
            "attention",
            "silence",
            "voting",
            "moderation",
        )
        return revision, {
            name: partial(
                dom_id("desk", name),
                self.renderer.render(f"workshop/_desk_{name}.html", self.locale, desk=desk),
            )
            for name in names
        }


@dataclass(slots=True)
class ProjectorSource:
    """The wall of one workshop: a single region, whatever it shows."""

    db: Database
    renderer: Renderer
    desks: Desks
    workshop_id: str
    locale: str

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`."""
        with self.db.read() as session:
            revision, scene = self.desks.scene(session, self.workshop_id, self.locale)
        html = self.renderer.render("workshop/_scene.html", self.locale, scene=scene)
        return revision, {"scene": partial("scene", html)}
