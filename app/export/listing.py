"""A workshop as lists of plain cells, for spreadsheets: what everybody may see, in the order of a canvas.

Veiled, hidden and deleted notes stay out, as they do on paper; names come along only where they are wanted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.canvas import catalog, results
from app.canvas.definition import Definition
from app.canvas.follow_up import planned_notes
from app.canvas.models import Note
from app.canvas.queries import visible_notes
from app.canvas.segment_names import segment_views
from app.comment.panels import panels_of
from app.comment.views import CommentReader
from app.errors import N_
from app.export.columns import (
    COMMENT_KINDS,
    COMMENTS,
    EVIDENCE,
    GROUPS,
    NOTES,
    PERSPECTIVES,
    PLAN,
    REPLY,
    SIDES,
    STATUSES,
    TAGS,
    VOTES,
    Cell,
    ListKind,
)
from app.web.i18n import translate
from app.workshop import queries
from app.workshop.names import group_name
from app.workshop.queries import Table

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, filled."""

    kind: ListKind
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Canvas:
    """A canvas while its lists are made."""

    table: Table
    definition: Definition
    locale: str
    named: bool
    notes: Sequence[Note]
    steps: Sequence[Note]

    @property
    def place(self) -> Row:
        """Where a row belongs: group and partnership."""
        partnership = self.table.partnership
        return group_name(self.table.group, self.locale), partnership.title if partnership else ""

    def block(self, key: str) -> str:
        return self.definition.place(key).name.of(self.locale) if key else ""


def listings(
    session: Session, workshop_id: str, locale: str, *, named: bool, canvas_id: str | None = None
) -> tuple[Listing, ...]:
    """All lists of a workshop, or of one canvas of it."""
    canvases = [
        _read(session, table, locale, named)
        for table in queries.tables(session, workshop_id)
        if canvas_id in (None, table.canvas.id)
    ]
    return (
        Listing(NOTES, tuple(row for one in canvases for row in _note_rows(one))),
        Listing(TAGS, tuple(row for one in canvases for row in _tag_rows(one))),
        Listing(VOTES, tuple(row for one in canvases for row in _vote_rows(session, one))),
        Listing(COMMENTS, tuple(row for one in canvases for row in _comment_rows(session, one))),
        Listing(PLAN, tuple(row for one in canvases for row in _plan_rows(one))),
        Listing(GROUPS, tuple(map(_group_row, canvases))),
    )


def _read(session: Session, table: Table, locale: str, named: bool) -> _Canvas:
    definition = catalog.definition(table.canvas.definition_key)
    place = {place.key: number for number, place in enumerate(definition.places)}
    notes = [note for note in visible_notes(session, table.canvas.id) if note.block in place]
    notes.sort(key=lambda note: place[note.block])  # stable: in their order within a block
    steps = planned_notes(session, table.canvas.id, definition)
    return _Canvas(table, definition, locale, named, notes, steps)


def _note_rows(one: _Canvas) -> Iterator[Row]:
    for note in one.notes:
        yield (
            *one.place,
            one.definition.number(note.block) if one.definition.has_block(note.block) else None,
            one.block(note.block),
            note.text,
            note.gives,
            note.gets,
            SIDES[note.side].of(one.locale) if note.side else "",
            ", ".join(f"S{number}" for number in note.segments),
            note.inclusion,
            EVIDENCE[note.evidence].of(one.locale) if note.evidence else "",
            note.amount_low,
            note.amount,
            note.amount_high,
            note.cluster,
            note.votes,
            note.author_name if one.named else "",
            _by_the_clock(note.created_at),
            _by_the_clock(note.edited_at),
        )


def _tag_rows(one: _Canvas) -> Iterator[Row]:
    called = {segment.number: segment.text for segment in segment_views(one.definition, one.notes)}
    for note in one.notes:
        for kind, tag in _tags(note, called, one.locale):
            yield *one.place, one.block(note.block), note.text, translate(one.locale, kind), tag


def _tags(note: Note, called: dict[int, str], locale: str) -> Iterator[tuple[str, str]]:
    for number in note.segments:
        yield N_("Segment"), f"S{number} {called.get(number, '')}".strip()
    if note.side:
        yield N_("Side"), SIDES[note.side].of(locale)
    if note.evidence:
        yield N_("How sure"), EVIDENCE[note.evidence].of(locale)
    if note.inclusion:
        yield N_("Inclusion (GEDSI)"), translate(locale, N_("Inclusion (GEDSI)"))
    if note.cluster:
        yield N_("Group of ideas"), note.cluster


def _vote_rows(session: Session, one: _Canvas) -> Iterator[Row]:
    closed = results.results(session, one.table.canvas.id, one.definition, one.locale)
    for result in reversed(closed):
        for note in result.notes:
            yield (
                *one.place,
                result.round.question,
                note.rank,
                note.block_name,
                note.text,
                note.votes,
                note.by_host,
                ", ".join(note.voters) if one.named else "",
            )


def _comment_rows(session: Session, one: _Canvas) -> Iterator[Row]:
    nobody = CommentReader(one.locale, ("", None), moderates=False, can_write=False)
    for panel in panels_of(session, one.table.canvas.id, one.definition, nobody, every=True):
        for thread in panel.threads:
            for comment in (thread, *thread.replies):
                if comment.text:  # else it was taken back, and only its replies stand
                    yield (
                        *one.place,
                        panel.place.block_name,
                        panel.place.note_text,
                        COMMENT_KINDS[comment.kind or REPLY].of(one.locale),
                        comment.text,
                        "" if comment is thread else thread.text,
                        not comment.is_open if comment.asks else None,
                        _by_the_clock(comment.resolved_at),
                        comment.guest_of,
                        comment.author if one.named else "",
                        _by_the_clock(comment.at),
                    )


def _plan_rows(one: _Canvas) -> Iterator[Row]:
    for number, step in enumerate(one.steps, start=1):
        yield (
            *one.place,
            number,
            step.text,
            step.output,
            step.centre_owner,
            step.partner_owner,
            date.fromisoformat(step.due_on) if step.due_on else None,
            step.resources,
            step.indicator,
            STATUSES[step.status].of(one.locale),
            one.block(step.linked_block),
        )


def _group_row(one: _Canvas) -> Row:
    partnership = one.table.partnership
    centre, _, partner = partnership.title.partition(" × ") if partnership else ("", "", "")
    return (
        one.table.group.number,
        group_name(one.table.group, one.locale),
        centre,
        partner,
        partnership.vocational_field if partnership else "",
        PERSPECTIVES[one.table.canvas.perspective].of(one.locale),
        len(one.table.members),
        len(one.notes),
        len(one.steps),
        one.table.canvas.revision,
    )


def _by_the_clock(moment: datetime | None) -> datetime | None:
    """By the clock of this computer, which is the room's; spreadsheets know no zones."""
    return moment.astimezone().replace(tzinfo=None, microsecond=0) if moment else None
