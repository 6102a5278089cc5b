"""Where domain and templates meet for live use: what each surface's stage reads, and how it looks.

Every source keeps what it saw last, so that only blocks that changed are rendered again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.queries import CanvasFacts
from app.canvas.views import CanvasView, block_view, canvas_view, note_view
from app.db import Database
from app.live.stage import framed
from app.web.rendering import Renderer
from app.web.urls import dom_id
from app.workshop import queries as workshop_queries
from app.workshop.desks import Desks
from app.workshop.views import member_view


def partial(target: str, html: str) -> bytes:
    """A region's HTML as htmx takes it from an event stream: morphed into the element of this id."""
    return framed(f'<hx-partial hx-target="#{target}" hx-swap="outerMorph">{html}</hx-partial>')


@dataclass(slots=True)
class BoardSource:
    """The participants' board of one canvas: nine blocks, the map, the heading, who sits there."""

    db: Database
    renderer: Renderer
    canvas_id: str
    locale: str
    _seen: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`."""
        with self.db.read() as session:
            facts = canvas_queries.canvas_facts(session, self.canvas_id)
            assert facts is not None, "canvases are never deleted while somebody watches"
            definition = catalog.definition(facts.canvas.definition_key)
            now = {block.key: facts.canvas.region_revisions.get(block.key, 0) for block in definition.blocks}
            changed = [key for key, revision in now.items() if self._seen.get(key) != revision]
            notes = canvas_queries.visible_notes(session, self.canvas_id, changed) if changed else ()
            members = workshop_queries.present_members(session, facts.group.id)
        by_block = {key: [note_view(note) for note in notes if note.block == key] for key in changed}
        regions: dict[str, bytes] = {}
        for key, views in by_block.items():
            block = block_view(definition, definition.block(key), self.locale, views)
            regions[key] = partial(
                dom_id("block", key),
                self._render("canvas/_block.html", block=block, canvas_id=self.canvas_id, surface="board"),
            )
            self._counts[key] = len(views)
        self._seen = now
        regions["map"] = partial("map", self._render("canvas/_map.html", canvas=self._map(facts)))
        regions["heading"] = partial("heading", self._render("canvas/_heading.html", canvas=self._map(facts)))
        roster = [member_view(member) for member in members]
        regions["roster"] = partial("roster", self._render("canvas/_roster.html", members=roster))
        return facts.revision, regions

    def _map(self, facts: CanvasFacts) -> CanvasView:
        definition = catalog.definition(facts.canvas.definition_key)
        return canvas_view(facts, definition, self.locale, (), self._counts)

    def _render(self, template: str, **context: object) -> str:
        return self.renderer.render(template, self.locale, **context)


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
        names = ("joining", "people", "groups", "scene", "moderation")
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
