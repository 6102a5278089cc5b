"""Where domain and templates meet for live use: what each surface's stage reads, and how it looks.

Every source keeps what it saw last, so that only blocks that changed are rendered again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.catalog import BlockDefinition, Definition
from app.canvas.models import Note
from app.canvas.queries import CanvasFacts
from app.canvas.views import block_view, canvas_view, note_view
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
    _workshop_revision: int = -1

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`. Only what changed since the last call is read and rendered."""
        with self.db.read() as session:
            facts = canvas_queries.canvas_facts(session, self.canvas_id)
            assert facts is not None, "canvases are never deleted while somebody watches"
            now = facts.canvas.region_revisions
            blocks = [
                block for block in self._blocks(facts) if self._seen.get(block.key) != now.get(block.key, 0)
            ]
            notes = canvas_queries.visible_notes(session, self.canvas_id, [block.key for block in blocks])
            room_changed = facts.workshop.revision != self._workshop_revision
            members = workshop_queries.present_members(session, facts.group.id) if room_changed else ()
        regions = dict(self._block(facts, block, notes) for block in blocks)
        counts = self._counts | {
            block.key: sum(note.block == block.key for note in notes) for block in blocks
        }
        if blocks:
            view = canvas_view(facts, self._definition(facts), self.locale, (), counts)
            regions["map"] = partial("map", self._render("canvas/_map.html", canvas=view))
        if room_changed:
            view = canvas_view(facts, self._definition(facts), self.locale, (), counts)
            regions["heading"] = partial("heading", self._render("canvas/_heading.html", canvas=view))
            roster = [member_view(member) for member in members]
            regions["roster"] = partial("roster", self._render("canvas/_roster.html", members=roster))
        self._seen |= {block.key: now.get(block.key, 0) for block in blocks}
        self._counts, self._workshop_revision = counts, facts.workshop.revision
        return facts.revision, regions

    def _block(self, facts: CanvasFacts, block: BlockDefinition, notes: Sequence[Note]) -> tuple[str, bytes]:
        views = [note_view(note) for note in notes if note.block == block.key]
        view = block_view(self._definition(facts), block, self.locale, views)
        html = self._render("canvas/_block.html", block=view, canvas_id=self.canvas_id, surface="board")
        target = dom_id("block", block.key)
        return target, partial(target, html)

    def _definition(self, facts: CanvasFacts) -> Definition:
        return catalog.definition(facts.canvas.definition_key)

    def _blocks(self, facts: CanvasFacts) -> Sequence[BlockDefinition]:
        return self._definition(facts).blocks

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
