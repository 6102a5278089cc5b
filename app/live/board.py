"""The board where domain and templates meet for live use: what its stage reads, and how it looks.

It keeps what it saw last, so that only blocks that changed are rendered again, and of those only their notes.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.canvas import catalog
from app.canvas import queries as canvas_queries
from app.canvas.catalog import BlockDefinition, Definition, ParkingLot
from app.canvas.drawing import block_view, canvas_view, note_view
from app.canvas.money import Total
from app.canvas.queries import CanvasFacts, NoteRow
from app.canvas.results import RoundView, latest_round_view
from app.canvas.segment_names import segment_views
from app.canvas.silence import REGION as SILENCE
from app.canvas.veiled import veiled_counts
from app.canvas.views import BlockView, NoteView
from app.canvas.voting import REGION
from app.comment.queries import QUIET, Talk, talk_on
from app.db import Database
from app.live.drawn import Drawn, partial
from app.signal.queries import signals_at
from app.signal.views import Signals
from app.web.rendering import Renderer
from app.web.urls import dom_id
from app.workshop import queries as workshop_queries
from app.workshop.at_step import StageView, stage_view
from app.workshop.attention import AttentionView, attention_view
from app.workshop.models import Participant
from app.workshop.views import member_view


@dataclass(slots=True)
class BoardSource:
    """The participants' board of one canvas: blocks, parking lot, the map, the heading, who sits there."""

    db: Database
    renderer: Renderer
    canvas_id: str
    locale: str
    _facts: CanvasFacts | None = None
    _seen: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _totals: dict[str, Total | None] = field(default_factory=dict)
    _notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _drawn: Drawn = field(default_factory=Drawn)
    _map: bytes = b""
    _talk: tuple[int, Mapping[str, Talk]] = 0, MappingProxyType({})
    _voting: RoundView | None = None
    _signalled: int = -1

    def read(self) -> tuple[int, Mapping[str, bytes]]:
        """See `Source`. Only what changed since the last call is read and rendered."""
        members: Sequence[Participant] | None = None
        stage: StageView | None = None
        signals: Signals | None = None
        attention: AttentionView | None = None
        with self.db.read() as session:
            revisions = canvas_queries.canvas_revisions(session, self.canvas_id)
            stamps = revisions.blocks
            facts = self._facts
            is_other = self._seen.get(SILENCE) != stamps.get(SILENCE, 0)
            if facts is None or is_other or facts.workshop.revision != revisions.workshop:
                facts = canvas_queries.canvas_facts(session, self.canvas_id)
                assert facts is not None, "canvases are never deleted while somebody watches"
                members = workshop_queries.present_members(session, facts.group.id)
                stage = stage_view(session, facts.workshop, facts.group.id, self.locale)
                attention = attention_view(session, facts.workshop, self.locale)
            if members is not None or self._signalled != revisions.signals:
                signals = signals_at(session, facts.canvas)
            definition = catalog.definition(facts.canvas.definition_key)
            if is_news := self._seen.get(REGION) != stamps.get(REGION, 0):
                self._voting = latest_round_view(session, self.canvas_id, definition, self.locale)
            changed = [
                block for block in definition.places if self._seen.get(block.key) != stamps.get(block.key, 0)
            ]
            notes: Sequence[NoteRow] = ()
            veiled: Mapping[str, int] = {}
            if changed:
                notes = canvas_queries.shown_notes(session, self.canvas_id, [each.key for each in changed])
                veiled = veiled_counts(session, self.canvas_id)
            if self._talk[0] != revisions.comments:
                self._talk = revisions.comments, talk_on(session, self.canvas_id)
        blocks = [self._view(definition, block, notes, veiled.get(block.key, 0)) for block in changed]
        counts = self._counts | {block.key: block.count for block in blocks}
        totals = self._totals | {block.key: block.total for block in blocks}
        regions = dict(self._block(block) for block in blocks)
        for block in blocks:
            regions |= self._notes_in(block)
        if any(block.names_segments for block in blocks):
            segments = segment_views(definition, notes)
            regions["segments"] = partial(
                "segments", self._render("canvas/_segments.html", segments=segments)
            )
        if (counts, totals) != (self._counts, self._totals) or members is not None:
            view = canvas_view(facts, definition, self.locale, (), counts)
            self._map = partial("map", self._render("canvas/_map.html", canvas=view, totals=totals))
        if blocks:
            # Also when it says what it said before; see `Stage.take`.
            regions["map"] = self._map
        if members is not None:
            regions["heading"] = partial("heading", self._render("canvas/_heading.html", canvas=view))
            roster = [member_view(member) for member in members]
            html = self._render("canvas/_stage.html", stage=stage, canvas_id=self.canvas_id)
            regions["stage"] = partial("stage", html)
            html = self._render(
                "canvas/_attention.html",
                attention=attention,
                canvas_id=self.canvas_id,
                group_id=facts.group.id,
            )
            regions["attention"] = partial("attention", html)
            regions["roster"] = partial("roster", self._render("canvas/_roster.html", members=roster))
        if signals is not None:
            regions["signals"] = partial("signals", self._render("canvas/_signals.html", signals=signals))
        if is_other:
            silent = facts.canvas.is_silent
            regions[SILENCE] = partial(SILENCE, self._render("canvas/_silence.html", is_silent=silent))
        if is_news:
            regions[REGION] = partial(REGION, self._render("canvas/_voting.html", voting=self._voting))
        self._seen |= {
            key: stamps.get(key, 0) for key in (REGION, SILENCE, *(block.key for block in changed))
        }
        self._counts, self._totals, self._facts, self._signalled = counts, totals, facts, revisions.signals
        return revisions.live, regions

    def _view(
        self,
        definition: Definition,
        block: BlockDefinition | ParkingLot,
        notes: Sequence[NoteRow],
        veiled: int,
    ) -> BlockView:
        _, talk = self._talk
        is_votable = self._voting is not None and self._voting.is_about(block.key)
        views = [
            note_view(note, talk=talk.get(note.id, QUIET), is_votable=is_votable)
            for note in notes
            if note.block == block.key
        ]
        said = talk.get(block.key, QUIET)
        return block_view(definition, block, self.locale, views, talk=said, veiled=veiled)

    def _block(self, block: BlockView) -> tuple[str, bytes]:
        target = dom_id("block", block.key)
        context = {"block": block, "canvas_id": self.canvas_id, "surface": "board", "apart": True}
        # Its notes come beside it: here are only their places, and which of them are alike.
        places = [(note.id, note.cluster) for note in block.notes]
        seen = replace(block, notes=()), places, block.alike
        return target, self._drawn.region(target, seen, lambda: self._render("canvas/_block.html", **context))

    def _notes_in(self, block: BlockView) -> dict[str, bytes]:
        """A region for each note, named after its place, so that one which comes from elsewhere is new; and
        nothing for those that are gone.
        """
        target = dom_id("block", block.key)
        notes = {f"{target} #{dom_id('note', note.id)}": note for note in block.notes}
        gone = set(self._notes.get(block.key, ())) - notes.keys()
        self._notes[block.key] = tuple(notes)
        self._drawn.forget(gone)
        return dict.fromkeys(gone, b"") | {
            place: self._drawn.region(place, note, functools.partial(self._note, note))
            for place, note in notes.items()
        }

    def _note(self, note: NoteView) -> str:
        name = f"{note.id}/board"
        return self.renderer.part("canvas/_note.html", name, self.locale, note=note, surface="board")

    def _render(self, template: str, **context: object) -> str:
        return self.renderer.render(template, self.locale, **context)
